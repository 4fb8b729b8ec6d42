"""The words of a Word document as they follow each other: :class:`Flow`; and the :class:`Fields` among them."""

from __future__ import annotations

from collections.abc import Callable

import attrs


@attrs.define(eq=False, repr=False)
class Flow:
    """Paragraphs that follow each other, in the body, a cell or a text box: those that ended, and the one that goes on.

    ``put`` takes each that has ended.
    """

    put: Callable[[str], None]
    words: list[str] = attrs.Factory(list)
    goes_on: bool = False
    """Whether the next paragraph goes on this one, whose mark was deleted."""
    has_content: bool = False
    """Whether there is a paragraph or a table in it, be they blank, as in every cell."""

    def end_paragraph(self) -> None:
        """End the paragraph, unless its mark is gone."""
        self.has_content = True
        if not self.goes_on:
            self.end()
        self.goes_on = False

    def end(self) -> None:
        """End what there is of a paragraph."""
        said, self.words = "".join(self.words), []
        self.put(said)

    def end_if_begun(self) -> None:
        """End what there is of a paragraph, if it has words."""
        if self.words:
            self.end()


class Fields:
    """The fields that go on, one within another: first the instructions of each, then its result, which is shown."""

    def __init__(self) -> None:
        self._have_result: list[bool] = []
        self._without_result = 0

    @property
    def is_shown(self) -> bool:
        """Whether what comes now is shown: it is among no instructions."""
        return not self._without_result

    def mark(self, kind: str | None) -> None:
        """Take the mark of a field: ``begin``, ``separate``, ``end``."""
        if kind == "begin":
            self._have_result.append(False)
            self._without_result += 1
        elif self._have_result and kind in ("separate", "end"):
            self._without_result -= not self._have_result.pop()
            if kind == "separate":
                self._have_result.append(True)

    def end_paragraph(self) -> None:
        """End instructions with their paragraph; a result may go on in the next."""
        if not self.is_shown:
            self.clear()

    def clear(self) -> None:
        """End all fields."""
        self._have_result.clear()
        self._without_result = 0
