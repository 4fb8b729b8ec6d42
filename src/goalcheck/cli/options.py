"""Options that several commands share, with their checks, and what is written to standard output and error."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
import click

from goalcheck.cli.speech import F, OneOf, Refusal, Whole, option
from goalcheck.files import atomic_write
from goalcheck.files.system_errors import system_reason
from goalcheck.limits import MOST, Limits
from goalcheck.messages import LANGUAGES, say
from goalcheck.prose.sentences import path as shown
from goalcheck.readers.plain import is_text_encoding

WRONG = 2
LIMITED = tuple(field.name for field in attrs.fields(Limits))
"""What :data:`with_limits` sets a limit to."""


def selectors(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[str] | None:
    """The rules named by an option that may be repeated and may hold several, parted by commas."""
    named = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if values and not named:
        raise Refusal("no-rules")
    return named or None


def _encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    if name is not None and not is_text_encoding(name):
        raise Refusal("no-encoding", name=name)
    return name


def _asked_language(context: click.Context, _: click.Parameter, language: str | None) -> str | None:
    """The language that the command line asks for, here or before the command; None leaves it to the configuration."""
    root = context.find_root()
    before = root.get_parameter_source("lang") is not click.core.ParameterSource.DEFAULT
    return language or (str(context.obj) if before else None)


def _chosen_language(context: click.Context, _: click.Parameter, language: str | None) -> str:
    return language or str(context.obj)


def file_of(path: str | None) -> str | None:
    """The file that ``--output`` names; None where that is standard output, as ``-`` is."""
    from goalcheck.files import inputs  # a shell that completes a command needs none

    if path == "":
        raise Refusal("no-value", name="--output")
    return None if path == inputs.STDIN else path


with_output = option("-o", "--output", metavar="FILE", callback=lambda _, __, path: file_of(path))

with_language = option("--lang", type=OneOf(LANGUAGES), callback=_chosen_language)
with_asked_language = option("--lang", type=OneOf(LANGUAGES), callback=_asked_language)
with_config = option("--config", metavar="FILE")
with_isolated = option("--isolated", is_flag=True)
with_encoding = option("--encoding", metavar="NAME", callback=_encoding)
with_limits = tuple(option(f"--max-{field}", type=Whole(getattr(MOST, field))) for field in LIMITED)


def limited(command: F) -> F:
    """Give ``command`` the options that set limits."""
    for add in reversed(with_limits):
        command = add(command)
    return command


def limits_of(options: Mapping[str, Any]) -> Mapping[str, int]:
    """The limits that are set among the ``options`` of a command, by their fields in :class:`Limits`."""
    given = {field: options.get(f"max_{field}") for field in LIMITED}
    return {field: limit for field, limit in given.items() if limit is not None}


def write(pieces: Iterable[str | bytes], path: str | None) -> None:
    """Write a report to standard output, or to a file: all of it or nothing. Text is UTF-8 wherever it goes."""
    try:
        if path is None:
            _print(pieces)
        else:
            atomic_write.save(map(_as_bytes, pieces), path)
    except OSError as error:
        raise Refusal("output", name=path or "-", reason=system_reason(error)) from None


def tell_of_file(path: str | None, language: str) -> None:
    """Say on standard error which file was written: the screen shows nothing of it. Not of a device or a pipe."""
    if path is not None and os.path.isfile(path):
        complain(say("cli.saved", language, name=shown(path)))


def _as_bytes(piece: str | bytes) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")


def write_bytes(data: bytes) -> None:
    """Write a text to standard output just as its bytes are."""
    try:
        with _hushed():
            sys.stdout.buffer.write(data)
    except OSError as error:
        raise Refusal("output", name="-", reason=system_reason(error)) from None


def _print(pieces: Iterable[str | bytes]) -> None:
    """Write to standard output, and go on if its reader has seen enough: the exit status is for all inputs."""
    with _hushed():
        for piece in pieces:
            try:
                if isinstance(piece, bytes):
                    sys.stdout.flush()
                    sys.stdout.buffer.write(piece)
                else:
                    sys.stdout.write(piece)
                sys.stdout.flush()
            except BrokenPipeError:
                _hush()


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Writing to standard output, of which nothing more is tried once it fails."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    except OSError:
        _hush()
        raise


def _hush() -> None:
    """Send what is still to be written to standard output nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """A line on standard error that says whose complaint it is."""
    aside(f"goalcheck: {text}")


def aside(text: str) -> None:
    """A line on standard error; where that is full or closed, the exit status still tells."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(text, err=True)
