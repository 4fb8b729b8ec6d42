"""Says what is wrong with a file of the user's: a configuration, rules, a taxonomy, a baseline."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goalcheck.errors import FileError
from goalcheck.messages import key_of, say
from goalcheck.prose.sentences import path, plain, shown_figures

_SYNTAX: Mapping[str, str] = {
    r"Unterminated|(?:Illegal|Found invalid) character '\\[nr]'|Expected ['\"]{3,}": "unpaired",
    "(?:Illegal|Found invalid) character": "unseen",
    "Expected '='": "no-equals",
    "Expected ']": "open-header",
    "Expected newline": "more-behind",
    "Invalid value": "no-value",
    "Invalid (?:statement|initial character)": "no-statement",
    "Invalid date": "no-date",
    "Unclosed array": "open-list",
    "Unclosed inline table": "open-table",
    "Cannot |Duplicate ": "twice",
    "Unescaped|Invalid hex|Escaped": "backslash",
    "too deeply nested": "too-deep",
}
"""The sentences of ``toml_syntax.toml``, by how Python's reader begins to say what is wrong with a file."""


def broken_file(error: FileError, language: str) -> str:
    """File, line, and what is wrong there."""
    figures = shown_figures(error.figures, language)
    if "expected" in figures:
        figures["expected"] = say(f"value_kinds.{figures['expected']}", language)
    if error.key == "syntax":
        figures["what"] = _syntax(figures["what"], language)
    key = key_of(error.key, "user_files", "values", "inputs")
    said = say(key, language, **{"nearest": nearest(error.nearest, language), **figures})
    place = path(error.path) if error.line is None else f"{path(error.path)}:{error.line}"
    return f"{place}: {said}"


def no_rule(name: str, meant: str | None, language: str) -> str:
    """That there is no rule ``name``, with what may have been ``meant``."""
    return say("values.no-rule", language, name=plain(name), nearest=nearest(meant, language))


def nearest(meant: str | None, language: str) -> str:
    """What may have been ``meant``, to go on with a sentence; empty where nothing is like it."""
    return say("values.nearest", language, name=plain(meant)) if meant else ""


def _syntax(what: str, language: str) -> str:
    """``what`` the reader says, in ``language``: in our words where it is common, else as it stands."""
    key = next((key for start, key in _SYNTAX.items() if re.match(start, what)), "other")
    return say(f"toml_syntax.{key}", language, what=what)
