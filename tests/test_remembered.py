"""What is remembered of words is what would be made of them anew, and never more than was said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goalcheck.remembered import Remembered


@given(st.lists(st.text("ab", max_size=4)), st.integers(1, 4))
def test_it_gives_what_is_made_and_keeps_no_more_than_it_may(words: list[str], most: int) -> None:
    asked: list[str] = []

    def doubled(word: str) -> str:
        asked.append(word)
        return word * 2

    known = Remembered(doubled, most, lambda word: len(word) < 3)
    for word in words:
        before = len(asked), word in known
        assert known[word] == word * 2
        assert len(asked) == before[0] + (not before[1])
        assert len(known) <= most
    assert all(len(word) < 3 for word in known)
