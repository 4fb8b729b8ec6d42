"""Named pieces within the patterns of a grammar, which Lark itself only has between them.

Where a pattern says ``(?&_NAME)``, as regular expressions of Perl do, it means what the terminal ``_NAME`` of the same
file has between its slashes; so a lookahead or a set of characters is written once. Such a terminal is one pattern.
``(?&name)``, in small letters, is what the vocabulary has under that name: an expression, or for ``[(?&signs)]`` and
``[(?&dashes)]`` the characters of a set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from goalcheck.files.regexes import regex

_LITERAL = r"/(?!/)((?:\\/|\\\\|[^/])*?)/(x?)"  # as Lark reads a pattern
_PIECE = regex(rf"^(_[A-Z_]+):\s*{_LITERAL}\s*$", re.MULTILINE)
_NAMED = regex(r"\(\?&(\w+)\)")


def written_out(grammar: str, vocabulary: Mapping[str, str]) -> str:
    """The text of ``grammar`` with every named piece in its place. Raises KeyError for one that is not there."""
    pieces = {name: pattern.replace("/", r"\/") for name, pattern in vocabulary.items()}
    pieces |= {name: f"(?{flag or '-x'}:{body})" for name, body, flag in _PIECE.findall(grammar)}

    def piece(named: re.Match[str]) -> str:
        return _NAMED.sub(piece, pieces[named[1]])

    return _NAMED.sub(piece, grammar)
