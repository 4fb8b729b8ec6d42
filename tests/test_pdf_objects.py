"""What a PDF consists of: objects that are not well formed or got lost are said, those written oddly are not."""

from __future__ import annotations

import zlib

import pytest
from pdf_files import FONT, one_page, stream

from goalcheck.errors import InputError
from goalcheck.limits import LIMITS
from goalcheck.readers import read
from goalcheck.readers.pdf import listing
from goalcheck.readers.pdf.contents import broken_drawings
from goalcheck.readers.pdf.listing import without_wrong_list
from goalcheck.readers.pdf.objects import broken_objects
from goalcheck.readers.pdf.packed_objects import PackedObjects
from goalcheck.readers.pdf.to_unicode import names_all

pytest.importorskip("pypdfium2")

_GLYPH = b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f"
_NAMED = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    b" 2 beginbfchar <41> <76EE> <42> <6807> endbfchar endcmap"
)
_FONT = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65"
    b" /LastChar 66 /Widths [1000 1000] /Encoding << /Type /Encoding /Differences [65 /g1 /g2] >>"
    b" /CharProcs << /g1 6 0 R /g2 7 0 R >> /ToUnicode 8 0 R /Resources << >> >>"
)


def _packed(data: bytes) -> bytes:
    return stream(zlib.compress(data), "/Filter /FlateDecode")


def _page(
    font: bytes = _FONT, held: bytes = b"", glyph: bytes = _GLYPH, named: bytes = _NAMED, lines: bytes = b""
) -> bytes:
    """A page that says \u76ee\u6807 in a font whose characters are drawn; ``held`` is packed in a stream of objects."""
    shown = lines + b"BT /F1 20 Tf 50 700 Td (A) Tj 100 0 Td (B) Tj ET"
    return one_page(
        _packed(shown),
        font,
        _packed(_GLYPH),
        _packed(glyph),
        _packed(named),
        stream(zlib.compress(b"10 0 " + held), "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode"),
    )


def _gaps(data: bytes) -> list[str]:
    """What is said of that which was not read; of a file of which nothing is, why."""
    try:
        source = read(data, "a.pdf", None, LIMITS)
    except InputError as refused:
        return [refused.key]
    return [told.key for told in source.remarks if told.is_gap]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"6 0 obj\n", b"6 0 o j\n"),  # what draws a character is not there
        (b"endobj\n6 0 obj\n", b"endobj\nendobj6 0 obj\n"),
        (b"6 0 obj\n<<", b"6 0 obj\n=<"),
        (b"/Length 59 >>\nstream", b"/Length 59 >>\nstrea "),
        (b"/Filter /FlateDecode /Length 59", b"/Filter /FlatDecode /Length 59"),
        (b"/Filter /FlateDecode /Length 59", b"/Filte /FlateDecode /Length 59"),
        (b"/Filter /FlateDecode /Length 59", b"/Filter /Fl\x13teDecode /Length 59"),
        (b"/Type /Font /Subtype /Type3", b"/Type /Font /Subtpe /Type3"),
        (b"[65 /g1 /g2]", b"[65 /g1 g2]"),
        (b"/Widths [1000 1000]", b"/Widths [1000 10-00]"),
        (b"[.001 0 0 .001 0 0]", b"[.001 0 0 .001 0 0"),
        (b"/g2 7 0 R", b"/g2 77 0 R"),
        (b"/LastChar 66", b"/LastChar"),
        (b"/LastChar 66", b"/LastChar 66 /FontDescriptor 99 0 R"),
        (b"/Encoding <<", b"/Encodin <<"),
        (b"/CharProcs <<", b"/CharProc <<"),
        (b"/Subtype /Type3", b"/Subtype /TrueType /BaseFont /ABCDEF+Sim#20Sun /FontDescripto 9 0 R"),
    ],
)
def test_an_object_that_is_not_well_formed_or_lost_is_said(old: bytes, new: bytes) -> None:
    data = _page()
    data = data.replace(b"/Length %d" % len(zlib.compress(_GLYPH)), b"/Length 59")
    assert old in data
    assert _gaps(data.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b""),
        (b"/Type3", b"/Type3%here\n"),
        (b"/FirstChar 65", b"/FirstChar +65.0 /BaseFont /ABCDEF+Sim Sun Regular /Name (a\\)(b)) /ID <0a 0>"),
        (b"/Resources << >> >>\nendobj", b"/Resources << >> >>"),  # its end is forgotten
        (b"/LastChar 66", b"/LastChar 66 /A << /B [ << /C [ << /D [true null] >> 9 0 R ] >> ] >>"),
        (b"/FirstChar 65", b"/FirstChar 65 /Parent 99 0 R"),  # nothing hangs on what is not there
        (b"xref\n0", b"98 0 obj\n59endobj\n99 0 obj\n<</Type MCR /MCID 1>>\nendobj\nxref\n0"),
    ],
)
def test_an_object_that_is_written_oddly_is_nothing_to_say(old: bytes, new: bytes) -> None:
    data = _page().replace(old, new, 1)
    assert _gaps(data) == []
    assert read(data, "a.pdf", None, LIMITS).text.strip() == "\u76ee \u6807"


