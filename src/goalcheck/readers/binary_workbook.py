"""Reads workbooks of old, ``.xls`` as Excel 97 and WPS save them, and tells what else the same container may hold.

The format is read by xlrd, an extra: ``goalcheck[office]``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from goalcheck.errors import InputError
from goalcheck.files.archive import OWN_LIST_NAME
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers.binary_hurdles import passable
from goalcheck.readers.binary_records import NotRead, require_whole
from goalcheck.readers.cell_styles import Style
from goalcheck.readers.format_code import BUILT_IN
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import Worksheet
from goalcheck.source import OWN_LIST, Source

_CONTAINER = b"\xd0\xcf\x11\xe0"
_HEADER = 512
_SECTORS = (9, 12)
"""Sizes of what a container is made of, as powers of two."""

_CHINESE = {14, 22, *range(27, 37), *range(50, 59)}
"""Formats by number that Chinese versions show in a way of their own."""

_STREAMS = {"Workbook": "", "Book": "", "WordDocument": "old-document", "EncryptedPackage": "has-password"}
"""What a container holds by the names in it: a workbook, or the key of what is said of it."""

_LAST = -2
"""What a chain of blocks ends with."""

_NAMED = 3


def read(data: bytes, path: str, limits: Limits = LIMITS) -> Source:
    """The text of the workbook ``data``. Raises :class:`InputError` for what is no workbook, damaged, or too much."""
    if data.startswith(_CONTAINER):
        if _is_cut(data):
            raise InputError("incomplete-package")
        key = _held(data)
        if key:
            raise InputError(key)
    book, not_read = _book(data)
    made = TableText(limits)
    missed = Style("General")
    styles = dict.fromkeys(not_read.styles, missed)
    written = [_worksheet(sheet, book, styles, limits).write(made) for sheet in book.sheets()]
    if not any(written):
        raise InputError("no-cells")
    if OWN_LIST_NAME in book.name_map:
        made.remark(OWN_LIST)
    if beyond := [style.code for style in styles.values() if style and not style.format.is_known][:_NAMED]:
        made.remark("other-formats", formats=", ".join(beyond))
    if missed:
        made.remark("formats-gone")
    if not_read.macro_sheets:
        made.remark("macro-sheets", number=not_read.macro_sheets)
    return made.source(data, path, "xls")


def _is_cut(data: bytes) -> bool:
    """Whether a container ends before the names of what it holds."""
    if len(data) < _HEADER:
        return True
    size, first = int.from_bytes(data[30:32], "little"), int.from_bytes(data[48:52], "little")
    return len(data) < (first + 1) << size if size in _SECTORS else False


def _held(data: bytes) -> str:
    """The key of what is said of the container ``data``; nothing for a workbook.

    The first name counts: what stands within a workbook or a document has its names after it.
    """
    lower = data.lower()
    places = {lower.find(f"{name}\0".encode("utf-16-le").lower()): key for name, key in _STREAMS.items()}
    places.pop(-1, None)
    return places[min(places)] if places else "foreign-office"


def _book(data: bytes) -> tuple[Any, NotRead]:
    """The workbook as the library has it, and what of it is not read."""
    try:
        records = _records(data) if data.startswith(_CONTAINER) else data
        book = _opened(records)
    except ImportError:
        raise InputError("needs-extra", kind=".xls", extra="office") from None
    except Exception as error:  # noqa: BLE001 (of a damaged workbook it raises whatever there is)
        if "encrypted" in str(error):
            raise InputError("has-password") from None
        raise InputError("damaged-part", part="Workbook") from None
    return book, require_whole(records)


def _opened(records: bytes) -> Any:
    """The workbook as the library has it; raises whatever there is where it cannot be read."""
    import xlrd

    def book_of(stream: bytes) -> Any:
        return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO())

    try:
        return book_of(records)
    except Exception as error:
        if "encrypted" in str(error):
            raise
        return book_of(passable(records))


def _records(data: bytes) -> bytes:
    """The workbook within a container; raises whatever there is for a damaged one.

    The library would follow a chain of short blocks that leads back into itself for ever.
    """
    from xlrd.compdoc import CompDoc

    class Container(CompDoc):
        def _get_stream(
            self, held: bytes, base: int, chain: Sequence[int], size: int, first: int, *others: object, **named: object
        ) -> bytes:
            at, left = first, len(chain)
            while at >= 0:
                at, left = chain[at], left - 1
                if left < 0:
                    raise ValueError(first)
            found: bytes = super()._get_stream(  # type: ignore[misc]  # which it has
                held, base, chain, size, first, *others, **named
            )
            return found

        def _locate_stream(
            self, held: bytes, base: int, chain: Sequence[int], block: int, *others: Any
        ) -> tuple[bytes, int, int]:
            first, size = others[:2]
            chain = _ended(chain, first, -(-size // block))
            found: tuple[bytes, int, int] = super()._locate_stream(  # type: ignore[misc]  # as above
                held, base, chain, block, *others
            )
            return found

    container = Container(
        data,
        io.StringIO(),
        ignore_workbook_corruption=True,  # programs write the list of contents over blocks of the workbook
    )
    for name in ("Workbook", "Book"):
        held, start, length = container.locate_named_stream(name)
        if held is not None:
            return bytes(held[start : start + length])
    raise ValueError(name)


def _ended(chain: Sequence[int], first: int, blocks: int) -> list[int]:
    """``chain`` with an end behind so many blocks from ``first`` on: programs lead it on into what says nothing."""
    ended, at = list(chain), first
    for _ in range(blocks - 1):
        at = chain[at] if at >= 0 else at
    if at >= 0:
        ended[at] = _LAST
    return ended


def _worksheet(sheet: Any, book: Any, styles: dict[int, Style], limits: Limits) -> Worksheet:
    made = Worksheet(sheet.name, limits, is_hidden=sheet.visibility != 0)
    for row in range(sheet.nrows):
        cells: dict[int, str] = {}
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind not in (0, 6):
                shown = _shown(kind, value, _style(sheet.cell_xf_index(row, column), book, styles))
                cells |= {column + 1: shown} if shown else {}
        made.add(row + 1, cells)
    made.hidden_rows.update(row + 1 for row, told in sheet.rowinfo_map.items() if told.hidden)
    made.hidden_columns += [(column + 1, column + 1) for column, told in sheet.colinfo_map.items() if told.hidden]
    for first, end, column, end_column in sheet.merged_cells:
        made.merge(first + 1, column + 1, end - first, end_column - column)
    return made


def _style(number: int, book: Any, styles: dict[int, Style]) -> Style:
    if number not in styles:
        key = book.xf_list[number].format_key if 0 <= number < len(book.xf_list) else 0
        told = book.format_map.get(key)
        code = BUILT_IN.get(key) if key in _CHINESE or told is None else told.format_str
        styles[number] = Style(code or "General", since_1904=book.datemode == 1)
    return styles[number]


def _shown(kind: int, value: Any, style: Style) -> str:
    """What a cell shows of ``value``; ``kind`` is 1 for a text, 2 and 3 for numbers, 4 for a truth, 5 for an error."""
    if kind == 1:
        return style.text(value)
    if kind in (2, 3):
        try:
            return style[repr(value)]
        except ValueError:
            raise InputError("damaged-part", part="Workbook") from None
    if kind == 4:
        return "TRUE" if value else "FALSE"
    from xlrd import error_text_from_code

    return str(error_text_from_code.get(value, "#N/A"))
