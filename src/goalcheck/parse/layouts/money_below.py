"""Labels of money whose amounts stand below them.

年度资金总额⇥财政拨款⇥其他资金                    a line of labels
480⇥400⇥80                                 and the amounts of all of them
"""

from __future__ import annotations

from collections.abc import Mapping

from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.form_money import Pair
from goalcheck.parse.layouts.labels import MONEY, Label
from goalcheck.sheet import AMOUNT_COLUMNS

_TOTAL = AMOUNT_COLUMNS[0]
_WHOLE = regex(r"[合总]计|总额")


class MoneyBelow:
    """Keeps them until their amounts are found; ``pairs`` are all labels of the form with their values so far."""

    def __init__(self, text: str, pairs: list[Pair]) -> None:
        self._text = text
        self._pairs = pairs
        self._labels: dict[int, Label] = {}  # beside which only labels stand, by column
        self._left_out: dict[tuple[int, int], int] = {}  # labels of amounts that were left out, with their pairs

    @property
    def has_total(self) -> bool:
        """Whether the form has a total so far."""
        return any(pair.meaning.role == _TOTAL for pair in self._pairs)

    @property
    def lacks_total(self) -> bool:
        """Whether a total is looked for below its label, and the form has none."""
        return any(meaning.role == _TOTAL for _, meaning in self._labels.values()) and not self.has_total

    def keep(self, below: Mapping[int, Label], begins: int, *, told: bool) -> None:
        """Keep the labels of money on a line of labels, up to one that begins where they stand or before.

        ``below`` are those with no value beside them; ``begins`` is the column in which the line does, and ``told`` is
        whether another of its labels has its value there.
        """
        self._labels = {at: label for at, label in self._labels.items() if at < begins}
        if not told and len(below) > 1:
            money = {at: label for at, label in below.items() if label[1].role in MONEY}
            wholes = [at for at, (place, _) in money.items() if _WHOLE.search(self._text, *place)]
            group = min(money, default=0)  # as 年度支出预算, beside 支出合计 and its parts
            if wholes and group not in wholes:
                del money[group]
            self._labels |= money

    def leave_out(self, label: Label, column: int) -> None:
        """Give ``label``, which ends its line in ``column``, an amount that was left out, until one is found."""
        self._left_out[label[0]] = len(self._pairs)
        self._pairs.append(_left_out(label, column))

    def leave_out_total(self) -> None:
        """The same for a total that was looked for below its label, and is not there."""
        if self.lacks_total:
            totals = [label for label in self._labels.values() if label[1].role == _TOTAL]
            self._pairs.append(_left_out(totals[-1], -1))

    def is_wanted(self, column: int) -> bool:
        """Whether a label waits for an amount in ``column``."""
        return column in self._labels

    def pair(self, value: tuple[int, int], column: int) -> None:
        """Give the label that waits in ``column`` its amount."""
        label = self._labels.pop(column)
        made = Pair(*label, value, column)
        at = self._left_out.pop(label[0], None)
        if at is not None:
            self._pairs[at] = made
        else:
            self._pairs.append(made)


def _left_out(label: Label, column: int) -> Pair:
    end = label[0][1]
    return Pair(*label, (end, end), column)
