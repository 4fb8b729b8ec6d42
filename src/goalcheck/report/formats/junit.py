"""JUnit's XML, for services that show the results of tests: a suite a file, a failed case a finding.

A case is known by class and name, so no two are alike, and its name holds no line: that would make an old finding a new
one wherever a line is added. GitLab shows what stands inside a failure, Jenkins its message as well; both say it all.
A file in which nothing was found is a suite without cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from goalcheck.engine.result import Result
from goalcheck.files.regexes import regex
from goalcheck.finding import Finding
from goalcheck.prose import sentences
from goalcheck.prose.snippet import Mark, snippet
from goalcheck.report import Counts, Part, Style
from goalcheck.report.omissions import omissions
from goalcheck.report.spool import spool
from goalcheck.source import Source

_FORBIDDEN = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0, section 2.2


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The suite of one input."""
    return ("".join(_suite(result, style)),)


def whole(parts: Iterable[Part[str]], _: Style) -> Iterator[str]:
    """All suites; their sums stand before them, so they are kept until all inputs are done."""
    counts = Counts()
    with spool() as suites:
        for part in parts:
            counts += part.counts
            for piece in part.pieces:
                suites.add(piece)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        numbers = _numbers(sum(counts.findings.values()), counts.omissions)
        yield f"<testsuites {_attributes(name='goalcheck', **numbers)}>\n"
        yield from suites
        yield "</testsuites>\n"


def _numbers(failures: int, errors: int) -> dict[str, str]:
    return {"tests": str(failures + errors), "failures": str(failures), "errors": str(errors)}


def _suite(result: Result, style: Style) -> Iterator[str]:
    path = sentences.path(result.path)
    missed = list(omissions(result, style.language))
    attributes = _attributes(name=path, **_numbers(len(result.findings), len(missed)), skipped="0", file=path)
    yield f"  <testsuite {attributes}>\n"
    seen: Counter[str] = Counter()
    for omission in missed:
        where = path if omission.line is None else f"{path}:{omission.line}"
        outcome = _outcome("error", omission.key, omission.said, f"{where}\n{omission.said}")
        yield _case(path, _numbered(" · ".join(filter(None, (omission.title, omission.rule))), seen), outcome)
    if result.source is not None:
        for finding in result.findings:
            name = _numbered(_name(finding, style.language), seen)
            said = sentences.message(finding, style.language)
            told = "\n".join(_told(result.source, finding, said, path, style))
            yield _case(path, name, _outcome("failure", finding.severity.label, said, told))
    yield "  </testsuite>\n"


def _numbered(name: str, seen: Counter[str]) -> str:
    """``name``, with a number from the second time on."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"


def _name(finding: Finding, language: str) -> str:
    """The rule and of what it speaks."""
    parts = [f"{finding.rule.code} {finding.rule.name}"]
    subject = finding.project or finding.unit
    if subject:
        parts.append(sentences.plain(subject))
    if finding.indicator is not None:
        parts.append(sentences.entry(finding.indicator, language))
    return " · ".join(parts)


def _told(source: Source, finding: Finding, said: str, path: str, style: Style) -> Iterator[str]:
    """Where it is, what is wrong, what to write, and the text with the fault underlined."""
    line, column = source.place(finding.start)
    yield f"{path}:{line}:{column}"
    yield said
    yield sentences.advice(finding, style.language)
    text, underline = snippet(source, [Mark(finding.start, finding.end, "^")], finding.within, style.ambiguous)
    yield f"{line} | {text}"
    yield f"{' ' * len(str(line))} | {underline}"


def _case(path: str, name: str, outcome: str) -> str:
    return f"    <testcase {_attributes(name=name, classname=path)}>\n      {outcome}\n    </testcase>\n"


def _outcome(element: str, kind: str, said: str, told: str) -> str:
    return f"<{element} {_attributes(type=kind, message=said)}>{_xml(told)}</{element}>"


def _attributes(**values: str) -> str:
    return " ".join(f'{key}="{_xml(value)}"' for key, value in values.items())


def _xml(text: str) -> str:
    """``text`` as XML; what it forbids, and what a terminal would obey, is spelt out."""
    text = sentences.harmless(text)
    if not text.replace("\n", "").isprintable():
        text = _FORBIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", sentences.visible(text))
    return escape(text)