@pytest.mark.parametrize(
    ("held", "gaps"),
    [
        (b"<< /Type /Encoding >>", []),
        (b"<< /Type /FontDescriptor /FontName /Own /Flags 4 >>", []),
        (b"<< /Type /FontDescriptor /FontName /Own /Flaags 4 >>", ["broken-objects"]),
        (b"<< /Type /FontDescriptor /Ascent 880 >>", []),  # some programs write none of what it should say
        (b"% 10 0 obj\n [25 0 R] ", []),
        (b"< /Type /Encoding >>", ["broken-objects"]),
        (b"<< /Type /Encoding /Differences [1 /a b] >>", ["broken-objects"]),
        (b"<< /Type /Font /Subtype /Type1 /ToUnicode 99 0 R >>", ["broken-objects"]),
    ],
)
def test_objects_that_are_packed_are_looked_at_too(held: bytes, gaps: list[str]) -> None:
    assert _gaps(_page(held=held)) == gaps


@pytest.mark.parametrize(
    ("glyph", "gaps"),
    [
        (b"1000 0 0 0 1000 1000 d1\nq 1000 0 0 1000 0 0 cm\nBI /IM true /W 1 /H 1 ID \0 EI Q", []),
        (b"1000 0 d0 0 0 1000 1000 re f", []),
        (_GLYPH.replace(b"d1 ", b"d1\b"), ["broken-objects"]),
    ],
)
def test_what_draws_a_character_is_well_formed_or_is_said_not_to_be(glyph: bytes, gaps: list[str]) -> None:
    assert _gaps(_page(glyph=glyph)) == gaps


@pytest.mark.parametrize(
    ("names", "gaps"),
    [
        (b"/g1 /g2 /g3 /g4 /g5", []),
        (b"/g1 /g2 /nullg3 /g4 /g5", ["broken-objects"]),
        (b"/g1 /g2 /.notdef /space /g5", []),
        (b"/g1 /g2 /A /B /C /D /E /F /G", []),  # some programs name all that there could be
    ],
)
def test_a_name_of_a_character_that_nothing_draws_is_said(names: bytes, gaps: list[str]) -> None:
    font = _FONT.replace(b"/g1 /g2]", names + b"]")
    assert _gaps(_page(font.replace(b"/g2 7 0 R", b"/g2 7 0 R /g3 7 0 R /g4 7 0 R /g5 7 0 R"))) == gaps


@pytest.mark.parametrize("key", [b"/DescendantFonts", b"/Encoding"])
def test_a_font_whose_codes_take_several_bytes_lacks_nothing_or_is_said_to(key: bytes) -> None:
    assert _gaps(_page(held=FONT)) == []
    assert _gaps(_page(held=FONT.replace(key, b"/Lost"))) == ["broken-objects"]


def _with_list(kind: str, hurt: int = 0) -> bytes:
    """The page with a list of its objects of this ``kind`` that gives a wrong place to the object ``hurt``."""
    data = _page()
    start = data.index(b"xref\n0")
    places = [data.index(b"\n%d 0 obj" % number) + 1 + 3 * (number == hurt) for number in range(1, 10)]
    if kind == "table":
        for number, place in enumerate(places, 1):
            data = data.replace(b"%010d 00000 n" % (place - 3 * (number == hurt)), b"%010d 00000 n" % place)
        return data
    rows = [b"\0\0\0\0", *(b"\1" + place.to_bytes(2, "big") + b"\0" for place in [*places, start])]
    how = b"/W [1 2 1] /Size 11 /Root 1 0 R"
    if kind == "differences":
        above = [bytes(4), *rows[:-1]]
        rows = [
            b"\2" + bytes((a - b) % 256 for a, b in zip(*pair, strict=True)) for pair in zip(rows, above, strict=True)
        ]
        how += b" /DecodeParms << /Columns 4 /Predictor 12 >>"
    listed = stream(zlib.compress(b"".join(rows)), f"/Type /XRef /Filter /FlateDecode {how.decode()}")
    return data[:start] + b"10 0 obj\n" + listed + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize("kind", ["table", "stream", "differences"])
@pytest.mark.parametrize("hurt", [0, 3, 5, 7, 8])
def test_objects_that_their_list_does_not_lead_to_are_found(kind: str, hurt: int) -> None:
    source = read(_with_list(kind, hurt), "a.pdf", None, LIMITS)
    assert source.text.strip() == "\u76ee \u6807"
    assert not source.remarks


