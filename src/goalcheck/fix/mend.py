"""Mends a text: applies fixes and checks again, until there is nothing left to apply.

Safe fixes go first, in rounds of their own, so that each round can be held to their promise: the sheet says the same
before and after. Where it does not, or where the fixes have no end, :func:`mend` gives the file up rather than guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from goalcheck.catalogue.rule import Rule
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Finding
from goalcheck.fix import edits
from goalcheck.fix.moved import moved
from goalcheck.fix.same_meaning import same
from goalcheck.sheet import Sheet
from goalcheck.source import Source

MOST_ROUNDS = 50
"""More than any sheet needs: only fixes that overlap have to wait for a further round."""


_FIELD = regex(r"[;:\uff1b\uff1a。\t\r\n]")
_NEAR = 20  # characters, where a field is longer


@attrs.frozen(eq=False)
class Fixed:
    """A finding whose fix was applied, in which row, and for each of its edits the text before and after.

    What is only added or taken away is told with what stands around it, up to where the field ends.
    """

    finding: Finding
    row: int
    changes: tuple[tuple[str, str], ...]


@attrs.frozen(eq=False)
class Mended:
    """What was fixed, round after round, the result of checking what came of it, and whether proposals were taken."""

    fixed: tuple[Fixed, ...]
    result: Result
    unsafe: bool
    raised: tuple[tuple[Rule, int], ...] = ()
    """Rules that find more than before, and how much more: a proposal may leave a gap where it took something away."""

    @property
    def proposals(self) -> int:
        """How many of the findings that are left have a fix that was not asked for."""
        return 0 if self.unsafe else sum(finding.fix is not None for finding in self.result.findings)


def mend(result: Result, plan: Plan, *, unsafe: bool = False) -> Mended:
    """Apply the safe fixes to what ``result`` was told of, and the proposals as well if ``unsafe``, until none is left.

    What comes out has no fix to apply, so to mend it again changes nothing. A rule whose own fixes come back for ever,
    or two rules that undo each other's, never get that far: after :data:`MOST_ROUNDS` they end in an
    :class:`~goalcheck.errors.InputError` that names them. So does a safe fix that changes what the sheet says.
    """
    rounds: list[list[Fixed]] = []
    before = result
    while True:
        source, sheet = _checked(result)
        chosen = edits.choose(source.text, result.findings, unsafe=unsafe)
        if not chosen:
            fixed = tuple(fixed for step in rounds for fixed in step)
            return Mended(fixed, result, unsafe, tuple(_raised(before, result)))
        if len(rounds) == MOST_ROUNDS:
            raise _broken(fixed.finding for step in rounds[MOST_ROUNDS // 2 :] for fixed in step)
        step = [finding for finding in chosen if finding.fix is not None and finding.fix.safe]
        keeps = bool(step)
        step = step or chosen
        result = _checked_again(source, step, plan)
        if result.error is not None and result.error.key == "long-cell":  # by a few characters: no fault of any rule
            raise result.error
        if result.sheet is None or (keeps and not same(sheet, result.sheet)):
            raise _broken(_culprits(source, sheet, step, plan))
        rounds.append([_fixed(finding, source) for finding in step])


def _raised(before: Result, after: Result) -> Iterator[tuple[Rule, int]]:
    """The rules that find more in ``after`` than in ``before``, and how much more."""
    counts: dict[Rule, int] = {}
    for found, step in ((after.findings, 1), (before.findings, -1)):
        for finding in found:
            counts[finding.rule] = counts.get(finding.rule, 0) + step
    for rule, number in counts.items():
        if number > 0:
            yield rule, number


def _checked(result: Result) -> tuple[Source, Sheet]:
    if result.source is None or result.sheet is None:
        raise result.error or ValueError("the result is of no sheet")
    return result.source, result.sheet


def _fixed(finding: Finding, source: Source) -> Fixed:
    assert finding.fix is not None
    changes = tuple(_change(source.text, edit) for edit in finding.fix.edits)
    return Fixed(finding, source.where(finding.start).row, changes)


def _change(text: str, edit: Edit) -> tuple[str, str]:
    old = text[edit.start : edit.end]
    if old and edit.text:
        return old, edit.text
    before = _FIELD.split(text[max(edit.start - _NEAR, 0) : edit.start])[-1].lstrip()
    behind = _FIELD.split(text[edit.end : edit.end + _NEAR])[0].rstrip()
    return before + old + behind, before + edit.text + behind


def _checked_again(source: Source, step: Iterable[Finding], plan: Plan) -> Result:
    return check_source(moved(source, edits.of(step)), plan)


def _culprits(source: Source, sheet: Sheet, step: Sequence[Finding], plan: Plan) -> Sequence[Finding]:
    """Of a round that broke the sheet, the findings of the rules that break it by themselves; all if none does."""
    reading = attrs.evolve(plan, rules=())
    found = []
    for rule in {finding.rule: None for finding in step}:
        own = [finding for finding in step if finding.rule is rule]
        after = _checked_again(source, own, reading).sheet
        if after is None or not same(sheet, after):
            found += own
    return found or step


def _broken(findings: Iterable[Finding]) -> InputError:
    codes = {finding.code for finding in findings}
    return InputError("broken-fix", rules=", ".join(sorted(codes)))
