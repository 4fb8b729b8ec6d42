"""Makes a copy of a user's own file with every finding marked where it stands: :func:`annotated`. The file stays.

findings ─▶ marks ─▶ a workbook, a document or a PDF with notes, coloured cells, highlights
                 └─▶ of text and of what must not be changed: a new workbook
"""

from __future__ import annotations

import os
from importlib.util import find_spec

import attrs

from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files.archive import is_sealed
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers import is_pdf
from goalcheck.source import Source


def is_own(data: bytes) -> bool:
    """Whether ``data`` is a copy that goalcheck has made, and that nobody has changed since."""
    if not is_pdf(data):
        return is_sealed(data)
    from goalcheck.annotate import pdf

    return pdf.is_sealed(data)


@attrs.frozen(eq=False, repr=False)
class Copy:
    """A marked copy: its bytes, the ending that a file of its kind has, and what is to be said of it, by its key."""

    data: bytes
    ending: str
    remark: str | None = None


def annotated(data: bytes, result: Result, language: str, limits: Limits = LIMITS) -> Copy:
    """A copy of the file ``data``, of which ``result`` was made, with its findings marked.

    Raises :class:`InputError` for what is damaged where nobody has looked before, and where an extra is missing.
    """
    from goalcheck.annotate.splice import OddXmlError
    from goalcheck.annotate.untouchable import UntouchableError

    assert result.source is not None
    try:
        copy = _of_its_kind(data, result, language, limits)
        if copy is not None and _reads_as(copy, result.source, limits):
            return copy
        remark = None if copy is None else "strict"
    except UntouchableError as error:
        remark = error.key
    except OddXmlError:
        remark = "strict"
    return _as_table_book(result, language, remark)


def _reads_as(copy: Copy, source: Source, limits: Limits) -> bool:
    """Whether a ``copy`` says what ``source`` says; else it was made of what no program has written.

    A PDF is not asked: that takes a process of its own.
    """
    from goalcheck.readers import read

    if copy.ending == ".pdf":
        return True
    try:
        return read(copy.data, limits=limits).text == source.text
    except InputError:
        return False


def _as_table_book(result: Result, language: str, remark: str | None) -> Copy:
    """The copy as a workbook that holds what was read."""
    if find_spec("xlsxwriter") is None:
        raise InputError("needs-extra-to-mark", extra="office")
    from goalcheck.annotate import workbook
    from goalcheck.annotate.marks import marks, title
    from goalcheck.annotate.table_book import TableBook
    from goalcheck.readers.package import Package

    assert result.source is not None
    made = TableBook(result.source, result.sheet, language)
    placed = [made.placed(mark) for mark in marks(result, language)]
    data = workbook.annotate(Package(made.data), placed, title(result, language), language)
    return Copy(data, ".xlsx", remark or ("cut" if made.cut else None))


def _of_its_kind(data: bytes, result: Result, language: str, limits: Limits) -> Copy | None:
    """The copy, where it is a file of the same kind; None where it cannot be."""
    from goalcheck.annotate.marks import marks, title
    from goalcheck.readers.package import Package

    source = result.source
    assert source is not None
    if source.kind == "xlsx":
        from goalcheck.annotate import workbook

        made = workbook.annotate(Package(data, limits), marks(result, language), title(result, language), language)
        return Copy(made, _ending(source.path, (".xlsx", ".xlsm", ".xltx", ".xltm")))
    if source.kind == "docx":
        from goalcheck.annotate import word

        made = word.annotate(Package(data, limits), source, marks(result, language))
        return Copy(made, _ending(source.path, (".docx", ".docm", ".dotx", ".dotm")))
    if source.kind == "pdf":
        from goalcheck.annotate import pdf

        return Copy(pdf.annotate(data, source, marks(result, language)), ".pdf")
    return None


def _ending(path: str, known: tuple[str, ...]) -> str:
    """The ending of the file at ``path``, where its kind has such a one; else the usual one."""
    ending = os.path.splitext(path)[1].lower()
    return ending if ending in known else known[0]
