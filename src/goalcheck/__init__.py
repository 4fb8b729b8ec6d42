"""goalcheck reads a performance-target sheet and says what is wrong, where, and what to write instead.

    >>> import goalcheck
    >>> result = goalcheck.check_file("sheet.txt")
    >>> for finding in result.findings:
    ...     print(goalcheck.place(result, finding), finding.code, goalcheck.message(finding, "en"))

:func:`check` takes text or bytes, :func:`check_file` a path; both give a :class:`goalcheck.engine.result.Result`, whose
``error`` says why an input could not be checked. Both raise nothing for what is wrong with an input. A
:class:`goalcheck.checker.Checker` chooses rules. All of it is told in ``docs/api.md``.
"""

from __future__ import annotations

from goalcheck.version import __version__

TYPE_CHECKING = False  # as in typing, whose import is half of what `import goalcheck` would take

if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from goalcheck.catalogue.rule import Rule, Severity
    from goalcheck.checker import Checker
    from goalcheck.config.selection import UnknownRuleError
    from goalcheck.engine.result import Result
    from goalcheck.errors import FileError, InputError
    from goalcheck.finding import Finding
    from goalcheck.sheet import Sheet

__all__ = [
    "Checker",
    "FileError",
    "Finding",
    "InputError",
    "Result",
    "Rule",
    "Severity",
    "Sheet",
    "UnknownRuleError",
    "__version__",
    "advice",
    "check",
    "check_file",
    "fixed",
    "message",
    "place",
    "reason",
]

_HOMES = {
    "Checker": "checker",
    "FileError": "errors",
    "Finding": "finding",
    "InputError": "errors",
    "Result": "engine.result",
    "Rule": "catalogue.rule",
    "Severity": "catalogue.rule",
    "Sheet": "sheet",
    "UnknownRuleError": "config.selection",
}


def check(
    text: str | bytes,
    *,
    path: str = "<text>",
    taxonomy: str | None = None,
    config: str | PathLike[str] | None = None,
) -> Result:
    """Check a sheet given as text or as bytes, with the core rules or as the file ``config`` says.

    ``path`` is what the sheet is called. Raises :class:`FileError` for what is wrong with ``config``.
    """
    return _checker(taxonomy, config).check(text, path=path)


def check_file(
    path: str | PathLike[str], *, taxonomy: str | None = None, config: str | PathLike[str] | None = None
) -> Result:
    """Check the sheet in the file ``path``, with the core rules or as the file ``config`` says.

    Raises :class:`FileError` for what is wrong with ``config``.
    """
    return _checker(taxonomy, config).check_file(path)


def fixed(
    text: str, *, taxonomy: str | None = None, config: str | PathLike[str] | None = None, unsafe: bool = False
) -> str:
    """``text`` with the safe fixes applied, with ``unsafe`` the proposals as well; the same text if there are none.

    Raises :class:`InputError` if ``text`` is no sheet, :class:`FileError` for what is wrong with ``config``.
    """
    return _checker(taxonomy, config).fixed(text, unsafe=unsafe)


def message(finding: Finding, language: str = "zh") -> str:
    """What a finding says, in Chinese (``zh``) or English (``en``)."""
    from goalcheck.prose import sentences

    return sentences.message(finding, language)


def advice(finding: Finding, language: str = "zh") -> str:
    """What to write instead, or what to do, in Chinese (``zh``) or English (``en``)."""
    from goalcheck.prose import sentences

    return sentences.advice(finding, language)


def place(result: Result, finding: Finding) -> tuple[int, int]:
    """Line and column at which ``finding`` begins, both counted from 1, the column in characters.

    Raises ValueError if ``result`` is of an input that was not checked.
    """
    if result.source is None:
        raise ValueError("the input was not checked")
    return result.source.place(finding.start)


def reason(error: InputError | FileError | UnknownRuleError, language: str = "zh") -> str:
    """Why it could not be done, and what to do, in Chinese (``zh``) or English (``en``)."""
    from goalcheck.errors import FileError, InputError

    if isinstance(error, InputError):
        from goalcheck.prose import sentences

        return sentences.error(error, language)
    from goalcheck.prose import faults

    if isinstance(error, FileError):
        return faults.broken_file(error, language)
    return faults.no_rule(error.selector, error.nearest, language)


def _checker(taxonomy: str | None, config: str | PathLike[str] | None) -> Checker:
    from goalcheck import checker  # imported where used: `import goalcheck` stays cheap

    return checker.Checker(taxonomy=taxonomy, config=config)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"goalcheck.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
