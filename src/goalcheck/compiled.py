"""What is slow to build is built once: LALR tables and the rule records, kept beside the package as ``*.compiled``.

The file is to a grammar what ``.pyc`` is to a module: made when the package is built, remade where it is stale, and
never needed. Its key is a digest of the very texts it was made from, of Python's version and of Lark's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_FOLDER = Path(__file__).parent


def load(name: str, texts: Iterable[str], build: Callable[[], T]) -> T:
    """What ``build`` makes of ``texts``, from ``name.compiled`` where that is up to date.

    A file that cannot be read or written costs time, never correctness. Like byte code it is not written where
    Python is told not to (``PYTHONDONTWRITEBYTECODE``).
    """
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    key = digest.digest()
    file = _FOLDER / f"{name}.compiled"
    try:
        data = file.read_bytes()
        if data.startswith(key):
            made: T = pickle.loads(memoryview(data)[len(key) :])
            return made
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        pass
    made = build()
    if not sys.dont_write_bytecode:
        _write(file, key + pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _write(file: Path, data: bytes) -> None:
    """Put ``data`` in place at once, so that a reader at the same time sees the old file or the new one."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        os.replace(draft, file)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
