"""Regular expressions compiled once: their code is kept beside the package, as byte code is kept for modules.

A start would spend a quarter of its time compiling them. Those of the modules are made by :func:`regex` and kept in a
file of their own, those of the grammars with the LALR tables. What is kept is only good for the very interpreter that
made it (:data:`INTERPRETER` goes into the key of the file), and wherever something is unlike expected, :mod:`re`
compiles as usual.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from importlib import import_module
from typing import Any, AnyStr

from goalcheck.files import compiled

try:
    _sre: Any = import_module("_sre")
    INTERPRETER = f"{sys.implementation.name} {sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"
except (ImportError, AttributeError):  # another implementation of Python
    _sre = None
    INTERPRETER = f"{sys.implementation.name} {sys.version}"

_IS_ASTRAY = sys.implementation.name == "cpython" and sys.version_info < (3, 11, 5)
"""Whether this Python takes too much or too little by ``(?:ab?c)*+`` (gh-106052), as that of Debian 12 does."""

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_WORD = "I"
"""The words of a code are kept as bytes: of some hundred patterns a run uses a few, and only theirs become numbers."""
_FILE = "regexes"
_kept: dict[tuple[str | bytes, int], Code | None] = compiled.kept(_FILE, [INTERPRETER]) or {}
_known = len(_kept)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What :func:`re.compile` makes, for a pattern that is the same in every run: its code is kept."""
    key = pattern, int(flags)
    if key not in _kept:
        _kept[key] = code(pattern, flags)
    return made_of(pattern, _kept[key], flags)


def keep() -> None:
    """Write down the code of the patterns that :func:`regex` has made in this process and that were not kept."""
    if len(_kept) > _known:
        compiled.keep(_FILE, [INTERPRETER], {key: _kept[key] for key in sorted(_kept, key=repr)})


def made_of(pattern: AnyStr, code: Code | None, flags: int = 0) -> re.Pattern[AnyStr]:
    """``pattern`` as :mod:`re` compiles it, from the kept ``code`` where that can be."""
    if code is not None and _sre is not None:
        try:
            all_flags, words, *groups = code
            made: re.Pattern[AnyStr] = _sre.compile(pattern, all_flags, array(_WORD, words).tolist(), *groups)
            return made
        except (RuntimeError, TypeError, ValueError):
            pass
    return re.compile(pattern, flags)


def code(pattern: str | bytes, flags: int = 0) -> Code | None:
    """What the compiler of :mod:`re` makes of ``pattern``; None where this Python has another one."""
    try:
        parsed = import_module("re._parser").parse(pattern, flags)
        if _IS_ASTRAY:
            spell_out(parsed)
        compiler: Callable[..., list[int]] = import_module("re._compiler")._code
        groups: dict[str, int] = parsed.state.groupdict
        names: list[str | None] = [None] * parsed.state.groups
        for name, index in groups.items():
            names[index] = name
        made = array(_WORD, map(int, compiler(parsed, flags))).tobytes()
        return int(parsed.state.flags), made, parsed.state.groups - 1, dict(groups), tuple(names)
    except (ImportError, AttributeError, TypeError):
        return None


def spell_out(parsed: Any) -> None:
    """Make each ``(?:…)*+`` within a ``parsed`` pattern ``(?>(?:…)*)``, which says the same."""
    names, is_simple = import_module("re._constants"), import_module("re._compiler")._simple
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple | list):
            waiting.extend(part)
        elif (data := getattr(part, "data", None)) is not None:
            waiting.extend(said for _, said in data)
            for at, (does, said) in enumerate(data):
                if does is names.POSSESSIVE_REPEAT and not is_simple(said[2]):
                    data[at] = names.ATOMIC_GROUP, type(part)(part.state, [(names.MAX_REPEAT, said)])
