"""The points of forms for self-evaluation: 50 in 产出指标(50分), 10 in a row 预算执行率 ⇥ ⇥ 10."""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.sheet import Text

_BEHIND = regex(
    r"[(\uff08\[\u3010]\s{0,4}(?:权重|分值|满分)?\s{0,4}[:\uff1a]?\s{0,4}"
    r"(\d{1,3}(?:\.\d{1,2})?)\s{0,4}[分%\uff05]?\s{0,4}[)\uff09\]\u3011]"
    r"|(?<!\d)(\d{1,3}(?:\.\d{1,2})?)\s{0,4}分$"
)


def points_behind(cell: Text) -> Text | None:
    """The points that ``cell`` gives behind a label; None where it gives none."""
    match = _BEHIND.search(cell.text)
    if match is None or match.start() == 0:
        return None
    start, end = match.span(match.lastindex or 0)
    return Text(cell.start + start, cell.start + end, cell.text[start:end])
