"""Bytes to the decoder: they become a text or an InputError, offsets have places, the text becomes the bytes again.

The first byte chooses the encoding that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import Target, fuzz
from seeds import encoded

if TYPE_CHECKING:
    from goalcheck.source import Source

ENCODINGS = (
    None,
    None,
    None,
    "utf-8",
    "gb18030",
    "gbk",
    "utf-16",
    "utf-16-be",
    "utf-32",
    "utf-7",
    "hz",
    "raw_unicode_escape",
)


def prepare() -> Target:
    """The target."""
    from goalcheck.errors import InputError
    from goalcheck.parse.admission import admit
    from goalcheck.prose import sentences
    from goalcheck.readers.plain import decode, encode

    def target(data: bytes) -> None:
        encoding = ENCODINGS[data[0] % len(ENCODINGS)] if data else None
        data = data[1:]
        try:
            source = decode(data, "a.txt", encoding)
            places(source)
            admit(source)
            if encode(source.text, source, data) != data:
                raise AssertionError("the text becomes other bytes")
        except InputError as failure:
            sentences.error(failure, "zh")

    return target


def places(source: Source) -> None:
    """Lines lie one behind the other and cover the text; an offset is where its line and column say."""
    text = source.text
    starts = source.line_starts
    assert "".join(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)) == text
    for offset in {0, 1, len(text) // 3, len(text) // 2, len(text) - 1, len(text)}:
        if 0 <= offset <= len(text):
            line, column = source.place(offset)
            start, end = source.line(line)
            assert start + column - 1 == offset
            assert not set("\r\n") & set(text[start:end])


if __name__ == "__main__":
    fuzz(prepare, lambda: encoded(ENCODINGS))
