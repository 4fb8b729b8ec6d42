"""Makes texts on which a regular expression takes too long, of what the expression itself is made of.

Whatever may repeat is repeated, after what has to come before it and with an end that does not fit; so is what precedes
it. Sizes rise in small steps, as an exponential pattern takes for ever at the next power of two.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from operator import mul
from typing import Any

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")

STEPS = (8, 12, 16, 20, 24, 28, 32, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
"""How often a piece is repeated."""

_NOTICED = 0.004  # seconds of CPU: what takes less is no matter
_LONG = 0.02  # what takes that long is no noise
_STEEP = 2.8  # times as long for twice as much: 2 is linear, 4 a square
_ATTEMPTS = 5  # a noisy machine is asked again: only what is steep is steep every time
_BEYOND_DOUBT = 4  # times as steep: asking twice is enough
_PUMPS = 32  # of each pattern
_MANY = 8  # what repeats less often than that is no loop

_REPEATS = {_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT}
_ASSERTIONS = {_parser.ASSERT, _parser.ASSERT_NOT}
_COMMON = 'x1 \t\n中,。:;、("-%=≥A_.年指标\uff08\u3000\x00'
_PRECISE = time.get_clock_info("process_time").resolution < 1e-5
_clock = time.process_time if _PRECISE else time.perf_counter

Pump = Callable[[int], str]


class Anatomy:
    """The parts of a pattern, and pieces of text that fit them."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self._flags = pattern.flags
        self._alphabet = list(dict.fromkeys([*self._literals(self._tree), *_COMMON]))
        self._fits: dict[str, str] = {}

    def _literals(self, part: Any) -> Iterator[str]:
        for op, value in _nodes(part):
            if op in (_parser.LITERAL, _parser.NOT_LITERAL):
                yield chr(value)
            elif op is _parser.RANGE:
                yield chr(value[0])

    def pumps(self) -> list[Pump]:
        """Texts of any size, each a function of how often its piece is repeated."""
        made: dict[tuple[str, str, str], None] = {}
        found = list(dict.fromkeys(self._loops(self._tree, "")))
        ends = ["", "!", "\n", "x", "\x00", *self._alphabet[:2]]
        for before, piece in found:
            for end in ends:
                made[before, piece, end] = None
                made["", before + piece, end] = None
                made["", before, piece + end] = None
        bodies = list(dict.fromkeys(piece for _, piece in found))
        for one in bodies:
            for other in bodies:
                if one != other:
                    made["", one + other, "!"] = made[one * 3, other, "!"] = None
        draw = random.Random(1)  # a fixed sample
        chosen = [key for key in made if key[1]]
        draw.shuffle(chosen)
        pumps = [_pump(*key) for key in sorted(chosen[:_PUMPS], key=len)]
        pumps += [_pump("", char, end) for char in self._alphabet[:8] for end in ("", "!")]
        return [*pumps, *(self._mixture(seed) for seed in range(3))]

    def _mixture(self, seed: int) -> Pump:
        draw = random.Random(seed)  # a fixed sample
        made = ""

        def make(size: int) -> str:
            nonlocal made
            while len(made) < 2 * size:
                made += "".join(map(mul, draw.choices(self._alphabet, k=64), draw.choices((1, 1, 1, 2, 30), k=64)))
            return made[: 2 * size]

        return make

    def _loops(self, parts: Any, before: str) -> Iterator[tuple[str, str]]:
        """What is repeated, and what has to come before it."""
        for op, value in parts:
            if op in _REPEATS:
                yield from self._repeated(*value, before)
            elif op in _ASSERTIONS and value[0] > 0:
                yield from self._loops(value[1], before)
                yield before, self._fitting(value[1])
            else:
                for inner in _inside(op, value):
                    yield from self._loops(inner, before)
            before += self._one(op, value)

    def _repeated(self, low: int, high: int, body: Any, before: str) -> Iterator[tuple[str, str]]:
        if high > _MANY:
            yield from ((before, piece) for piece in self._choices(body) if piece)
        yield from self._loops(body, before)
        if low and high > _MANY:
            yield from self._loops(body, before + self._fitting(body))

    def _choices(self, parts: Any) -> list[str]:
        """A text that fits, for every choice that the first of ``parts`` gives."""
        parts = list(parts)
        while len(parts) == 1 and parts[0][0] in (_parser.SUBPATTERN, _parser.ATOMIC_GROUP):
            parts = list(parts[0][1][3] if parts[0][0] is _parser.SUBPATTERN else parts[0][1])
        if len(parts) == 1 and parts[0][0] is _parser.BRANCH:
            return [self._fitting(choice) for choice in parts[0][1][1]]
        if len(parts) == 1 and parts[0][0] is _parser.IN:
            return [char for char in self._alphabet if self._is_in(parts[0], char)][:3]
        return [self._fitting(parts)]

    def _fitting(self, parts: Any) -> str:
        return "".join(self._one(op, value) for op, value in parts)

    def _one(self, op: Any, value: Any) -> str:
        if op is _parser.LITERAL:
            return chr(value)
        if op in (_parser.IN, _parser.NOT_LITERAL, _parser.ANY):
            return next((char for char in self._alphabet if self._is_in((op, value), char)), "")
        if op in _REPEATS:
            return self._fitting(value[2]) * max(value[0], int(value[1] > 0 and value[0] == 0 and value[1] > _MANY))
        if op is _parser.BRANCH:
            return self._fitting(value[1][0])
        if op is _parser.SUBPATTERN:
            return self._fitting(value[3])
        return self._fitting(value) if op is _parser.ATOMIC_GROUP else ""

    def _is_in(self, part: Any, char: str) -> bool:
        key = repr(part)
        if key not in self._fits:
            state = _parser.State()
            state.flags = self._flags
            pattern = _compiler.compile(_parser.SubPattern(state, [part]), self._flags & ~re.DEBUG)
            self._fits[key] = "".join(char for char in self._alphabet if pattern.fullmatch(char))
        return char in self._fits[key]


