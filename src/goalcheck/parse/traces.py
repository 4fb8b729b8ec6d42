"""Whether a file may be a sheet: what is found in a folder and shows no trace of one is passed over.

Bytes need not be readable: a sheet that was cut off, or is in an odd encoding, leaves its traces all the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.files.regexes import regex

_WORD = "绩效"
_CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BLANKS = regex("[ \u00a0\u3000]+")
_LABEL_OF_VALUE = regex("指标值[:\uff1a]")
_CELL = regex('[^\t\r\n,;|\uff0c\uff1b"]+')


def shows_trace(texts: Iterable[str], name: str, taxonomies: Iterable[Taxonomy], columns: ColumnNames) -> bool:
    """Whether one of ``texts``, of a file called ``name``, shows a trace of a sheet: 绩效, there or in the name, a
    class of one of the ``taxonomies``, an entry, or the name of a column that other tables do not have.
    """
    if _WORD in name:
        return True
    classes = _classes(taxonomies)
    return any(_has_trace(text, classes, columns) for text in texts)


def _has_trace(text: str, classes: re.Pattern[str], columns: ColumnNames) -> bool:
    text = _BLANKS.sub("", text)
    if _WORD in text or _LABEL_OF_VALUE.search(text) or classes.search(text):
        return True
    return any(columns.is_telling(cell) for cell in {found[0] for found in _CELL.finditer(text)})


def _classes(taxonomies: Iterable[Taxonomy]) -> re.Pattern[str]:
    """What finds a class: with 指标 behind it or its code before it. In running text the words alone say little."""
    labels = {made.label.removesuffix("指标") for taxonomy in taxonomies for made in taxonomy.classes.values()}
    names = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"(?:{names})指标|[0-9]-(?:{names})")


def texts_of(data: bytes, encoding: str | None = None) -> Iterator[str]:
    """What ``data`` may say: as UTF-8, GB18030, UTF-16 and, if one is given, as ``encoding``.

    What cannot be read is left out.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        yield data.decode("utf-32", "ignore")
        return
    if encoding is not None:
        yield data.decode(encoding, "ignore")
    for codec in _CODECS:
        if not codec.startswith("utf-16") or b"\0" in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield data.decode(codec, "ignore")
