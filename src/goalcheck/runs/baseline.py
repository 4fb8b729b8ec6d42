"""The baseline: a file of findings that are known and do not count.

A baseline holds what was found when a team began, so that from then on only new findings count. It is JSON that people
read and write in: each entry may say why it is there (``reason``), who said so (``by``) and until which day it holds
(``until``, a date such as ``2026-12-31``, that day included). Entries find their findings by path and fingerprint and
never by line; an entry of a file that is gone from the disk stands in for the same finding elsewhere, but for one
alone, so that a renamed file brings nothing new and a copied one does.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import attrs

from goalcheck.engine.result import Result
from goalcheck.errors import FileError
from goalcheck.files.paths import native, spelt
from goalcheck.files.regexes import regex
from goalcheck.files.toml_file import nearest, read_text
from goalcheck.finding import Finding, Suppressed, fingerprint
from goalcheck.source import Source

VERSION = 1
MAX_BYTES = 256 * 2**20

_DAY = regex(r"\d{4}-\d\d-\d\d")

Key = tuple[str, str]
"""Path and fingerprint."""


@attrs.frozen
class Entry:
    """One finding that is known. Only ``fingerprint`` and ``path`` find it; the rest is for people.

    ``rule`` to ``text`` are what the fingerprint is made of, all of it or nothing.
    """

    fingerprint: str
    path: str
    rule: str = ""
    project: str | None = None
    indicator: int | None = None
    field: str = ""
    text: str = ""
    reason: str = ""
    by: str = ""
    until: str = ""

    @property
    def key(self) -> Key:
        """What tells it from other entries."""
        return self.path, self.fingerprint


_KEYS = tuple(field.name for field in attrs.fields(Entry))
_NOTES = ("reason", "by", "until")


@attrs.frozen
class Matches:
    """What a baseline has to do with one input: the entries that met a finding there, those of them that have expired,
    and entries for the findings that it does not know.
    """

    met: tuple[Key, ...] = ()
    expired: tuple[Key, ...] = ()
    new: tuple[Entry, ...] = ()


@attrs.frozen(eq=False, slots=False)
class Baseline:
    """The entries of the file ``path``, whose paths are relative to its folder; ``today`` tells which have expired."""

    path: str
    entries: Sequence[Entry] = ()
    today: str = ""

    @cached_property
    def by_path(self) -> Mapping[str, Mapping[str, Entry]]:
        """The entries of each file by their fingerprint."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.path, {})[entry.fingerprint] = entry
        return found

    def name(self, path: str) -> str:
        """What the baseline calls the file ``path``."""
        path = spelt(os.path.abspath(native(path)))
        try:
            path = os.path.relpath(path, spelt(os.path.dirname(os.path.abspath(self.path))))
        except ValueError:  # on another drive
            return path.replace(os.sep, "/")
        return path.replace(os.sep, "/")

    def file(self, name: str) -> str:
        """The file that the baseline calls ``name``."""
        return os.path.join(os.path.dirname(os.path.abspath(self.path)), native(name))

    def gone(self) -> frozenset[str]:
        """The files with entries that are no longer on the disk."""
        return frozenset(name for name in self.by_path if not os.path.exists(self.file(name)))

    def renamed(self, names: Mapping[str, str]) -> Baseline:
        """The same with the entries of each file among ``names`` under the name that is given there."""
        return attrs.evolve(
            self, entries=[attrs.evolve(entry, path=names.get(entry.path, entry.path)) for entry in self.entries]
        )

    def seen_from(self, path: str, entries: Iterable[Entry]) -> Iterator[Entry]:
        """``entries`` with their paths relative to the folder of the file ``path``."""
        there = Baseline(path)
        return (attrs.evolve(entry, path=there.name(self.file(entry.path))) for entry in entries)

    def expired(self, entry: Entry) -> bool:
        """Whether the day until which the entry holds is over."""
        return bool(entry.until) and entry.until < self.today

    def judge(
        self, result: Result, gone: Iterable[str] = (), taken: Container[Key] = (), *, take: bool = False
    ) -> tuple[Result, Matches]:
        """``result`` without the findings that are known, and what the baseline has to do with it.

        ``gone`` are the files whose entries hold for files of other names, but for those entries that are ``taken``: an
        entry stands in for one finding. If the new findings are to be taken into the baseline, as ``take`` says, they
        are known from now on, those of expired entries as well.
        """
        source = result.source
        if source is None:
            return result, Matches()
        path = self.name(result.path)
        known = dict(self.by_path.get(path, {}))
        for entry in (entry for name in sorted(gone) for entry in self.by_path[name].values()):
            if entry.key not in taken:
                known.setdefault(entry.fingerprint, entry)
        shown: list[Finding] = []
        hidden: list[Suppressed] = []
        met: list[Key] = []
        expired: list[Key] = []
        new: list[Entry] = []
        for finding in result.findings:
            found = known.get(finding.fingerprint)
            if found is not None:
                met.append(found.key)
            else:
                new.append(_entry(finding, source, path))
            if found is not None and self.expired(found):
                expired.append(found.key)
                found = None
            if found is not None:
                hidden.append(Suppressed(finding, found.reason, found.by, found.until))
            elif take:
                hidden.append(Suppressed(finding))
            else:
                shown.append(finding)
        result = attrs.evolve(result, findings=tuple(shown), suppressed=tuple(hidden))
        return result, Matches(tuple(met), tuple(expired), tuple(new))


