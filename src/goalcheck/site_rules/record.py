"""Reads the record of a site's own rule, strictly: every key is known, every text is one, every example is marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from string import Formatter
from typing import Any

from goalcheck.catalogue.example import Example, example_of
from goalcheck.catalogue.rule import LAYOUTS, Severity
from goalcheck.errors import FileError
from goalcheck.files.regexes import regex
from goalcheck.files.toml_file import Document, nearest
from goalcheck.files.toml_places import Path
from goalcheck.messages import LANGUAGES, Words

SHARED = ("code", "name", "severity", "set", "title", "message", "help", "why", "source", "bad", "good")
"""The keys that every record of a site's own rule has; ``set`` may be left out."""

_CODE = regex(r"(?!GC|ALL\d)[A-Z]{2,8}[0-9]{1,4}")
_NAME = regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MARKS = "\u27e6\u27e7"


class Record:
    """The record at ``where`` in ``document``. Every method raises :class:`~goalcheck.errors.FileError`."""

    def __init__(self, document: Document, where: Path, data: Any) -> None:
        self._document = document
        self._where = where
        if not isinstance(data, Mapping):
            raise self.wrong((), "misfit", name="rule", expected="table")
        self.data: Mapping[str, Any] = data

    def wrong(self, where: Path, key: str, nearest: str | None = None, **figures: object) -> FileError:
        """The error ``key`` about what stands at ``where`` in the record."""
        return self._document.wrong((*self._where, *where), key, nearest, **figures)

    def failure(self, where: Path, what: str) -> RuntimeError:
        """That the rule cannot judge a sheet, because of what stands at ``where`` in the record: with file and line."""
        line = self._document.line((*self._where, *where))
        return RuntimeError(f"{self._document.path}:{line}: {what}")

    def check_keys(self, known: Collection[str], optional: Collection[str]) -> None:
        """Refuse a key that is not ``known``, and the lack of one that is not ``optional``."""
        for key in self.data:
            if key not in known:
                raise self.wrong((key,), "no-key", nearest(str(key), known), name=key)
        for key in known:
            if key not in self.data and key not in optional:
                raise self.wrong((), "lacks-key", name=key)

    def text(self, where: Path, value: Any) -> str:
        """``value`` as a text of one line, with nothing in it that is not seen."""
        name = str(next(key for key in reversed(where) if isinstance(key, str)))
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(where, "misfit", name=name, expected="text")
        if not value.replace("\u3000", " ").isprintable():
            raise self.wrong(where, "unprintable", name=name)
        return value

    def texts(self, where: Path, value: Any, alone: bool = False) -> tuple[str, ...]:
        """``value`` as a list of texts that is not empty; a text ``alone`` stands for a list of one where told so."""
        if alone and isinstance(value, str):
            return (self.text(where, value),)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise self.wrong(where, "misfit", name=str(where[-1]), expected="texts")
        return tuple(self.text((*where, number), element) for number, element in enumerate(value))

    def code(self) -> str:
        """Its code: a prefix of the site's own and a number."""
        code = self.text(("code",), self.data["code"])
        if not _CODE.fullmatch(code):
            raise self.wrong(("code",), "rule-code", name=code)
        return code

    def name(self) -> str:
        """Its name."""
        name = self.text(("name",), self.data["name"])
        if not _NAME.fullmatch(name):
            raise self.wrong(("name",), "rule-name", name=name)
        return name

    def severity(self) -> Severity:
        """Its severity."""
        return Severity[
            self.one_of("severity", [severity.label for severity in sorted(Severity, reverse=True)]).upper()
        ]

    def layouts(self) -> tuple[str, ...]:
        """The layouts of a table in which it is asked: all where it names none."""
        key = "layouts"
        given = self.texts((key,), self.data[key]) if key in self.data else LAYOUTS
        for number, layout in enumerate(given):
            if layout not in LAYOUTS:
                raise self.wrong((key, number), "one-of", name=key, value=layout, choices=", ".join(LAYOUTS))
        return tuple(layout for layout in LAYOUTS if layout in given)

    def one_of(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of ``choices``."""
        value = self.data.get(key, default)
        if value not in choices:
            shown = self.text((key,), value)
            raise self.wrong((key,), "one-of", name=key, value=shown, choices=", ".join(choices))
        return str(value)

    def words(self, where: Path, value: Any) -> Words:
        """One text for both languages, or one for each."""
        if isinstance(value, str):
            return Words(*(self.text(where, value) for _ in LANGUAGES))
        if not isinstance(value, Mapping) or set(value) != set(LANGUAGES):
            raise self.wrong(where, "misfit", name=str(where[-1]), expected="words")
        return Words(**{language: self.text((*where, language), value[language]) for language in LANGUAGES})

    def saying(self, where: Path, value: Any, figures: Collection[str] | None = None) -> Words:
        """Words with figures left open, ``{name}``: those of ``figures``, or any."""
        said = self.words(where, value)
        try:
            parts = [*Formatter().parse(said.zh), *Formatter().parse(said.en)]
        except ValueError:
            raise self.wrong(where, "braces") from None
        for _, name, spec, conversion in parts:
            if spec or conversion:
                raise self.wrong(where, "braces")
            if name is not None and (not name.isidentifier() or (figures is not None and name not in figures)):
                choices = ", ".join(f"{{{figure}}}" for figure in figures or ())
                raise self.wrong(where, "no-figure", name=f"{{{name}}}", choices=choices)
        return said

    def examples(self, key: str, fixable: bool = False) -> tuple[Example, ...]:
        """The ``bad`` or ``good`` examples: the bad ones with marks where the finding lies, the good ones without."""
        made = self.data[key]
        if not isinstance(made, Sequence) or isinstance(made, str) or not made:
            raise self.wrong((key,), "misfit", name=key, expected="texts")
        return tuple(self._example((key, number), example, fixable) for number, example in enumerate(made))

    def _example(self, where: Path, value: Any, fixable: bool) -> Example:
        known = {"text", "layout", *(("fixed",) if fixable else ())}
        if isinstance(value, Mapping) and {"text"} <= set(value) <= known:
            example = example_of({key: str(said) for key, said in value.items()})
            if example.layout not in self.layouts():
                choices = ", ".join(self.layouts())
                raise self.wrong(where, "one-of", name="layout", value=example.layout, choices=choices)
        elif isinstance(value, str) and value.strip():
            example = Example(value)
        else:
            raise self.wrong(where, "misfit", name=str(where[0]), expected="texts")
        if not re.sub("[\n\u3000]", "", example.text).isprintable():
            raise self.wrong(where, "unprintable", name=str(where[0]))
        if "".join(char for char in example.marked if char in _MARKS) != _MARKS * len(example.spans):
            raise self.wrong(where, "marks-unpaired")
        if where[0] == "bad" and not example.spans:
            raise self.wrong(where, "bad-unmarked")
        if where[0] == "good" and example.spans:
            raise self.wrong(where, "good-marked")
        return example


def figure_names(words: Words) -> frozenset[str]:
    """The names of the figures that a sound saying leaves open."""
    return frozenset(name for text in (words.zh, words.en) for _, name, _, _ in Formatter().parse(text) if name)
