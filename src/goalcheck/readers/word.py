"""Reads the tables of a Word document: :func:`read`.

Changes that were tracked count as accepted. What stands outside tables comes as lines, in the order of the document;
what a text box within a table says follows that table. A table within a cell is one of its own.
"""

from __future__ import annotations

from goalcheck.readers.list_numbers import Lists
from goalcheck.readers.package import Package
from goalcheck.readers.table_text import TableText
from goalcheck.readers.word_document import WORD, Document
from goalcheck.source import Source


def is_document(package: Package) -> bool:
    """Whether ``package`` is a Word document."""
    beginning = next(iter(package.pieces(_main_part(package))), b"")
    return WORD.encode() in beginning.replace(b"\0", b"")


def read(package: Package, path: str) -> Source:
    """The tables of the Word document ``package``, and the words outside them as lines.

    Raises :class:`InputError` for what is damaged, has a password or is over its limits.
    """
    out = TableText(package.limits)
    main, lists = _main_part(package), Lists()
    relations = package.relations(main)
    for kind, part in relations.values():
        if kind == "numbering":
            package.parse(package.needed(part), lists)
    document = Document(out, package.limits, lists, lambda name: package.read(relations.get(name, ("", ""))[1]))
    package.parse(main, document)
    document.close()
    return out.source(package.data, path, "docx")


def _main_part(package: Package) -> str:
    return next(iter(package.main_parts), "")
