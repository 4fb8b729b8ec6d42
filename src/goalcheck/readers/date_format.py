"""Shows a spreadsheet's dates and times: serial numbers, days since 1900 or 1904."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from goalcheck.readers.chinese_numerals import by_digits, in_words
from goalcheck.readers.format_code import Section

_DAY = 86400
_BEFORE_THE_DAY_THAT_NEVER_WAS = date(1899, 12, 31)
_AFTER_IT = date(1899, 12, 30)
_LAST = 2_958_465  # 31 December 9999
_BETWEEN_SYSTEMS = 1462  # days from the start of the one of 1900 to that of 1904

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE_DAYS = "一二三四五六日"


def shown(section: Section, value: Decimal, *, since_1904: bool) -> str | None:
    """The date ``value`` as ``section`` shows it; None for one that a spreadsheet cannot show."""
    formats = [said for kind, said in section.tokens if kind == "date"]
    serial = value + _BETWEEN_SYSTEMS if since_1904 else value
    if not 0 <= serial <= _LAST + 1:
        return None
    places = max((len(said.partition(".")[2]) for said in formats), default=0)
    seconds = (serial * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    days = int(seconds // _DAY)
    if days > _LAST:
        return None
    parts = _Parts(days, seconds % _DAY, int((value * _DAY).quantize(Decimal(1), ROUND_HALF_UP)))
    half = any("/" in said for said in formats)
    return "".join(
        said if kind != "date" else parts.shown(said, numerals=section.numerals, is_of_twelve=half)
        for kind, said in section.tokens
        if kind in ("date", "literal", "point", "comma", "percent")
    )


def _date(days: int) -> tuple[int, int, int]:
    if days in (0, 60):
        return (1900, 1, 0) if days == 0 else (1900, 2, 29)
    found = (_BEFORE_THE_DAY_THAT_NEVER_WAS if days < 60 else _AFTER_IT) + timedelta(days)
    return found.year, found.month, found.day


def _weekday(days: int) -> int:
    """The day of the week, from 0 for Monday, as spreadsheets count it."""
    return (days + 5) % 7


class _Parts:
    """A moment, in parts: the day, the seconds of it, and the seconds since the beginning."""

    def __init__(self, days: int, seconds: Decimal, elapsed: int) -> None:
        self._year, self._month, self._day = _date(days)
        self._weekday = _weekday(days)
        self._seconds = seconds
        self._elapsed = elapsed
        self._hour = int(seconds // 3600)

    def shown(self, said: str, *, numerals: int, is_of_twelve: bool) -> str:
        """What the token ``said`` shows."""
        if said[0] in "ye":
            return _year(self._year, said, numerals)
        name = self._name(said)
        if name is not None:
            return name
        number, places = self._number(said, is_of_twelve), len(said.strip("[]"))
        if numerals:
            return in_words(number, numerals)
        return f"{number:0{1 if places == 1 or said == 'minute' else 2}d}{self._fraction(said)}"

    def _name(self, said: str) -> str | None:
        """Of what is shown by a name."""
        if "/" in said:
            first, second = said.upper().split("/")
            return first if self._hour < 12 else second
        if said.startswith("mmm"):
            name = _MONTHS[self._month - 1]
            return name[0] if len(said) == 5 else name[:3] if len(said) == 3 else name
        if said.startswith("ddd"):
            return _DAYS[self._weekday][: 3 if len(said) == 3 else None]
        if said.startswith("aaa"):
            return ("星期" if len(said) == 4 else "") + _CHINESE_DAYS[self._weekday]
        return None

    def _number(self, said: str, is_of_twelve: bool) -> int:
        minutes = int(self._seconds // 60)
        elapsed = {"h": self._elapsed // 3600, "m": self._elapsed // 60, "s": self._elapsed}
        if said[0] == "[":
            return elapsed[said[1]]
        hour = (self._hour + 11) % 12 + 1 if is_of_twelve else self._hour
        second = int((self._seconds % 60).to_integral_value(ROUND_FLOOR))
        if said.startswith("minute"):
            return minutes % 60
        return {"m": self._month, "d": self._day, "h": hour, "s": second}[said[0]]

    def _fraction(self, said: str) -> str:
        places = len(said.partition(".")[2])
        return f".{f'{self._seconds % 1:.{places}f}'[2:]}" if places else ""


def _year(year: int, said: str, numerals: int) -> str:
    shown = f"{year % 100:02d}" if said[0] == "y" and len(said) <= 2 else f"{year:04d}"
    return by_digits(shown, numerals)


def serial(year: int, month: int, day: int, clock: Sequence[int] = ()) -> Decimal:
    """The serial number, in the system of 1900, of a date and of hours, minutes and seconds."""
    days = (date(year, month, day) - _AFTER_IT).days
    seconds = sum(part * unit for part, unit in zip(clock, (3600, 60, 1), strict=False))
    return (days if days > 60 else days - 1) + Decimal(seconds) / _DAY
