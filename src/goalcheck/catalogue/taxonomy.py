"""A taxonomy: the classes of indicators with their codes, labels and parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

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
    """Further labels that forms without codes print."""


@attrs.frozen(eq=False, repr=False)
class Taxonomy:
    """The classes of one form. Labels match with or without a final 指标."""

    name: str
    title: Words
    source: Words
    classes: Mapping[str, Class]
    _by_label: Mapping[str, Class] = attrs.field(init=False)
    _by_name: Mapping[int, Mapping[str, Class]] = attrs.field(init=False)

    @_by_label.default
    def _made(self) -> Mapping[str, Class]:
        return {_bare(c.label): c for c in self.classes.values()}

    def by_label(self, label: str) -> Class | None:
        """The class that bears ``label``, if one does."""
        return self._by_label.get(_bare(label))

    @_by_name.default
    def _named(self) -> Mapping[int, Mapping[str, Class]]:
        return {
            level: {bare_label(label): c for c in self.level(level) for label in (c.label, *c.aliases)}
            for level in (1, 2)
        }

    def named(self, label: str, level: int) -> Class | None:
        """The class of ``level`` that a form without codes means by ``label``; of a joint label the first part."""
        name = bare_label(label)
        known = self._by_name[level]
        if name in known or not _JOINT.search(name):
            return known.get(name)
        first, *others = _JOINT.split(name)
        ending = next((end for end in _ENDINGS if others[-1].endswith(end)), "")
        return known.get(first) or known.get(f"{first}{ending}")

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


_NOTE = re.compile(r"[(\uff08\[\u3010][^()\uff08\uff09\[\]\u3010\u3011]*[)\uff09\]\u3011]?")
_CODE = re.compile(r"[\d.\uff0e、\s-]+")
_JOINT = re.compile(r"[、/和及与或]")
_ENDINGS = ("效益", "影响")


def bare_label(label: str) -> str:
    """A label without blanks, code, notes in brackets and the word 指标: ``数量指标(必填)`` is ``数量``."""
    name = _NOTE.sub("", "".join(label.split()))
    return _CODE.sub("", name, count=1).removesuffix("指标") if name[:1].isdigit() else name.removesuffix("指标")


def _bare(label: str) -> str:
    return label.removesuffix("指标")
