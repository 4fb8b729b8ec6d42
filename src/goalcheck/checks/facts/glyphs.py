"""What puts a text in standard glyphs: half-width figures, letters and signs."""

from __future__ import annotations

from goalcheck.finding import Edit
from goalcheck.sheet import Text
from goalcheck.vocabulary import fold_glyphs


def folding(part: Text) -> Edit | None:
    """What puts ``part`` in standard glyphs; None where it is in these."""
    text = part.text
    folded = fold_glyphs(text)
    if folded == text:
        return None
    same = _shared(text, folded)
    tail = _shared(text[same:][::-1], folded[same:][::-1])
    return Edit(part.start + same, part.start + len(text) - tail, folded[same : len(folded) - tail])


def _shared(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
