"""Where a sheet says in what its amounts are: 单位:万元, 资金(万元)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalcheck.catalogue.columns import AMOUNT, SOURCE, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.sheet import AMOUNT_COLUMNS, Header, Text

_UNIT = r"(?:[亿万千百]\s{0,4}){0,2}元"
_SAID = regex(
    rf"单\s{{0,4}}位\s{{0,4}}[:\uff1a为是]?\s{{0,4}}(?:人民币\s{{0,4}})?({_UNIT})"
    rf"|[(\uff08]\s{{0,4}}(?:人民币\s{{0,4}}[:\uff1a]?\s{{0,4}})?({_UNIT})\s{{0,4}}[)\uff09]"
)
_CELL = regex(r"[^\t\r\n]+")


def over_amounts(text: str, header: Header, names: ColumnNames) -> Iterator[Text]:
    """The cells of the first line of a ``header`` on two that stand over columns of money: 项目金额(万元)."""
    first = min((column.start for column in header.columns), default=header.end)
    end = text.find("\n", header.start, header.end)
    for cell in _CELL.finditer(text, min(first, header.start), max(end, 0)):
        meaning = names.meaning(cell[0])
        if meaning is not None and meaning.role in (SOURCE, AMOUNT, *AMOUNT_COLUMNS):
            yield Text(cell.start(), cell.end(), cell[0])


def money_units(texts: Iterable[Text]) -> Iterator[Text]:
    """The units of amounts that ``texts`` name: lines above and between tables, names of columns."""
    for text in texts:
        for match in _SAID.finditer(text.text):
            start, end = match.span(match.lastindex or 0)
            yield Text(text.start + start, text.start + end, text.text[start:end])
