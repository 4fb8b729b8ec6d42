"""Names and values that stand in one text: 修建道路≥3公里, 验收合格率100%, 供水能力明显提升.

A value with a sign is told by the sign, another by a figure with a known unit, or by words that say how much something
changes. What may be cut at several places, and a text that says no value, is not cut.
"""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.parse.values import read_value
from goalcheck.vocabulary import PERCENTS, vocabulary

_SIGNS = r"\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d"
_SIGNED = regex(
    rf"(?:[{_SIGNS}]{{1,2}}|不[低少高大多小]于|不超过|[大小]于(?:或?等于)?|等于|达到?)\s{{0,4}}"
    rf"(?=\d)(?:[^,\uff0c;\uff1b。{_SIGNS}]|,(?=\d{{3}})){{1,24}}\Z"
)
_FIGURE = regex(
    r"(?<![\d.,\u2265\u2264年月第-])约?\d[\d,]{0,12}(?:\.\d{1,4})?\s{0,2}"
    r"([%\uff05\u2030]?[^\d\s%\uff05\u2030]{0,8})\Z"
)
_GOES_ON = regex(
    r"(?:[~\uff5e\u2013\u2014\u00d7*x/\uff0f+-]|[\d%\uff05\u2030]\s{0,2}[:\uff1a至到]|[\u4e00-\u9fff][至到]"
    r"|每[\u4e00-\u9fff]{1,2})\s{0,2}\Z"
)
"""A figure behind it is but a part of a value: 90%~95%, 7\u00d724小时, 提高到95%, 每人100元."""

_BEHIND = ("以上", "以下", "以内", "左右")
_CHANGE = regex(
    r"(?:明显|显著|有效|持续|逐步|不断|进一步|稳步|得到|有所|大幅|较大|基本|全面){1,3}"
    r"(?:提升|提高|改善|增强|完善|优化|加强|保障|增加|减少|降低|下降|稳定|改进|缓解|好转|减轻|普及)\Z"
)
_NAME = regex(rf"(?!\d+\Z|\d{{1,3}}\s{{0,2}}[.\uff0e\u3001)\uff09:\uff1a])[^;\uff1b。\r\n{_SIGNS}]{{2,}}")
_TWO = regex(r"\d(?:[^,\uff0c]{0,12}[,\uff0c]|[^,\uff0c\u3001\d]{1,12}\u3001|[^\d,\uff0c\u3001]{1,2}和)")
"""A figure, and more behind it: the text says several things."""

_OPENING, _CLOSING = "(\uff08[\u3010\u201c\u300a", ")\uff09]\u3011\u201d\u300b"

_PERCENT = (*PERCENTS, "\u2030")
_PER = regex(r"[/\uff0f]")
_MEASURED = frozenset(("quantity", "range"))
_LONGEST = 80
_BETWEEN = " :\uff1a\u3000"


def parted(said: str) -> tuple[int, int, int] | None:
    """Where in a text the name ends, and where the value begins and ends; None where it cannot be told."""
    end = len(said.rstrip(" \u3000;\uff1b。"))
    if end > _LONGEST:
        return None
    body = said[:end]
    match = _SIGNED.search(body) or _measured(body) or _CHANGE.search(body)
    if match is None:
        return None
    begins = match[0] if isinstance(match, tuple) else match.start()
    name = body[:begins].rstrip(_BETWEEN)
    if not _NAME.fullmatch(name) or _TWO.search(name) or not _is_whole(name):
        return None
    return len(name), begins, end


def _is_whole(name: str) -> bool:
    """Whether all brackets that ``name`` opens are closed in it: 合格率(一次\u226595%) has its value within."""
    return sum(map(name.count, _OPENING)) == sum(map(name.count, _CLOSING))


def _measured(body: str) -> tuple[int] | None:
    """Where a figure with a known unit stands at the end."""
    match = _FIGURE.search(body)
    if match is None or not match[1] or _GOES_ON.search(body, 0, match.start()) is not None:
        return None
    unit = next((match[1][: -len(word)] for word in _BEHIND if match[1].endswith(word)), match[1])
    if unit in _PERCENT:
        return (match.start(),)
    is_known = _PER.split(unit)[0] in vocabulary().known_units and not body[0].isdigit()
    return (match.start(),) if is_known and read_value(match[0]).kind in _MEASURED else None
