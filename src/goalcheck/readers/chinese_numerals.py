"""Writes numbers as spreadsheets do under ``[DBNum1]`` (一百二十), ``[DBNum2]`` (壹佰贰拾) and ``[DBNum3]``."""

from __future__ import annotations

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_TENS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_MYRIADS = ("", "万", "亿", "万亿")


def by_digits(shown: str, kind: int) -> str:
    """``shown`` with each of its digits written as a numeral of ``kind``; as it is for kind 0."""
    return shown.translate(dict(zip(range(ord("0"), ord("9") + 1), _DIGITS[kind], strict=True))) if kind else shown


def in_words(number: int, kind: int) -> str:
    """``number``, less than 10**16, written out in numerals of ``kind``."""
    zero = _DIGITS[kind][0]
    if not number:
        return zero
    groups = []
    for myriad in _MYRIADS:
        number, group = divmod(number, 10_000)
        if group:
            lead = zero if number and group < 1000 else ""
            groups.append(lead + _group(group, kind) + myriad)
        elif groups and number and not groups[-1].startswith(zero):
            groups.append(zero)
    said = "".join(reversed(groups))
    return said[1:] if kind == 1 and said.startswith("一十") else said


def _group(group: int, kind: int) -> str:
    """A number of up to four digits, written out."""
    digits, said = f"{group:04d}", ""
    for place, digit in zip((3, 2, 1, 0), digits, strict=True):
        if digit != "0":
            gap = said and digits[3 - place - 1] == "0"
            said += (_DIGITS[kind][0] if gap else "") + _DIGITS[kind][int(digit)] + _TENS[kind][place]
    return said
