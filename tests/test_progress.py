"""The bar of a long run: one line, whatever the width of the terminal."""

from __future__ import annotations

import pytest

from goalcheck.cli.progress import bar
from goalcheck.messages import LANGUAGES, say
from goalcheck.prose.width import display_width


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("language", LANGUAGES)
def test_bar_is_one_line(monkeypatch: pytest.MonkeyPatch, language: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for number in (2, 5_000, 1_000_000):
        for done in (1, number // 2, number):
            line = bar(say("cli.checking", language), done, number, 7200.0)
            assert f"{done}/{number}" in line or columns == 20
            assert display_width(line) < columns
            assert line.isprintable()
