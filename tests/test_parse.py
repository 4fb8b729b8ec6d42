"""The tree of a real sheet, as goalcheck reads it, and the decoding of its bytes."""

from __future__ import annotations

import codecs
from collections import Counter
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from helpers import check, entry_sheet, tried_on
from strategies import HEADER

import goalcheck
from goalcheck.catalogue.load import catalogue
from goalcheck.errors import InputError
from goalcheck.finding import Term
from goalcheck.limits import LIMITS
from goalcheck.parse import parse
from goalcheck.parse.admission import admit
from goalcheck.readers.plain import decode
from goalcheck.sheet import AMOUNT_COLUMNS, Indicator, Node, Packed, Project, Sheet, Text
from goalcheck.source import Source

SAMPLE = Path(__file__).parent.parent / "samples" / "liwan-jinhua.txt"
TEXT = SAMPLE.read_bytes().decode()


@pytest.fixture(scope="module")
def source() -> Source:
    return decode(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def sheet(source: Source) -> Sheet:
    return parse(source, catalogue().lexicon["organisation-suffixes"])


def outline(node: object) -> object:
    """A tree as plain data, to compare two of them."""
    if isinstance(node, Node | Packed):
        return [type(node).__name__, *(outline(getattr(node, field.name)) for field in attrs.fields(type(node)))]
    if isinstance(node, tuple):
        return [outline(part) for part in node]
    if isinstance(node, dict):
        return {key: outline(part) for key, part in node.items()}
    return node


def project(sheet: Sheet, name: str) -> Project:
    return next(p for p in sheet.projects if p.name.clean == name)


# The real sheet


def test_units_and_their_projects(sheet: Sheet) -> None:
    assert [(u.name.clean, len(u.projects)) for u in sheet.units] == [
        ("广州市荔湾区人民政府金花街道办事处", 40),
        ("广州市荔湾区金花街道综合事务中心", 5),
        ("广州市荔湾区金花街道党群服务中心", 4),
    ]
    (section,) = sheet.sections
    assert section.loose == ()


def test_every_indicator_is_read(sheet: Sheet) -> None:
    assert sum(len(list(p.indicators)) for p in sheet.projects) == 199
    assert [e for p in sheet.projects for e in p.unparsed] == []


def test_pages(sheet: Sheet) -> None:
    assert len(sheet.headers) == 10
    assert [(f.page, f.pages, f.text) for f in sheet.footers] == [(1, 10, "第 1 页, 共 10 页")]
    assert {tuple(c.role for c in header.columns) for header in sheet.headers} == {
        ("name", *AMOUNT_COLUMNS, "goal", "indicators")
    }


def test_head(sheet: Sheet) -> None:
    assert sheet.title.text == "项目支出绩效目标表(含转移支付项目)"
    assert [line.text.rstrip("\t").split("\t")[0] for line in sheet.head] == ["部门名称:广州市荔湾区人民政府"]
    assert sheet.notes == ()
    assert sheet.decimals == 2


def test_grand_total(sheet: Sheet) -> None:
    amounts = sheet.sections[0].total.amounts
    assert [amounts[c].value for c in AMOUNT_COLUMNS] == [Decimal("3986.34"), Decimal("3986.34"), None, Decimal(0)]
    assert amounts["total"].text == "3, 986. 34"
    assert amounts["special_account"].text == "Į"
    assert amounts["other"].blank


@pytest.mark.parametrize(
    ("unit", "amount"),
    [(0, "3111.77"), (1, "657.43"), (2, "217.14")],
)
def test_amounts_of_units(sheet: Sheet, unit: int, amount: str) -> None:
    row = list(sheet.units)[unit]
    assert row.amounts["total"].value == row.amounts["appropriation"].value == Decimal(amount)


@tried_on(
    ("name", "total", "entries", "goal"),
    [
        ("街消毒站病媒生物防治专职人员补贴", "16.56", 4, "站专职人员福利"),
        ("办公场地租赁费", "60.80", 3, ""),
        ("社区居民活动费", "15.28", 4, "社区、管理社区意识"),
        ("社区两委干部补贴", "481.22", 4, "进一步加强社区两委干部队"),
        ("两新组织党务工作者补贴", "12.00", 3, ""),
        ("荔湾区劳动保障监察协管员工资", "10.50", 4, ""),
        ("(荔湾区)文化站免费开放经费", "6.50", 4, "保障街道文化站免费开放"),
    ],
)
def test_project(sheet: Sheet, name: str, total: str, entries: int, goal: str) -> None:
    row = project(sheet, name)
    assert row.amounts["total"].value == Decimal(total)
    assert len(row.entries) == entries
    assert row.goal.text.startswith(goal)
    assert row.goal.blank == (goal == "")


def test_ordinals_run(sheet: Sheet) -> None:
    for row in sheet.projects:
        assert [e.number for e in row.entries] == list(range(1, len(row.entries) + 1))


def test_classes(sheet: Sheet) -> None:
    codes = Counter((e.level1.code, e.level2.code) for p in sheet.projects for e in p.indicators)
    assert {pair for pair in codes if not pair[1].startswith(pair[0])} == {("2", "31"), ("3", "12")}
    assert codes["3", "12"] == codes["2", "31"] == 1
    entry = project(sheet, "街消毒站病媒生物防治专职人员补贴").entries[3]
    assert (entry.level1.label, entry.level2.label) == ("满意度指标", "质量指标")


@tried_on(
    ("offset", "text", "kind", "numbers", "unit", "comparator"),
    [
        (250, "100%", "quantity", "100", "%", ""),
        (1101, "≥48次", "quantity", "48", "次", "≥"),
        (1153, "=12个", "quantity", "12", "个", "="),
        (2242, "大于90%", "quantity", "90", "%", ">"),
        (3272, "16小时/天", "quantity", "16", "小时/天", ""),
        (4390, "≦2个小时", "quantity", "2", "个小时", "≤"),
        (11816, "≥ 10000人次", "quantity", "10000", "人次", "≥"),
        (13915, "1010%", "quantity", "1010", "%", ""),
        (354, "优良", "words", "", "", ""),
        (14239, "按照区核定编外人员数量", "words", "", "", ""),
    ],
)
def test_value_of_the_entry_at(
    *, sheet: Sheet, offset: int, text: str, kind: str, numbers: str, unit: str, comparator: str
) -> None:
    (entry,) = (e for p in sheet.projects for e in p.entries if e.start == offset)
    value = next(v for _, v in entry.values if v.text == text)
    form = value.form
    assert (form.kind, form.unit, form.comparator) == (kind, unit, comparator)
    assert form.numbers == tuple(map(Decimal, numbers.split()))


def test_kinds_of_values(sheet: Sheet) -> None:
    kinds = Counter(v.form.kind for p in sheet.projects for e in p.indicators for _, v in e.values)
    assert kinds == {"quantity": 324, "words": 71}


def test_entries_without_an_annual_value(sheet: Sheet) -> None:
    lacking = [(p.name.clean, e.number) for p in sheet.projects for e in p.indicators if e.annual_value is None]
    assert lacking == [("社区居民活动费", 4), ("区禁毒专项经费", 4), ("社区党组织服务群众经费", 3)]


def test_wrong_separators_are_kept(sheet: Sheet) -> None:
    entry = project(sheet, "帮扶工作经费").entries[0]
    assert [mark.text for mark in entry.packed.separators] == [":", ":", ":", ":"]


@pytest.mark.parametrize(
    ("start", "kind", "text"),
    [
        (0, "Text", "项目支出绩效目标表(含转移支付项目)"),
        (149, "Text", "广州市荔湾区人民政府金花街道 办事处"),
        (462, "Text", "办公场地租赁费"),
        (1311, "Footer", "第 1 页, 共 10 页"),
    ],
)
def test_exact_offsets(sheet: Sheet, start: int, kind: str, text: str) -> None:
    found = [node for node in all_nodes(sheet) if isinstance(node, Text) and (node.start, node.text) == (start, text)]
    assert [(type(node).__name__, node.end) for node in found] == [(kind, start + len(text))]


def all_nodes(node: Node) -> list[Node]:
    found = [node]
    for field in attrs.fields(type(node)):
        held = getattr(node, field.name)
        parts = held.values() if isinstance(held, dict) else held if isinstance(held, tuple) else (held,)
        for part in parts:
            if isinstance(part, Node):
                found += all_nodes(part)
    return found


def test_every_node_slices_back(source: Source, sheet: Sheet) -> None:
    nodes = all_nodes(sheet)
    assert sum(isinstance(node, Indicator) for node in nodes) == 199
    for node in nodes:
        if isinstance(node, Text):
            assert source.text[node.start : node.end] == node.text


def test_parsing_twice_gives_the_same_tree(source: Source, sheet: Sheet) -> None:
    again = parse(source, catalogue().lexicon["organisation-suffixes"])
    assert outline(again) == outline(sheet)


def test_findings_on_the_real_sheet() -> None:
    result = goalcheck.check_file(SAMPLE)
    errors = [f for f in result.findings if f.severity.label == "error"]
    assert [(f.rule.code, *result.source.place(f.start)) for f in errors] == [
        ("GC105", 5, 26),
        ("GC403", 6, 20),
        ("GC402", 6, 42),
        ("GC203", 7, 216),
        ("GC501", 8, 24),
        ("GC403", 10, 9),
        ("GC301", 10, 301),
        ("GC203", 18, 281),
        ("GC301", 44, 290),
        ("GC501", 45, 27),
        ("GC301", 50, 264),
        ("GC304", 64, 132),
        ("GC501", 69, 33),
    ]


# Decoding

ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with byte order mark": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16 little endian": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big endian": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-32 little endian": codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    "utf-32 big endian": codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    "gb18030": TEXT.encode("gb18030"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_every_encoding_gives_the_same_tree(data: bytes, sheet: Sheet, request: pytest.FixtureRequest) -> None:
    result = goalcheck.check(data)
    assert result.error is None
    assert result.source.encoding == request.node.callspec.id.split()[0]
    assert result.source.text == TEXT
    assert outline(result.sheet) == outline(sheet)


def test_encoding_can_be_told() -> None:
    assert decode(TEXT.encode("big5", "ignore"), encoding="big5").encoding == "big5"
    assert decode(ENCODINGS["utf-8 with byte order mark"], encoding="utf-8").text == TEXT


OURS = "\u7ee9\u6548\u76ee\u6807\u7533\u62a5\n"
THEIRS = "\u793e\u6703\u7d93\u6fdf\u6548\u76ca" * 3


@tried_on(
    ("data", "told"),
    [
        (TEXT.encode("gb18030"), []),
        (TEXT.encode("utf-16"), []),
        ("\u738b\ue1bb\ue1bc\n".encode("gb18030"), []),  # rare characters of a name
        (OURS.encode("gb18030") + OURS.encode(), [("two-encodings", True, "2")]),
        (OURS.encode() + OURS.encode("gb18030"), [("two-encodings", True, "1")]),
        (OURS.encode("gb18030") + THEIRS.encode("big5"), [("two-encodings", True, "2")]),
        (f"\n{OURS}\ufffd\ufffd".encode(), [("lost-characters", False, "3")]),
    ],
)
def test_garbled_text_is_said(data: bytes, told: list[tuple[str, bool, str]]) -> None:
    assert [(remark.key, remark.is_gap, remark.figures["line"]) for remark in decode(data).remarks] == told


@tried_on(
    ("data", "key"),
    [
        (b"", "empty"),
        (b" \t\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        ("\u3000\n".encode(), "empty"),
        (HEADER.encode() + b"a\0b\n", "nul"),
        (b"\xff\xff\xff", "undecodable"),
        (HEADER.encode() + b"\x80\xff", "undecodable"),
        (codecs.BOM_UTF8 + b"\xff", "not-encoding"),
        (HEADER.encode()[:-2], "incomplete"),
        (HEADER.rstrip().encode("gb18030")[:-1], "incomplete"),
        (b"a,b\n\xe8", "undecodable"),  # which may as well be in another encoding
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "not-encoding"),
        (b"PK\x03\x04 and so on", "incomplete-package"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "incomplete-package"),
        (b"{\\rtf1 }", "foreign-office"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "archive"),
        (b"\x1f\x8b\x08\x00" + bytes(99), "archive"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "picture"),
        (b"GIF89a" + bytes(99), "picture"),
        (b"<html><style>td {color", "incomplete"),
        (b"<html><table><!--", "incomplete"),
        (b"%PDF-1.7", "incomplete-pdf"),
        ("项目名称\t总计\n培训经费\t5.00\n".encode(), "no-sheet-header-lacks"),
        ("绩效指标\t总计\n".encode(), "no-sheet-header-lacks"),
        ("今年的项目名称、绩效指标见附件。\n".encode(), "no-sheet"),
        (HEADER.encode() + b"x" * (LIMITS.cell + 1), "long-cell"),
    ],
)
def test_input_that_is_no_sheet(data: bytes, key: str) -> None:
    result = goalcheck.check(data)
    assert result.sheet is None
    assert result.findings == ()
    assert result.error.key == key


@tried_on(
    ("data", "encoding", "line"),
    [
        (b"a\n\xff\xff", None, 2),
        ("\n\r\n表\r".encode() + b"\xe8\xa1\n\xff", None, 4),  # where the encoding that goes furthest ends
        ("\n\n表".encode("gb18030") + b"\n\xff\n", None, 4),
        (codecs.BOM_UTF8 + b"a\n\n\xff", None, 3),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8", None, 2),
        ("a\n表".encode("gb18030"), "ascii", 2),
        ("a\n表".encode("gb18030"), "utf-8", 2),
        (b"a\n\\x4", "unicode_escape", 2),
        (b"abc", "utf-16", 1),
    ],
)
def test_line_that_cannot_be_decoded_is_told(data: bytes, encoding: str | None, line: int) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, encoding=encoding)
    assert caught.value.figures["line"] == line


def test_wrong_encoding_told() -> None:
    with pytest.raises(InputError) as caught:
        decode(TEXT.encode("gb18030"), encoding="utf-8")
    assert caught.value.key == "not-encoding"


def test_line_of_a_nul_is_told() -> None:
    with pytest.raises(InputError) as caught:
        admit(Source("a\r\nb\rc\n\0"))
    assert caught.value.figures["line"] == 4


def test_longest_line_is_admitted() -> None:
    source = Source(f"{HEADER}{'x' * LIMITS.cell}\n")
    assert admit(source) is source


@tried_on(
    ("offset", "place"),
    [(0, (1, 1)), (1, (1, 2)), (3, (2, 1)), (5, (3, 1)), (7, (4, 1)), (8, (4, 2))],
)
def test_place(offset: int, place: tuple[int, int]) -> None:
    assert Source("a\r\nb\rc\nd").place(offset) == place


@tried_on("parted", ["\u3001; ", "\u3001\uff1b", "\u3001; ; ", "\u3001\u3002"])
def test_an_entry_without_its_first_level_is_one_entry(parted: str) -> None:
    said = f"4{parted}12-质量指标; 合格率; 实施周期指标值:100%; 年度指标值:100%"
    text = entry_sheet(f"{said}。5、1-产出指标; 11-数量指标; 检查次数; 实施周期指标值:≥40次; 年度指标值:≥40次。")
    (finding,) = [found for found in check(text).findings if found.rule is not None]
    assert (finding.rule.code, text[finding.start : finding.end]) == ("GC101", said)
    assert finding.figures["expected"] == Term("expected-level1")


def test_a_stray_separator_behind_an_ordinal_costs_no_entry() -> None:
    said = "4、; 2-效益指标; 22-社会效益; 投诉下降率; 实施周期指标值:≥10%; 年度指标值:≥10%。"
    assert [f.rule.code for f in check(entry_sheet(said)).findings if f.rule is not None] == []
    (project,) = parse(Source(entry_sheet(said))).projects
    assert [entry.number for entry in project.entries] == [1, 2, 3, 4]


def test_an_ordinal_alone_takes_no_entry_that_has_its_own() -> None:
    text = entry_sheet("4、。5、12-质量指标; 合格率; 实施周期指标值:100%; 年度指标值:100%。")
    assert [found.rule.code for found in check(text).findings if found.rule is not None] == ["GC101", "GC101"]


ENTRIES = (
    "1、1-产出指标; 11-数量指标; 检查次数; 实施周期指标值:≥40次; 年度指标值:≥40次。"
    "2、2-效益指标; 22-社会效益; 投诉下降率; 实施周期指标值:≥10%; 年度指标值:≥10%。"
    "3、3-满意度指标; 31-服务对象满意度; 群众满意度; 实施周期指标值:≥90%; 年度指标值:≥90%。"
)


def _codes_of_rows(*rows: str, total: str = "12.00") -> list[str]:
    head = "项目支出绩效目标表\n(2026年度)\t单位:万元\n项目名称\t总计\t绩效目标\t绩效指标\n"
    text = f"{head}合计\t{total}\t\t\n" + "\n".join(rows).replace("*", ENTRIES) + "\n"
    return sorted(found.rule.code for found in check(text).findings if found.rule is not None)


@tried_on(
    "rows",
    [
        ("某局\t12.00\t负责全市执法。\t", "执法经费\t12.00\t完成全年任务。\t*"),
        ("执法类项目\t12.00\t负责全市执法。\t", "执法经费\t5.00\t完成任务。\t*", "宣传经费\t7.00\t办好宣传。\t*"),
    ],
)
def test_a_unit_that_tells_what_it_is_for_is_no_project(rows: tuple[str, ...]) -> None:
    assert not {"GC401", "GC404", "GC502"} & {*_codes_of_rows(*rows)}


@tried_on(
    ("rows", "total"),
    [
        (("某局\t24.00\t\t", "宣传经费\t12.00\t办好宣传。\t", "执法经费\t12.00\t完成任务。\t*"), "24.00"),
        (("某局\t24.00\t\t", "执法经费\t12.00\t完成任务。\t*", "宣传经费\t12.00\t办好宣传。\t"), "24.00"),
        (("某局\t20.00\t负责执法。\t", "执法经费\t12.00\t完成任务。\t*"), "32.00"),
    ],
)
def test_a_project_without_indicators_stays_one(rows: tuple[str, ...], total: str) -> None:
    codes = _codes_of_rows(*rows, total=total)
    assert "GC502" in codes
    assert "GC401" not in codes


def test_a_unit_with_a_goal_is_one_by_rows_too() -> None:
    project = "\n".join(
        (
            "{0}\t{1}\t完成{0}的任务。\t产出指标\t数量指标\t检查次数\t≥40次",
            "\t\t\t效益指标\t社会效益指标\t投诉下降率\t≥10%",
            "\t\t\t满意度指标\t服务对象满意度指标\t群众满意度\t≥90%",
        )
    )
    title = "项目绩效目标表\n(2026年度)\t单位:万元\n"
    head = f"{title}单位(专项)名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标值\n"
    rows = ("某局\t12\t负责执法。\t\t\t\t", project.format("执法经费", 5), project.format("宣传经费", 7))
    sheet = check(head + "合计\t12\t\t\t\t\t\n" + "\n".join(rows) + "\n")
    assert not {f.rule.code for f in sheet.findings if f.rule is not None} & {"GC401", "GC404", "GC502"}
