"""How an indicator was written, beside what it says: in a cell with others, or in a row of its own."""

from __future__ import annotations

from goalcheck.node import Text, frozen

Piece = tuple[int, str]
"""A stretch of the text by its start."""


@frozen(eq=False, repr=False)
class Packed:
    """How a packed cell wrote an indicator: its pieces with the blanks behind them, each made a node when asked for.

    ``separator_texts`` are what parts its fields, in order.
    """

    ordinal_piece: Piece
    cycle_piece: Piece | None
    annual_piece: Piece | None
    separator_starts: tuple[int, ...]
    separator_texts: tuple[str, ...]
    end_piece: Piece | None

    @property
    def ordinal(self) -> Text:
        """Its ordinal; an empty span where there is none."""
        return _node(*self.ordinal_piece)

    @property
    def cycle_label(self) -> Text | None:
        return None if self.cycle_piece is None else _node(*self.cycle_piece)

    @property
    def annual_label(self) -> Text | None:
        return None if self.annual_piece is None else _node(*self.annual_piece)

    @property
    def terminator(self) -> Text | None:
        return None if self.end_piece is None else _node(*self.end_piece)

    @property
    def separators(self) -> tuple[Text, ...]:
        """What parts the fields of the entry, in order, without blanks."""
        return tuple(map(_node, self.separator_starts, self.separator_texts))

    def label(self, field: str) -> Text | None:
        """The label before the value in ``field``, such as ``年度指标值:``."""
        return self.cycle_label if field == "cycle_value" else self.annual_label


def _node(start: int, said: str) -> Text:
    text = said.rstrip()
    return Text(start, start + len(text), text)


@frozen(eq=False, repr=False)
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
