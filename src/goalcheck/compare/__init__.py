"""What two sheets say of each other: what was mended, and how projects, amounts and targets have changed.

    sheets ─▶ plans.py: projects with their targets ─▶ projects.py, targets.py: which is which, and its state ─┐
    findings, of sheets, of a report, of a list ─▶ faults.py: mended, left, new ─▶ comparison.py ◀─────────────┘

It is told in the formats of :data:`FORMATS`, each a module with one function, ``whole``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import attrs


@attrs.frozen(eq=False)
class Writer:
    """A format in which a comparison is told: its ``name``, and the module of this room that writes it."""

    name: str
    home: str
    for_terminals: bool = True
    """Whether anybody could read it in a terminal; else it is not written there."""
    library: str = ""
    """The package that it cannot be written without; empty where there is none."""

    @property
    def module(self) -> Any:
        """The module, imported once the format is asked for."""
        return import_module(f"goalcheck.compare.{self.home}")


FORMATS: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("text", "text"),
        Writer("json", "data"),
        Writer("html", "page", for_terminals=False),
        Writer("xlsx", "workbook", for_terminals=False, library="xlsxwriter"),
    )
}
"""The formats by name."""
