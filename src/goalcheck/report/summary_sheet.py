"""The summary of the 整改清单: how much was found of what kind, what was mended since, what was not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from goalcheck.catalogue.rule import FAMILIES, Severity
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Counts, Part
from goalcheck.report.rectification import SITE_RULES, Entry
from goalcheck.report.spreadsheet import BORDER, Spreadsheet, height, quoted

STATES = ("state-open", "state-begun", "state-done", "state-needless")
_SEVERITIES = tuple(kind.label for kind in sorted(Severity, reverse=True))
_RULES = 12  # that are named
_WIDTHS = (34, 13, 10, 10, 10, 10, 10, 10, 10)
_BARS = {"error": "#C00000", "warning": "#F4B183", "info": "#BDD7EE"}  # dark, middling, light: also in black and white
_CHART_ROWS = 15


class Summary:
    """What a run comes to, as its parts pass by."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str, Counts]] = []
        self.missed: list[tuple[str, str, str]] = []
        self.families: Counter[tuple[str, str]] = Counter()
        self.rules: Counter[tuple[str, str]] = Counter()
        self.counts = Counts()

    def add(self, part: Part[Any], status: str, missed: Sequence[tuple[str, str]], listed: Sequence[Entry]) -> None:
        """Add one input."""
        self.counts += part.counts
        self.files.append((sentences.path(part.path), status, part.counts))
        self.missed += ((sentences.path(part.path), place, why) for place, why in missed)
        self.families.update((entry.family, entry.severity) for entry in listed)
        self.rules.update((entry.title, entry.severity) for entry in listed)


def write_summary(made: Spreadsheet, summary: Summary, states: Sequence[str]) -> None:
    """Add the worksheet to ``made``; the cells in ``states`` hold what was done about each finding."""
    _Writer(made, summary, states).write()


