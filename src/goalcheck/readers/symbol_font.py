"""The signs that Word writes in the fonts Symbol and Wingdings, as the characters that they show."""

from __future__ import annotations

from collections.abc import Mapping

_PRIVATE = 0xF000  # where such a font's characters stand among all characters

_SYMBOL: Mapping[int, str] = {
    0xA3: "\u2264", 0xA5: "\u221e", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191", 0xAE: "\u2192", 0xAF: "\u2193",
    0xB0: "\u00b0", 0xB1: "\u00b1", 0xB2: "\u2033", 0xB3: "\u2265", 0xB4: "\u00d7", 0xB7: "\u2022", 0xB8: "\u00f7",
    0xB9: "\u2260", 0xBA: "\u2261", 0xBB: "\u2248", 0xBC: "\u2026", 0xD7: "\u22c5", 0xE5: "\u2211", 0x2D: "\u2212",
    0x40: "\u2245", 0x7E: "\u223c",
    **{code: chr(code) for code in (*range(0x20, 0x22), 0x23, *range(0x25, 0x27), *range(0x28, 0x2A), 0x2B, 0x2C)},
    **{code: chr(code) for code in (*range(0x2E, 0x40), 0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D)},
}  # fmt: skip
_WINGDINGS: Mapping[int, str] = {
    0x6C: "\u25cf", 0x6E: "\u25a0", 0x6F: "\u25a1", 0x71: "\u2751", 0x72: "\u2752", 0x76: "\u2756", 0x9F: "\u2022",
    0xA1: "\u25cb", 0xA7: "\u25aa", 0xA8: "\u25fb", 0xD8: "\u27a2", 0xE0: "\u2192", 0xFB: "\u2717", 0xFC: "\u2713",
    0xFD: "\u2612", 0xFE: "\u2611",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """The sign with the hexadecimal ``code`` of ``font``, as ``F0B3``; one that is not known stays as it is."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= number <= 0xFFFF or 0xD800 <= number < 0xE000:
        return ""
    known = _FONTS.get(font.lower(), {}).get(number & 0xFF) if number < 0x100 or number & 0xFF00 == _PRIVATE else None
    return known or chr(number)


def in_symbol_font(text: str) -> str:
    """``text`` whose characters are those of the font Symbol, as far as they stand where its own do."""
    return "".join(_SYMBOL.get(ord(char) - _PRIVATE, char) if ord(char) >= _PRIVATE else char for char in text)
