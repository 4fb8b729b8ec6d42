"""How paths are written in reports, and read again from there.

Under a locale that cannot spell it, Python hands on the bytes of a name as lone surrogates, or as other characters. A
report must not depend on the locale: what is UTF-8 is read as such, anything else stays as it is.
"""

from __future__ import annotations

import os


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


def shown_path(path: str) -> str:
    """``path`` as it is best shown: relative where it lies below the current folder."""
    path = os.path.abspath(path)
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a current folder that is gone
        return spelt(path)
    return spelt(path if near.startswith(os.pardir) else near)
