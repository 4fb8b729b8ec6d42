"""Columns of signs that a header calls otherwise: 指标值类型, where most tables have 定量 or 定性.

三级指标⇥指标值⇥度量单位⇥指标值类型
演出场次⇥120⇥场⇥≥
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from goalcheck.files.regexes import regex
from goalcheck.sheet import Header

_SIGN = regex(r"\s*[\u2265\u2264\u2267\u2266<>\uff1c\uff1e=\uff1d]{1,2}\s*")
_KINDS = frozenset(("指标类型", "指标属性"))
"""What may be called so as well, of the columns that are known to be something else."""


def with_signs(text: str, header: Header, rows: Iterable[Sequence[tuple[int, int]]]) -> Header:
    """``header`` with a column of signs where it has none, and one of the kinds of values holds signs in ``rows``."""
    roles = {column.role for column in header.columns}
    if "sign" in roles or "value" not in roles:
        return header
    kinds = [c.index for c in header.columns if c.role == "nature" or c.clean in _KINDS]
    if not kinds:
        return header
    cells = [(at, row[at]) for row in rows for at in kinds if at < len(row)]
    found = next((at for at, (start, end) in cells if start < end and _SIGN.fullmatch(text, start, end)), None)
    if found is None:
        return header
    columns = (attrs.evolve(c, role="sign") if c.index == found else c for c in header.columns)
    return attrs.evolve(header, columns=tuple(columns))
