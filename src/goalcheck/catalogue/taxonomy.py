"""A taxonomy: the classes of indicators with their codes, labels and parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import attrs

from goalcheck.files.regexes import regex
from goalcheck.messages import Words

TAXONOMIES = ("guangdong", "central-2015", "central-2021")


@attrs.frozen(eq=False, repr=False)
class Class:
    """A class of indicators: its code, its label as printed on the form, its parent's code, and its role."""

    code: str
    label: str
    parent: str | None
    role: str | None
    aliases: tuple[str, ...] = ()
    """Further labels that forms without codes print; one that begins with … stands for all that end so."""


@attrs.frozen(eq=False, repr=False)
class Taxonomy:
    """The classes of one form. Labels match with or without a final 指标."""

    name: str
    title: Words
    source: Words
    classes: Mapping[str, Class]
    _by_label: Mapping[str, Class] = attrs.field(init=False)
    _by_name: Mapping[int, Mapping[str, Class]] = attrs.field(init=False)
    _by_ending: Mapping[int, Mapping[str, Class]] = attrs.field(init=False)

    @_by_label.default
    def _made(self) -> Mapping[str, Class]:
        return {_bare(c.label): c for c in self.classes.values()}

    def by_label(self, label: str) -> Class | None:
        """The class that bears ``label``, if one does."""
        return self._by_label.get(_bare(label))

    @_by_name.default
    def _named(self) -> Mapping[int, Mapping[str, Class]]:
        return {
            level: {bare_label(label): c for c in self.level(level) for label in _labels(c) if not _is_ending(label)}
            for level in (1, 2)
        }

    @_by_ending.default
    def _ending(self) -> Mapping[int, Mapping[str, Class]]:
        return {
            level: {label[1:]: c for c in self.level(level) for label in _labels(c) if _is_ending(label)}
            for level in (1, 2)
        }

    def named(self, label: str, level: int) -> Class | None:
        """The class of ``level`` that a form without codes means by ``label``; of a joint label the first part."""
        return next(iter(self.all_named(label, level)), None)

    def all_named(self, label: str, level: int) -> tuple[Class, ...]:
        """The classes of ``level`` that a form without codes means by ``label``: of a joint label each of its parts."""
        name = bare_label(label)
        known = self._by_name[level]
        if name in known:
            return (known[name],)
        parts = _JOINT.split(name) if _JOINT.search(name) else [name]
        found = (self._part(part, level, is_joint=len(parts) > 1) for part in parts)
        return tuple({made.code: made for made in found if made is not None}.values())

    def _part(self, name: str, level: int, *, is_joint: bool) -> Class | None:
        """The class that a label, or a part of one, means: 社会 in 社会、经济效益 is 社会效益."""
        known, ends = self._by_name[level], self._by_ending[level]
        endings = ("", *_ENDINGS) if is_joint else ("",)
        whole = next((known[f"{name}{end}"] for end in endings if f"{name}{end}" in known), None)
        return whole or next((made for end, made in ends.items() if name.endswith(end)), None)

    @property
    def labels(self) -> Iterable[tuple[int, str]]:
        """Each label, as :func:`bare_label` gives it, with its level."""
        return ((level, label) for level, known in self._by_name.items() for label in known)

    def bears(self, code: str, label: str) -> bool:
        """Whether ``label`` is the label of ``code``."""
        found = self.classes.get(code)
        return found is not None and _bare(found.label) == _bare(label)

    def with_role(self, role: str) -> Class | None:
        """The first class of that role, if there is one."""
        return next((c for c in self.classes.values() if c.role == role), None)

    def level(self, level: int) -> Iterator[Class]:
        """The classes of the first or second level, in the order of the form."""
        return (c for c in self.classes.values() if (c.parent is None) == (level == 1))


_NOTE = regex(r"[(\uff08\[\u3010][^()\uff08\uff09\[\]\u3010\u3011]*[)\uff09\]\u3011]?")
_BRACKETS = "()[]\uff08\uff09\u3010\u3011"
_MARK = regex(r"[★☆●○◆◇■□▲△※*\uff0a①-⑳]+")
_ORDINAL = regex(r"(?:\d[\d.\uff0e、\s)\uff09-]*|[一二三四五六七八九十]{1,3}[、.\uff0e])")
_POINTS = regex(r"(?<!\d)\d{1,3}(?:\.\d)?分?$|(?<=指标)分$")  # the last behind a note: 产出指标(40-50)分
_STOPS = ":\uff1a;\uff1b,\uff0c、。."
_KINDS = ("指标", "目标", "类")
_JOINT = regex(r"[、/和及与或]")
_ENDINGS = ("效益", "影响", "效果", "成本", "满意度")


def bare_label(label: str) -> str:
    """A label without blanks, marks, ordinal, notes in brackets and the word 指标: ``★数量指标(必填)`` is ``数量``."""
    return _bare_short(label) if len(label) <= _SHORT else _bare_label(label)


def _bare_label(label: str) -> str:
    name = _MARK.sub("", label_alone(label))
    name = _ORDINAL.sub("", name, count=1) if _ORDINAL.match(name) else name
    name = _POINTS.sub("", name.rstrip(_STOPS), count=1)
    end = len(name)
    while name.endswith(_KINDS, 0, end):
        end -= 1 if name[end - 1] == "类" else 2
    return name[:end]


_SHORT = 40  # as labels are: a sheet prints the same few again and again
_bare_short = lru_cache(maxsize=1024)(_bare_label)


def label_alone(label: str) -> str:
    """A label without blanks and notes in brackets: ``数量指标`` for ``数量指标(必填)``, and for ``【数量指标】``."""
    name = "".join(label.split())
    return _NOTE.sub("", name) or name.strip(_BRACKETS)


def _labels(made: Class) -> tuple[str, ...]:
    return (made.label, *made.aliases)


def _is_ending(label: str) -> bool:
    return label.startswith("…")


def _bare(label: str) -> str:
    return label.removesuffix("指标")
