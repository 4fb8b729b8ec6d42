"""The tree of a sheet as JSON: every node with its kind and span, every field by name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.prose import json_text
from goalcheck.sheet import Indicator, Node, Packed, Sheet, SplitColumns
from goalcheck.source import Source, Span
from goalcheck.value_form import Form


def report(sheet: Sheet, source: Source, taxonomy: Taxonomy | None) -> Iterator[str]:
    """The tree, with what the source was, and the name of the taxonomy that fits it."""
    tree = {
        "path": source.path,
        "sha256": source.sha256,
        "kind": source.kind,
        "encoding": source.encoding or None,
        "taxonomy": taxonomy.name if taxonomy is not None else None,
        "sheet": node(sheet),
    }
    yield json_text.lines(tree) + "\n"


def node(value: Node) -> dict[str, Any]:
    """A node as an object: ``kind``, ``span`` (offsets, half-open), then its fields."""
    made: dict[str, Any] = {"kind": type(value).__name__.lower(), "span": [value.start, value.end]}
    for field in attrs.fields(type(value)):
        if field.name not in ("start", "end", "records", "packed"):
            made[field.name] = _plain(getattr(value, field.name))
    if isinstance(value, Indicator) and value.packed is not None:
        made |= _writing(value.packed)
        for name, _ in value.values:
            made[name]["label"] = _plain(value.packed.label(name))
    return made


def _writing(packed: Packed) -> dict[str, Any]:
    """How a packed cell wrote an indicator, as fields of that."""
    return {name: _plain(getattr(packed, name)) for name in ("ordinal", "terminator", "separators")}


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return node(value)
    if isinstance(value, Form):
        return {k: _plain(v) for k, v in attrs.asdict(value, recurse=False).items() if v not in ("", (), False)}
    if isinstance(value, SplitColumns):
        return {k: _plain(v) for k, v in attrs.asdict(value, recurse=False).items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
