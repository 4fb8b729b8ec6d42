"""The texts that the cells of a workbook share: the part ``sharedStrings.xml``."""

from __future__ import annotations

import re

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS
from goalcheck.readers.xml_events import Attributes, Handler, office_names

NAMESPACES = office_names("spreadsheetml")
"""Those of the parts of a workbook."""

_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")

FONTS = frozenset((
    "rPr", "rFont", "charset", "family", "b", "i", "strike", "outline", "shadow", "condense", "extend", "color", "sz",
    "u", "vertAlign", "scheme",
))  # fmt: skip
"""Elements that tell how a text looks."""

_OF_TEXTS = FONTS | {"sst", "si", "r", "t", "rPh", "phoneticPr", "extLst", "ext"}
"""Elements that shared texts are made of; no program writes others of the same vocabulary."""


class SharedStrings(Handler):
    """The texts that cells share, by their numbers; what is read aloud of them (``rPh``) left out."""

    namespaces = NAMESPACES
    root = "sst"

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.told: int | None = None
        """How many there are said to be."""
        self._parts: list[str] = []
        self._is_aloud = False
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sst":
            self.told = whole_number(attributes.get("uniqueCount"), MOST_ROWS * MOST_COLUMNS)
        elif name == "t":
            self._is_text = not self._is_aloud
        elif name == "rPh":
            self._is_aloud = True
        elif name not in _OF_TEXTS and " " not in name:
            raise InputError("damaged-part", part="sharedStrings.xml")

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_aloud = False
        elif name == "si":
            self.found[str(len(self.found))] = unescaped("".join(self._parts))
            self._parts.clear()

    def text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


def whole_number(said: str | None, most: int) -> int | None:
    """The whole number ``said``, from 0 to ``most``; None for any other."""
    if said is None or not said.strip().isdecimal() or len(said) > 12:
        return None
    number = int(said)
    return number if number <= most else None


def unescaped(said: str) -> str:
    """``said`` with the characters that XML cannot hold: ``_x000D_`` is a carriage return."""
    return _ESCAPED.sub(_character, said) if "_x" in said else said


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if 0xD800 <= code < 0xE000:
        return found[0]
    return chr(code) if code >= 0x20 or code in (9, 10, 13) else ""