def _entry(finding: Finding, source: Source, path: str) -> Entry:
    return Entry(
        finding.fingerprint,
        path,
        finding.rule.code,
        finding.project or finding.unit,
        finding.indicator,
        finding.field,
        source.text[finding.start : finding.end],
    )


def load(path: str) -> Baseline:
    """The baseline in the file ``path``. Raises :class:`~goalcheck.errors.FileError`."""
    shown, text = read_text(path, MAX_BYTES)
    try:
        data = json.loads(text, object_pairs_hook=partial(_once, shown))
    except (ValueError, RecursionError) as error:
        raise FileError("no-json", shown, getattr(error, "lineno", None)) from None
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list) or data.get("version") != VERSION:
        raise FileError("no-baseline", shown)
    for key in data:
        if key not in ("version", "entries"):
            raise FileError("no-key", shown, None, nearest(key, ("version", "entries")), name=key)
    return Baseline(path, [_read(record, number, shown) for number, record in enumerate(data["entries"], 1)])


def _once(shown: str, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which no key is lost: after a merge that went wrong one may be there twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise FileError("key-twice", shown, name=next(name for name in names if names.count(name) > 1))
    return made


def _read(record: Any, number: int, shown: str) -> Entry:
    if not isinstance(record, dict):
        raise FileError("no-entry", shown, number=number)
    for key in record:
        if key not in _KEYS:
            raise FileError("no-entry-key", shown, None, nearest(key, _KEYS), number=number, name=key)
    said = {key: value for key, value in record.items() if value is not None}
    for key, value in said.items():
        if not isinstance(value, int if key == "indicator" else str):
            raise FileError("entry-misfit", shown, number=number, name=key)
    for key in ("fingerprint", "path"):
        if not said.get(key):
            raise FileError("entry-lacks", shown, number=number, name=key)
    if said.get("until") and not _is_day(said["until"]):
        raise FileError("entry-until", shown, number=number, value=said["until"])
    entry = Entry(**said)
    if not _agrees(entry):
        raise FileError("entry-contradicts", shown, number=number)
    return entry


def _agrees(entry: Entry) -> bool:
    """Whether the fingerprint is that of the finding of which the entry tells; one that tells of none says nothing."""
    if entry == Entry(entry.fingerprint, entry.path, reason=entry.reason, by=entry.by, until=entry.until):
        return True
    projects = [entry.project] if entry.project else [None, ""]
    made = (fingerprint(entry.rule, name, entry.indicator, entry.field, entry.text) for name in projects)
    return entry.fingerprint.partition("-")[0] in made


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The file that holds ``entries``: in an order of its own, so that moved lines change nothing in it."""
    listed = [json.dumps(_said(entry), ensure_ascii=False, indent=2) for entry in sorted(entries, key=_order)]
    body = ",\n".join(listed).replace("\n", "\n    ")
    text = f'{{\n  "version": {VERSION},\n  "entries": [{f"{chr(10)}    {body}{chr(10)}  " if body else ""}]\n}}\n'
    yield text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes the escape that JSON has for it


def _said(entry: Entry) -> dict[str, Any]:
    """An entry without what is not known of it; the notes are there to be filled in."""
    return {key: value for key, value in attrs.asdict(entry).items() if key in _NOTES or value not in (None, "")}


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.path, entry.project or "", entry.indicator or 0, entry.rule, entry.field, entry.text, entry.fingerprint


@attrs.frozen
class Review:
    """What a run has shown of a baseline: the entries as they are to be kept, those that met nothing any more, those
    that have expired, and the findings that it does not know.
    """

    kept: Sequence[Entry]
    gone: Sequence[Entry]
    expired: Sequence[Entry]
    new: Sequence[Entry]


class Ledger:
    """What the inputs of a run show of a baseline, input by input."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._judged: dict[str, frozenset[str]] = {}
        self._met: dict[Key, str] = {}
        self._expired: set[Key] = set()
        self._new: list[Entry] = []

    def add(self, path: str, matches: Matches, rules: frozenset[str]) -> None:
        """An input that was checked by ``rules``, given by their codes."""
        name = self._baseline.name(path)
        self._judged[name] = rules
        self._met.update(dict.fromkeys(matches.met, name))
        self._expired.update(matches.expired)
        self._new += matches.new

    def review(self, *, renew: bool) -> Review:
        """What they have shown together. An entry of a rule that did not run, or of a file that was not checked but is
        there, is kept as it is. To ``renew`` is to let those that have expired hold without a day.
        """
        kept: dict[Key, Entry] = {}
        gone, expired = [], []
        for entry in {entry.key: entry for entry in self._baseline.entries}.values():
            now = entry
            if entry.key in self._expired:
                expired.append(entry)
                now = attrs.evolve(entry, until="") if renew else entry
            if entry.key in self._met:
                now = attrs.evolve(now, path=self._met[entry.key])  # where the finding is now
            elif self._is_gone(entry):
                gone.append(entry)
                continue
            kept[now.key] = now
        return Review(list(kept.values()), gone, expired, self._new)

    def _is_gone(self, entry: Entry) -> bool:
        if entry.path in self._judged:
            return not entry.rule or entry.rule in self._judged[entry.path]
        return not os.path.exists(self._baseline.file(entry.path))
