"""Keeps what is slow to build, LALR tables and the rule records, beside the package as ``*.compiled``.

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
from typing import TypeVar

T = TypeVar("T")
_FOLDER = os.path.dirname(os.path.dirname(__file__))  # the package


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
    path = os.path.join(_FOLDER, f"{name}.compiled")
    try:
        with open(path, "rb") as file:
            data = memoryview(file.read())
        payload = data[2 * len(key) :]
        if data[: len(key)] == key and data[len(key) : 2 * len(key)] == hashlib.sha256(payload).digest():
            made: T = pickle.loads(payload)
            return made
    except Exception:  # whatever is wrong with the file, what it holds can be made again
        import logging  # only where something is wrong

        logging.getLogger(__name__).debug("%s is of no use", path, exc_info=True)
    made = build()
    if not sys.dont_write_bytecode:
        payload = memoryview(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        _write(path, key + hashlib.sha256(payload).digest() + payload)
    return made


def _write(path: str, data: bytes) -> None:
    """Put ``data`` in place at once, so that a reader at the same time sees the old file or the new one."""
    draft = f"{path}.{os.getpid()}"
    with contextlib.suppress(OSError):
        try:
            with open(draft, "wb") as file:
                file.write(data)
            os.replace(draft, path)
        finally:  # also where the user ends the run meanwhile
            with contextlib.suppress(OSError):
                os.unlink(draft)
