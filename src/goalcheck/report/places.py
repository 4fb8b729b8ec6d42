"""What services call the file of an input: a path below the current folder, or a URI.

Nothing is looked up on the disk, and the path of a Windows machine is understood on any other.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re

import attrs

from goalcheck.files.regexes import regex
from goalcheck.report import Style

_WINDOWS = regex(r"[A-Za-z]:[\\/]|\\\\")


@attrs.frozen
class Place:
    """A file: its ``path`` with slashes, relative where it lies below the folder, and its ``uri``, percent-encoded."""

    path: str
    uri: str
    below: bool


def folder_of(style: Style) -> str:
    """The folder that paths are relative to; empty where the current one is gone."""
    try:
        return style.folder or os.getcwd()
    except OSError:
        return ""


def place(path: str, folder: str) -> Place:
    """Where ``path`` lies, as seen from ``folder``, which is absolute."""
    windows = bool(_WINDOWS.match(folder or path)) or (not folder and os.sep == "\\")
    flavour = ntpath if windows else posixpath
    whole = flavour.normpath(flavour.join(folder, path))
    base = flavour.normpath(folder) if folder else ""
    inside = _inside(whole, base, flavour.sep, windows) if base or not flavour.isabs(whole) else None
    if inside is None:
        return Place(_slashed(whole, windows), _absolute(_slashed(whole, windows)), below=False)
    inside = _slashed(inside, windows)
    return Place(inside, _quoted(inside), below=True)


def folder_uri(folder: str) -> str:
    """``folder`` as the URI that relative ones are resolved against."""
    return _absolute(_slashed(folder, bool(_WINDOWS.match(folder)))).rstrip("/") + "/"


def _inside(whole: str, base: str, separator: str, windows: bool) -> str | None:
    """``whole`` without ``base``, or None if it does not lie below it."""
    if not base:
        return whole
    if whole == base:
        return "."
    base = base.rstrip(separator) + separator
    head = whole[: len(base)]
    same = head.lower() == base.lower() if windows else head == base
    return whole[len(base) :] if same else None


def _slashed(path: str, windows: bool) -> str:
    return path.replace("\\", "/") if windows else path


def _absolute(path: str) -> str:
    """The file URI of an absolute path with slashes; that of a Windows share names its server."""
    if path.startswith("//"):
        return f"file:{_quoted(path)}"
    drive = path[:2] if re.match("[A-Za-z]:", path) else ""
    return f"file://{'/' + drive if drive else ''}{_quoted(path[len(drive) :])}"


def _quoted(path: str) -> str:
    from urllib.parse import quote_from_bytes  # only for reports that hold URIs

    try:
        data = path.encode("utf-8", "surrogateescape")  # the bytes that the file system knows it by
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return quote_from_bytes(data, "/")
