"""Regular expressions of a site's own on texts of anybody: whether a text fits is found out in linear time.

They mean what they mean to :mod:`re`, whose parser reads them. But :mod:`re` tries one way after the other, and
``(a|a)*b`` has as many as there are ways to split a text; an :class:`Automaton` goes all of them at once. All that it
lacks are references back to a group, which nobody can follow in linear time.

What looks ahead or behind, and where words and lines end, are conditions of the automaton's gates. What never gives
back what it took, ``(?>…)`` or ``++``, is led: at each choice a gate opens the first way that comes to its end.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import partial, reduce
from importlib import import_module
from typing import Any

import attrs

from goalcheck.site_rules.regex_automaton import NO_KIND, Automaton, OutOfStepsError, Steps

__all__ = ["OutOfStepsError", "Pattern", "PatternError"]

MOST_KNOTS = 10_000
"""The largest pattern, with repetitions of a fixed number written out; one that people write has some dozens."""

STEPS = 5_000_000
STEPS_PER_CHARACTER = 100
"""How many steps a pattern may take on a text. Usual ones take one to ten for each character."""

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")

_KINDS_OF_TEXT = int(re.ASCII | re.LOCALE | re.UNICODE)


class PatternError(Exception):
    """A pattern that cannot be used: ``key`` and ``figures`` say why, as those of a FileError do."""

    def __init__(self, key: str, **figures: str) -> None:
        super().__init__(key, figures)
        self.key = key
        self.figures = figures


class Pattern:
    """A regular expression to hold whole texts against. Raises :class:`PatternError` for one that cannot be used."""

    def __init__(self, text: str) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what later versions of Python may read otherwise
                flags = re.compile(text).flags
                self._built = _Builder(_parser.parse(text, flags), flags)
        except (re.error, OverflowError, RecursionError) as error:
            raise PatternError("bad-pattern", what=str(error)) from None

    def is_match(self, text: str) -> bool:
        """Whether the whole of ``text`` fits. Raises :class:`OutOfStepsError` for a large pattern on a long text."""
        steps = Steps(STEPS + STEPS_PER_CHARACTER * len(text))
        holds = [0] * (len(text) + 1)
        for condition in self._built.conditions:
            condition.note(text, holds, steps)
        return self._built.automaton.has_way(self._built.entry, text, holds, steps)


class _Alphabet:
    """The kinds of character that a pattern tells apart: one for each part that takes a single character."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, int], int] = {}
        self._patterns: list[re.Pattern[str]] = []

    def kind(self, part: Any, flags: int) -> int:
        """The kind of character that ``part`` takes."""
        key = repr(part), flags
        if key not in self._kinds:
            self._kinds[key] = len(self._patterns)
            self._patterns.append(_as_pattern(part, flags))
        return self._kinds[key]

    def kinds(self, char: str) -> list[int]:
        """The kinds that ``char`` is of."""
        return [kind for kind, pattern in enumerate(self._patterns) if pattern.fullmatch(char)]


def _as_pattern(part: Any, flags: int) -> re.Pattern[str]:
    state = _parser.State()
    state.flags = flags
    made: re.Pattern[str] = _compiler.compile(_parser.SubPattern(state, [part]), flags)
    return made


@attrs.frozen(eq=False)
class _AtSpot:
    """A condition that holds where ``pattern`` fits, which takes no character: where a word, a line, the text ends."""

    bit: int
    pattern: re.Pattern[str]

    def note(self, text: str, holds: list[int], steps: Steps) -> None:
        steps.take(len(holds))
        for spot in range(len(holds)):
            if self.pattern.match(text, spot):
                holds[spot] |= 1 << self.bit


@attrs.frozen(eq=False)
class _Ahead:
    """Conditions that hold where something begins that leads to the end, each from its own one of ``knots``."""

    automaton: Automaton
    knots: dict[int, int] = attrs.Factory(dict)

    def note(self, text: str, holds: list[int], steps: Steps) -> None:
        steps.take(len(holds) * len(self.knots))
        found = self.automaton.begins(self.knots, text, holds, steps)
        for spot, bits in zip(range(len(text), -1, -1), found, strict=True):
            holds[spot] |= bits


@attrs.frozen(eq=False)
class _Behind:
    """A condition that holds where something ends that leads from ``entry`` to the end."""

    bit: int
    automaton: Automaton
    entry: int

    def note(self, text: str, holds: list[int], steps: Steps) -> None:
        for spot, does in enumerate(self.automaton.ends(self.entry, text, holds, steps)):
            holds[spot] |= does << self.bit


@attrs.frozen(eq=False)
class _Course:
    """The automata that a part is built into, at the same time.

    Where there is a ``leader``, the first automaton is the leader's and holds nothing but the part. Where there is a
    choice the others take the way that comes to its end there, the first one if both do.
    """

    automata: Sequence[Automaton]
    leader: _Ahead | None = None


