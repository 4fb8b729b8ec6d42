"""Reads an input by the reader of its kind: :func:`read`. A PDF is read in a process of its own, with limits.

A PDF of five kilobytes can make the library that opens it take all memory and never return. What the process tells of
it comes back as plain data, of which nothing is carried out. Where there are no processes, as in a page of a browser,
it is read here, and whoever runs that has to watch it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from array import array
from typing import Any

import attrs

from goalcheck import readers
from goalcheck.collector import collect_seldom
from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, READER_MEMORY, READER_PATIENCE, Limits, reader_seconds
from goalcheck.source import Merge, Origins, Pieces, Remark, Source, Table

_START = "import sys; sys.path[:] = sys.argv[1:]; from goalcheck.reading import _answer; _answer()"


def read(data: bytes, path: str = "<text>", encoding: str | None = None, limits: Limits = LIMITS) -> Source:
    """The text of ``data``, as :func:`goalcheck.readers.read` gives it. Raises :class:`InputError` as that does.

    Also for what takes longer, or more memory, than a file of its kind may.
    """
    if readers.is_pdf(data) and _has_processes():
        return _read_apart(data, path, limits)
    return readers.read(data, path, encoding, limits)


def _has_processes() -> bool:
    """Whether this interpreter can be started once more; it cannot where it is a part of another program."""
    return sys.platform not in ("emscripten", "wasi") and bool(sys.executable) and not getattr(sys, "frozen", False)


def _read_apart(data: bytes, path: str, limits: Limits) -> Source:
    import json  # only where there is a PDF
    import subprocess

    seconds = reader_seconds(len(data))
    told = json.dumps([seconds, attrs.asdict(limits)]).encode()
    where = [*filter(None, sys.path), os.path.dirname(os.path.dirname(__file__))]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603  # this very interpreter, and no word of the file
            [sys.executable, "-I", "-c", _START, *where],
            input=told + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=READER_PATIENCE * seconds,
            check=False,
            creationflags=flags,
        )
    except subprocess.TimeoutExpired:
        raise InputError("takes-too-much", memory=READER_MEMORY, seconds=seconds) from None
    except OSError as error:
        raise InputError("lost", what=f"{type(error).__name__}: {error}") from None
    if 0 < done.returncode < 256:
        raise InputError("internal", what=f"status {done.returncode}")
    if done.returncode or not done.stdout:  # a limit ended it, or the library when it got no more memory
        raise InputError("takes-too-much", memory=READER_MEMORY, seconds=seconds)
    answer = json.loads(done.stdout)
    if "key" in answer:
        raise InputError(answer["key"], **answer["figures"])
    return _source(answer, data, path)


def _answer() -> None:
    """Read what comes from standard input, and write what is told of it to standard output. It is its own process."""
    import json

    collect_seldom()
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    seconds, limits = json.loads(line)
    _limit(seconds)
    try:
        answer = _told(readers.read(data, limits=Limits(**limits)))
    except InputError as error:
        answer = {"key": error.key, "figures": dict(error.figures)}
    except MemoryError:
        answer = {"key": "takes-too-much", "figures": {"memory": READER_MEMORY, "seconds": seconds}}
    except Exception as error:  # noqa: BLE001  # whoever started it says so
        answer = {"key": "internal", "figures": {"what": f"{type(error).__name__}: {error}"}}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.flush()
    os._exit(0)  # what the library still holds needs no tidying


def _limit(seconds: int) -> None:
    """Set the limits of this process, as far as the system knows them."""
    try:
        import resource
    except ImportError:  # on Windows time alone is limited, by who waits
        return
    memory = READER_MEMORY * 2**20
    most = {"RLIMIT_AS": memory, "RLIMIT_DATA": memory, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0}
    for name, limit in most.items():
        _set(resource, getattr(resource, name, None), limit)


def _set(resource: Any, kind: int | None, most: int) -> None:
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    try:
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ValueError, OSError):  # macOS knows limits that it does not set
        return


def _told(source: Source) -> dict[str, Any]:
    """``source`` as plain data."""
    origins = source.origins
    assert origins is not None
    pieces = origins.pieces or Pieces((), (), (), ())
    return {
        "text": source.text,
        "kind": source.kind,
        "tables": [(table.start, table.number, table.sheet) for table in origins.tables],
        "records": [list(origins.starts), list(origins.rows)],
        "pieces": [list(pieces.starts), list(pieces.pages), list(pieces.rows), list(pieces.boxes)],
        "merges": [(merge.start, merge.end, merge.column, merge.last_column) for merge in source.merges or ()],
        "remarks": [(remark.key, dict(remark.figures), remark.is_gap) for remark in source.remarks],
    }


def _source(told: dict[str, Any], data: bytes, path: str) -> Source:
    """The source of which ``told`` is the plain data."""
    starts, rows = (array("Q", numbers) for numbers in told["records"])
    places, pages, within, boxes = told["pieces"]
    pieces = Pieces(array("Q", places), array("I", pages), array("I", within), array("f", boxes))
    return Source(
        told["text"],
        path,
        "",
        hashlib.sha256(data).hexdigest(),
        Origins([Table(*table) for table in told["tables"]], starts, rows, pieces),
        kind=told["kind"],
        merges=tuple(Merge(*merge) for merge in told["merges"]),
        remarks=tuple(Remark(*remark) for remark in told["remarks"]),
    )
