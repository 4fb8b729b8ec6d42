"""A comparison for people: first what changed, in a sentence or two; then findings, projects, amounts, indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.faults import STATES, FaultPair
from goalcheck.compare.plans import Plan, Said, Target
from goalcheck.compare.projects import STATES as PROJECT_STATES
from goalcheck.compare.projects import ProjectPair
from goalcheck.compare.targets import STATES as TARGET_STATES
from goalcheck.compare.targets import TargetPair
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill
from goalcheck.report import Style

Lines = Iterable[str]


def whole(comparison: Comparison, style: Style) -> Iterator[str]:
    """The report, in pieces."""
    for block in _blocks(comparison, style):
        lines = [sentences.harmless(sentences.visible(line)) for line in block]
        if lines:
            yield "\n".join((*lines, "", ""))


def _blocks(comparison: Comparison, style: Style) -> Iterator[Lines]:
    yield (line for said in opening(comparison, style) for line in fill(said, style.width))
    yield _section("denied", comparison.denied, comparison, style)
    for state in STATES:
        those = [pair for pair in comparison.faults or () if pair.state == state]
        yield _section(state, those, comparison, style)
    pairs = comparison.projects or ()
    yield _titled("projects", [line for pair in pairs for line in _project(pair, comparison, style)], style)
    yield _titled("amounts", [line for pair in pairs for line in _amount(pair, style)], style)
    yield _titled("indicators", [line for pair in pairs for line in _targets(pair, comparison, style)], style)


def opening(comparison: Comparison, style: Style) -> Iterator[str]:
    """What changed, in figures."""
    if comparison.faults is not None:
        numbers = comparison.numbers()
        mended = [pair.fault for pair in comparison.faults if pair.state == "mended"]
        gone = _gone(comparison)
        dropped = sum((fault.place, fault.project) in gone for fault in mended)
        said = _say("findings", style, mended=numbers["mended"], left=numbers["left"], new=numbers["new"])
        with_project = _say("with-project", style, number=dropped) if dropped else ""
        denied = len(comparison.denied)
        yield sentences.together(
            (said, with_project, _say("denied-opening", style, number=denied) if denied else ""), style.language
        )
    if comparison.projects is None:
        yield _say("no-projects", style)
        return
    numbers = comparison.project_numbers()
    yield _say("of-projects", style, number=sum(numbers.values()), said=_counted(numbers, PROJECT_STATES, style))
    totals = comparison.totals
    if totals is not None:
        yield _say("of-money", style, said=_change(*totals, style))
    targets = comparison.target_numbers()
    if targets:
        key = "of-indicators-year" if comparison.is_year else "of-indicators"
        counted = _counted(targets, TARGET_STATES, style)
        yield _say(key, style, number=sum(targets.values()), said=counted, same=targets["same"])
    goals = sum(pair.match is not None and not pair.is_goal_changed and _has_goal(pair) for pair in comparison.projects)
    if comparison.is_year and goals:
        yield _say("goals-copied", style, number=goals)


def _has_goal(pair: ProjectPair) -> bool:
    return pair.new is not None and bool(pair.new.goal)


def _gone(comparison: Comparison) -> set[tuple[str, str]]:
    """The projects that were dropped, by sheet and by the name that findings have."""
    dropped = [pair.old for pair in comparison.projects or () if pair.state == "dropped" and pair.old is not None]
    return {(plan.place, plan.printed) for plan in dropped}


def _counted(numbers: Counter[str], states: Sequence[str], style: Style) -> str:
    told = (_say(f"counted-{state}", style, number=numbers[state]) for state in states if numbers[state])
    return sentences.listed(told, style.language)


def _titled(key: str, lines: Sequence[str], style: Style) -> Iterator[str]:
    if lines:
        yield _say(key, style)
        yield from lines


def _section(key: str, those: Sequence[FaultPair], comparison: Comparison, style: Style) -> Iterator[str]:
    if not those:
        return
    yield _say(f"section-{key}", style, number=len(those))
    for heading, group in groupby(those, lambda pair: _heading(pair, comparison)):
        if heading:
            yield from _indented(heading, 2, style)
        for pair in group:
            yield from _indented(_fault(pair, style), 4, style)
            if pair.state == "new" and pair.fault.record.get("help"):
                yield from _indented(str(pair.fault.record["help"]), 6, style)


def _heading(pair: FaultPair, comparison: Comparison) -> str:
    side = comparison.old if pair.state == "mended" else comparison.new
    fault = pair.fault
    named = sentences.plain(fault.project or str(fault.record.get("unit") or ""))
    parts = [sentences.path(str(fault.record["path"])) if len(side.files) > 1 else "", fault.where, named]
    return " ".join(part for part in parts if part)


def _fault(pair: FaultPair, style: Style) -> str:
    record, language = pair.fault.record, style.language
    said = str(record["message"])
    number = record.get("indicator")
    if number is not None and not said.startswith(entry := sentences.entry(number, language)):
        said = _say("of-entry", style, entry=entry, said=said)
    severity = sentences.severity(pair.fault.severity, language)
    return f"{severity} {pair.fault.rule} {said}"


def _project(pair: ProjectPair, comparison: Comparison, style: Style) -> Iterator[str]:
    """Where it was added, dropped or renamed; found again otherwise than by its name; moved to another unit."""
    old, new = pair.old, pair.new
    plan = new or old
    assert plan is not None
    if pair.state in ("added", "dropped"):
        said = _say(f"project-{pair.state}", style, project=_called(plan, comparison, style), total=_money(plan))
        yield from _indented(said.rstrip(), 2, style)
    elif old is not None and new is not None:
        if pair.state == "renamed":
            how = _say(f"by-{pair.match}", style)
            said = _say("project-renamed", style, old=_name(old, style), new=_called(new, comparison, style), how=how)
            yield from _indented(said, 2, style)
        if old.unit != new.unit:
            units = {"old": sentences.plain(old.unit) or "-", "new": sentences.plain(new.unit) or "-"}
            yield from _indented(_say("moved", style, project=_name(new, style), **units), 2, style)


def _amount(pair: ProjectPair, style: Style) -> Iterator[str]:
    totals = pair.totals
    if totals is not None and pair.new is not None and totals[0] != totals[1]:
        said = _change(*totals, pair.new.money, style)
        yield from _indented(_say("amount", style, project=_name(pair.new, style), said=said), 2, style)


def _change(old: Decimal, new: Decimal, unit: str, style: Style) -> str:
    places = max(_places(old), _places(new))
    change = f"{new - old:+.{places}f}"
    if old:
        change = _say("with-percent", style, change=change, percent=f"{(new - old) * 100 / old:+.1f}")
    if old == new:
        return _say("unchanged", style, new=f"{new:.{places}f}{unit}")
    return _say("change", style, old=f"{old:.{places}f}{unit}", new=f"{new:.{places}f}{unit}", change=change)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _targets(pair: ProjectPair, comparison: Comparison, style: Style) -> Iterator[str]:
    """What has changed in the indicators of a project that is on both sides, and in its goal."""
    if pair.match is None or pair.new is None:
        return
    changed = sorted(
        (target for target in pair.targets if target.state != "same"),
        key=lambda target: TARGET_STATES.index(target.state),
    )
    if not changed and not (pair.is_goal_changed and not comparison.is_year):
        return
    yield from _indented(_called(pair.new, comparison, style), 2, style)
    if pair.is_goal_changed and not comparison.is_year:
        yield from _indented(_say("goal-changed", style), 4, style)
    for target in changed:
        yield from _indented(_target(target, style), 4, style)


def _target(pair: TargetPair, style: Style) -> str:
    target = pair.new or pair.old
    assert target is not None
    name = sentences.plain(target.name)
    if pair.old is None or pair.new is None:
        return _say(f"target-{pair.state}", style, name=name, value=_values(target, style))
    old_name = sentences.plain(pair.old.name)
    if old_name != name:
        name = _say("two-names", style, old=old_name, new=name)
    return _say(f"target-{pair.state}", style, name=name, old=_values(pair.old, style), new=_values(pair.new, style))


def _values(target: Target, style: Style) -> str:
    """The annual value, or the one of the cycle where that is all there is; both where they differ."""
    annual, cycle = (_value(said) for said in (target.annual_value, target.cycle_value))
    if annual and cycle and annual != cycle:
        return _say("two-values", style, annual=annual, cycle=cycle)
    return annual or cycle or _say("no-value", style)


def _value(said: Said | None) -> str:
    return sentences.plain(said.text) if said is not None else ""


def _name(plan: Plan, style: Style) -> str:
    return sentences.plain(plan.name) or say("terms.nameless", style.language)


def _called(plan: Plan, comparison: Comparison, style: Style) -> str:
    several = len(comparison.new.files) > 1 or len(comparison.old.files) > 1
    parts = (sentences.path(plan.path) if several else "", plan.where, _name(plan, style))
    return " ".join(part for part in parts if part)


def _money(plan: Plan) -> str:
    return f"{plan.total:f}{plan.money}" if plan.total is not None else ""


def _indented(said: str, by: int, style: Style) -> Iterator[str]:
    for number, line in enumerate(fill(said, style.width - by - 2)):
        yield " " * (by + 2 * bool(number)) + line


def _say(key: str, style: Style, **figures: object) -> str:
    return say(f"compare.{key}", style.language, **figures)