@pytest.mark.parametrize("number", range(1, 9))
def test_objects_behind_what_is_no_entry_of_their_list_are_found(number: int) -> None:
    data = _page()
    entry = b"%010d 00000 n" % (data.index(b"\n%d 0 obj" % number) + 1)
    assert entry in data
    source = read(data.replace(entry, entry[:9] + b"   0000 n"), "a.pdf", None, LIMITS)
    assert source.text.strip() == "\u76ee \u6807"
    assert not source.remarks


@pytest.mark.parametrize("line", [b"% 1 0 obj [ 1\n", b"% 1 0 obj << /A 1\n"])
def test_objects_within_what_never_ends_are_not_all_looked_at(line: bytes) -> None:
    """Each would be looked through up to the end of the file: comments are blanks."""
    data = b"%PDF-1.4\n" + line * 1_000
    assert 0 < broken_objects(data, PackedObjects(data, LIMITS)) < 100


def test_what_has_no_objects_draws_nothing() -> None:
    data = b"%PDF-1.4\n"
    assert broken_drawings(data, PackedObjects(data, LIMITS), LIMITS) == (0, 0)


@pytest.mark.parametrize("kind", ["table", "stream", "differences"])
@pytest.mark.parametrize(("hurt", "is_set_aside"), [(3, True), (8, False)])
def test_of_lists_without_end_the_first_entries_are_looked_at(
    kind: str, hurt: int, *, is_set_aside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_MOST_ENTRIES", 5)
    assert (b"no_xref__" in without_wrong_list(_with_list(kind, hurt), LIMITS)) == is_set_aside


def test_a_list_whose_rows_have_no_places_says_nothing() -> None:
    data = _with_list("stream", 3).replace(b"/W [1 2 1]", b"/W [0 0 0]")
    assert without_wrong_list(data, LIMITS) == data


@pytest.mark.parametrize(
    ("old", "new", "is_whole"),
    [
        (b"<76EE>", b"<76E>", False),
        (b"<76EE>", b"<(6EE>", False),
        (b"<76EE>", b"76EE>", False),
        (b"<42> <6807> ", b"", False),
        (b"<42> ", b"", False),
        (b" endbfchar", b" endbfcha", False),
        (b"2 beginbfchar", b"2 beginbfcha", False),
        (
            b"2 beginbfchar <41> <76EE> ",
            b"1 beginbfrange <41> <41> [<76EE> endbfrange 1 beginbfchar ",
            False,
        ),
        (b"2 beginbfchar <41> <76EE> ", b"1 beginbfrange <41> <76EE> endbfrange 1 beginbfchar ", False),
        (b"2 beginbfchar <41> <76EE> ", b"1 beginbfrange <41>\n<41>[<76EE>]endbfrange 1 beginbfchar ", True),
        (b"2 beginbfchar <41> <76EE> ", b"1 beginbfrange <41> <41> <76EE> endbfrange 1 beginbfchar ", True),
        (b"2 beginbfchar <41> <76EE>", b"1 beginbfchar %two\n<4 1><76\nEE>", True),  # some programs count wrongly
    ],
)
def test_what_names_the_characters_of_a_font_is_whole_or_is_said_not_to_be(
    old: bytes, new: bytes, is_whole: bool
) -> None:
    """The library takes a code that it does not find there for a character of its own choice."""
    assert old in _NAMED
    named = _NAMED.replace(old, new)
    assert names_all(named) == is_whole
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 8 0 R >>"
    assert _gaps(_page(font, named=named)) == ([] if is_whole else ["broken-objects"])


def _added(packed: bytes) -> bytes:
    """A page that draws what is ``packed``."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return one_page(stream(packed, "/Filter /FlateDecode"), font)


def test_a_stream_that_ends_by_a_pause_is_whole() -> None:
    """Acrobat writes what it adds to a file without end and check sum."""
    packing = zlib.compressobj()
    packed = packing.compress(b"BT /F1 20 Tf 50 700 Td (Budget) Tj ET") + packing.flush(zlib.Z_SYNC_FLUSH)
    source = read(_added(packed), "a.pdf")
    assert source.text.strip() == "Budget"
    assert not source.remarks
    for damaged in (packed[:-1], packed[:-1] + b"\xfe", packed[:9] + b"\xff\xff" + packed[11:]):
        assert _gaps(_added(damaged)) == ["damaged-pdf"]


@pytest.mark.parametrize("lines", [b"", b"40 680 m 300 680 l 300 740 l 40 740 l h S 95 680 m 95 740 l S "])
def test_a_page_of_characters_without_names_is_no_page_without_words(lines: bytes) -> None:
    assert _gaps(_page(_FONT.replace(b" /ToUnicode 8 0 R", b""), lines=lines)) == ["unnamed-characters"]
