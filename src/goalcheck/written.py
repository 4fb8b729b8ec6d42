"""How an indicator was written, beside what it says: in a cell with others, or in a row of its own."""

from __future__ import annotations

import attrs

from goalcheck.node import Text


@attrs.frozen(eq=False, repr=False)
class Packed:
    """How a packed cell wrote an indicator; ``ordinal`` is an empty span where there is none.

    ``separator_texts`` are what parts its fields, in order and with the blanks behind it.
    """

    ordinal: Text
    cycle_label: Text | None
    annual_label: Text | None
    separator_starts: tuple[int, ...]
    separator_texts: tuple[str, ...]
    terminator: Text | None

    @property
    def separators(self) -> tuple[Text, ...]:
        """What parts the fields of the entry, in order, without blanks."""
        found = ((at, text.rstrip()) for at, text in zip(self.separator_starts, self.separator_texts, strict=True))
        return tuple(Text(at, at + len(text), text) for at, text in found)

    def label(self, field: str) -> Text | None:
        """The label before the value in ``field``, such as ``年度指标值:``."""
        return self.cycle_label if field == "cycle_value" else self.annual_label


@attrs.frozen(eq=False, repr=False)
class SplitColumns:
    """How an indicator was written in another way than packed: the fields it has places for, the cell of its weight.

    ``direction`` is the cell that says whether more of it is better, ``nature`` the one that says 定性 or 定量. The row
    has no cell any more for those of ``values`` that are ``ended``.
    """

    weight: Text | None
    values: frozenset[str]
    level1: bool
    level2: bool
    direction: Text | None = None
    nature: Text | None = None
    ended: frozenset[str] = frozenset()
