"""goalcheck reads a performance-target sheet and says what is wrong, where, and what to write instead.

    >>> import goalcheck
    >>> result = goalcheck.check_file("sheet.txt")
    >>> [finding.rule.code for finding in result.findings]

:func:`check` takes text or bytes, :func:`check_file` a path; both give a :class:`goalcheck.engine.Result`, whose
``error`` says why an input could not be checked. Both raise nothing for what is wrong with an input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from goalcheck.engine import Result
    from goalcheck.finding import Finding
    from goalcheck.rule import Rule
    from goalcheck.sheet import Sheet

__all__ = ["Finding", "Result", "Rule", "Sheet", "__version__", "check", "check_file", "message"]

__version__ = "0.1.0"

_HOMES = {"Finding": "finding", "Result": "engine", "Rule": "rule", "Sheet": "sheet"}


def check(text: str | bytes, *, path: str = "<text>", taxonomy: str = "guangdong") -> Result:
    """Check a sheet given as text or as bytes, with the core rules."""
    from goalcheck import engine  # imported where used: `import goalcheck` stays cheap
    from goalcheck.rule import catalogue
    from goalcheck.source import Source

    plan = engine.default_plan(catalogue(), taxonomy)
    if isinstance(text, bytes):
        return engine.check_data(text, path, plan)
    return engine.check_source(Source(text, path), plan)


def check_file(path: str | Path, *, taxonomy: str = "guangdong") -> Result:
    """Check the sheet in the file ``path``, with the core rules."""
    from goalcheck import engine
    from goalcheck.inputs import read
    from goalcheck.rule import catalogue
    from goalcheck.source import InputError

    try:
        data = read(str(path))
    except InputError as error:
        return engine.Result(str(path), error=error)
    return engine.check_data(data, str(path), engine.default_plan(catalogue(), taxonomy))


def message(finding: Finding, language: str = "zh") -> str:
    """What a finding says, in Chinese (``zh``) or English (``en``)."""
    from goalcheck.report import words

    return words.message(finding, language)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"goalcheck.{_HOMES[name]}"), name)
