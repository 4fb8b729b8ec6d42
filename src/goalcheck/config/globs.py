"""The globs of ``exclude`` and ``per-file-ignores`` as regular expressions for paths."""

from __future__ import annotations

import re


def glob_pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression on a path with ``/``.

    ``*`` and ``?`` keep within one name, ``**`` does not; a glob without ``/`` fits a name in any folder, one that ends
    in ``/`` all that lies below.
    """
    glob = re.sub(r"(?:\*\*/)+", "**/", glob.replace("\\", "/").removeprefix("./"))
    if glob.endswith("/"):
        glob += "**"
    if "/" not in glob:
        glob = f"**/{glob}"
    pieces = re.split(r"(\*\*/|\*\*+)", glob)
    parts = [_section(pieces[0])]
    for at in range(1, len(pieces), 2):
        star, piece = pieces[at : at + 2]
        gap = "(?:.*?/)??" if star == "**/" else ".*?"
        following = pieces[at + 2] if at + 2 < len(pieces) else ""
        # What stands first behind a gap is taken for good where the next gap can take all that it may leave out: no
        # need ever to come back and try again further on.
        settled = following and (following != "**/" or piece.endswith("/"))
        parts.append(f"(?>{gap}{_section(piece)})" if settled else f"{gap}{_section(piece)}")
    return re.compile("".join(parts), re.DOTALL)


def _section(glob: str) -> str:
    """What stands between two ``**``, with ``*`` and ``?`` within names alone."""
    first, *others = glob.split("*")
    parts = [_literal(first)]
    for number, piece in enumerate(others, 1):
        settled = piece and number < len(others)
        parts.append(f"(?>[^/]*?{_literal(piece)})" if settled else f"[^/]*?{_literal(piece)}")
    return "".join(parts)


def _literal(piece: str) -> str:
    return "[^/]".join(map(re.escape, piece.split("?")))
