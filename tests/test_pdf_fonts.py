"""Fonts of a PDF: words whose outlines are damaged are said, and codes that are not whole."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import pytest
from pdf_files import FONT, assembled, document, one_page, stream

from goalcheck.limits import LIMITS
from goalcheck.readers import read
from goalcheck.readers.pdf.contents import broken_drawings
from goalcheck.readers.pdf.document import pages
from goalcheck.readers.pdf.outlines import has_lost_outlines
from goalcheck.readers.pdf.packed_objects import PackedObjects

pytest.importorskip("pypdfium2")

_BOX = (
    struct.pack(">5hH2H", 1, 0, 0, 900, 800, 3, 2, 0xB0B1)  # and two instructions
    + bytes([0x31, 0x21, 0x11, 0x21])
    + struct.pack(">3h", 900, -900, 800)
)
_LINE = struct.pack(">5hH1H", 1, 0, 0, 900, 9, 99, 0) + bytes([0x09, 99]) + b"\0\x09" * 200
"""A hundred points, told by two bytes."""
_COMPOSED = struct.pack(">5h2H2b", -1, 0, 0, 900, 800, 2, 1, 0, 0)  # of the first
_COMPOSITE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 9 0 R >>"
)
_DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDToGIDMap /Identity /DW 1000 /FontDescriptor 7 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)
_SHOWN = "目标"


def _font(outlines: Sequence[bytes], *, is_long: bool = True, more: int = 0) -> bytes:
    """A TrueType font of ``outlines``, each at a place that a long or a short number tells, ``more`` of them unused."""
    padded = [outline + b"\0" * (-len(outline) % 4) for outline in outlines]
    count = len(padded)
    places = [sum(map(len, padded[:at])) for at in range(count + 1)]
    places += places[-1:] * more
    said = [place if is_long else place // 2 for place in places]
    codes = struct.pack(">HHHHLHHLLLLL", 0, 1, 3, 10, 12, 12, 0, 28, 0, 1, 65, 64 + count) + struct.pack(">L", 0)
    tables = {
        b"cmap": codes,
        b"glyf": b"".join(padded),
        b"head": struct.pack(
            ">LLLLHHQQ4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 900, 900, 0, 8, 2, int(is_long), 0
        ),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 880, -120, 0, 1000, *[0] * 11, 1),
        b"hmtx": struct.pack(">2h", 1000, 0) + b"\0\0" * (count - 1),
        b"loca": struct.pack(f">{len(said)}{'L' if is_long else 'H'}", *said),
        b"maxp": struct.pack(">LH13H", 0x10000, count, 99, 9, 99, 9, 1, *[0] * 6, 1, 1),
    }
    at, made, held = 12 + 16 * len(tables), struct.pack(">L4H", 0x10000, len(tables), 64, 2, 48), b""
    for name, table in tables.items():
        made += name + struct.pack(">3L", 0, at + len(held), len(table))
        held += table + b"\0" * (-len(table) % 4)
    return made + held


def _page(font: bytes, shown: bytes = b"<0001> Tj 100 0 Td <0002> Tj") -> bytes:
    """A page that says _SHOWN in ``font``, a character at a time; its code 3 is a blank."""
    named = b"begincmap 3 beginbfchar <0001> <76EE> <0002> <6807> <0003> <0020> endbfchar endcmap"
    held = b"/FontFile2 8 0 R /FontBBox [0 0 900 800] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 800 /StemV 80"
    return one_page(
        stream(b"BT /F1 20 Tf 50 700 Td " + shown + b" ET"),
        _COMPOSITE,
        _DESCENDANT,
        b"<< /Type /FontDescriptor /FontName /Own /Flags 4 " + held + b" >>",
        stream(zlib.compress(font), f"/Filter /FlateDecode /Length1 {len(font)}"),
        stream(named),
    )


def _read(data: bytes) -> tuple[str, list[tuple[str, object]]]:
    """What is read of it, and what is said of that which is not."""
    source = read(data, "a.pdf", None, LIMITS)
    return "".join(source.text.split()), [(told.key, told.figures["number"]) for told in source.remarks if told.is_gap]


def _lines(data: bytes) -> list[str]:
    source = read(data, "a.pdf", None, LIMITS)
    assert not source.remarks
    return source.text.split()


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("outline", [_BOX, _LINE, _COMPOSED])
def test_characters_whose_outline_is_cut_off_are_said(outline: bytes, is_long: bool) -> None:
    """A blank without any outline is none of them, be it printed alone."""
    sound = _font([_BOX, _BOX, outline, b""], is_long=is_long)
    assert _read(_page(sound, b"<0001> Tj 100 0 Td <0002> Tj 100 0 Td <0003> Tj")) == (_SHOWN, [])
    cut = _font([_BOX, _BOX, outline[: len(outline) // 8 * 4], b""], is_long=is_long)
    assert _read(_page(cut)) == (_SHOWN[0], [("undrawn-characters", "1")])


@pytest.mark.parametrize("far", [9_000, -20_000, 30_000])
def test_a_character_with_a_point_of_its_outline_far_off_is_read_where_it_stands(far: int) -> None:
    """The library takes the outline into the box of the character, which then lies in other cells and lines."""
    hurt = _BOX[:-6] + struct.pack(">3h", far, -far, 800)
    shown = b"<0001> Tj 20 0 Td <0002> Tj -20 -40 Td <0001> Tj"
    assert _lines(_page(_font([_BOX, _BOX, hurt]), shown)) == ["\u76ee\u6807", "\u76ee"]


@pytest.mark.parametrize("larger", [b"/F1 200 Tf", b"10 0 0 10 0 0 Tm"])
def test_characters_may_be_as_large_as_they_are_printed(larger: bytes) -> None:
    data = _page(_font([_BOX, _BOX, _BOX]), b"<0001> Tj " + larger + b" <0002> Tj")
    (_, page), *_ = pages(data)
    assert page is not None
    small, large = page.glyphs
    assert round(large.size / small.size) == 10


@pytest.mark.parametrize("outline", [_BOX, _LINE, _COMPOSED])
def test_outlines_end_where_they_tell(outline: bytes) -> None:
    whole = outline[: len(outline) // 4 * 4]
    assert not has_lost_outlines(_font([_BOX, outline]))
    assert all(has_lost_outlines(_font([_BOX, whole[:cut]])) for cut in range(4, len(whole), 4))


@pytest.mark.parametrize(
    ("font", "is_lost"),
    [
        (_font([_BOX, b"", _BOX], is_long=False, more=1), False),  # so some programs fill the places up
        (_font([_BOX, _BOX], more=2), True),
        (_font([_BOX, _BOX]).replace(struct.pack(">3L", 0, 28, 56), struct.pack(">3L", 0, 56, 28)), True),
        (_font([_BOX, _BOX.replace(b"\0\3\0\2", b"\0\3\0\x90")]), True),  # instructions up to behind its end
        (_font([_BOX, _LINE.replace(b"\x09\x63", b"\x09\x64")]), True),  # more points than there are
        (_font([_BOX, b"\0\2" + _BOX[2:10] + b"\0\3\0\3" + _BOX[12:]]), True),  # a line without points
        (b"OTTO" + _font([_BOX])[4:], False),
        (_font([_BOX]).replace(b"glyf", b"glyg"), False),
        (b"\0\1\0\0\0\x09", False),
        (b"", False),
    ],
)
def test_what_a_font_holds_and_what_it_tells(font: bytes, is_lost: bool) -> None:
    assert has_lost_outlines(font) == is_lost


def _broken(data: bytes) -> tuple[int, int]:
    return broken_drawings(data, PackedObjects(data, LIMITS), LIMITS)


@pytest.mark.parametrize(
    ("shown", "is_whole"),
    [
        ("/F1 8 Tf <75324e> Tj", False),
        ("/F1 8 Tf [-3 <7532> <75\n324>] TJ", False),
        ("/F1%<\n8 Tf q /F9 8 Tf Q <75> Tj", False),
        ("/F1 8 Tf <75324e5> Tj <> Tj", True),  # whose last zero lacks
        ("/F1 8 Tf q Q Q (a<75>) Tj % <75> Tj\n", True),
        ("/F9 8 Tf q /F1 8 Tf Q <75> Tj", True),
        ("/F1 8 Tf ET BI /W 1 /H 1 ID (\0 EI BT <75> Tj", True),
    ],
)
def test_codes_of_two_bytes_are_whole_or_are_said_not_to_be(shown: str, is_whole: bool) -> None:
    """A font that is not of this kind, or not everywhere, may take a byte alone."""
    data = document([f"BT {shown} ET"])
    assert _broken(data) == (not is_whole, 0)
    for old, new in ((b"-UCS2-H", b"-EUC-H"), (b"/Type0", b"/Type1"), (b"/F1 3 0 R", b"/F1 3 0 R /F1 << >>")):
        assert _broken(data.replace(old, new)) == (0, 0)


def test_fonts_that_are_packed_are_known_by_their_numbers() -> None:
    held = b"7 0 8 9 [1 2 3] " + FONT
    for number, broken in ((7, 0), (8, 1)):
        data = assembled([
            b"<< /Contents 2 0 R /Resources << /Font << /F1 %d 0 R >> >> >>" % number,
            stream(b"BT /F1 8 Tf <75> Tj ET"),
            stream(zlib.compress(held), "/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode"),
        ])  # fmt: skip
        assert _broken(data) == (broken, 0)
