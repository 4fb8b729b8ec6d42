"""Saves parsers as the same bytes in every run: Lark numbers their states by the order of sets, which no two runs
share.

They are kept in a file of the package, and two builds of the package are to be the same bytes.
"""

from __future__ import annotations

import io
import pickle
from collections import deque
from typing import Any

from lark import Lark

_SHIFT = 0


def canonical(parser: Lark) -> bytes:
    """``parser`` as Lark saves it, its states numbered as they are reached and its tokens by name."""
    buffer = io.BytesIO()
    parser.save(buffer, exclude_options=("edit_terminals",))
    saved = pickle.loads(buffer.getvalue())  # noqa: S301  # written the line before
    frontend = saved["data"]["parser"]
    frontend["parser"] = _table(frontend["parser"])
    return pickle.dumps(_with_equal_texts_once(saved, {}), pickle.HIGHEST_PROTOCOL)


def _table(table: dict[str, Any]) -> dict[str, Any]:
    """The parse ``table`` in its canonical form."""
    names: dict[int, str] = table["tokens"]
    states: dict[int, dict[int, tuple[int, Any]]] = table["states"]
    numbers = _reached(names, states, list(table["start_states"].values()))
    tokens = {name: number for number, name in enumerate(sorted(names.values()))}
    written: dict[int, dict[int, tuple[int, Any]]] = {}
    for state, number in numbers.items():
        actions = sorted((tokens[names[token]], action) for token, action in states[state].items())
        written[number] = {token: (kind, numbers[to] if kind == _SHIFT else to) for token, (kind, to) in actions}
    ends = {start: numbers[state] for start, state in table["end_states"].items()}
    starts = {start: numbers[state] for start, state in table["start_states"].items()}
    made = {"tokens": {number: name for name, number in tokens.items()}, "states": written}
    return {**table, **made, "start_states": starts, "end_states": ends}


def _reached(names: dict[int, str], states: dict[int, dict[int, tuple[int, Any]]], starts: list[int]) -> dict[int, int]:
    """The states of a parser with new numbers, in the order in which they are reached over tokens sorted by name."""
    numbers = {state: number for number, state in enumerate(starts)}
    waiting = deque(starts)
    while waiting:
        actions = states[waiting.popleft()]
        for token in sorted(actions, key=names.__getitem__):
            kind, to = actions[token]
            if kind == _SHIFT and to not in numbers:
                numbers[to] = len(numbers)
                waiting.append(to)
    return numbers


def _with_equal_texts_once(value: Any, texts: dict[str, str]) -> Any:
    """``value``, in which no two parts are the same object but equal texts: what pickle writes depends on that."""
    if isinstance(value, dict):
        return {_with_equal_texts_once(key, texts): _with_equal_texts_once(part, texts) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([_with_equal_texts_once(part, texts) for part in value])
    return texts.setdefault(value, value) if isinstance(value, str) else value
