"""Reads the lines and pictures of a page, and how many words on it are lost: :func:`read_drawing`.

Lines come as strokes, as thin filled slabs, as outlines of boxes and as edges of shaded ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from goalcheck.errors import InputError
from goalcheck.limits import MOST_DRAWN
from goalcheck.readers.pdf.clipped import address_of, seen_of
from goalcheck.readers.pdf.frequent_calls import (
    count_of_points,
    draw_mode_of,
    is_closed,
    kind_of,
    matrix_of,
    object_of_form,
    object_of_page,
    point_of,
    segment_kind_of,
    segment_of_path,
)
from goalcheck.readers.pdf.lost_words import LostWords
from goalcheck.readers.pdf.page import FARTHEST, Edge, Page, Turn

_THICKEST = 3.0
"""The thickest line, in points; what is filled and thicker is a box."""

_SLOPE = 1.0
_OF_BOX = (4, 5, 6)  # points, as its first one may be said again
_DEEPEST = 12

Point = tuple[float, float]


class _Matrix(NamedTuple):
    """How a part of a page is placed on it."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: _Matrix) -> _Matrix:
        """This one, of a part of a part that is placed by ``outer``."""
        a, b, c, d, e, f = self
        return _Matrix(
            a * outer.a + b * outer.c,
            a * outer.b + b * outer.d,
            c * outer.a + d * outer.c,
            c * outer.b + d * outer.d,
            e * outer.a + f * outer.c + outer.e,
            e * outer.b + f * outer.d + outer.f,
        )


class _Paint(NamedTuple):
    """How a path is drawn."""

    is_filled: bool
    is_stroked: bool


_PLAIN = _Matrix(1, 0, 0, 1, 0, 0)


def read_drawing(handle: Any, turn: Turn, page: Page, lost: LostWords) -> None:
    """Put the lines of a page into ``page``, how much of it pictures cover, and which words are ``lost`` or clipped."""
    for thing, kind, placed in _things(handle, page.number):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            page.lost_words += lost.is_lost(thing)
            if (seen := seen_of(thing, partial(_on_page, placed, turn))) is not None:
                page.clipped[address_of(thing)] = seen
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            page.pictured = max(page.pictured, _covered(placed, turn, page))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            is_filled, is_stroked = c_int(), c_int()
            draw_mode_of(thing, byref(is_filled), byref(is_stroked))
            if is_filled.value or is_stroked.value:
                _trace(thing, placed, turn, page, _Paint(bool(is_filled.value), bool(is_stroked.value)))
        if len(page.level) + len(page.upright) + 4 * len(page.boxes) > MOST_DRAWN:
            raise InputError("crowded-page", page=page.number, limit=MOST_DRAWN)


def _on_page(placed: _Matrix, turn: Turn, x: float, y: float) -> Point:
    """Where a point lies on the page as it is turned that an object ``placed`` there names."""
    return turn.point(*placed.point(x, y))


def _things(handle: Any, number: int) -> Iterator[tuple[Any, int, _Matrix]]:
    """What is drawn, its kind, and how it is placed on the page; forms are looked into."""
    raw = pdfium.FS_MATRIX()
    left = MOST_DRAWN
    waiting: list[tuple[Any, bool, _Matrix, int]] = [(handle, False, _PLAIN, 0)]
    while waiting:
        holder, is_form, outer, depth = waiting.pop()
        count = pdfium.FPDFFormObj_CountObjects(holder) if is_form else pdfium.FPDFPage_CountObjects(holder)
        left -= max(count, 0)
        if left < 0:
            raise InputError("crowded-page", page=number, limit=MOST_DRAWN)
        take = object_of_form if is_form else object_of_page
        for at in range(count):
            thing = take(holder, at)
            kind = kind_of(thing)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:  # the most by far
                yield thing, kind, outer
                continue
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
                continue
            placed = outer
            if matrix_of(thing, byref(raw)):
                own = _Matrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)
                placed = own if outer is _PLAIN else own.within(outer)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield thing, kind, placed
            elif depth < _DEEPEST:
                waiting.append((thing, True, placed, depth + 1))


def _covered(placed: _Matrix, turn: Turn, page: Page) -> float:
    """How much of the page a picture covers."""
    (x0, y0), (x1, y1) = (turn.point(*placed.point(*corner)) for corner in ((0, 0), (1, 1)))
    return abs(x1 - x0) * abs(y1 - y0) / max(page.width * page.height, 1.0)


def _trace(path: Any, placed: _Matrix, turn: Turn, page: Page, paint: _Paint) -> None:
    """Put the straight lines of a path into ``page``."""
    count = count_of_points(path)
    if count > MOST_DRAWN:
        raise InputError("crowded-page", page=page.number, limit=MOST_DRAWN)
    x, y = c_float(), c_float()
    to_x, to_y = byref(x), byref(y)
    points: list[Point] = []
    straight: list[bool] = []  # whether a line leads to each point
    for at in range(count):
        segment = segment_of_path(path, at)
        point_of(segment, to_x, to_y)
        kind = segment_kind_of(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _draw(points, straight, page, paint)
            points, straight = [], []
        points.append(turn.point(*placed.point(x.value, y.value)))
        straight.append(kind == pdfium.FPDF_SEGMENT_LINETO)
        if is_closed(segment):
            points.append(points[0])
            straight.append(True)
    _draw(points, straight, page, paint)


def _draw(points: Sequence[Point], straight: Sequence[bool], page: Page, paint: _Paint) -> None:
    """Put what one stretch of a path draws into ``page``."""
    if len(points) < 2 or not all(-FARTHEST < x < FARTHEST and -FARTHEST < y < FARTHEST for x, y in points):
        return
    if paint.is_filled and len(points) > 2:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, bottom - top) <= _THICKEST:  # a slab, which is a line
            if right - left >= bottom - top:
                page.level.append(Edge((top + bottom) / 2, left, right))
            else:
                page.upright.append(Edge((left + right) / 2, top, bottom))
            return
        if not paint.is_stroked and len(points) in _OF_BOX and all(straight[1:]) and _is_box(points):
            page.boxes.append((left, top, right, bottom))
            return
    for (x0, y0), (x1, y1), is_line in zip(points, points[1:], straight[1:], strict=False):
        if not is_line:
            continue
        if abs(y1 - y0) <= _SLOPE < abs(x1 - x0):
            page.level.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _SLOPE < abs(y1 - y0):
            page.upright.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _is_box(points: Sequence[Point]) -> bool:
    """Whether the lines between ``points`` are level and upright by turns."""
    steps = [(abs(x1 - x0) <= _SLOPE, abs(y1 - y0) <= _SLOPE) for (x0, y0), (x1, y1) in pairwise(points)]
    return all(flat != upright for flat, upright in steps[:4]) and steps[0] == steps[2] != steps[1]