class _Writer:
    def __init__(self, made: Spreadsheet, summary: Summary, states: Sequence[str]) -> None:
        self._made = made
        self._summary = summary
        self._states = states
        self._name = self._say("summary")
        self._sheet = made.worksheet(self._name, self._say("summary-title"), landscape=False)
        self._row = 0

    def write(self) -> None:
        """Write all of it, table by table."""
        for at, width in enumerate(_WIDTHS):
            self._sheet.set_column(at, at, width)
        self._made.define("summary", f"{quoted(self._name)}!$A$1")
        self._by_family()
        self._progress()
        self._by_rule()
        self._by_file()
        self._not_judged()

    def _by_family(self) -> None:
        """How many findings there are of each kind, with the chart beside it."""
        found = self._summary.families
        kinds = [kind for kind in (*FAMILIES, SITE_RULES) if any(found[kind, label] for label in _SEVERITIES)]
        self._title("by-family")
        self._heads(["family", *_SEVERITIES, "all"])
        first = self._row
        for kind in kinds:
            numbers = [found[kind, label] for label in _SEVERITIES]
            self._line(say(f"manual.{kind}", self._made.language), [*numbers, sum(numbers)])
        totals = [sum(found[kind, label] for kind in kinds) for label in _SEVERITIES]
        self._line(self._say("all"), [*totals, sum(totals)], bold=True)
        if besides := self._summary.counts.suppressed + sum(self._summary.counts.unshown.values()):
            self._text(self._say("besides", number=besides))
        if not kinds:
            self._text(self._say("sound"))
            self._row += 1
            return
        self._row += 1
        self._chart(first, len(kinds))
        self._row += _CHART_ROWS + 1

    def _chart(self, first: int, kinds: int) -> None:
        chart = self._made.book.add_chart({"type": "bar", "subtype": "stacked"})
        for at, label in enumerate(_SEVERITIES, 1):
            chart.add_series({
                "name": [self._name, first - 1, at],
                "categories": [self._name, first, 0, first + kinds - 1, 0],
                "values": [self._name, first, at, first + kinds - 1, at],
                "fill": {"color": _BARS[label]},
                "border": {"color": "#595959"},
                "gap": 60,
            })  # fmt: skip
        chart.set_title({"name": self._say("by-family"), "name_font": {"size": 12}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
        chart.set_x_axis(
            {
                "num_font": {"size": 9},
                "num_format": "0",
                "label_position": "high",
                "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
            }
        )
        chart.set_legend({"position": "bottom", "font": {"size": 10}})
        width = sum(7 * column + 5 for column in _WIDTHS[:8])
        chart.set_size({"width": width, "height": _CHART_ROWS * 20})
        self._sheet.insert_chart(self._row, 0, chart, {"object_position": 2})

    def _progress(self) -> None:
        """How far the work is; it counts by itself what is filled in."""
        total = sum(self._summary.families.values())
        if not total:
            return
        self._title("progress")
        self._heads(["state", "count"])
        first = self._row + 1
        for key in STATES:
            name = self._say(key)
            told = "+".join(f'COUNTIF({cells},"{name}")' for cells in self._states)
            self._sheet.write_string(self._row, 0, name, self._made.cell)
            self._sheet.write_formula(self._row, 1, f"={told}", self._made.centred, 0)
            self._next()
        self._sheet.write_string(self._row, 0, self._say("state-blank"), self._made.cell)
        left = f"={total}-SUM(B{first}:B{self._row})"
        self._sheet.write_formula(self._row, 1, left, self._made.centred, total)
        self._next(2)

    def _by_rule(self) -> None:
        if not self._summary.rules:
            return
        self._title("by-rule")
        self._heads(["rule", "severity", "count"], merged=True)
        order = sorted(self._summary.rules.items(), key=lambda told: (-told[1], told[0]))
        for (title, label), number in order[:_RULES]:
            self._wide(title, 6)
            self._sheet.write_string(
                self._row, 7, say(f"terms.{label}", self._made.language), self._made.severity(label)
            )
            self._sheet.write_number(self._row, 8, number, self._made.centred)
            self._next()
        self._row += 1

    def _by_file(self) -> None:
        self._title("by-file")
        self._heads(["file", "status", "units", "projects", "indicators", *_SEVERITIES, "all"])
        for path, status, counts in self._summary.files:
            self._line(path, self._figures(counts), self._say(f"status-{status}"))
        if len(self._summary.files) > 1:
            self._line(self._say("all"), self._figures(self._summary.counts), "", bold=True)
        self._row += 1

    def _figures(self, counts: Counts) -> list[int]:
        numbers = [counts.findings[Severity[label.upper()]] for label in _SEVERITIES]
        return [counts.units, counts.projects, counts.indicators, *numbers, sum(numbers)]

    def _not_judged(self) -> None:
        if not self._summary.missed:
            return
        self._title("not-judged")
        for path, place, why in self._summary.missed:
            self._text("\n".join(filter(None, (f"{path} {place}".strip(), why))), bordered=True)

    def _title(self, key: str) -> None:
        style = self._made.format(bold=True, font_size=12, text_wrap=False)
        self._sheet.write_string(self._row, 0, self._say(key), style)
        self._sheet.set_row(self._row, 24)
        self._row += 1

    def _heads(self, keys: Sequence[str], *, merged: bool = False) -> None:
        last = 0 if not merged else 6
        if merged:
            self._sheet.merge_range(self._row, 0, self._row, last, self._head(keys[0]), self._made.head)
        else:
            self._sheet.write_string(self._row, 0, self._head(keys[0]), self._made.head)
        for at, key in enumerate(keys[1:], last + 1):
            self._sheet.write_string(self._row, at, self._head(key), self._made.head)
        self._next()

    def _head(self, key: str) -> str:
        return say(f"terms.{key}", self._made.language) if key in _SEVERITIES else self._say(key)

    def _line(self, name: str, numbers: Sequence[int], status: str | None = None, *, bold: bool = False) -> None:
        """A line of a table: its name, a word about it where there is one, its numbers."""
        plain = self._made.format(**BORDER, bold=bold)
        centred = self._made.format(**BORDER, bold=bold, align="center")
        self._sheet.write_string(self._row, 0, name, plain)
        if status is not None:
            self._sheet.write_string(self._row, 1, status, centred)
        for at, number in enumerate(numbers, 1 if status is None else 2):
            self._sheet.write_number(self._row, at, number, centred)
        self._sheet.set_row(self._row, height([(name, _WIDTHS[0])]))
        self._row += 1

    def _wide(self, text: str, last: int) -> None:
        self._sheet.merge_range(self._row, 0, self._row, last, "", self._made.cell)
        self._sheet.write_string(self._row, 0, text, self._made.cell)

    def _text(self, text: str, *, bordered: bool = False) -> None:
        last = len(_WIDTHS) - 1
        style = self._made.cell if bordered else self._made.format()
        self._sheet.merge_range(self._row, 0, self._row, last, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._sheet.set_row(self._row, height([(text, sum(_WIDTHS))]))
        self._row += 1

    def _next(self, rows: int = 1) -> None:
        self._sheet.set_row(self._row, 20)
        self._row += rows

    def _say(self, key: str, **figures: object) -> str:
        return say(f"rectification.{key}", self._made.language, **figures)
