"""Where a sheet says in what its amounts are: 单位:万元, 资金(万元)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalcheck.files.regexes import regex
from goalcheck.sheet import Text

_UNIT = r"(?:[亿万千百]\s{0,4}){0,2}元"
_SAID = regex(
    rf"单\s{{0,4}}位\s{{0,4}}[:\uff1a为是]?\s{{0,4}}(?:人民币\s{{0,4}})?({_UNIT})"
    rf"|[(\uff08]\s{{0,4}}(?:人民币\s{{0,4}}[:\uff1a]?\s{{0,4}})?({_UNIT})\s{{0,4}}[)\uff09]"
)


def money_units(texts: Iterable[Text]) -> Iterator[Text]:
    """The units of amounts that ``texts`` name: lines above and between tables, names of columns."""
    for text in texts:
        for match in _SAID.finditer(text.text):
            start, end = match.span(match.lastindex or 0)
            yield Text(text.start + start, text.start + end, text.text[start:end])
