"""What strict programs refuse in a package, looked for in its XML: openpyxl and LibreOffice read it all the same.

:func:`assert_sound` holds for every workbook and document that goalcheck writes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The children of a worksheet, as the schema has them in order."""


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        assert len({name.lower() for name in names}) == len(names), "names without case are unique"
        return {name: file.read(name) for name in names}  # and checks its sum


def relations(held: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str, bool]]:
    """The relationships of ``part``: kind, target (a part, or as it is written), and whether it leads outside."""
    folder, _, base = part.rpartition("/")
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    found = {}
    if name in held:
        for relation in tree(held[name]):
            outside = relation.get("TargetMode") == "External"
            target = relation.attrib["Target"]
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            key = relation.attrib["Id"]
            assert key not in found, f"{name}: {key} twice"
            found[key] = (relation.attrib["Type"].rpartition("/")[2], target, outside)
    return found


def tree(data: bytes) -> Any:
    """XML as a tree."""
    return ET.fromstring(data)  # noqa: S314  # of tests


_tree = lru_cache(maxsize=None)(tree)
"""Of the package that is looked at: several questions are asked of a part."""


def assert_sound(data: bytes) -> None:
    """Raise AssertionError for what Excel or Word would call unreadable in a package."""
    try:
        _assert_sound(parts(data))
    finally:
        _tree.cache_clear()


def _assert_sound(held: Mapping[str, bytes]) -> None:
    assert next(iter(held)) == "[Content_Types].xml"
    _assert_types(held)
    for name, part in held.items():
        if name.endswith(".rels"):
            folder, _, base = name.rpartition("/")
            owner = posixpath.join(folder.removesuffix("_rels").rstrip("/"), base.removesuffix(".rels"))
            for _, target, outside in relations(held, owner).values():
                assert outside or target in held, f"{name}: {target} is not there"
        if name.endswith((".xml", ".rels")):
            _tree(part)
            if b"Ignorable" in part:
                _assert_prefixes(name, part)
    for name, part in held.items():
        root = _tree(part).tag if name.endswith(".xml") else ""
        if root == f"{MAIN}workbook":
            _assert_workbook(held, name)
        elif root == f"{WORD}document":
            _assert_document(held, name)


def _assert_types(held: Mapping[str, bytes]) -> None:
    root = _tree(held["[Content_Types].xml"])
    overrides = Counter(one.attrib["PartName"].lower() for one in root.iter(f"{_TYPES}Override"))
    usual = Counter(one.attrib["Extension"].lower() for one in root.iter(f"{_TYPES}Default"))
    assert not [key for key, number in (overrides + usual).items() if number > 1]
    names = {f"/{name}".lower() for name in held}
    assert set(overrides) <= names, f"types of parts that are not there: {set(overrides) - names}"
    for name in names - {"/[content_types].xml"}:
        assert name in overrides or name.rpartition(".")[2] in usual, f"{name} has no type"


def _assert_prefixes(name: str, data: bytes) -> None:
    """What ``mc:Ignorable`` names is declared."""
    declared: set[str] = set()
    ignorable: list[str] = []

    def start(_: str, attributes: Mapping[str, str]) -> None:
        declared.update(key.removeprefix("xmlns:") for key in attributes if key.startswith("xmlns:"))
        for key, value in attributes.items():
            if key.endswith(":Ignorable"):
                ignorable.extend(value.split())
                assert set(value.split()) <= declared, f"{name}: {value}"

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)


def _kinds(held: Mapping[str, bytes], part: str, kind: str) -> list[str]:
    return [target for what, target, outside in relations(held, part).values() if what == kind and not outside]


def _assert_workbook(held: Mapping[str, bytes], name: str) -> None:
    book = _tree(held[name])
    sheets = book.find(f"{MAIN}sheets")
    related = relations(held, name)
    assert len({sheet.get("sheetId") for sheet in sheets}) == len(sheets)
    assert len({sheet.get("name").lower() for sheet in sheets}) == len(sheets)
    for defined in book.iter(f"{MAIN}definedName"):
        assert int(defined.get("localSheetId", 0)) < len(sheets)
    named = Counter((one.get("name").lower(), one.get("localSheetId")) for one in book.iter(f"{MAIN}definedName"))
    assert max(named.values(), default=1) == 1
    (styles,) = _kinds(held, name, "styles")
    style = _tree(held[styles])
    for kind in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs"):
        group = style.find(f"{MAIN}{kind}")
        if group is not None and group.get("count") is not None:
            assert int(group.get("count")) == len(group), kind
    formats = len(style.find(f"{MAIN}cellXfs"))
    fills = len(style.find(f"{MAIN}fills"))
    assert all(int(one.get("fillId", 0)) < fills for one in style.find(f"{MAIN}cellXfs"))
    selected, shapes = 0, Counter[str]()
    for sheet in sheets:
        kind, part, _ = related[sheet.get(ID)]
        if kind == "worksheet":
            selected += _assert_worksheet(held, part, formats, shapes)
    assert selected <= 1, "no worksheets are selected together"
    assert max(shapes.values(), default=1) == 1, "numbers of shapes are unique in a workbook"


