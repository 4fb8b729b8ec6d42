"""Tells by its words whether a cell holds the name of an indicator, or what a break in one has left."""

from __future__ import annotations

from goalcheck.files.regexes import regex

NAME_ENDS = ("数", "率", "量", "比例")
"""With which the names of most indicators end, and hardly any class or value."""

_NAME = regex(r"[\u4e00-\u9fff]{4,}")
_WORDS_OF_VALUES = regex("[不高低大小多少增减提降升达完按应全实上计同目符内至超以稳保改优良好中差无]")
"""Words of which one at least stands in a value that is no figure: 不低于上年人数, 按实际人数, 提高入学率."""


def is_name(said: str) -> bool:
    """Whether ``said``, no known class, looks like the name of an indicator."""
    return said.endswith(NAME_ENDS) and _NAME.fullmatch(said) is not None


def is_rest_of_name(said: str, name: str) -> bool:
    """Whether ``said``, which stands for a value, is what has broken off ``name``: 沿河村 and 庄受益人数."""
    broken = len(name) == 1 or (name != "" and not name.endswith(NAME_ENDS))
    return broken and is_name(said) and _WORDS_OF_VALUES.search(said) is None
