"""What goalcheck says, in both languages."""

from __future__ import annotations

import attrs

LANGUAGES = ("zh", "en")


@attrs.frozen
class Words:
    """The same said in every language of the tool."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en
