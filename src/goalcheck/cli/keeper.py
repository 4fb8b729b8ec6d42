"""The baseline of a run: read before the run, judged and perhaps written anew after it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence

import attrs

from goalcheck.cli.options import complain
from goalcheck.cli.running import refusing
from goalcheck.cli.speech import Refusal
from goalcheck.files import atomic_write
from goalcheck.files.paths import shown_path
from goalcheck.files.system_errors import system_reason
from goalcheck.messages import say
from goalcheck.prose.sentences import path, plain, shell_path
from goalcheck.runs.baseline import Baseline, Entry, Ledger, Review, load, written
from goalcheck.runs.job import Outcome, Recipe

_LISTED = 10


class Keeper:
    """The baseline that is read from one file, and may be written to the same one or another.

    Findings that are new are taken in when there is no baseline yet, or when people ask for it. Raises
    :class:`~goalcheck.cli.speech.Refusal` for a baseline that cannot be read.
    """

    def __init__(self, known: str | None, target: str | None, accept_new: bool, names: Sequence[str]) -> None:
        first = target is not None and not os.path.exists(target)
        if target is not None and (known is None or (first and _same(known, target))):
            known = target
        assert known is not None
        self._target = target
        self._first = first and known == target
        self._taking = target is not None and (accept_new or self._first)
        today = datetime.datetime.now().astimezone().date().isoformat()
        with refusing():
            read = Baseline(known) if self._first else load(known)
            if target is not None and not first and not _same(known, target):
                load(target)  # what is none is not replaced by one
        self._links = _links(read, names)
        self._baseline = attrs.evolve(read.renamed(self._links), today=today)

    def recipe(self, recipe: Recipe) -> Recipe:
        """``recipe`` with what there is to know of the baseline."""
        return attrs.evolve(
            recipe,
            baseline=None if self._first else self._baseline.path,
            beginning=self._baseline.path if self._first else None,
            links=self._links,
            gone=self._baseline.gone(),
            recording=self._target is not None,
            taking=self._taking,
            today=self._baseline.today,
        )

    def close(self, judged: Iterable[tuple[Outcome, frozenset[str]]], language: str, quiet: bool) -> None:
        """Write the file if that was asked for, and say what has become of its entries."""
        ledger = Ledger(self._baseline)
        for outcome, rules in judged:
            assert outcome.matches is not None
            ledger.add(outcome.part.path, outcome.matches, rules)
        review = ledger.review(renew=self._taking)
        if self._target is not None:
            self._write(review, self._target)
        if not quiet:
            for said in self._told(review, language):
                complain(said)

    def _write(self, review: Review, target: str) -> None:
        entries = [*review.kept, *(review.new if self._taking else ())]
        try:
            atomic_write.save(written(self._baseline.seen_from(target, entries)), target)
        except OSError as error:
            raise Refusal("output", name=target, reason=system_reason(error)) from None

    def _told(self, review: Review, language: str) -> Iterable[str]:
        name = path(shown_path(self._target or self._baseline.path))
        if review.expired and not self._taking:
            yield say("cli.baseline-expired", language, number=len(review.expired), entries=_listed(review.expired))
        if review.gone:
            key = "baseline-gone" if self._target is None else "baseline-dropped"
            again = shell_path(shown_path(self._baseline.path))
            yield say(f"cli.{key}", language, number=len(review.gone), entries=_listed(review.gone), name=again)
        if self._target is not None:
            number = len(review.kept) + len(review.new) * self._taking
            yield say("cli.baseline-written", language, number=number, name=name)
            if review.new and not self._taking:
                yield say("cli.baseline-new", language, number=len(review.new))


def _links(baseline: Baseline, names: Iterable[str]) -> Mapping[str, str]:
    """The files with entries that are not among the inputs called ``names``, but are one of them by a link."""
    known = {baseline.name(name) for name in names}
    others = [name for name in baseline.by_path if name not in known]
    if not others:
        return {}
    places = {_place(baseline.file(name)): name for name in known}
    found = {name: places.get(_place(baseline.file(name))) for name in others}
    return {name: other for name, other in found.items() if other is not None}


def _place(file: str) -> object:
    """What is the same for one file however its name is written. A hard link is another file, which is alike."""
    try:
        status = os.stat(file)
    except (OSError, ValueError):
        return file
    return (status.st_dev, status.st_ino) if status.st_nlink == 1 else os.path.realpath(file)


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _listed(entries: Sequence[Entry]) -> str:
    lines = [_line(entry) for entry in entries[:_LISTED]]
    return "\n".join(["", *lines, *(["  …"] if len(entries) > _LISTED else [])])


def _line(entry: Entry) -> str:
    """An entry as people can find it in the file."""
    number = f" #{entry.indicator}" if entry.indicator is not None else ""
    notes = [plain(note) for note in (entry.reason, entry.by, entry.until) if note]
    said = f"  {path(entry.path)} {plain(entry.rule)} {plain(entry.project or '')}{number} {plain(entry.text)}".rstrip()
    return f"{said} ({', '.join(notes)})" if notes else said
