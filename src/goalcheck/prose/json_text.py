"""Writes JSON: laid out over lines as ``json.dumps(value, indent=2)`` would, or on a single line.

The layout is done here, since the encoder of the standard library that is written in C knows none. Controls,
invisible marks and what the log of a CI service would run are written as JSON escapes: the text is equal once it is
read, and steers nobody before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from goalcheck.files.regexes import regex
from goalcheck.prose.sentences import COMMAND, HIDDEN

_USUAL = regex('[ !"$-~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3000-\ud7ff\uff01-\uffee]*+')
"""What nearly all text is made of; nothing of it is :data:`HIDDEN` or part of ``##``. It is told in a tenth of the time
that ``str.isprintable`` takes.
"""


def _encoder() -> Callable[[Any], str]:
    """The encoder of the standard library, without layout.

    Its part in C is made once where it can be had: the library makes it anew for each value, which costs as much as to
    write a short one.
    """
    usual = json.JSONEncoder(ensure_ascii=False, check_circular=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    try:
        pieces = make(  # type: ignore[misc]  # it is None where there is no part in C
            None, usual.default, encode_basestring, None, ": ", ", ", False, False, True
        )
    except TypeError:  # another implementation of Python, or a later one
        return usual.encode
    return lambda value: "".join(pieces(value, 0))


_encode = _encoder()


def lines(value: Any, depth: int = 0) -> str:
    """``value`` over several lines, all but the first behind ``depth`` steps of two blanks."""
    return _laid_out(value, gap(depth))


def line(value: Any) -> str:
    """``value`` on one line."""
    return _escaped(_encode(value))


def gap(depth: int) -> str:
    """A line break and ``depth`` steps of two blanks."""
    return "\n" + "  " * depth


def _laid_out(value: Any, before: str) -> str:
    """``value``, its last line beginning with ``before``."""
    if isinstance(value, str):
        return _escaped(encode_basestring(value))
    if value is None:
        return "null"
    if type(value) is int:  # a bool is one as well
        return repr(value)
    inside = before + "  "
    if isinstance(value, dict):
        pairs = [
            f"{_key(key)}: {_escaped(encode_basestring(part)) if type(part) is str else _laid_out(part, inside)}"
            for key, part in value.items()
        ]
        return f"{{{inside}{f',{inside}'.join(pairs)}{before}}}" if pairs else "{}"
    if isinstance(value, list | tuple):
        parts = [_laid_out(part, inside) for part in value]
        return f"[{inside}{f',{inside}'.join(parts)}{before}]" if parts else "[]"
    return _encode(value)


@lru_cache(maxsize=256)
def _key(key: str) -> str:
    """A key as it is written: every finding has the same few."""
    return _escaped(encode_basestring(key))


def _escaped(text: str) -> str:
    if _USUAL.fullmatch(text):
        return text
    return HIDDEN.sub(_escape, COMMAND.sub(_escape, text) if "##" in text else text)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
