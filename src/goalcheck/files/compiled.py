"""Keeps what is slow to build, LALR tables, the rule records and regular expressions, beside the package.

A file ``*.compiled`` is to a grammar what ``.pyc`` is to a module: made when the package is built, remade where it is
stale, and never needed. Its key is a digest of the very texts it was made from, of Python's version and of Lark's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
_FOLDER = os.path.dirname(os.path.dirname(__file__))  # the package


def load(name: str, texts: Iterable[str], build: Callable[[], T]) -> T:
    """What ``build`` makes of ``texts``, from ``name.compiled`` where that is up to date.

    A file that cannot be read or written costs time, never correctness.
    """
    texts = tuple(texts)
    made: T | None = kept(name, texts)
    if made is None:
        made = build()
        keep(name, texts, made)
    return made


def sources(modules: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The code of ``modules``, by package, to tell whether it has changed; none where there is byte code alone."""
    import pkgutil  # only where something so made is asked for

    for package, names in modules.items():
        for name in names:
            with contextlib.suppress(OSError):
                yield (pkgutil.get_data(package, f"{name}.py") or b"").decode()


def kept(name: str, texts: Iterable[str]) -> Any:
    """What ``name.compiled`` has, if it was made of ``texts``; else None."""
    key = _key(texts)
    path = _path(name)
    try:
        with open(path, "rb") as file:
            data = memoryview(file.read())
        payload = data[2 * len(key) :]
        if data[: len(key)] == key and data[len(key) : 2 * len(key)] == hashlib.sha256(payload).digest():
            return pickle.loads(payload)
    except Exception:  # whatever is wrong with the file, what it holds can be made again
        import logging  # only where something is wrong

        logging.getLogger(__name__).debug("%s is of no use", path, exc_info=True)
    return None


def keep(name: str, texts: Iterable[str], made: object) -> None:
    """Keep in ``name.compiled`` what was ``made`` of ``texts``, if that can be.

    Like byte code it is not written where Python is told not to (``PYTHONDONTWRITEBYTECODE``).
    """
    if not sys.dont_write_bytecode:
        payload = memoryview(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        _write(_path(name), _key(texts) + hashlib.sha256(payload).digest() + payload)


def _key(texts: Iterable[str]) -> bytes:
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.digest()


def _path(name: str) -> str:
    return os.path.join(_FOLDER, f"{name}.compiled")


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
