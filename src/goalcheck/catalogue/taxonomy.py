"""A taxonomy: the classes of indicators with their codes, labels and parents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


@attrs.frozen(eq=False, repr=False)
class Taxonomy:
    """The classes of one form. Labels match with or without a final 指标."""

    name: str
    title: Words
    source: Words
    classes: Mapping[str, Class]
    _by_label: Mapping[str, Class] = attrs.field(init=False)

    @_by_label.default
    def _made(self) -> Mapping[str, Class]:
        return {_bare(c.label): c for c in self.classes.values()}

    def by_label(self, label: str) -> Class | None:
        """The class that bears ``label``, if one does."""
        return self._by_label.get(_bare(label))

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


def _bare(label: str) -> str:
    return label.removesuffix("指标")
