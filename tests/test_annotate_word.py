"""Marked copies of Word documents: a comment at the words of every finding, and the text as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from helpers import ROOT, goalcheck_here, tried_on
from libre_office import all_converted, needs_libre_office
from makers import Table, docx
from office_files import rows_of
from packages import relations as related
from rich_books import rewritten
from strict_office import WORD, assert_sound, parts, relations, tree

import goalcheck as api
from goalcheck.annotate import annotated
from goalcheck.engine.result import Result

FILES = sorted((ROOT / "samples" / "files").glob("*.docx"))
EXPORT = rows_of(ROOT / "samples" / "export.txt")
DOCUMENT = "word/document.xml"
each_file = tried_on("path", FILES, ids=lambda path: path.name)


@lru_cache(maxsize=16)
def _copy(data: bytes, lang: str = "zh") -> bytes:
    copy = annotated(data, api.check(data, path="a.docx"), lang)
    assert (copy.ending, copy.remark) == (".docx", None)
    assert_sound(copy.data)
    return copy.data


def _told(result: Result) -> list[tuple[object, ...]]:
    return [(one.code, one.project, one.indicator, one.field, one.text) for one in result.findings]


def _letters(data: bytes) -> list[tuple[str, bytes]]:
    """Every letter of a document with what its run looks like."""
    found = []
    for run in re.finditer(rb"<w:r\b[^>]*>(?:(?!</w:r>).)*</w:r>", parts(data)[DOCUMENT], re.DOTALL):
        look = re.search(rb"<w:rPr>.*?</w:rPr>", run[0], re.DOTALL)
        for piece in tree(b"<a xmlns:w='w'>" + run[0] + b"</a>").iter("{w}t"):
            found += [(letter, look[0] if look else b"") for letter in piece.text or ""]
    return found


def _commented(data: bytes) -> Iterator[tuple[str, str]]:
    """What each comment of goalcheck says, with the words between its marks."""
    held = parts(data)
    (name,) = [target for kind, target, _ in relations(held, DOCUMENT).values() if kind == "comments"]
    said = {
        one.get(f"{WORD}id"): "\n".join("".join(p.itertext()) for p in one)
        for one in tree(held[name])
        if one.get(f"{WORD}author") == "goalcheck"
    }
    inside: dict[str, str] = {}
    open_: set[str] = set()
    for one in tree(held[DOCUMENT]).iter():
        key = one.get(f"{WORD}id", "")
        if one.tag == f"{WORD}commentRangeStart":
            open_.add(key)
            inside[key] = ""
        elif one.tag == f"{WORD}commentRangeEnd":
            open_.discard(key)
        elif one.tag == f"{WORD}t":
            for key in open_:
                inside[key] += one.text or ""
    assert not open_
    return ((said[key], inside[key]) for key in said)


@each_file
def test_every_finding_is_a_comment_at_its_words(path: Path) -> None:
    result = api.check_file(path)
    comments = [*_commented(_copy(path.read_bytes()))]
    assert len(comments) == len(result.findings)
    for finding, (said, words) in zip(result.findings, comments, strict=True):
        assert finding.code in said
        assert words, "no comment without words: it would be lost"
        if finding.text.strip():
            assert words == finding.text.replace("\n", ""), finding.code


@each_file
def test_letters_keep_what_they_look_like(path: Path) -> None:
    data = path.read_bytes()
    copy = _copy(data)
    assert _letters(copy) == _letters(data)
    assert _told(api.check(copy, path="a.docx")) == _told(api.check_file(path))
    assert copy == _copy.__wrapped__(data), "the same bytes every time"
    before, after = parts(data), parts(copy)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {DOCUMENT, "word/_rels/document.xml.rels", "[Content_Types].xml"}


@each_file
def test_marking_a_copy_replaces_its_comments(path: Path) -> None:
    once = _copy(path.read_bytes())
    twice = _copy(once)
    assert [*_commented(twice)] == [*_commented(once)]
    assert parts(twice)[DOCUMENT].count(b"commentReference") == parts(once)[DOCUMENT].count(b"commentReference")


WAYS = {
    "tracked": '<w:ins w:id="7" w:author="x"><w:r><w:t>≥9O</w:t></w:r></w:ins><w:del w:id="8" w:author="x"><w:r>'
    "<w:delText>50</w:delText></w:r></w:del><w:r><w:t>%</w:t></w:r>",
    "link": '<w:hyperlink w:anchor="a"><w:r><w:rPr><w:b/></w:rPr><w:t>≥9O%</w:t></w:r></w:hyperlink>',
    "control": "<w:sdt><w:sdtContent><w:r><w:t>≥9</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>O%</w:t></w:r>",
    "field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>≥9O%</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "symbol": '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>9O%</w:t></w:r>',
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>XX</w:t></w:r><w:r><w:t>≥9O%</w:t></w:r>",
    "entity": "<w:r><w:t>&#8805;9O%</w:t></w:r>",
    "bookmark": '<w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>≥9O%</w:t></w:r><w:bookmarkEnd w:id="1"/>',
}


@tried_on("way", WAYS)
def test_runs_in_whatever_they_are_wrapped(way: str) -> None:
    data = docx([Table([[*row] for row in EXPORT])])
    cell = re.search(rb"<w:p>(?:(?!</w:p>).)*9O(?:(?!</w:p>).)*</w:p>", parts(data)[DOCUMENT], re.DOTALL)
    assert cell is not None
    made = rewritten(data, {DOCUMENT: lambda said: said.replace(cell[0], f"<w:p>{WAYS[way]}</w:p>".encode())})
    result = api.check(made, path="a.docx")
    assert "GC303" in {finding.code for finding in result.findings}
    copy = _copy(made)
    (words,) = [words for said, words in _commented(copy) if "GC303" in said]
    assert words.endswith("9O%")
    for kept in ("w:ins ", "w:del ", "w:hyperlink ", "w:sdt>", "w:instrText", "w:bookmarkStart", "w:sym "):
        assert parts(copy)[DOCUMENT].count(kept.encode()) == parts(made)[DOCUMENT].count(kept.encode())


_THEIRS = b'<w:commentRangeStart w:id="4"/><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'


def test_comments_of_others_stay() -> None:
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="4" '
        'w:author="张三"><w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment></w:comments>'
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>'
        "</Relationships>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    data = rewritten(docx([Table([[*row] for row in EXPORT])]), {
        "word/comments.xml": comments.encode(),
        "word/_rels/document.xml.rels": relation.encode(),
        "[Content_Types].xml": lambda said: said.replace(
            b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'.encode()
        ),
        DOCUMENT: lambda said: said.replace(b"<w:p>", b"<w:p>" + _THEIRS, 1),
    })  # fmt: skip
    for copy in (_copy(data), _copy(_copy(data))):
        said = parts(copy)["word/comments.xml"].decode()
        assert said.count("请核对") == 1
        assert said.count('w:author="goalcheck"') == len(api.check(data, path="a.docx").findings)


@pytest.mark.parametrize("key", ["signed", "strict", "comments that are none"])
def test_what_must_not_be_touched_gets_a_workbook_beside_it(key: str, tmp_path: Path) -> None:
    data = docx([Table([[*row] for row in EXPORT])])
    if key == "signed":
        data = rewritten(data, {"_xmlsignatures/origin.sigs": b""})
    elif key != "strict":
        data = rewritten(data, {"word/_rels/document.xml.rels": related(("comments", "document.xml")).encode()})
    else:
        space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        data = rewritten(data, {DOCUMENT: lambda said: said.replace(space, strict)})
    (tmp_path / "a.docx").write_bytes(data)
    run = goalcheck_here("annotate", "a.docx", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (1, 1)
    assert_sound((tmp_path / "a.docx.批注.xlsx").read_bytes())
    assert not (tmp_path / "a.批注.docx").exists()


@pytest.mark.slow
@needs_libre_office
def test_libre_office_shows_the_comments(tmp_path: Path) -> None:
    for path in FILES:
        (tmp_path / path.name).write_bytes(_copy(path.read_bytes()))
    (tmp_path / "made").mkdir()
    shown = all_converted([tmp_path / path.name for path in FILES], "fodt", tmp_path / "made")
    numbers = {path.name: text.count(b"<office:annotation ") for path, text in zip(FILES, shown, strict=True)}
    assert numbers == {path.name: len(api.check_file(path).findings) for path in FILES}
