"""Small tables of counts within the form of a project, under names that nobody knows: they hold no amounts.

人员情况⇥编制人数⇥在职人数⇥离退休人数
⇥20⇥18⇥6
"""

from __future__ import annotations

from collections.abc import Mapping

from goalcheck.catalogue.columns import ELSE, ColumnNames
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.labels import is_figure, is_of_no_money, label_meaning
from goalcheck.parse.layouts.merged_headers import filled

_FEWEST = 3  # names on a line
_SHORTEST = 2  # characters of one


class Counts:
    """Tells the rows of such tables from the lines of labels and amounts, line by line."""

    def __init__(self, text: str, names: ColumnNames) -> None:
        self._text = text
        self._names = names
        self._over: Mapping[int, str] = {}  # the last line of nothing but names, by column

    def takes(self, line: BlockLine) -> bool:
        """Whether ``line``, the next one, is but a row of figures, each below a name of what is no money."""
        said = {index: self._text[a:b] for index, a, b in filled(line.cells)}
        if all(map(is_figure, said.values())):
            over = [self._over.get(index, "") for index in said]
            return len(said) > 1 and all(name and is_of_no_money(name, self._names, _SHORTEST) for name in over)
        if len(said) >= _FEWEST or 0 in said:
            self._over = said if len(said) >= _FEWEST and all(map(self._may_be_name, said.values())) else {}
        return False

    def _may_be_name(self, said: str) -> bool:
        meaning = label_meaning(said, self._names)
        return self._names.is_name(said) and (meaning is None or meaning.role == ELSE)
