"""Says findings and errors as sentences, in the reader's language.

The sentences of the rules are in ``rules/``, those of the tool itself in ``messages/``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from goalcheck.catalogue.rule import NO_RULE, Rule, Severity
from goalcheck.engine.result import RuleFailure
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.finding import Figure, Finding, Term
from goalcheck.messages import Words, say, under, words
from goalcheck.sheet import Unread
from goalcheck.source import Remark

_LONGEST = 80
_SPACE = regex(r"\s+")
HIDDEN = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""What a terminal would obey or reorder by: controls, and the marks of bidirectional text; half a character as well.
There is none in text that ``str.isprintable``.
"""

COMMAND = regex(r"^[^\S\n]*:(?=:)|#(?=#[\w.-]*\[)", re.MULTILINE)
"""Where services that run jobs would read a command in their log: GitHub's ``::error::``, at the beginning of a line,
and ``##[error]``, with a word before the bracket that of others, anywhere in one.
"""
_HARMLESS_WORD = regex(r"[\w@%+=:,./-]+")
_LISTS = frozenset(("cells", "columns", "pages", "rows", "sheets"))
"""The figures of remarks that list several."""


def message(finding: Finding, language: str) -> str:
    """What is wrong, with the figures."""
    rule = _rule(finding)
    return _say(rule.message, finding.figures, rule, language)


def advice(finding: Finding, language: str) -> str:
    """What to write instead: the very text where there is one, else what to do."""
    if finding.suggestion is not None:
        return say("terms.write", language, text=plain(finding.suggestion))
    return instruction(finding, language)


def instruction(finding: Finding, language: str) -> str:
    """What to do, as the rule says it of all that it finds."""
    rule = _rule(finding)
    return _say(rule.help, finding.figures, rule, language)


def related(finding: Finding, term: Term, language: str) -> str:
    """What stands at a related place."""
    return _figure(term, _rule(finding), language)


def phrase(term: Term, rule: Rule, language: str) -> str:
    """A phrase of ``rule``, or a word that all rules share, with its figures."""
    return _figure(term, rule, language)


def error(failure: InputError, language: str) -> str:
    """Why an input could not be checked, and what to do, without its path."""
    figures = shown_figures(failure.figures, language)
    return say(f"inputs.{failure.key}", language, **figures)


def shown_figures(figures: Mapping[str, object], language: str) -> dict[str, str]:
    """The figures of an error as its sentence shows them: a ``reason`` of the operating system's in ``language``."""
    shown = {key: plain(str(value)) for key, value in figures.items()}
    if "reason" in shown:
        known = shown["reason"] in under("disk")
        shown["reason"] = say(f"disk.{shown['reason'] if known else 'other'}", language, code=shown["reason"])
    return shown


def unread(stretch: Unread, language: str) -> str:
    """Why a stretch of an input was not read, and what to do, without its place."""
    figures = {key: plain(figure) for key, figure in stretch.figures.items()}
    return say(f"unread.{stretch.reason}", language, **figures)


def remark(told: Remark, language: str) -> str:
    """What is said of the file that a text was made from."""
    figures = {key: plain(figure) for key, figure in told.figures.items()}
    if language == "zh":
        figures |= {key: figures[key].replace(", ", "\u3001") for key in _LISTS.intersection(figures)}
    return say(f"remarks.{told.key}", language, **figures)


def rule_failure(failure: RuleFailure, language: str) -> str:
    """That a rule failed on an input, and whom to tell, without the input's path."""
    key = "plugged-in" if failure.package is not None else "site-rule" if failure.is_site_rule else "shipped"
    what = visible(f"{failure.code}: {failure.error}")
    return say(f"failures.{key}", language, name=failure.name, package=plain(failure.package or ""), what=what)


def severity(kind: Severity, language: str) -> str:
    """What people call a severity."""
    return say(f"terms.{kind.label}", language)


def severities(counts: Mapping[Severity, int], language: str) -> str:
    """How many findings there are of each severity that there are any of, the gravest first."""
    kinds = sorted((kind for kind in counts if counts[kind]), reverse=True)
    return listed((say(f"terms.{kind.label}s", language, number=counts[kind]) for kind in kinds), language)


def listed(texts: Iterable[str], language: str) -> str:
    """Several things, one told after the other."""
    return say("terms.list-separator", language).join(texts)


