"""A comparison for people: first what changed, in a sentence or two; then findings, projects, amounts, indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.faults import STATES, Fault, FaultPair
from goalcheck.compare.plans import Plan, Said, Target
from goalcheck.compare.projects import STATES as PROJECT_STATES
from goalcheck.compare.projects import ProjectPair
from goalcheck.compare.targets import STATES as TARGET_STATES
from goalcheck.compare.targets import TargetPair, is_reclassed, value_states
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill
from goalcheck.report import Style
from goalcheck.sheet import AMOUNT_COLUMNS

Lines = Iterable[str]

_MOST_FILES = 3  # that are named


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
    """What was not read, and what changed, in figures."""
    yield from _not_read(comparison, style)
    if comparison.faults is not None:
        numbers = comparison.numbers()
        mended = [pair.fault for pair in comparison.faults if pair.state == "mended"]
        said = _say("findings", style, mended=numbers["mended"], left=numbers["left"], new=numbers["new"])
        dropped, renamed = (_number_within(mended, comparison, state) for state in ("dropped", "renamed"))
        with_project = _say("with-project", style, number=dropped) if dropped else ""
        by_name = _say("by-new-name", style, number=renamed) if renamed else ""
        unjudged, denied = numbers["unjudged"], len(comparison.denied)
        untold = _say("with-unjudged", style, number=unjudged) if unjudged else ""
        still_there = _say("denied-opening", style, number=denied) if denied else ""
        yield sentences.together((said, untold, with_project, by_name, still_there), style.language)
    if comparison.projects is None:
        yield _say("no-projects", style)
        return
    numbers = comparison.project_numbers()
    if numbers:
        yield _say("of-projects", style, number=sum(numbers.values()), said=_counted(numbers, PROJECT_STATES, style))
    totals = comparison.totals
    if totals is not None:
        yield _say("of-money", style, said=_change(*totals, style))
    targets = comparison.target_numbers()
    if targets:
        key = "of-indicators-year" if comparison.is_year and targets["same"] else "of-indicators"
        counted = _counted(targets, TARGET_STATES, style)
        yield _say(key, style, number=sum(targets.values()), said=counted, same=targets["same"])
    goals = sum(pair.match is not None and not pair.is_goal_changed and _has_goal(pair) for pair in comparison.projects)
    if comparison.is_year and goals:
        yield _say("goals-copied", style, number=goals)


def _not_read(comparison: Comparison, style: Style) -> Iterator[str]:
    """Which inputs were not read and which rules failed, so that something cannot be told."""
    sides = [*zip((comparison.old.unjudged, comparison.new.unjudged), comparison.hiding, strict=True)]
    failed = [path for side, hiding in sides for place, path in hiding.items() if place in side.failed]
    partial = [path for side, hiding in sides for place, path in hiding.items() if place not in side.failed]
    rules = () if comparison.is_year else sorted({rule for side, _ in sides for _, rule in side.rules})
    if failed or partial:
        told = [
            _say("not-read", style, files=files(failed, style)) if failed else "",
            _say("read-in-part", style, files=files(partial, style)) if partial else "",
            _say("not-told", style),
            _say("no-totals", style) if comparison.projects is not None else "",
        ]
        yield sentences.together(told, style.language)
    if rules:
        yield _say("rules-failed", style, rules=sentences.listed(rules, style.language))


def files(paths: Sequence[str], style: Style) -> str:
    """The names of files; of many the first ones, and how many there are."""
    named = sentences.listed(map(sentences.path, paths[:_MOST_FILES]), style.language)
    return named if len(paths) <= _MOST_FILES else _say("files-more", style, files=named, number=len(paths))


def _has_goal(pair: ProjectPair) -> bool:
    return pair.new is not None and bool(pair.new.goal)


def _number_within(faults: Iterable[Fault], comparison: Comparison, state: str) -> int:
    """How many of the old ``faults`` are in projects in this state."""
    plans = [pair.old for pair in comparison.projects or () if pair.state == state and pair.old is not None]
    named = {(plan.place, plan.printed) for plan in plans}
    return sum((fault.place, fault.project) in named for fault in faults)


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
    with_path = len(side.files) > 1 or pair.state == "unjudged"  # which may be of either side
    parts = [sentences.path(str(fault.record["path"])) if with_path else "", fault.where, named]
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
    """Where it was added, dropped or renamed, or that is not known; found again otherwise than by its name; moved."""
    old, new = pair.old, pair.new
    plan = new or old
    assert plan is not None
    if pair.state in ("added", "dropped"):
        said = _say(f"project-{pair.state}", style, project=_called(plan, comparison, style), total=_money(plan))
        yield from _indented(said.rstrip(), 2, style)
    elif pair.state == "unjudged":
        called = f"{_called(plan, comparison, style)} {_money(plan)}".rstrip()
        said = _say("project-unjudged", style, project=called, files=files(pair.unread, style))
        yield from _indented(said, 2, style)
    elif old is not None and new is not None:
        if pair.state == "renamed":
            how = _say(f"by-{pair.match}", style)
            said = _say("project-renamed", style, old=_name(old, style), new=_called(new, comparison, style), how=how)
            yield from _indented(said, 2, style)
        if pair.is_moved:
            units = {"old": sentences.plain(old.unit), "new": sentences.plain(new.unit)}
            yield from _indented(_say("moved", style, project=_name(new, style), **units), 2, style)


def _amount(pair: ProjectPair, style: Style) -> Iterator[str]:
    if pair.new is None:
        return
    for key, old, new in pair.changed_amounts():
        column = say(f"terms.{key}", style.language) if key in AMOUNT_COLUMNS else sentences.plain(key)
        said = _change(old, new, pair.new.money, style)
        yield from _indented(_say("amount", style, project=_name(pair.new, style), column=column, said=said), 2, style)


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
        yield from _indented(_target(target, comparison.is_year, style), 4, style)


def _target(pair: TargetPair, is_year: bool, style: Style) -> str:
    old, new = pair.old, pair.new
    if old is None or new is None:
        target = new or old
        assert target is not None
        value = _value(target.annual_value) or _value(target.cycle_value) or _say("no-value", style)
        return _say(f"target-{pair.state}", style, name=sentences.plain(target.name), value=value)
    told = _say(f"target-{pair.state}", style, name=_named(old, new, style))
    annual, cycle = value_states(old, new, without_years=is_year)
    parts = []
    if annual != "same":
        parts.append(_from_to(_value(old.annual_value), _value(new.annual_value), style))
    if cycle != "same":
        said = _from_to(_value(old.cycle_value), _value(new.cycle_value), style)
        same = parts == [said]
        parts.append(_say("of-cycle", style, said=said))
        parts = parts[:1] if same else parts
    if is_reclassed(old, new):
        groups = _from_to(sentences.plain(old.label or old.group), sentences.plain(new.label or new.group), style)
        parts.append(_say("of-class", style, said=groups))
    parts = parts or [_value(new.annual_value) or _value(new.cycle_value) or _say("no-value", style)]
    return _say("told", style, target=told, said=say("places.semicolon", style.language).join(parts))


def _named(old: Target, new: Target, style: Style) -> str:
    """What it is called, and what it was called where that is otherwise."""
    names = [sentences.plain(target.name) for target in (old, new)]
    return names[1] if names[0] == names[1] else _say("two-names", style, old=names[0], new=names[1])


def _from_to(old: str, new: str, style: Style) -> str:
    nothing = _say("no-value", style)
    return _say("from-to", style, old=old or nothing, new=new or nothing)


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
