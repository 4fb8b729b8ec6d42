"""Every sentence that goalcheck says and that is no rule's, in both languages; a TOML file a subject.

    >>> say("totals.files", "en", number=1)
    '1 file'

A key is the file's name, a dot and the sentence's name; ``{…}`` in a sentence stands for a figure, ``{{`` for a brace.
A sentence has ``zh`` and ``en``; one that English says otherwise of a single thing has ``en-one`` as well, which is
taken where the figure ``number`` is 1. The files are loaded as strictly as the rules, each when it is first asked for.
"""

from __future__ import annotations

from goalcheck.messages.load import LANGUAGES, MessageError, Sentence, Words, all_words, key_of, under, words

__all__ = ["LANGUAGES", "MessageError", "Sentence", "Words", "all_words", "key_of", "say", "under", "words"]


def say(key: str, language: str, /, **figures: object) -> str:
    """The sentence ``key`` in ``language``, ``zh`` or ``en``, with its figures. Raises KeyError for one not there."""
    said = words(key)
    if said.en_one is not None and language == "en" and figures["number"] == 1:
        return said.en_one.format_map(figures)
    return (said.zh if language == "zh" else said.en).format_map(figures)
