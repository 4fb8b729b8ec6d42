"""Findings in a line or two: where, what is wrong, what to write; what many share is said once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from goalcheck.catalogue.rule import Severity
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.layout import clip, fill, pad
from goalcheck.prose.width import display_width
from goalcheck.report import Style, rows
from goalcheck.report.groups import Group
from goalcheck.report.paint import COLORS, painter
from goalcheck.source import Source

_AMOUNTS = frozenset(("total", "appropriation", "special_account", "other"))
_ENDS = ("。", ".", "?")
_QUOTED = 40  # cells of a quotation
_FEW = 4  # kinds of one fault that fix mends: more are not told apart


def labels(language: str) -> Mapping[Severity, str]:
    """What is to be done about findings of each severity; all take the same room."""
    said = {kind: sentences.severity(kind, language) for kind in Severity}
    width = max(map(display_width, said.values()))
    return {kind: pad(name, width) for kind, name in said.items()}


class Brief:
    """Tells the findings of one sheet in their order: it knows what advice was given before."""

    def __init__(self, source: Source, style: Style) -> None:
        self._source = source
        self._style = style
        self._language = style.language
        self._paint = painter(style)
        self._labels = labels(style.language)
        self._given: dict[tuple[str, str], int] = {}

    def singles(self, group: Group) -> Iterator[str]:
        """What there is to say of the findings below the heading of ``group``, each by itself.

        Both values of an entry may have one fault: the same sentence about one place is said once.
        """
        for (entry, _), those in groupby(group.findings, lambda finding: (finding.indicator, finding.code)):
            near = list(those)
            if entry is None or len(near) == 1:
                alike = [[finding] for finding in near]
            else:
                alike = [list(same) for _, same in groupby(near, self._fully)]
            for same in alike:
                if len({rows.row_and_page(self._source, finding.start) for finding in same}) == 1:
                    yield from self._single(same[0], group, len(same))
                else:
                    for finding in same:
                        yield from self._single(finding, group)

    def _single(self, finding: Finding, group: Group, times: int = 1) -> Iterator[str]:
        spot = rows.spot(self._source, finding)
        said = self._message(finding)
        if times > 1:
            said = self._say("times", said=said, number=times)
        if spot.origin is not None:
            said = self._at(self._cell(finding, group), said)
        elif group.row is None:
            said = self._at(sentences.rows([spot.row], self._language), said)
        elif spot.row != rows.row_and_page(self._source, rows.place_of(group.row))[0]:
            said = self._at(rows.spots([spot], self._language), said)
        elif spot.entry is not None and not said.startswith(entry := sentences.entry(spot.entry, self._language)):
            said = self._at(entry, said)
        advice = self._advice(finding)
        if finding.suggestion is None:
            advice = self._referred(finding, advice)
        said = self._sentence(f"{self._rule(finding)} {said}")
        yield from self._behind(f"  {self._labels[finding.severity]} ", finding.severity, said, advice)

    def _cell(self, finding: Finding, group: Group) -> str:
        """Where ``finding`` stands in its file, without the table that the heading of ``group`` names; its entry."""
        named = rows.place_of(group.row) if group.row is not None else None
        place = rows.place(self._source, finding.start, self._language, named)
        if finding.indicator is None:
            return place
        entry = sentences.entry(finding.indicator, self._language)
        return say("places.items", self._language, rows=place, items=entry)

    def _referred(self, finding: Finding, advice: str) -> str:
        """``advice``, or where it was given before."""
        key = finding.code, advice
        if key not in self._given:
            self._given[key] = finding.start
            return advice
        given = self._given[key]
        row, before = (rows.row(self._source, at, self._language, finding.start) for at in (finding.start, given))
        return self._sentence(self._say("advice-above") if before == row else self._say("advice-as-in", place=before))

    def group(self, alike: Sequence[Finding]) -> Iterator[str]:
        """What there is to say of findings that ask for the same."""
        yield from self._title(alike)
        yield from self._below(self._advice(alike[0]))
        for said, those in _by(alike, self._message):
            yield from self._told(self._sentence(said), those)

    def mended(self, alike: Sequence[Finding]) -> Iterator[str]:
        """What there is to say of the findings of one rule that fix mends."""
        yield from self._title(alike)
        one_advice = alike[0].suggestion is None and len(dict(_by(alike, self._advice))) == 1
        kinds = list(_by(alike, self._plainly if one_advice else self._fully))
        if len(kinds) <= _FEW:
            if one_advice:
                yield from self._below(self._advice(alike[0]))
            for said, those in kinds:
                yield from self._told(said, those)
        else:
            general = self._advice(alike[0]) if one_advice else self._instruction(alike[0])
            yield from self._below(general)
            yield from self._listed(self._places(alike, columns=True), "  ")

    def _told(self, said: str, those: Sequence[Finding]) -> Iterator[str]:
        """What ``those`` have in common, behind the place of a single one, above the places of several."""
        if len(those) == 1:
            yield from self._below(self._at(self._places(those), said))
        else:
            yield from self._below(said)
            yield from self._listed(self._places(those), "    ")

    def _title(self, alike: Sequence[Finding]) -> Iterator[str]:
        rule = alike[0].rule
        said = self._say("group", rule=self._rule(alike[0]), title=rule.title[self._language], number=len(alike))
        severity = alike[0].severity
        yield from self._behind(f"{self._labels[severity]} ", severity, said)

    def _places(self, those: Sequence[Finding], *, columns: bool = False) -> str:
        return rows.spots([rows.spot(self._source, finding) for finding in those], self._language, columns=columns)

    # What is said

    def _message(self, finding: Finding) -> str:
        """What is wrong, with the text at fault where the sentence does not say it, and with what else it concerns."""
        message = sentences.message(finding, self._language)
        text = sentences.plain(self._source.text[finding.start : finding.end])
        if finding.field not in _AMOUNTS and not _says(message, text):
            message = self._say("quoted", said=message, text=clip(text, _QUOTED))
        if finding.related:
            row = rows.place(self._source, finding.start, self._language, finding.start)
            for related in finding.related:
                other = rows.place(self._source, related.start, self._language, finding.start)
                if other != row:
                    told = sentences.related(finding, related.term, self._language)
                    message = self._say("also", said=message, label=told, place=other)
        return message

    def _plainly(self, finding: Finding) -> str:
        return self._sentence(sentences.message(finding, self._language))

    def _fully(self, finding: Finding) -> str:
        return sentences.together((self._plainly(finding), self._advice(finding)), self._language)

    def _advice(self, finding: Finding) -> str:
        """The text to write, with nothing behind it; or what to do, as a sentence."""
        if finding.suggestion is not None:
            return sentences.advice(finding, self._language)
        return self._instruction(finding)

    def _instruction(self, finding: Finding) -> str:
        return self._sentence(self._say("advice", advice=sentences.instruction(finding, self._language)))

    def _rule(self, finding: Finding) -> str:
        return finding.code if self._language == "zh" else f"{finding.code} {finding.name}"

    def _at(self, place: str, said: str) -> str:
        return self._say("at", place=place, said=said)

    def _sentence(self, said: str) -> str:
        said = said[:1].upper() + said[1:]
        return said if said.endswith(_ENDS) else self._say("said", said=said)

    def _say(self, key: str, **figures: object) -> str:
        return say(f"text_report.{key}", self._language, **figures)

    # How it is laid out

    def _behind(self, lead: str, severity: Severity, said: str, advice: str = "") -> Iterator[str]:
        """What is said behind ``lead``, in as many lines as it takes; ``advice`` from a line of its own, if need be."""
        indent = display_width(lead)
        width = self._style.width - indent
        before = self._paint(lead, COLORS[severity])
        *lines, last = fill(said, width, self._style.ambiguous)
        both = sentences.together((last, advice), self._language)
        lines += [both] if display_width(both, self._style.ambiguous) <= width else [last, *self._filled(advice, width)]
        for line in lines:
            yield before + line
            before = " " * indent

    def _filled(self, text: str, width: int) -> Iterator[str]:
        return fill(text, width, self._style.ambiguous)

    def _below(self, text: str) -> Iterator[str]:
        return (f"  {line}" for line in self._filled(text, self._style.width - 2))

    def _listed(self, places: str, indent: str) -> Iterator[str]:
        lines = fill(places, self._style.width - len(indent), self._style.ambiguous, listed=True)
        return (indent + line for line in lines)


def _by(findings: Sequence[Finding], said: Callable[[Finding], str]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """``findings`` by what is said of them, in the order of the first of each."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(said(finding), []).append(finding)
    yield from kinds.items()


def _says(message: str, text: str) -> bool:
    """Whether ``text`` stands in ``message``, whatever blanks either has."""
    return text in message or "".join(text.split()) in "".join(message.split())
