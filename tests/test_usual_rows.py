"""Usual rows of tables by rows are read at once, to what the general way makes of them; so are repeated headers."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import SAMPLE, THOROUGH
from strategies import NASTY, PIECES
from test_sound_forms import FORM, FOUND_NOTHING, GOAL, HEAD, HEADERS, SOUND, lay
from test_usual_runs import outcome, same

from goalcheck.parse.layouts import usual_cells, usual_rows
from goalcheck.parse.layouts.usual_rows import UsualRows
from goalcheck.parse.packed_lines import PackedLines
from goalcheck.sheet import Indicator

TESTS = Path(__file__).parent
FILES = [*sorted((TESTS / "sheets").glob("[0-9]*.tsv")), *sorted((TESTS.parent / "samples").glob("*.txt"))]
EXPORT = lay(
    "单位名称⇥项目名称⇥总计⇥绩效目标⇥一级指标⇥二级指标⇥三级指标⇥实施周期指标值⇥年度指标值\n"
    "某街道办事处⇥路灯改造⇥48⇥更换路灯。⇥产出指标⇥数量指标⇥更换盏数⇥≥160盏⇥≥160盏\n"
    "⇥⇥⇥⇥⇥质量指标⇥合格率⇥100%⇥100%\n⇥⇥⇥⇥效益指标⇥社会效益指标⇥居民感受⇥优良⇥优良\n"
    "⇥⇥⇥⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%⇥≥90%\n"
    "⇥垃圾清运⇥55⇥清运垃圾。⇥产出指标⇥数量指标⇥清运吨数⇥1200⇥1200\n⇥⇥⇥⇥⇥时效指标⇥完成时间⇥12月底前⇥12月底前\n"
)
REPEATED = lay(
    "单位名称⇥项目名称⇥总计⇥财政拨款⇥绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n"
    "某街道办事处⇥路灯改造⇥48⇥⇥更换路灯。⇥产出指标⇥数量指标⇥更换盏数⇥≥160盏\n"
    "某街道办事处⇥路灯改造⇥48⇥⇥更换路灯。⇥产出指标⇥质量指标⇥合格率⇥100%\n"
    "某街道办事处⇥路灯改造⇥48⇥⇥更换路灯。⇥效益指标⇥社会效益指标⇥居民感受⇥优良\n"
    "某街道办事处⇥垃圾清运⇥55⇥55⇥清运垃圾。⇥产出指标⇥数量指标⇥清运吨数⇥1200\n"
    "某街道办事处⇥垃圾清运⇥55⇥55⇥清运垃圾。⇥产出指标⇥时效指标⇥完成时间⇥12月底前\n"
    "某街道办事处⇥垃圾清运⇥56⇥55⇥清运垃圾。⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%\n"
    "某街道办事处⇥垃圾清运⇥56⇥55⇥清运垃圾。⇥满意度指标⇥服务对象满意度指标⇥商户满意度⇥≥90%\n"
)
SPLIT = lay(
    "项目名称⇥预算数⇥年度目标⇥一级指标⇥二级指标⇥三级指标⇥指标性质⇥指标值⇥度量单位⇥权重⇥指标方向性\n"
    "误工补贴⇥48.00⇥按月发放。⇥产出指标⇥数量指标⇥补贴人数⇥≥⇥186⇥人⇥20⇥正向指标\n"
    "⇥⇥⇥⇥时效指标⇥发放时限⇥=⇥1⇥月⇥10⇥\n⇥⇥⇥效益指标⇥社会效益指标⇥队伍稳定⇥定性⇥好⇥⇥10⇥正向指标\n"
    "⇥⇥⇥满意度指标⇥服务对象满意度指标⇥村民满意度⇥≥⇥95⇥%⇥10⇥正向指标\n"
)
SHORT = lay(
    "项目名称⇥预算数⇥一级指标⇥二级指标⇥三级指标⇥指标值⇥计量单位\n"
    "误工补贴⇥48.00⇥产出指标⇥数量指标⇥补贴人数⇥186⇥人\n⇥⇥⇥质量指标⇥发放准确率⇥95百分比\n"
    "⇥⇥效益指标⇥社会效益指标⇥队伍稳定率⇥95百分比⇥\n⇥⇥满意度指标⇥服务对象满意度指标⇥村民满意度⇥95%\n"
)
"""Rows that end before the column of units, as text without blank cells at its ends has them."""
TEXTS = [
    *(path.read_text("utf-8") for path in FILES),
    *map(lay, SOUND.values()),
    *map(lay, FOUND_NOTHING.values()),
    *(lay(HEAD + GOAL + header + rows) for header, rows in HEADERS.values()),
    *(EXPORT, REPEATED, SPLIT, SHORT, EXPORT * 2, EXPORT + lay(FORM) + SPLIT),
]
HURT = 6_000 if THOROUGH else 400
"""Texts, of 14 rows each: with the entries of ``test_usual_runs`` a million are read both ways in CI."""
CELLS = (
    *(
        "\u2265",
        "1",
        "95%",
        "12",
        "优",
        "无",
        "-",
        "\u2026\u2026",
        '"',
        '"优\n良"',
        '"路"灯',
        '更换"路"灯',
        '""路灯""',
        '"优良"',
        " ",
        "95% ",
        "合计",
        "10分",
        "总分",
        "1.",
        "\u3000",
    ),
    *(
        "绩效指标",
        "产出指标",
        "数量指标",
        "产出指标(50分)",
        "指标内容",
        "指标值",
        "三级指标",
        "项目名称",
        "年度指标值",
        "备注",
    ),
    *("2024年", "预算数", "3,986.34", "年度绩效指标", "长期绩效指标", "预算执行率", "单位:万元", "某街道办事处", "次"),
)


def hurt(text: str, chance: random.Random) -> str:
    """``text`` with a few faults, as people and programs make them."""
    for _ in range(chance.randrange(1, 4)):
        rows = text.split("\n")
        at = chance.randrange(len(rows))
        cells = rows[at].split("\t")
        cell = chance.randrange(len(cells))
        way = chance.randrange(7)
        if way == 0:
            cells[cell] = chance.choice((*CELLS, "", chance.choice(cells)))
        elif way == 1:
            cells.insert(cell, chance.choice(("", *CELLS)))
        elif way == 2:
            cells.pop(cell)
        elif way == 3:
            place = chance.randrange(len(cells[cell]) + 1)
            cells[cell] = cells[cell][:place] + chance.choice((*CELLS, *NASTY, *PIECES)) + cells[cell][place:]
        elif way == 4:
            cells[cell] = cells[cell][1:] if chance.randrange(2) else cells[cell][:-1]
        elif way == 5:
            rows.insert(chance.randrange(len(rows)), rows[at])
        else:
            rows.pop(chance.randrange(len(rows)))
        if at < len(rows) and way < 5:
            rows[at] = "\t".join(cells)
        text = "\n".join(rows)
    return text


@contextlib.contextmanager
def counting() -> Iterator[list[Indicator]]:
    """The rows that are read at once meanwhile."""
    found: list[Indicator] = []
    usual = UsualRows._indicator

    def noted(*args: Any) -> Indicator:
        made = usual(*args)
        found.append(made)
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(UsualRows, "_indicator", noted)
        yield found


def sheets() -> Iterator[str]:
    """Sound texts and hurt ones; of those in which no row is usual nothing is to be learned when they are hurt."""
    usual = []
    for text in TEXTS:
        yield text
        with counting() as found:
            outcome(text)
        if found and len(text) < 8000:
            usual.append(text)
    chance = random.Random(7)  # a fixed sample
    for _ in range(HURT):
        yield hurt(chance.choice(usual), chance)


@pytest.mark.long
@pytest.mark.slow
def test_usual_rows_are_read_as_any_others(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = 0
    for text in sheets():
        with counting() as found:
            whole = outcome(text)
        at_once += len(found)
        if found:  # else both ways are one
            with monkeypatch.context() as patched:
                patched.setattr(UsualRows, "read_line", lambda *_: None)
                patched.setattr(UsualRows, "read_row", lambda *_: None)
                assert same(whole, outcome(text)), text
    assert at_once > 3 * HURT


def test_classes_below_a_misread_name_are_told() -> None:
    """Names may end as classes do; where the name of their column is misread, they are looked at more closely."""
    text = lay(
        "项目支出绩效目标表\n(2024年度)\n项目名称⇥河东片区路灯更换\n主管部门⇥临江区住房和城乡建设局\n年度绩效目标⇥更换老旧路灯。\n"
        "{}⇥⇥绩效指标⇥指标值\n产出指标⇥数量指标⇥更换路灯数量⇥≥160盏\n⇥质量指标⇥路灯验收合格率⇥≥98%\n"
    )
    told = [[part.reason for part in outcome(text.format(name)).unread] for name in ("绩效指标分=类", "绩效指标分类")]
    assert ["column-misread" in reasons for reasons in told] == [True, False]


def test_what_was_looked_at_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long table, of which not all is kept, the rows are the same."""
    texts = (EXPORT, REPEATED, SPLIT)
    kept = list(map(outcome, texts))
    monkeypatch.setattr(usual_cells, "_MOST_KEPT", 1)
    usual_cells.usual_cells.cache_clear()  # which looks at the tables of one shape in all texts
    assert all(map(same, kept, map(outcome, texts)))
    usual_cells.usual_cells.cache_clear()