def _assert_worksheet(held: Mapping[str, bytes], part: str, formats: int, shapes: Counter[str]) -> bool:
    sheet = _tree(held[part])
    order = [child.tag.removeprefix(MAIN) for child in sheet if child.tag.startswith(MAIN)]
    places = [_ORDER.index(tag) for tag in order]
    assert places == sorted(places), f"{part}: {order}"
    single = [tag for tag, number in Counter(order).items() if number > 1 and tag != "conditionalFormatting"]
    assert not single, f"{part}: {single}"
    _assert_cells(part, sheet, formats)
    known = relations(held, part)
    for element in sheet.iter():
        if ID in element.attrib:
            assert element.get(ID) in known, f"{part}: {element.tag}"
    comments = _kinds(held, part, "comments")
    assert len(comments) <= 1
    legacy = sheet.find(f"{MAIN}legacyDrawing")
    if comments:
        assert legacy is not None, "a note without a box is not shown"
        _assert_notes(held, comments[0], known[legacy.get(ID)][1])
    if legacy is not None:
        drawing = held[known[legacy.get(ID)][1]].decode()
        shapes.update(set(re.findall(r'<[\w]+:shape\b[^>]*\bid="([^"]+)"', drawing)))
    return any(view.get("tabSelected") in ("1", "true") for view in sheet.iter(f"{MAIN}sheetView"))


def _assert_cells(part: str, sheet: Any, formats: int) -> None:
    row_before = 0
    for row in sheet.find(f"{MAIN}sheetData"):
        number = int(row.get("r", row_before + 1))
        assert number > row_before, f"{part}: rows in order"
        row_before, column_before = number, 0
        for cell in row:
            if (reference := cell.get("r")) is not None:
                letters = reference.rstrip("0123456789")
                assert reference.removeprefix(letters) == str(number)
                column = 0
                for letter in letters:
                    column = column * 26 + ord(letter) - 64
                assert column > column_before, f"{part}: {reference}"
                column_before = column
            assert int(cell.get("s", 0)) < formats
            text = "".join(piece.text or "" for piece in cell.iter(f"{MAIN}t"))
            assert len(text) <= 32_767


def _assert_notes(held: Mapping[str, bytes], comments: str, drawing: str) -> None:
    root = _tree(held[comments])
    authors = len(root.find(f"{MAIN}authors"))
    references = []
    for note in root.find(f"{MAIN}commentList"):
        assert 0 <= int(note.get("authorId")) < authors
        references.append(note.get("ref"))
        assert sum(len(piece.text or "") for piece in note.iter(f"{MAIN}t")) <= 32_767
    assert len(set(references)) == len(references), "one note a cell"
    boxed = [*boxes(held[drawing])]
    assert Counter(boxed) == Counter(references), "each note has its box"


def boxes(drawing: bytes) -> Iterator[str]:
    """The cells of the notes for which a drawing has boxes; it need not be XML."""
    for shape in re.findall(
        r"<(?:\w+:)?ClientData\b[^>]*ObjectType=\"Note\".*?</(?:\w+:)?ClientData>", drawing.decode(), re.DOTALL
    ):
        row, column = (re.search(rf"<(?:\w+:)?{name}>\s*(\d+)", shape) for name in ("Row", "Column"))
        assert row
        assert column
        anchor = re.search(r"<(?:\w+:)?Anchor>([^<]*)", shape)
        if anchor is not None:  # openpyxl writes none, and goes by the style
            corners = [int(number) for number in anchor[1].split(",")]
            assert corners[4:6] > corners[:2]
            assert corners[6:] > corners[2:4]
        letters, number = "", int(column[1]) + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        yield f"{letters}{int(row[1]) + 1}"


def _assert_document(held: Mapping[str, bytes], name: str) -> None:
    document = _tree(held[name])
    marks = {kind: Counter(one.get(f"{WORD}id") for one in document.iter(f"{WORD}comment{kind}")) for kind in _MARKS}
    comments: Counter[str] = Counter()
    for part in _kinds(held, name, "comments"):
        comments.update(one.get(f"{WORD}id") for one in _tree(held[part]).iter(f"{WORD}comment"))
    assert max(comments.values(), default=1) == 1
    for kind in _MARKS:
        assert marks[kind] == comments or marks[kind] <= comments, kind
    assert set(marks["Reference"]) == set(comments)
    assert max(marks["Reference"].values(), default=1) == 1


_MARKS = ("RangeStart", "RangeEnd", "Reference")
