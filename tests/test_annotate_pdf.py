"""Marked copies of PDFs: a highlight with a note at the words of every finding."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import attrs
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from helpers import ROOT, goalcheck_here
from pdf_files import SIZE, Style, document, table, width_of, widths_of
from strict_office import assert_sound
from test_pdf_reader import EXPORT, FORM, printed

import goalcheck as api
from goalcheck.annotate import annotated, pdf
from goalcheck.engine.result import Result

pytestmark = pytest.mark.usefixtures("pdf_read_here")


@attrs.frozen
class _Note:
    """A highlight: its page, its rectangles (left, bottom, right, top), the words under them, what it says."""

    page: int
    boxes: list[tuple[float, ...]]
    words: str
    said: str
    author: str


def _notes(data: bytes) -> Iterator[_Note]:
    held = pypdfium2.PdfDocument(data)
    for number, (page, letters) in enumerate(zip(held, _letters(data), strict=True), 1):
        for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
            note = pdfium.FPDFPage_GetAnnot(page, at)
            boxes = []
            for quad in range(pdfium.FPDFAnnot_CountAttachmentPoints(note)):
                points = pdfium.FS_QUADPOINTSF()
                assert pdfium.FPDFAnnot_GetAttachmentPoints(note, quad, points)
                assert (points.x1, points.y1) == (points.x3, points.y2), "the upper corners come first"
                assert points.y3 < points.y1
                boxes.append((points.x1, points.y3, points.x4, points.y1))
            words = "".join(
                letter
                for left, bottom, right, top in boxes
                for letter, x, y in letters
                if left <= x <= right and bottom <= y <= top
            )
            yield _Note(number, boxes, words, *(pdf._string(pdfium, note, key) for key in (b"Contents", b"T")))
            pdfium.FPDFPage_CloseAnnot(note)
    held.close()


def _letters(data: bytes) -> list[list[tuple[str, float, float]]]:
    """Each page's letters and their middles as drawn; what pdfium measures depends on the fonts installed."""
    pages = []
    for packed in re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        drawn = zlib.decompress(packed).decode("latin-1")
        letters = []
        for upright, x, y, code in re.findall(r"(\S) \S+ \S+ \S ([\d.]+) ([\d.]+) Tm <(\w*)> Tj", drawn):
            along, up = 0.0, 0.35 * SIZE
            for letter in bytes.fromhex(code).decode("utf-16-be"):
                middle = along + width_of(letter) / 2
                turned = upright == "0"
                letters.append((letter, float(x) + (-up if turned else middle), float(y) + (middle if turned else up)))
                along += width_of(letter)
        pages.append(letters)
    return pages


def _told(result: Result) -> list[tuple[object, ...]]:
    return [(one.code, one.project, one.indicator, one.field, one.text) for one in result.findings]


@lru_cache(maxsize=16)
def _copy(data: bytes, lang: str = "zh") -> bytes:
    copy = annotated(data, api.check(data, path="a.pdf"), lang)
    assert (copy.ending, copy.remark) == (".pdf", None)
    return copy.data


@pytest.mark.parametrize("path", [FORM, EXPORT], ids=lambda path: path.name)
@pytest.mark.parametrize("turned", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_finding_is_highlighted_at_its_words(path: Path, turned: bool) -> None:
    data = printed(path, Style(turned=turned))
    result = api.check(data, path="a.pdf")
    copy = _copy(data)
    notes = [*_notes(copy)]
    assert {note.author for note in notes} == {"goalcheck"}
    assert len(notes) >= len(result.findings) > 5
    for finding in result.findings:
        those = [note for note in notes if finding.code in note.said]
        assert those, finding.code
        wanted = finding.text.replace(" ", "").replace("\n", "")
        if wanted:
            assert any(wanted in note.words.replace(" ", "") for note in those), (finding.code, wanted, those)


def test_where_something_is_missing_the_line_before_it_is_highlighted() -> None:
    text = (ROOT / "samples" / "completeness.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n") if "\t" in line]
    data = document(table(rows, widths_of(rows)))
    result = api.check(data, path="a.pdf")
    missing = {finding.code for finding in result.findings if not finding.text}
    notes = [note for note in _notes(_copy(data)) if any(code in note.said for code in missing)]
    assert notes
    assert all(top - bottom > 5 for note in notes for _, bottom, _, top in note.boxes), "as high as its letters"


def test_a_copy_is_read_as_its_original() -> None:
    data = printed(EXPORT)
    copy = _copy(data)
    assert _told(api.check(copy, path="a.pdf")) == _told(api.check(data, path="a.pdf"))


def test_the_same_bytes_every_time() -> None:
    data = printed(EXPORT)
    copy = _copy(data)
    assert copy == _copy.__wrapped__(data)
    assert pdf.is_sealed(copy)
    assert not pdf.is_sealed(copy.replace(b"goalcheck-1", b"goalcheck-x", 1))
    assert not pdf.is_sealed(data)


def test_marking_a_copy_replaces_its_highlights() -> None:
    once = _copy(printed(EXPORT))
    twice = _copy(once)
    assert [*_notes(twice)] == [*_notes(once)]


def test_what_must_not_be_touched_gets_a_workbook_beside_it(tmp_path: Path) -> None:
    """One that is signed, as the library counts signatures."""
    data = printed(EXPORT)
    signature = (
        b"<< /FT /Sig /Type /Annot /Subtype /Widget /T (s) /Rect [0 0 0 0] /V << /Type /Sig /Filter /Adobe.PPKLite "
        b"/SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 2 3] >> >>"
    )
    catalog = b"<< /Type /Catalog /Pages 2 0 R"
    signed = data.replace(catalog, catalog + b" /AcroForm << /Fields [" + signature + b"] >>")
    assert signed != data
    (tmp_path / "a.pdf").write_bytes(signed)
    run = goalcheck_here("annotate", "a.pdf", "--lang", "en", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (1, 1)
    assert "is signed" in run.complaints[0]
    assert_sound((tmp_path / "a.pdf.marked.xlsx").read_bytes())
    assert not (tmp_path / "a.marked.pdf").exists()


def test_the_command_puts_a_pdf_beside_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "表.pdf").write_bytes(printed(EXPORT))
    for _ in range(2):
        run = goalcheck_here("annotate", "表.pdf", cwd=tmp_path)
        assert (run.status, run.err) == (1, b"")
    assert (tmp_path / "表.批注.pdf").read_bytes().startswith(b"%PDF-")
