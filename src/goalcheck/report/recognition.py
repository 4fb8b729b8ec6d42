"""Whether a file is a report of goalcheck: such a file may be replaced, and is no sheet.

Each format is told by what every report in it has. A report without a single word is an empty file, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from goalcheck.catalogue.rule import Severity
from goalcheck.messages import LANGUAGES, words

_CODE = "[A-Z]{2,8}[0-9]{1,4}"
_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_LABELS = [
    [re.escape(words(f"terms.{severity.label}")[language]) for severity in sorted(Severity, reverse=True)]
    for language in LANGUAGES
]
_LABEL = "|".join(label for labels in _LABELS for label in labels)
_FOUND = re.compile(
    rf"^ *(?:(?:{_LABEL})(?: +{_CODE} |\[{_CODE}\] )|(?:{'|'.join(' +'.join(labels) for labels in _LABELS)}) )",
    re.MULTILINE,
)
"""What is said of a finding, and the head of the table of files."""

_NOTHING = ("nothing", "nothing-new", "one-failed", "all-failed", "no-files")


def is_report(data: bytes) -> bool:
    """Whether ``data`` is a report of goalcheck, in whatever format and language."""
    try:
        text = _COLOR.sub("", data.decode("utf-8"))
    except UnicodeError:
        return False
    return any(told(text) for told in _TOLD.values())


def _beginning(pattern: str) -> Callable[[str], bool]:
    """Whether a text begins by ``pattern``."""
    compiled = re.compile(pattern)
    return lambda text: compiled.match(text) is not None


def _each_line(pattern: str) -> Callable[[str], bool]:
    """Whether every line of a text begins by ``pattern``, and there is one."""
    compiled = re.compile(pattern)
    return lambda text: bool(text) and all(compiled.match(line) for line in text.removesuffix("\n").split("\n"))


def _is_text(text: str) -> bool:
    return _FOUND.search(text) is not None or _TOTALS.match(text.rstrip().rpartition("\n")[2]) is not None


def _opening(sentence: str) -> str:
    """What ``sentence`` begins with whatever its figures are, as a pattern."""
    said = sentence.partition("{")[0] if not sentence.startswith("{number}") else sentence
    return r"\d+".join(map(re.escape, said.split("{number}")))


_TOTALS = re.compile("|".join(_opening(words(f"totals.{key}")[language]) for key in _NOTHING for language in LANGUAGES))
_TOLD: Mapping[str, Callable[[str], bool]] = {
    "text": _is_text,
    "concise": _each_line(rf".+:\d+:\d+: {_CODE} "),
    "json": _beginning(r'\{\s*"version": 1,\s*"tool": \{\s*"name": "goalcheck"'),
    "jsonl": _each_line(rf'\{{"rule": "{_CODE}", "name": '),
    "sarif": _beginning(
        r'\{\s*"\$schema": "[^"]*sarif[^"]*",[^[]*\[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "goalcheck"'
    ),
    "github": _each_line(r"::(?:error|warning|notice) [^:]*title=[^:]*::"),
    "gitlab": _beginning(r'\[(?:\s*\]\s*$|\s*\{"type": "issue", "check_name": ")'),
    "junit": _beginning(r'<\?xml [^>]*>\s*<testsuites name="goalcheck"'),
}
"""What tells each format; a test holds it to be all of them."""
