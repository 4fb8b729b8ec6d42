"""The tree of a real sheet, as goalcheck reads it, and the decoding of its bytes."""

from __future__ import annotations

import codecs
from collections import Counter
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from helpers import tried_on
from strategies import HEADER

import goalcheck
from goalcheck.catalogue.load import catalogue
from goalcheck.errors import InputError
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
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "not-encoding"),
        (b"PK\x03\x04 and so on", "incomplete-package"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "incomplete-package"),
        (b"{\\rtf1 }", "foreign-office"),
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