def test_of_wide_rows_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of blank cells behind each row, as spreadsheets leave them, are no few words that come again."""
    looking: list[usual_cells.UsualCells] = []

    def made(shape: usual_cells.Shape) -> usual_cells.UsualCells:
        looking.append(usual_cells.UsualCells(shape))
        return looking[-1]

    monkeypatch.setattr(usual_rows, "usual_cells", made)
    outcome(EXPORT)
    outcome(EXPORT.replace("\n", "\t" * 1000 + "\n"))
    usual, wide = looking
    assert [bool(found) for found in (usual.before, usual.behind)] == [True, True]
    assert [bool(found) for found in (wide.before, wide.behind)] == [True, False]


def test_what_was_read_before_changes_nothing() -> None:
    """Tables of one shape share what was found in their cells, and other tables do not."""
    chance = random.Random(5)  # a fixed sample
    texts = [*TEXTS, *(hurt(TEXTS[at % len(TEXTS)], chance) for at in range(HURT // 8))]
    after_others = list(map(outcome, texts))
    for text, read in zip(texts, after_others, strict=True):
        usual_cells.usual_cells.cache_clear()
        assert same(read, outcome(text)), text


def test_most_rows_are_usual() -> None:
    """Of tables as programs write them all are, of forms nearly all."""
    for text, rows in ((EXPORT, 6), (SPLIT, 4), (lay(FORM), 4)):
        with counting() as found:
            outcome(text)
        assert len(found) >= rows, text


def test_headers_of_further_pages_are_read_as_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [SAMPLE.read_text("utf-8"), *(text for text in TEXTS if "绩效指标\n" in text)]
    chance = random.Random(3)  # a fixed sample
    texts += [hurt(texts[at % len(texts)], chance) for at in range(HURT // 20)]
    at_once = list(map(outcome, texts))
    monkeypatch.setattr(PackedLines, "takes_page", lambda *_: False)
    assert all(map(same, at_once, map(outcome, texts)))
