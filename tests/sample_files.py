"""Makes the samples as workbooks, documents and pages, with cells merged as offices merge them: ``samples/files``.

``python tests/sample_files.py`` writes them from the samples that are text, as ``tests/update_golden.py`` does; a file
that holds what it should is left as it is, since not every computer packs the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence

import attrs
from helpers import ROOT
from makers import MAKERS, Number, Place, Table, number
from office_files import rows_of
from openpyxl.utils import range_boundaries

FILES = ROOT / "samples" / "files"

REAL = "liwan-jinhua"
MERGED = {
    REAL: "A1:G1",
    "two-values": "A1:G1 A2:G2 B3:G3 B4:C4 E4:G4 A5:A6 E5:G5 E6:G6 A7:A8 B7:D7 E7:G7 B8:D8 E8:G8",
    "project-form": (
        "A1:E1 A2:E2 B3:C3 B4:C4 C5:E5 C6:E6 C7:E7 A8:A9 B8:E8 B9:E9 A10:A18 B11:B15 C11:C12 B16:B17 "
        "A21:E21 A22:E22 B23:C23 B24:C24 C25:E25 C26:E26 C27:E27 A28:A29 B28:E28 B29:E29 A30:A34 B31:B33"
    ),
    "export": "A1:L1 A2:L2 A5:A9 B5:B9 C5:C9 D5:D9 A10:A12 B10:B12 C10:C12",
}
"""The samples that there are files of, and the cells that are one in them."""

HEADERS = {REAL: 3, "export": 3}
"""The rows that are printed on every page, where there are any."""

KEPT = tuple(kind for kind in MAKERS if kind != "openpyxl.xlsx")
"""The kinds of files that are kept; the other is only made in tests."""


def areas(told: str) -> dict[Place, tuple[int, int]]:
    """``A1:B2 …`` as the merged cells of a table."""
    found = {}
    for area in told.split():
        left, top, right, bottom = range_boundaries(area)
        found[top, left] = bottom - top + 1, right - left + 1
    return found


_FORMATS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("#,##0.00", "{:,.2f}".format),
    ("0.00", "{:.2f}".format),
    ("0%", "{:.0%}".format),
    ("0", "{:.0f}".format),
)


def as_number(cell: str) -> str:
    """A cell as a program writes it: a number that its format shows as it is shown here, where there is one."""
    digits = cell.replace(",", "").rstrip("%")
    if re.fullmatch(r"\d+(\.\d+)?", digits):
        value = float(digits) / (100 if cell.endswith("%") else 1)
        for code, show in _FORMATS:
            if show(value) == cell:
                return number(value, code, cell)
    found = re.fullmatch(r"([≥≤])(\d+)(\D*)", cell)
    return number(float(found[2]), f'"{found[1]}"0"{found[3]}"', cell) if found else cell


def table(name: str) -> Table:
    """The sample ``name`` as a table."""
    rows = [[as_number(cell) for cell in row] for row in rows_of(ROOT / "samples" / f"{name}.txt")]
    assert name == REAL or any(isinstance(cell, Number) for row in rows for cell in row)
    return Table(rows, areas(MERGED[name]))


def unprinted(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of the real sheet, as they were before it was printed: its header once, no page numbers."""
    kept = [[*row[:7]] for row in rows if any(row) and not row[0].startswith("第 ")]
    return kept[:3] + [row for row in kept[3:] if row[0] != kept[2][0]]


def printed(name: str) -> Table:
    """The sample ``name`` as a table that is printed on pages."""
    held = table(name)
    rows = unprinted(held.rows) if name == REAL else held.rows
    return attrs.evolve(held, rows=rows, header=HEADERS.get(name))


def files() -> Iterator[tuple[str, bytes]]:
    """Every file by its name."""
    for name in MERGED:
        for kind in KEPT:
            yield f"{name}.{kind}", MAKERS[kind]([printed(name) if kind == "pdf" else table(name)])


def contents(data: bytes) -> dict[str, bytes]:
    """What a file holds, however it was packed."""
    if data.startswith(b"%PDF"):
        streams = re.split(rb"(?<=>>\nstream\n)(.*?)(?=\nendstream)", data.partition(b"\nxref\n")[0], flags=re.DOTALL)
        held = b"".join(zlib.decompress(part) if at % 2 else part for at, part in enumerate(streams))
        return {"": re.sub(rb"/Length \d+", b"", held)}
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def main() -> None:
    """Write the files whose contents are not there yet, and remove what belongs to no sample."""
    FILES.mkdir(exist_ok=True)
    made = dict(files())
    for file in FILES.iterdir():
        if file.name not in made:
            file.unlink()
    for name, data in made.items():
        if not (FILES / name).exists() or contents((FILES / name).read_bytes()) != contents(data):
            (FILES / name).write_bytes(data)


if __name__ == "__main__":
    main()
