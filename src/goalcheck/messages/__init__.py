"""Every sentence that goalcheck says and that is no rule's, in both languages; a TOML file a subject.

    >>> say("input.no-rows", "en")

A key is the file's name, a dot and the sentence's name; ``{…}`` in a sentence stands for a figure. The files are loaded
as strictly as the rules: both languages, the same figures in both, nothing else.
"""

from __future__ import annotations

from goalcheck.messages.load import LANGUAGES, MessageError, Words, all_words, under, words

__all__ = ["LANGUAGES", "MessageError", "Words", "all_words", "say", "under", "words"]


def say(key: str, language: str, /, **figures: object) -> str:
    """The sentence ``key`` in ``language``, ``zh`` or ``en``, with its figures. Raises KeyError for one not there."""
    return words(key)[language].format_map(figures)
