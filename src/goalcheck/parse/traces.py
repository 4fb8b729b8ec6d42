"""Bytes in, whether they may be a sheet out: what is found in a folder and shows no trace of one is passed over.

The bytes need not be readable: a sheet that was cut off, or is in an odd encoding, leaves its traces all the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.parse.lines import ROLE_OF
from goalcheck.sheet import clean

_COMMONEST = frozenset(
    ("项目", "项目名称", "总计", "合计", "总额", "金额", "总金额", "目标", "指标", "其他", "其它", "预算数")
)
"""Names of columns that tables of every kind have."""

_CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BLANKS = re.compile("[ \u00a0\u3000]+")
_ENTRY = re.compile("指标值[:\uff1a]")
_CELL = re.compile('[^\t\r\n,;|\uff0c\uff1b"]+')
_LONGEST = 40
"""The most characters that a name of a column has."""


def shows_trace(data: bytes, taxonomies: Iterable[Taxonomy], encoding: str | None = None) -> bool:
    """Whether ``data`` shows a trace of a sheet: 绩效, a class of one of the ``taxonomies``, an entry, or the name of a
    column that other tables do not have. It is read as UTF-8, GB18030, UTF-16 and, if one is given, as ``encoding``.
    """
    classes = _classes(taxonomies)
    return any(_has_trace(text, classes) for text in _texts(data, encoding))


def _has_trace(text: str, classes: re.Pattern[str]) -> bool:
    text = _BLANKS.sub("", text)
    if "绩效" in text or _ENTRY.search(text) or classes.search(text):
        return True
    names = (clean(cell[0]) for cell in _CELL.finditer(text) if len(cell[0]) <= _LONGEST)
    return any(name in ROLE_OF and name not in _COMMONEST for name in names)


def _classes(taxonomies: Iterable[Taxonomy]) -> re.Pattern[str]:
    """What finds a class: with 指标 behind it or its code before it. In running text the words alone say little."""
    labels = {made.label.removesuffix("指标") for taxonomy in taxonomies for made in taxonomy.classes.values()}
    names = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"(?:{names})指标|[0-9]-(?:{names})")


def _texts(data: bytes, encoding: str | None) -> Iterator[str]:
    """What ``data`` may say, in each encoding that it may be in. What cannot be read is left out."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        yield data.decode("utf-32", "ignore")
        return
    if encoding is not None:
        yield data.decode(encoding, "ignore")
    for codec in _CODECS:
        if not codec.startswith("utf-16") or b"\0" in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield data.decode(codec, "ignore")
