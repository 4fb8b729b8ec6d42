"""What a value is, whatever cell it stands in: :class:`Form`."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

import attrs


@attrs.frozen(slots=False)
class Form:
    """What a value is, as ``value.lark`` reads it; the same text always has the same form.

    ``kind`` is one of ``blank``, ``residue`` (an unfilled template), ``quantity``, ``range``, ``ratio``, ``date``,
    ``words`` and ``malformed``. A quantity has one number, a range and a ratio two, each with its sign and unit;
    ``comparator`` is one of ``< ≤ = ≥ >`` or empty, ``worded`` says that it was written in words. ``fault`` names what
    makes a value malformed.
    """

    kind: str
    numbers: tuple[Decimal, ...] = ()
    unit: str = ""
    comparator: str = ""
    worded: bool = False
    fault: str = ""

    @cached_property
    def out_of_range(self) -> bool:
        """Whether a bound of a percentage lies above 100 or below 0."""
        return self.unit == "%" and (max(self.numbers) > 100 or min(self.numbers) < 0)
