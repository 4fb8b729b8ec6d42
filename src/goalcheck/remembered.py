"""What was made of texts, kept for the next time: sheets say the same few words again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


def _always(_: object) -> bool:
    return True


class Remembered(dict[_Key, _Made], Generic[_Key, _Made]):
    """What ``make`` makes of each key, by that key: asked as a mapping is. It must make the same of it every time.

    It keeps up to ``most``, then begins anew, and of long keys nothing: only those that ``is_kept`` says.
    """

    def __init__(self, make: Callable[[_Key], _Made], most: int, is_kept: Callable[[_Key], bool] = _always) -> None:
        super().__init__()
        self._make = make
        self._most = most
        self._is_kept = is_kept

    def __missing__(self, key: _Key) -> _Made:
        made = self._make(key)
        if self._is_kept(key):
            if len(self) >= self._most:
                self.clear()
            self[key] = made
        return made
