"""What a line is to a table with one indicator a row: a row of it, one behind its end, or the beginning of another."""

from __future__ import annotations

from collections.abc import Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ELSE, ColumnNames
from goalcheck.catalogue.load import catalogue, levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.carried_classes import REST_OF_CLASS
from goalcheck.parse.layouts.labels import PERIOD, is_label, label_meaning
from goalcheck.parse.layouts.panes import Columns, Pane, half_of
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.layouts.strange_cells import ALL_POINTS, TITLE_PART
from goalcheck.parse.values import read_amount

ELLIPSIS = regex(r"[.\u2026\u22ef\u3002]+")
"""What a template leaves in cells to be filled."""

_TARGET = regex(r"[\u2265\u2264\u2267\u2266<>\uff1c\uff1e=\uff1d]?\s*+\d[\d,.]*+\s*+\S{0,3}$")
_FIGURE_ENDS = regex(r"\d[十百千万亿]{0,2}$")
_COLON = regex(r"[:\uff1a]")
_GRADES = frozenset(("优", "良", "中", "差", "优秀", "良好", "合格", "不合格", "无", "-", "\u2014"))


class RowKinds:
    """Tells it by what the columns of a table hold."""

    def __init__(self, text: str, of: Columns, names: ColumnNames, cells: RowCells) -> None:
        self._text = text
        self._of = of
        self._names = names
        self._cells = cells
        self._labels = levels_of_labels()
        self._others = frozenset(catalogue().lexicon["other-first-levels"])

    def has_class(self, line: BlockLine) -> bool:
        """Whether a class stands in ``line`` where the table has its levels: then it is a row, and no header."""
        cells = [(level, self._cells.cell(line, at)) for pane in self._of.panes for level, at in pane.levels]
        said = [cell for _, cell in cells if cell.text]
        if any(bare_label(cell.text) in self._labels or cell.clean == REST_OF_CLASS for cell in said):
            return True
        return any(level == 1 and bare_label(cell.text) in self._others for level, cell in cells)

    def takes(self, line: BlockLine, *, first: bool = False) -> bool:
        """Whether ``line``, perhaps its ``first``, is a row of the table, rather than what follows it."""
        of = self._of
        if of.has_projects:
            return True
        filled = [(index, self._text[a:b]) for index, (a, b) in enumerate(line.cells) if a < b]
        if not filled:
            return True
        index, said = filled[0]
        if all(ELLIPSIS.fullmatch(clean(text)) for _, text in filled):
            return True
        if index < of.first and not first and self._begins_another(filled):
            return False
        if ALL_POINTS.fullmatch(clean(said)) or self.has_class(line):
            return True
        body = [at for at, _ in filled if at >= of.first]
        if not body:
            return len(clean(said)) <= 1 or not is_label(said, self._names)
        is_before_names = index < min(pane.name for pane in of.panes)
        if is_before_names and is_label(said, self._names) and not self._is_class_called_so(line, index):
            return False
        told = {
            at
            for pane in of.panes
            for at in (pane.name, pane.name_above, pane.sign, pane.measure, *pane.values.values())
        }
        return not told.isdisjoint(body) and not (len(filled) == 1 and is_before_names)

    def _is_class_called_so(self, line: BlockLine, index: int) -> bool:
        """Whether what begins a row at ``index`` is its second level, though a label too: 绩效目标⇥合理性, 具体指标."""
        meaning = label_meaning(self._text[slice(*line.cells[index])], self._names)
        if meaning is None or meaning.role not in ("goal", "level3", ELSE):
            return False
        return any(
            pane.level2 == index
            and pane.level1 is not None
            and self._cells.has_any(line, [at for at in (pane.name, pane.name_above) if at is not None])
            and self._cells.has_any(line, list(pane.values.values()))
            for pane in self._of.panes
        )

    def is_torn_off(self, line: BlockLine, above: BlockLine, width: int) -> bool:
        """Whether a line break tore ``line`` off the row ``above``: both together are as wide as the table.

        With the cell that broke, or without the blank that parted two. The row has lost a value, and ``line`` does not
        begin as a row or a note does.
        """
        start, end = line.cells[0]
        together = len(above.cells) + len(line.cells)
        if len(line.cells) == 1 or together - width not in (0, 1) or self._of.has_projects:
            return False
        last_value = max(at for pane in self._of.panes for at in pane.values.values())
        if len(above.cells) > last_value and self._cells.is_filled(above, len(above.cells) - 1):
            return False
        if start == end:
            return len(above.cells) <= min(pane.name for pane in self._of.panes) and not self.takes(line)
        said = clean(self._text[start:end])
        broken = clean(self._text[slice(*above.cells[-1])])
        if said == REST_OF_CLASS or bare_label(broken + said) in self._labels:
            return True
        begins_row = 0 in {pane.name for pane in self._of.panes} or bare_label(said) in self._labels
        is_unit = _FIGURE_ENDS.search(broken) is not None  # 人次 may be the name of a column as well
        begins_other = self._is_title(said) or _COLON.search(said) or (not is_unit and is_label(said, self._names))
        return not (begins_row or begins_other)

    def _is_title(self, said: str) -> bool:
        """Whether what stands beside a row, or begins one, is a part of a title, a sum or a template's gap."""
        if len(said) == 1 and any(said in label for label in self._labels):
            return True  # one character of a class that stands one a line
        return bool(
            TITLE_PART.fullmatch(said) or ALL_POINTS.fullmatch(said) or ELLIPSIS.fullmatch(said) or half_of(said)
        )

    def _begins_another(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether a line names the columns of another table, beside its title: 人员情况⇥编制人数⇥在职人数."""
        (_, title), *others = filled
        is_title = TITLE_PART.fullmatch(clean(title)) is not None or half_of(clean(title)) is not None
        columns = {index: said for index, said in others if index >= self._of.first}
        levels = {at for pane in self._of.panes for _, at in pane.levels if at is not None}
        if is_title or not levels or levels.isdisjoint(columns):
            return False
        classed = any(1 in self._labels.get(bare_label(said), ()) for said in columns.values())
        targets = (said for said in columns.values() if _TARGET.match(said) and not PERIOD.fullmatch(clean(said)))
        return not classed and next(targets, None) is None

    def is_like_row(self, line: BlockLine) -> bool:
        """Whether ``line``, below the end of the table, has a name and a value where its rows have them."""
        if self._of.has_projects or not self.takes(line):
            return False
        if any(self._cells.is_filled(line, index) for index in range(self._of.first)):
            return False
        return any(self._is_of_pane(line, pane) for pane in self._of.panes)

    def is_plain(self, line: BlockLine) -> bool:
        """Whether ``line`` begins with a name and has a target behind it, which no header of another table has."""
        index = next((at for at, (a, b) in enumerate(line.cells) if a < b), -1)
        values = [at for pane in self._of.panes if pane.name == index > 0 for at in pane.values.values()]
        said = (self._cells.cell(line, at).text for at in values)
        return any(_TARGET.match(text) and not PERIOD.fullmatch(clean(text)) for text in said)

    def has_target(self, line: BlockLine) -> bool:
        """Whether a row has a sign, or a figure for a value: then it is nothing else."""
        for pane in self._of.panes:
            values = [self._cells.cell(line, at).text for at in pane.values.values()]
            if self._cells.cell(line, pane.sign).text or any(map(_TARGET.match, values)):
                return True
        return False

    def _is_of_pane(self, line: BlockLine, pane: Pane) -> bool:
        levels = [self._cells.cell(line, at).text for _, at in pane.levels]
        weight = self._cells.cell(line, pane.weight).text
        valued = any(self._cells.is_filled(line, at) for at in (pane.sign, *pane.values.values()) if at is not None)
        named = self._cells.is_filled(line, pane.name)
        classed = all(not label or bare_label(label) in self._labels for label in levels)
        return named and valued and classed and (not weight or read_amount(weight)[0] is not None)

    def is_of_points(self, line: BlockLine) -> bool:
        """Whether ``line``, below a form, is but the sum of all points: it says nothing of the project."""
        first = next((cell.clean for cell in self._cells.all(line) if cell.text), "")
        return not self._of.has_projects and ALL_POINTS.fullmatch(first) is not None and self.are_points(line)

    def are_points(self, line: BlockLine) -> bool:
        """Whether nothing but figures, and the grade that they make, stands behind the first cell of ``line``."""
        said = [cell for cell in self._cells.all(line) if cell.text][1:]
        return all(cell.clean in _GRADES or read_amount(cell.text)[0] is not None for cell in said)