class _Builder:
    """Builds the automaton of a pattern from its end: given the knots behind a part, it makes those before it.

    A condition that asks for others stands behind them in ``conditions``.
    """

    def __init__(self, tree: Any, flags: int) -> None:
        self.conditions: list[_AtSpot | _Ahead | _Behind] = []
        self._alphabet = _Alphabet()
        self._automata: list[Automaton] = []
        self._turns = 0
        self._bits = 0
        self._spots: dict[tuple[str, int], int] = {}
        self.automaton = self._new()
        self.entry = self.automaton.place(NO_KIND, self._start(self.automaton, tree, flags))

    def _new(self) -> Automaton:
        self._automata.append(Automaton(self._alphabet.kinds))
        return self._automata[-1]

    def _start(self, automaton: Automaton, body: Any, flags: int) -> int:
        """The knot from which ``body`` and nothing else leads to the end of ``automaton``."""
        (start,) = self._sequence(body, flags, _Course([automaton]), [automaton.end])
        return start

    def _new_bit(self) -> int:
        self._bits += 1
        return self._bits - 1

    def _check_size(self) -> None:
        if self._turns + sum(automaton.size for automaton in self._automata) > MOST_KNOTS:
            raise PatternError("pattern-too-large", limit=str(MOST_KNOTS))

    def _sequence(self, parts: Any, flags: int, course: _Course, thens: Sequence[int]) -> Sequence[int]:
        for part in reversed(list(parts)):
            thens = self._part(part, flags, course, thens)
            self._check_size()
        return thens

    def _part(self, part: Any, flags: int, course: _Course, thens: Sequence[int]) -> Sequence[int]:
        name, value = str(part[0]), part[1]
        match name:
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
                kind = self._alphabet.kind(part, flags)
                return [automaton.place(kind, then) for automaton, then in zip(course.automata, thens, strict=True)]
            case "SUBPATTERN":
                _, added, removed, body = value
                return self._sequence(body, _changed(flags, added, removed), course, thens)
            case "BRANCH":
                starts = [self._sequence(choice, flags, course, thens) for choice in value[1]]
                return reduce(lambda later, first: self._choice(course, (first, later)), reversed(starts))
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(value, name == "MIN_REPEAT", flags, course, thens)
            case "POSSESSIVE_REPEAT":
                return self._led([(_parser.MAX_REPEAT, value)], flags, course, thens)
            case "ATOMIC_GROUP":
                return self._led(value, flags, course, thens)
            case "ASSERT" | "ASSERT_NOT" | "AT":
                gate = (
                    (self._spot(part, flags), True) if name == "AT" else (self._looking(value, flags), name == "ASSERT")
                )
                pairs = zip(course.automata, thens, strict=True)
                return [automaton.fork((gate, then)) for automaton, then in pairs]
            case "FAILURE":
                return [automaton.fork() for automaton in course.automata]
        if name.startswith("GROUPREF"):
            raise PatternError("pattern-reference")
        raise PatternError("pattern-unknown", what=name)

    def _repeat(self, value: Any, lazy: bool, flags: int, course: _Course, thens: Sequence[int]) -> Sequence[int]:
        low, high, body = value
        turn = partial(self._turn, body, flags, course)
        starts = thens
        if high is _parser.MAXREPEAT:
            if course.leader is not None and not body.getwidth()[0]:
                raise PatternError("pattern-empty-turn")
            loop = [automaton.fork() for automaton in course.automata]
            inside = turn(loop)
            self._choice(course, (thens, inside) if lazy else (inside, thens), at=loop)
            starts, low = (inside, low - 1) if low else (loop, 0)
        else:
            for _ in range(high - low):
                inside = turn(starts)
                starts = self._choice(course, (thens, inside) if lazy else (inside, thens))
        for _ in range(low):
            starts = turn(starts)
        return starts

    def _turn(self, body: Any, flags: int, course: _Course, thens: Sequence[int]) -> Sequence[int]:
        """One turn of a repetition. An empty one makes no knot, but counts."""
        self._turns += 1
        self._check_size()
        return self._sequence(body, flags, course, thens)

    def _choice(
        self, course: _Course, ways: tuple[Sequence[int], Sequence[int]], at: Sequence[int] | None = None
    ) -> Sequence[int]:
        """Forks, new ones or those ``at``, with two ways each; the first one goes before the other."""
        forks = at or [automaton.fork() for automaton in course.automata]
        bit = None
        for automaton, fork, first, second in zip(course.automata, forks, *ways, strict=True):
            if bit is not None:
                automaton.tie(fork, ((bit, True), first), ((bit, False), second))
                continue
            automaton.tie(fork, (None, first), (None, second))
            if course.leader is not None:
                bit = self._new_bit()
                course.leader.knots[bit] = first
        return forks

    def _led(self, body: Any, flags: int, course: _Course, thens: Sequence[int]) -> Sequence[int]:
        """A part that is taken by one way alone: the one that is tried first of all by which it can be taken."""
        leader = _Ahead(self._new())
        led = _Course([leader.automaton, *course.automata], leader)
        starts = self._sequence(body, flags, led, [leader.automaton.end, *thens])
        self.conditions.append(leader)
        return starts[1:]

    def _looking(self, value: Any, flags: int) -> int:
        """The bit of the condition that something stands ahead or behind."""
        direction, body = value
        automaton = self._new()
        start = self._start(automaton, body, flags)
        bit = self._new_bit()
        if direction < 0:
            self.conditions.append(_Behind(bit, automaton, automaton.place(NO_KIND, start)))
        else:
            self.conditions.append(_Ahead(automaton, {bit: start}))
        return bit

    def _spot(self, part: Any, flags: int) -> int:
        """The bit of the condition that something ends at a spot."""
        key = repr(part), flags
        if key not in self._spots:
            self._spots[key] = self._new_bit()
            self.conditions.append(_AtSpot(self._spots[key], _as_pattern(part, flags)))
        return self._spots[key]


def _changed(flags: int, added: int, removed: int) -> int:
    """Flags as they are within ``(?i-s:…)``."""
    if added & _KINDS_OF_TEXT:
        flags &= ~_KINDS_OF_TEXT
    return (flags | added) & ~removed