def together(texts: Iterable[str], language: str) -> str:
    """Sentences as one text; empty ones are left out."""
    said = [text for text in texts if text] or [""]
    return reduce(lambda first, second: say("terms.two-sentences", language, first=first, second=second), said)


def called(rule: Rule, language: str) -> str:
    """What people call a rule: its code with its title in Chinese, with its name in English."""
    return f"{rule.code} {rule.title.zh if language == 'zh' else rule.name}"


def rows(numbers: Iterable[int], language: str, most: int | None = None) -> str:
    """``第9、17-19行``: numbers of rows, three and more that follow each other as one; ``most`` of those at most."""
    told = sorted(set(numbers))
    parts = list(stretches(told))
    key = "places.rows" if most is None or len(parts) <= most else "places.rows-more"
    return say(key, language, rows=listed(parts[:most], language), number=len(told))


def entry(number: int, language: str) -> str:
    """``第3项``: the ordinal of an indicator."""
    return say("places.entries", language, entries=number, number=1)


def stretches(numbers: Sequence[int]) -> Iterator[str]:
    """Sorted numbers, three and more that follow each other as a stretch."""
    at = 0
    while at < len(numbers):
        end = at
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - at >= 2:
            yield f"{numbers[at]}-{numbers[end]}"
        else:
            yield from map(str, numbers[at : end + 1])
        at = end + 1


def plain(text: str) -> str:
    """``text`` on one line of bearable length, with nothing in it that a terminal would obey or a CI service run."""
    if len(text) <= _LONGEST and text.isprintable() and not ("  " in text or "::" in text or "##" in text):
        return text
    if len(text) > 4 * _LONGEST:  # before it is cleaned: a cell may be as long as a book
        text = f"{text[: 2 * _LONGEST]}…{text[-_LONGEST:]}"
    if not text.isprintable() or "  " in text:  # the one blank that is printable is the usual one
        text = visible(_SPACE.sub(" ", text))
    return harmless(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}…{text[-19:]}")


def visible(text: str) -> str:
    """``text`` with controls and invisible marks spelt out, character by character."""
    return text if text.isprintable() else HIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def harmless(text: str) -> str:
    """``text`` without what the log of a CI service would run: ``::`` that opens a line, ``##[`` anywhere."""
    if "::" not in text and "##" not in text:
        return text
    return COMMAND.sub(lambda match: f"{match[0][:-1]}<U+{ord(match[0][-1]):04X}>", text)


def path(text: str) -> str:
    """A path as it may be shown on one line."""
    shown = visible(text).replace("\n", "<U+000A>").replace("\t", "<U+0009>")
    return harmless(f"./{shown}" if shown.startswith("::") else shown)


def shell_path(text: str) -> str:
    """A path as a word of a command line that people may copy: quoted where a shell would make anything of it."""
    shown = path(f"./{text}" if text.startswith("-") else text)
    if _HARMLESS_WORD.fullmatch(shown):
        return shown
    if os.name == "nt":
        return f'"{shown}"'
    import shlex  # seldom needed

    return shlex.quote(shown)


def _rule(finding: Finding) -> Rule:
    if finding.rule is NO_RULE:
        raise ValueError("the finding has not passed through the engine")
    return finding.rule


class _Told(dict[str, str]):
    """Figures in words, by their names: those that a sentence asks for, once it does."""

    def __init__(self, figures: Mapping[str, Figure], rule: Rule, language: str) -> None:
        super().__init__()
        self._figures = figures
        self._rule = rule
        self._language = language

    def __missing__(self, key: str) -> str:
        figure = self._figures[key]
        told = plain(figure) if type(figure) is str else _figure(figure, self._rule, self._language)
        return told if told or key != "project" else say("terms.nameless", self._language)


def _say(said: Words, figures: Mapping[str, Figure], rule: Rule, language: str) -> str:
    return (said.zh if language == "zh" else said.en).format_map(_Told(figures, rule, language))


def _figure(figure: Figure, rule: Rule, language: str) -> str:
    if isinstance(figure, str):
        return plain(figure)
    if isinstance(figure, tuple):
        return listed((_figure(term, rule, language) for term in figure), language)
    said = rule.phrases.get(figure.key) or words(f"terms.{figure.key}")
    return _say(said, figure.figures, rule, language)
