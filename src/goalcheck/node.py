"""What the tree of a sheet is made of: :class:`Node`, a stretch of the text, and :class:`Text`, one that is read.

``start`` and ``end`` are offsets into ``Source.text``; ``text`` is that slice as it stands, so
``source.text[node.start:node.end] == node.text``.

A sheet has very many of them, and they never change once they are made: :data:`frozen` holds whoever writes code to
that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goalcheck.blanks import clean
from goalcheck.source import Span
from goalcheck.vocabulary import vocabulary

if TYPE_CHECKING:
    from attrs import frozen
else:
    # Refusing changes at run time as well makes a node three times as dear.
    from attrs import define as frozen

__all__ = ["Node", "Text", "frozen"]


@frozen(eq=False, repr=False)
class Node:
    """A stretch of text. Empty (``start == end``) where the sheet leaves something out.

    Nodes are told apart by identity; a generated comparison and repr would cost every start of the tool.
    """

    start: int
    end: int

    def __repr__(self) -> str:
        text = f", {text!r}" if (text := getattr(self, "text", None)) is not None else ""
        return f"{type(self).__name__}({self.start}, {self.end}{text})"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@frozen(eq=False, repr=False)
class Text(Node):
    """A field that is read as text: a name, a goal, a line of the head."""

    text: str

    @property
    def clean(self) -> str:
        return clean(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing stands here, or what people write for "nothing"."""
        return not self.text or vocabulary().is_nothing(self.text)
