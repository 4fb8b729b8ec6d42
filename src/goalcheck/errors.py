"""Errors for what is wrong with an input or another file of the user's. They hold keys and figures, no words."""

from __future__ import annotations

from collections.abc import Mapping


class InputError(Exception):
    """An input that cannot be checked. ``key`` names what is wrong, ``figures`` fill in the sentence.

    It carries no words: the report says it in the reader's language.
    """

    def __init__(self, key: str, **figures: object) -> None:
        super().__init__(key, figures)
        self.key = key
        self.figures: Mapping[str, object] = figures

    def __reduce__(self) -> tuple[object, ...]:
        """How to make it again in another process."""
        return _input_error, (self.key, dict(self.figures))


def _input_error(key: str, figures: dict[str, object]) -> InputError:
    return InputError(key, **figures)


class FileError(Exception):
    """What is wrong with a file of the user's, and where.

    ``key`` names what is wrong, ``figures`` fill in the sentence; it carries no words, as the command line says it in
    the reader's language. ``nearest`` is what may have been meant.
    """

    def __init__(
        self, key: str, path: str, line: int | None = None, nearest: str | None = None, **figures: object
    ) -> None:
        super().__init__(key, path, line, figures)
        self.key = key
        self.path = path
        self.line = line
        self.nearest = nearest
        self.figures: Mapping[str, object] = figures

    def __reduce__(self) -> tuple[object, ...]:
        """How to make it again in another process."""
        return _file_error, (self.key, self.path, self.line, self.nearest, dict(self.figures))


def _file_error(key: str, path: str, line: int | None, nearest: str | None, figures: dict[str, object]) -> FileError:
    return FileError(key, path, line, nearest, **figures)
