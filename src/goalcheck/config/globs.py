"""A glob of ``per-file-ignores`` in, the regular expression for the paths that it fits out."""

from __future__ import annotations

import re


def pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression on a path with ``/``.

    ``*`` and ``?`` keep within one name, ``**`` does not; a glob without ``/`` fits a name in any folder, one that ends
    in ``/`` all that lies below.
    """
    glob = re.sub(r"(?:\*\*/)+", "**/", glob.replace("\\", "/").removeprefix("./"))
    if glob.endswith("/"):
        glob += "**"
    start = "(?:.*/)?" if "/" not in glob else ""
    pieces = re.split(r"(\*\*/|\*+)", glob)
    parts = [_literal(pieces[0])]
    for at in range(1, len(pieces), 2):
        star, piece = pieces[at : at + 2]
        gap = "(?:.*/)?" if star == "**/" else ".*" if len(star) > 1 else "[^/]*"
        last = at + 2 == len(pieces)
        # What stands first after a star is taken for good: no need ever to come back and try again further on.
        inner = gap == "[^/]*" and piece and not last
        parts.append(f"(?>[^/]*?{_literal(piece)})" if inner else f"{gap}{_literal(piece)}")
    return re.compile(f"{start}{''.join(parts)}", re.DOTALL)


def _literal(piece: str) -> str:
    return "[^/]".join(map(re.escape, piece.split("?")))
