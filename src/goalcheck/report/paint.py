"""The colours of the text report. None of them says anything that the words beside it do not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goalcheck.catalogue.rule import Severity
from goalcheck.report import Style

COLORS: Mapping[Severity, str] = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
HEADING = "1;35"
BLUE = "1;34"
BOLD = "1"


def painter(style: Style) -> Callable[[str, str], str]:
    """A function that wraps text in a colour, if there is one, where the style asks for it."""
    if not style.color:
        return lambda text, _: text
    return lambda text, color: f"\x1b[{color}m{text}\x1b[0m" if text and color else text
