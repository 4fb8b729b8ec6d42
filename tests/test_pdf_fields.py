"""Fields of a PDF that were filled in by a program that leaves it to others to draw what they say."""

from __future__ import annotations

import pytest
from pdf_files import FONT, one_page, shown, stream

from goalcheck.readers import read

pytest.importorskip("pypdfium2")

LABEL = "\u9879\u76ee\u540d\u79f0"


def form(value: str, kind: str = "/FT /Tx", looks: str = "", flags: int = 4) -> bytes:
    """A page with a label and a field beside it, which says ``value`` and looks as ``looks`` draws it."""
    said = f"/V <FEFF{value.encode('utf-16-be').hex()}>"
    drawn = "/AP << /N 8 0 R >>" if looks else ""
    return one_page(
        stream(shown(LABEL, 50, 500).encode()),
        FONT,
        f"<< /T (a) {kind} {said} /Kids [7 0 R] >>".encode(),
        f"<< /Type /Annot /Subtype /Widget /Parent 6 0 R /F {flags} {drawn} /Rect [100 495 300 515] >>".encode(),
        stream(
            looks.encode(),
            "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
        catalog="/AcroForm << /Fields [6 0 R] /NeedAppearances true >>",
        page="/Annots [7 0 R]",
    )


@pytest.mark.parametrize("value", ["\u57f9\u8bad\u9879\u76ee", "\u226595%", "x"])
@pytest.mark.parametrize("looks", ["", "/Tx BMC q Q EMC"])
def test_what_was_filled_in_and_is_not_drawn_is_read(value: str, looks: str) -> None:
    source = read(form(value, looks=looks))
    assert source.text == f"{LABEL} {value}\n"
    assert not source.remarks


def test_what_was_chosen_and_the_lines_of_a_field_are_read() -> None:
    assert read(form("\u6559\u80b2\u5c40", "/FT /Ch /Ff 131072 /Opt [(a)]")).text == f"{LABEL} \u6559\u80b2\u5c40\n"
    assert read(form("\u7532\r\u4e59", "/FT /Tx /Ff 4096")).text == f"\u7532\n{LABEL} \u4e59\n"


@pytest.mark.parametrize(("more", "operator"), [("", "Tj"), ("", "'"), ("0 0 ", '"')])
def test_a_field_that_is_drawn_is_read_as_it_is_drawn(more: str, operator: str) -> None:
    looks = f"/Tx BMC {shown('2024', 2, 5)}EMC".replace("Tm <", f"Tm {more}<").replace("> Tj", f"> {operator}")
    assert read(form("2024.00", looks=looks)).text == f"{LABEL} 2024\n"


@pytest.mark.parametrize(("kind", "flags"), [("/FT /Tx", 2), ("/FT /Tx", 32), ("/FT /Tx /Ff 8192", 4), ("/FT /Btn", 4)])
def test_a_field_that_nobody_sees_is_not_read(kind: str, flags: int) -> None:
    assert read(form("\u7532", kind, flags=flags)).text == f"{LABEL}\n"