def _inside(op: Any, value: Any) -> Sequence[Any]:
    """What a group or a choice is made of."""
    if op is _parser.BRANCH:
        return tuple(value[1])
    if op is _parser.SUBPATTERN:
        return (value[3],)
    return (value,) if op is _parser.ATOMIC_GROUP else ()


def _nodes(part: Any) -> Iterator[tuple[Any, Any]]:
    """All nodes of a parsed pattern, those within sets and groups included."""
    if isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], type(_parser.LITERAL)):
        yield part
    if isinstance(part, tuple | list | _parser.SubPattern):
        for inner in part:
            yield from _nodes(inner)


def _pump(before: str, piece: str, end: str) -> Pump:
    return lambda size: before + piece * size + end


def scan(pattern: re.Pattern[str], text: str) -> None:
    """All that ``finditer``, ``sub``, ``split`` or ``search`` may have to do."""
    for _ in pattern.finditer(text):
        pass


def slow(act: Callable[[str], object], pumps: Sequence[Pump], largest: int = STEPS[-1]) -> str | None:
    """The first of ``pumps`` on which the cost of ``act`` grows much faster than the text; None if there is none."""
    for pump in pumps[:1]:
        act(pump(1))  # what is made when it is first used is no cost of the text
    for pump in pumps:
        for before, size in zip((0, *STEPS), STEPS, strict=False):
            if size > largest:
                break
            text = pump(size)
            once = _seconds(act, text, 1)
            if once > _NOTICED and (once > _LONG or _seconds(act, text, 4) > _NOTICED):
                if _is_steep(act, pump(before), text):
                    return f"{size} times: {text[:60]!r} … {text[-20:]!r}"
                break
    return None


def _is_steep(act: Callable[[str], object], half: str, whole: str) -> bool:
    more = len(whole) / max(len(half), 1)  # twice as much, but for what stays the same at both ends
    steep = _STEEP / 2 * more
    for attempt in range(1, _ATTEMPTS + 1):
        times = _seconds(act, whole, 2) / max(_seconds(act, half, 4), 1e-9) / steep
        if times < 1:
            return False
        if attempt > 1 and times > _BEYOND_DOUBT:
            break
    return True


def _seconds(act: Callable[[str], object], text: str, tries: int) -> float:
    """The least CPU time that ``act`` took."""
    best = float("inf")
    for _ in range(tries):
        start = _clock()
        act(text)
        best = min(best, _clock() - start)
    return best
