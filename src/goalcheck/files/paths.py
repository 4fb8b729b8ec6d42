"""How paths are written in reports, and read again from there.

Under a locale that cannot spell it, Python hands on the bytes of a name as lone surrogates, or as other characters. A
report must not depend on the locale: what is UTF-8 is read as such, anything else stays as it is.
"""

from __future__ import annotations

import os
import re

from goalcheck.files.regexes import regex


def spelt(path: str) -> str:
    """``path`` as reports spell it."""
    try:
        return os.fsencode(path).decode("utf-8")
    except UnicodeError:
        return path


def native(name: str) -> str:
    """``name``, which reports spell so, as the system knows it."""
    try:
        return os.fsdecode(name.encode("utf-8"))
    except UnicodeError:
        return name


COPIES = {"zh": "批注", "en": "marked"}
"""The word, by language, that the name of a marked copy has before its ending."""

_COPY = regex(rf"(.*)\.(?:{'|'.join(COPIES.values())})(\d{{0,6}})", re.DOTALL)  # a name may have lines


def copy_path(path: str, ending: str, word: str) -> str:
    """Where the marked copy of the file at ``path`` goes: beside it, with ``word`` before the ``ending``.

    A file of another kind keeps its own ending before that, the copy of a copy gets a number.
    """
    folder, name = os.path.split(path)
    stem, own = os.path.splitext(name)
    if own.lower() != ending:
        stem = name
    copied = _COPY.fullmatch(stem)
    if copied is not None:
        return os.path.join(folder, f"{copied[1]}.{word}{int(copied[2] or 1) + 1}{ending}")
    return os.path.join(folder, f"{stem}.{word}{own if own.lower() == ending else ending}")


def copied_from(name: str) -> tuple[str, ...]:
    """What the file may be called of which the file ``name`` is a marked copy; nothing where it is none by its name."""
    stem, ending = os.path.splitext(name)
    copied = _COPY.fullmatch(stem)
    return () if copied is None else (copied[1], copied[1] + ending)


def shown_path(path: str) -> str:
    """``path`` as it is best shown: relative where it lies below the current folder."""
    path = os.path.abspath(path)
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a current folder that is gone
        return spelt(path)
    return spelt(path if near.startswith(os.pardir) else near)
