"""What a Lark parser decides, as plain tables: Lark builds them, and is not needed to read by them.

Lark numbers the states of a parser by the order of sets, which no two runs share. Here they are numbered as they are
reached, since the tables are kept in a file of the package, and two builds of the package are to be the same bytes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

from goalcheck.files.regexes import code
from goalcheck.parse.machine import IGNORED, Kept, Reduction, Tables

_NOTHING = "(?!)"
_BLANKS = r"\s*+"
_States = dict[Any, dict[str, tuple[Any, Any]]]


def tables(
    parser: Lark,
    usual: Iterable[str] = (),
    instead: tuple[str, str] | None = None,
    unguarded: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Tables:
    """The tables of ``parser``, which has one start and a contextual lexer; ``usual`` are terminals that often follow
    one another from the start of a text.

    ``unguarded`` are terminals that change nothing where the one matches that has them: none guards against these.
    Or ``instead`` says what takes the place of such a run: a terminal, and what is read where none that the lexer tries
    before it matches.
    """
    table = parser.parser.parser._parse_table
    (start,), (end,) = table.start_states.values(), table.end_states.values()
    texts: dict[str, str] = {}  # each equal text as one object: what is written of it depends on that
    numbers = _reached(table.states, start)
    reductions: dict[Any, int] = {}
    steps: list[dict[str, int]] = []
    for state in numbers:
        step: dict[str, int] = {}
        for name, (action, to) in sorted(table.states[state].items()):
            step[texts.setdefault(name, str(name))] = (
                numbers[to] if action is Shift else ~reductions.setdefault(to, len(reductions))
            )
        steps.append(step)
    lexers = parser.parser.lexer.lexers
    patterns = [_pattern(lexers[state]) for state in numbers]
    every = list(dict.fromkeys(patterns))
    codes = [code(pattern) for pattern in every]
    made = Tables(
        numbers[end],
        steps,
        [_reduction(rule, texts) for rule in reductions],
        [every.index(pattern) for pattern in patterns],
        every,
        codes,
    )
    states = list(numbers)
    if instead is not None:
        terminal, pattern = instead
        run = f"{_guard(_before(lexers[start], terminal))}{pattern}"
    else:
        parts = [_step(lexers[states[at]], name, unguarded.get(name, ())) for at, name in _run(made, usual)]
        run = _BLANKS.join(["", *parts, ""]) if parts else ""
    if not run:
        return made
    return made._replace(usual=run, usual_code=code(run))


def _run(made: Tables, terminals: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each of ``terminals`` with the state in which it is looked for.

    Raises ValueError where they do not follow one another, or what may come behind them is not what may come at the
    start: then a text could not be read on from there as one of its own.
    """
    states = [0]
    for terminal in terminals:
        yield states[-1], terminal
        step = made.steps[states[-1]].get(terminal)
        while step is not None and step < 0:
            rule = made.reductions[~step]
            del states[len(states) - rule.size :]
            states.append(made.steps[states[-1]][rule.origin])
            step = made.steps[states[-1]].get(terminal)
        if step is None:
            raise ValueError(f"{terminal} does not follow")
        states.append(step)
    if made.lexers[states[-1]] != made.lexers[0]:
        raise ValueError("what follows is not looked for as at the start")


def _step(lexer: Any, name: str, unguarded: Collection[str]) -> str:
    """What matches the terminal ``name`` as ``lexer`` does, as a group, where blanks have been passed.

    None that the lexer tries before it may match there, but for those ``unguarded``; what it took is never given back.
    """
    pattern = next(terminal.pattern.to_regexp() for terminal in lexer.terminals if terminal.name == name)
    return f"{_guard(_before(lexer, name, unguarded))}((?>{pattern}))"


def _before(lexer: Any, name: str, unguarded: Collection[str] = ()) -> list[str]:
    """What ``lexer`` tries before the terminal ``name``, but for those ``unguarded``.

    Raises ValueError where it does not look for that.
    """
    names = [terminal.name for terminal in lexer.terminals]
    before = [
        terminal for terminal in lexer.terminals[: names.index(name)] if terminal.name not in {IGNORED, *unguarded}
    ]
    return [f"(?:{terminal.pattern.to_regexp()})" for terminal in before]


def _guard(before: list[str]) -> str:
    return f"(?!{'|'.join(before)})" if before else ""


def _reached(states: _States, start: Any) -> dict[Any, int]:
    """The states of a parser with new numbers, in the order in which they are reached over tokens sorted by name."""
    numbers = {start: 0}
    waiting = deque(numbers)
    while waiting:
        for _, (action, to) in sorted(states[waiting.popleft()].items(), key=lambda item: item[0]):
            if action is Shift and to not in numbers:
                numbers[to] = len(numbers)
                waiting.append(to)
    return numbers


def _pattern(lexer: Any) -> str:
    """The expression that matches all terminals of a state, in the order in which Lark tries them."""
    matchers = lexer.scanner._mres
    if not matchers:
        return _NOTHING
    (matcher,) = matchers  # of a parser with very many terminals there would be more
    return str(matcher.pattern)


def _reduction(rule: Any, texts: dict[str, str]) -> Reduction:
    """What becomes of ``rule``: the parts that stay, and of those the ones that give their own parts instead."""
    kept = tuple(
        Kept(index, is_inlined=not part.is_term and part.name.startswith("_"))
        for index, part in enumerate(rule.expansion)
        if rule.options.keep_all_tokens or not (part.is_term and part.filter_out)
    )
    name = str(rule.options.template_source or rule.origin.name)
    origin = str(rule.origin.name)
    return Reduction(len(rule.expansion), texts.setdefault(origin, origin), texts.setdefault(name, name), kept)
