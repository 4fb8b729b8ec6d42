"""Regular expressions compiled once: their code is kept with the LALR tables, as byte code is kept for modules.

A start would spend half its time compiling the terminals of the grammars. What is kept is only good for the very
interpreter that made it (:data:`INTERPRETER` goes into the key of the compiled file), and wherever something is unlike
expected, :mod:`re` compiles as usual.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from importlib import import_module
from typing import Any

try:
    _sre: Any = import_module("_sre")
    INTERPRETER = f"{sys.implementation.name} {sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"
except (ImportError, AttributeError):  # another implementation of Python
    _sre = None
    INTERPRETER = f"{sys.implementation.name} {sys.version}"

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_WORD = "I"
"""The words of a code are kept as bytes: of some hundred patterns a run uses a few, and only theirs become numbers."""


def compiled(pattern: str, code: Code | None) -> re.Pattern[str]:
    """``pattern`` as :mod:`re` compiles it, from the kept ``code`` where that can be."""
    if code is not None and _sre is not None:
        try:
            flags, words, *groups = code
            made: re.Pattern[str] = _sre.compile(pattern, flags, array(_WORD, words).tolist(), *groups)
            return made
        except (RuntimeError, TypeError, ValueError):
            pass
    return re.compile(pattern)


def code(pattern: str) -> Code | None:
    """What the compiler of :mod:`re` makes of ``pattern``; None where this Python has another one."""
    try:
        parsed = import_module("re._parser").parse(pattern, 0)
        compiler: Callable[..., list[int]] = import_module("re._compiler")._code
        groups: dict[str, int] = parsed.state.groupdict
        names: list[str | None] = [None] * parsed.state.groups
        for name, index in groups.items():
            names[index] = name
        made = array(_WORD, map(int, compiler(parsed, 0))).tobytes()
        return int(parsed.state.flags), made, parsed.state.groups - 1, dict(groups), tuple(names)
    except (ImportError, AttributeError, TypeError):
        return None
