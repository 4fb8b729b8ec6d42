"""The seeds: every example of the catalogue in its sheet, stretches of the real one, in several encodings."""

from __future__ import annotations

from collections.abc import Sequence

from harness import LONGEST, ROOT


def texts() -> list[str]:
    """Small sheets."""
    from goalcheck.catalogue.load import catalogue

    made = [e.in_sheet(rule.level).text for rule in catalogue().rules for e in (*rule.bad, *rule.good)]
    lines = (ROOT / "samples" / "liwan-jinhua.txt").read_text(encoding="utf-8").split("\n")
    header = next(number for number, line in enumerate(lines) if "项目名称" in line)
    made += ["\n".join((*lines[: header + 1], row, "")) for row in lines[header + 1 :]]
    made += [made[0].replace("\t", ","), made[1].replace("\n", "\r\n"), made[2].replace("\n", "\r"), "", "\n", "a\tb\n"]
    return [text for text in dict.fromkeys(made) if len(text.encode()) <= LONGEST]


def sheets() -> list[bytes]:
    """The same as bytes."""
    made = [text.encode() for text in texts()]
    for text in texts()[::9]:
        made += [text.encode(codec) for codec in ("gb18030", "utf-8-sig", "utf-16", "utf-32")]
    return [*made, b"PK\x03\x04", b"%PDF-", b"\xff\xfe\x00", b"\x81\x30\x81\x30"]


def encoded(encodings: Sequence[str | None]) -> list[bytes]:
    """Each small sheet in one of ``encodings``, in turn, behind the byte that names it; some in all of them."""
    made = []
    for number, text in enumerate(texts()):
        chosen = range(len(encodings)) if number % 20 == 0 else (number % len(encodings),)
        made += [bytes((lead,)) + text.encode(encodings[lead] or "utf-8", "replace") for lead in chosen]
    return [*made, *(b"\0" + data for data in sheets()[-200:])]


def led(leads: bytes) -> list[bytes]:
    """Each seed behind a byte that tells the target how to take it, in turn."""
    return [bytes((leads[number % len(leads)],)) + data for number, data in enumerate(sheets())]
