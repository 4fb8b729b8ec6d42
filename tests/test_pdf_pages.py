"""PDFs: what pages repeat stands once, and rows that are the same on two of them stand twice."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from pdf_files import Merges, Style, document, shown, table

from goalcheck.readers import read

NAMES = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
TITLE = ["2025年度项目支出绩效目标表", "", "", "", ""]
PARTED = ["", "一级指标", "二级指标", "三级指标", ""]
MIDDLE = {(0, 0): (2, 1), (0, 1): (1, 3), (0, 4): (2, 1)}

HEADERS: Mapping[str, tuple[Sequence[Sequence[str]], Merges]] = {
    "one row": ([NAMES], {}),
    "units and shares": ([["项目名称", "一级指标", "权重(100%)", "2025年", "金额(万元)"]], {}),
    "titles": ([TITLE, ["部门:镇政府", "", "", "", "单位:万元"], NAMES], {(0, 0): (1, 5), (1, 0): (1, 4)}),
    "merged": ([["项目名称", "绩效指标", "", "", "指标值"], PARTED], MIDDLE),
    "blanks": ([["项目名称", "", "绩效指标", "", "指标值"], PARTED], {}),
    "all merged": ([["基本情况", "", "绩效指标", "", ""], NAMES], {(0, 0): (1, 2), (0, 2): (1, 3)}),
    "each parted": (
        [["项目名称", "绩效指标", "", "2024年度", "2025年度"], ["", "一级指标", "二级指标", "指标值", "指标值"]],
        {(0, 0): (2, 1), (0, 1): (1, 2)},
    ),
    "three rows": (
        [["项目名称", "绩效指标", "", "", ""], ["", "分类", "", "指标", "值"], PARTED[:3]],
        {(0, 0): (3, 1), (0, 1): (1, 4), (1, 1): (1, 2), (1, 3): (2, 1), (1, 4): (2, 1)},
    ),
    "numbered": ([NAMES, ["栏次", "1", "2", "3", "4=2/3"]], {}),
    "a value in two": ([[*NAMES[:3], "指标值", ""], ["", "", "", "符号", "数值"]], {(0, 3): (1, 2)}),
}
WORDS = ["道路养护", "效益指标", "社会效益指标", "改善出行", "有效改善"]
FIGURES = ["道路养护", "产出指标", "数量指标", "巡查次数", "≥12次"]
MERGED = [FIGURES, ["", "产出指标", "质量指标", "合格率", "95%"], ["", *WORDS[1:]]]


def pages(*each: Sequence[Sequence[str]], merges: Merges, style: Style) -> bytes:
    """Each of these tables on a page of its own."""
    widths = [120.0, 110.0, 120.0, 120.0, 110.0, 60.0][: max(map(len, each[0]))]
    made = [table(rows, widths, range(0), style, merges) for rows in each]
    assert all(len(contents) == 1 for contents in made)
    return document([contents[0] for contents in made])


def rows_of_pages(*each: Sequence[Sequence[str]], merges: Merges) -> list[list[str]]:
    """The rows that are read of these pages, without the blanks behind them."""
    text = read(pages(*each, merges=merges, style=Style(numbers=False))).text
    return [row.split("\t") for row in text.rstrip("\n").split("\n")]


def filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(row)[: max(at for at, cell in enumerate(row) if cell) + 1] for row in rows]


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("first", [[FIGURES], [WORDS, FIGURES], MERGED], ids=["figures", "words", "merged"])
def test_rows_of_data_that_are_alike_on_two_pages_are_kept(name: str, first: list[list[str]]) -> None:
    """Only what names columns is what a page repeats, whatever shape it has."""
    header, merges = HEADERS[name]
    last = ["末项", "满意度指标", "满意度指标", "群众满意度", "≥90%"]
    one, other = [*first, last, *first], [*first, *first, last]
    read_rows = rows_of_pages([*header, *one], [*header, *other], merges=merges)
    assert filled(read_rows) == filled([*header, *one, *other])


@pytest.mark.parametrize(
    "titles", [[TITLE], [TITLE, ["部门:镇政府", "", "", "", "单位:万元"]], [["部门", "年度", "单位"]]]
)
def test_titles_may_stand_on_the_first_page_alone(titles: list[list[str]]) -> None:
    header = [[*NAMES, "备注"]]
    rows = [[*row, "无"] for row in MERGED]
    read_rows = rows_of_pages([*titles, *header, *rows], [*header, *rows], merges={})
    assert filled(read_rows) == filled([*titles, *header, *rows, *rows])


OTHER = [WORDS, FIGURES, MERGED[2]]


@pytest.mark.parametrize(("one", "other"), [*itertools.product([MERGED, OTHER], repeat=2)])
def test_rows_of_pages_without_a_header_are_kept(one: list[list[str]], other: list[list[str]]) -> None:
    read_rows = rows_of_pages([*one, *one], [*one, *other], merges={})
    assert read_rows == [*one, *one, *one, *other]


def test_a_form_that_every_page_begins_with_stands_once() -> None:
    """Its project, amounts and goal are repeated with the header; rows of indicators behind that are not."""
    form = [
        TITLE,
        ["项目名称", "道路养护", "实施单位", "镇政府", ""],
        ["资金总额", "10.00", "财政拨款", "10.00", ""],
        ["绩效指标", *NAMES[1:]],
    ]
    merges = {(0, 0): (1, 5), (1, 3): (1, 2), (2, 3): (1, 2)}
    indicators = [["", *row[1:]] for row in MERGED]
    read_rows = rows_of_pages([*form, *indicators], [*form, *indicators, *indicators], merges=merges)
    assert filled(read_rows) == filled([*form, *indicators * 3])


def test_the_sum_of_each_page_is_no_number_of_a_page() -> None:
    """What says something else on every page is said once for each; what counts pages, or is the same, is not."""
    style, widths = Style(numbers=False), [120.0, 110.0, 120.0, 120.0, 110.0]
    rows = [[NAMES, FIGURES], [NAMES, WORDS], [NAMES, FIGURES]]
    made = [table(each, widths, range(0), style)[0] for each in rows]

    def said(*lines: str) -> list[str]:
        text = read(document([page + shown(line, 40, 60) for page, line in zip(made, lines, strict=True)])).text
        return [line for line in text.split("\n") if line and "\t" not in line]

    assert said(*(f"本页小计:{amount}" for amount in ("12.00", "13.50", "12.00"))) == [
        f"本页小计:{amount}" for amount in ("12.00", "13.50", "12.00")
    ]
    assert said(*["2024.01.05打印"] * 3) == ["2024.01.05打印"]
    assert said(*(f"共3页第{page}页" for page in (1, 2, 3))) == ["共3页第3页"]


def test_the_form_below_a_title_that_each_page_repeats_stands_once() -> None:
    """Its header names no more columns than its project fills; another form below the same title is another one."""
    widths, style = [120.0, 110.0, 120.0, 120.0], Style(numbers=False)
    title = shown("项目支出绩效目标表", 300, 580)

    def read_of(*names: str) -> list[str]:
        made = []
        for at, name in enumerate(names):
            head = [["项目名称", name, "年度资金总额", "20.00"], ["年度目标", "完成加固。", "", ""], NAMES[1:]]
            rows = [
                ["产出指标", "数量指标", f"第{at}村座数", "≥3座"],
                ["效益指标", "社会效益指标", f"第{at}村", "有效改善"],
            ]
            made.append(table([*head, *rows], widths, range(0), style)[0] + title)
        return read(document(made)).text.split("\n")

    once = read_of("桥梁加固", "桥梁加固", "桥梁加固")
    assert sum(line.startswith("项目名称") for line in once) == sum(line.startswith("一级指标") for line in once) == 1
    assert sum(line.startswith(("产出指标", "效益指标")) for line in once) == 6
    apart = read_of("桥梁加固", "道路养护")
    assert sum(line.startswith("项目名称") for line in apart) == sum(line.startswith("一级指标") for line in apart) == 2
