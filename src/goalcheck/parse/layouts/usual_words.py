"""What usual cells of tables by rows say, by what their columns are for: nothing about them is strange at first sight.

Most cells are usual. Of any other one :mod:`~goalcheck.parse.layouts.strange_cells` looks at what it may be.
"""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.names_astray import NAME_ENDS

STANDARD = regex(r"(?:计划|历史|行业|国家|地方|预算)标准|指标")
"""What is no name: a kind of standard, or what is left of a class."""

_END_OF_CLASS = "指标"
_NO_NAME_ENDS = ("标准", "指标")
_NO_VALUE_ENDS = (*_NO_NAME_ENDS, *NAME_ENDS)
_USUAL_SIGNS = frozenset(("定性", "定量", ">=", "<=", "等于", "大于", "小于"))
_BEGINNINGS = frozenset("0123456789.,\uff0c\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d")
"""With which what may have moved begins: a figure, or a sign."""

_SHORTEST_WORDS = 4  # characters that are no sign


def is_usual_sign(said: str) -> bool:
    """Whether ``said`` is a sign, or a usual word for one."""
    return len(said) == 1 or (len(said) < _SHORTEST_WORDS and said in _USUAL_SIGNS)


def is_usual_level(said: str) -> bool:
    """Whether it may well be a class."""
    return are_usual_words(said) and not said.endswith(NAME_ENDS)


def is_usual_value(said: str) -> bool:
    """Whether it may well be a value: it ends as neither names nor classes do."""
    return not said.endswith(_NO_VALUE_ENDS)


def is_usual_name(said: str) -> bool:
    """Whether it may well be a name."""
    return are_usual_words(said) and not (said.endswith(_NO_NAME_ENDS) and STANDARD.fullmatch(said))


def is_no_class_or_standard(said: str) -> bool:
    """The same in a column that was misread: it may hold classes or standards instead."""
    return are_usual_words(said) and not said.endswith(_NO_NAME_ENDS)


def are_usual_words(said: str) -> bool:
    """Whether it neither begins as figures do nor has a class run into it."""
    return not (said[0] in _BEGINNINGS or _END_OF_CLASS in said[2:-2])
