"""Whether a file is a report of goalcheck: such a file may be replaced, and is no sheet.

Each format is told by what every report in it has, a workbook by its seal, which is broken once somebody has filled it
in. A report without a single word is an empty file, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from goalcheck.catalogue.rule import Severity
from goalcheck.files.archive import is_sealed
from goalcheck.files.regexes import regex
from goalcheck.messages import LANGUAGES, words

_CODE = "[A-Z]{2,8}[0-9]{1,4}"
_COLOR = regex(r"\x1b\[[0-9;]*m")
_LABELS = [
    [re.escape(words(f"terms.{severity.label}")[language]) for severity in sorted(Severity, reverse=True)]
    for language in LANGUAGES
]
_LABEL = "|".join(label for labels in _LABELS for label in labels)
_FOUND = regex(
    rf"^ *(?:(?:{_LABEL})(?: +{_CODE} |\[{_CODE}\] )|(?:{'|'.join(' +'.join(labels) for labels in _LABELS)}) )",
    re.MULTILINE,
)
"""What is said of a finding, and the head of the table of files."""

_PLACE = regex(rf":\d+:\d+: {_CODE} ")
_HEAD = 400  # characters in which a report says what it is
_NOTHING = ("nothing", "nothing-new", "one-failed", "all-failed", "no-files")


def begins_as_report(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a report in one of the formats that say so in their first lines."""
    text = head[: 4 * _HEAD].decode("utf-8", "ignore")
    return any(told(text) for told in _BEGINNINGS.values())


def is_report(data: bytes) -> bool:
    """Whether ``data`` is a report of goalcheck, in whatever format and language."""
    if begins_as_report(data) or is_sealed(data):
        return True
    try:
        text = _COLOR.sub("", data.decode("utf-8"))
    except UnicodeError:
        return False
    return any(told(text) for told in _TOLD.values())


def _beginning(*parts: str) -> Callable[[str], bool]:
    """Whether a text begins with the first of ``parts``, blanks aside, and the others follow soon."""

    def told(text: str) -> bool:
        head = "".join(text[:_HEAD].split())
        return head.startswith(parts[0]) and all(part in head for part in parts[1:])

    return told


def _each_line(told: Callable[[str], bool]) -> Callable[[str], bool]:
    """Whether every line of a text is ``told``, and there is one."""
    return lambda text: bool(text) and all(map(told, text.removesuffix("\n").split("\n")))


_UNTOLD = regex(r"\{(?:said|files|rules)\}")
_COMPARED = regex(
    "|".join(
        re.sub(r"\\{\w+\\}", r"\\d+", re.escape(_UNTOLD.split(words(f"compare.{key}")[language])[0]))
        for key in ("findings", "of-projects", "not-read", "read-in-part", "rules-failed")
        for language in LANGUAGES
    )
)
"""What a comparison begins with."""


def _is_text(text: str) -> bool:
    if _COMPARED.match(text[:_HEAD]) is not None:
        return True
    return _FOUND.search(text) is not None or _TOTALS.match(text.rstrip().rpartition("\n")[2]) is not None


_BEGINNINGS: Mapping[str, Callable[[str], bool]] = {
    "json": _beginning('{"version":1,"tool":{"name":"goalcheck"'),
    "sarif": _beginning('{"$schema":"', '"tool":{"driver":{"name":"goalcheck"'),
    "junit": _beginning("<?xml", '<testsuitesname="goalcheck"'),
    "html": _beginning("<!doctypehtml>", '<metaname="generator"content="goalcheck">'),
}
"""What tells each format that is text and says in its first lines what it is."""

_GITLAB = _beginning('[{"type":"issue","check_name":"')


def _is_gitlab(text: str) -> bool:
    return text.split(maxsplit=2) in (["[]"], ["[", "]"]) or _GITLAB(text)


def _opening(sentence: str) -> str:
    """What ``sentence`` begins with whatever its figures are, as a pattern."""
    said = sentence.partition("{")[0] if not sentence.startswith("{number}") else sentence
    return r"\d+".join(map(re.escape, said.split("{number}")))


_TOTALS = regex("|".join(_opening(words(f"totals.{key}")[language]) for key in _NOTHING for language in LANGUAGES))
_TOLD: Mapping[str, Callable[[str], bool]] = {
    "text": _is_text,
    "concise": _each_line(lambda line: _PLACE.search(line) is not None),
    "jsonl": _each_line(lambda line: line.startswith('{"rule": "') and '", "name": ' in line[:_HEAD]),
    "github": _each_line(lambda line: line.startswith(("::error ", "::warning ", "::notice ")) and "title=" in line),
    "gitlab": _is_gitlab,
}
"""What tells each other format that is text; a report in it may be a single line."""
