"""What a check may ask about its sheet (:class:`Context`), and how a check is called (:class:`Check`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Any, Protocol, TypeVar

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.pages import Pages, pages
from goalcheck.finding import Found
from goalcheck.sheet import Header, Layout, Node, Project, Row, Section, Sheet

T = TypeVar("T")
N = TypeVar("N")

_NOT_MADE: Any = object()


class Context:
    """What a check may ask besides its node: the sheet, the taxonomy, the word lists, its rule's options.

    All rules of a run share one, but for those with options.
    """

    def __init__(self, sheet: Sheet, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        self.sheet = sheet
        self.taxonomy = taxonomy
        self.lexicon = lexicon
        self.options: Mapping[str, object] = {}
        self._made: dict[Callable[[Context], object], Any] = {}
        self._made_of: dict[Callable[[Any, Context], object], dict[Any, Any]] = {}

    def with_options(self, options: Mapping[str, object]) -> Context:
        """The same for a rule that has ``options``."""
        made = copy(self)
        made.options = options
        return made

    def once(self, make: Callable[[Context], T]) -> T:
        """What ``make`` makes of this, made the first time that a check of the run asks for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def once_for(self, node: N, make: Callable[[N, Context], T]) -> T:
        """What ``make`` makes of ``node``, made the first time that a check of the run asks for it."""
        known: dict[N, Any] | None = self._made_of.get(make)
        if known is None:
            known = self._made_of[make] = {}
        made: T = known.get(node, _NOT_MADE)
        if made is _NOT_MADE:
            made = known[node] = make(node, self)
        return made

    def forget(self) -> None:
        """Let go of all that was made: it points back to here, so that else the collector of cycles had to free it."""
        self._made.clear()
        self._made_of.clear()

    def has_word(self, text: str, words: str) -> bool:
        """Whether ``text`` contains a word of the list ``words``."""
        return self.lexicon.within(text, words)

    def ends(self, text: str, words: str) -> bool:
        """Whether ``text`` ends in a word of the list ``words``."""
        return text.endswith(self.lexicon[words])

    def project(self, node: Node) -> Project | None:
        """The project that ``node`` stands in."""
        starts, projects = self._projects
        at = bisect_right(starts, node.start) - 1
        return projects[at] if at >= 0 and node.end <= projects[at].end else None

    def layout(self, row: Row) -> Layout:
        """The layout of the table that ``row`` stands in."""
        starts, sections = self._sections
        at = bisect_right(starts, row.start) - 1
        return sections[at].layout if at >= 0 else self.sheet.layout

    @cached_property
    def _sections(self) -> tuple[list[int], tuple[Section, ...]]:
        return [section.start for section in self.sheet.sections], self.sheet.sections

    @cached_property
    def _projects(self) -> tuple[list[int], list[Project]]:
        projects = sorted(self.sheet.projects, key=lambda project: project.start)
        return [project.start for project in projects], projects

    def header(self, row: Row) -> Header:
        """The header that ``row`` stands under."""
        return self.header_at(row.start)

    def header_at(self, start: int) -> Header:
        """The last header above ``start``."""
        starts, headers = self._headers
        return headers[max(0, bisect_right(starts, start) - 1)]

    @cached_property
    def _headers(self) -> tuple[list[int], tuple[Header, ...]]:
        return [header.start for header in self.sheet.headers], self.sheet.headers

    @cached_property
    def pages(self) -> Pages | None:
        """The pages of which some are missing, None if none are known to be."""
        return next((run for run in pages(self.sheet) if run.missing), None)

    @cached_property
    def breaks_down(self) -> bool:
        """Whether any row of the sheet prints what one of its sources gives."""
        sources = {header: frozenset(header.sources) for header in self.sheet.headers}
        return any(
            not amount.blank and column in sources[self.header(row)]
            for row in self.sheet.rows
            for column, amount in row.amounts.items()
        )

    @cached_property
    def projects_priced(self) -> bool:
        """Whether any project of the sheet prints an amount."""
        return any(not amount.blank for project in self.sheet.projects for amount in project.amounts.values())


class Check(Protocol):
    """A check as the engine calls it: with a node of its rule's level and the facts.

    The facts are the :class:`Context`; of an indicator, its :class:`~goalcheck.checks.facts.indicator.IndicatorFacts`.
    """

    def __call__(self, node: Any, facts: Any, /) -> Iterable[Found]: ...
