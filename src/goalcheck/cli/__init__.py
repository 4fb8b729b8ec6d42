"""The command line: its commands and their exit status. The only part of goalcheck that knows click.

    arguments ─▶ command (lint, fix, manual, parse, convert, compare, init) ─▶ report, in a file or not ─▶ exit status
                 with what they share in running.py, options.py; every sentence in speech.py

Exit status: 0 all was checked and nothing is at or above ``--fail-on``; 1 something is; 2 wrong usage, or an input
that was not fully checked; 130 Ctrl-C, 143 ended by SIGTERM: what was begun is tidied up.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from goalcheck.cli.options import WRONG, complain
from goalcheck.cli.speech import Group, OneOf, Refusal, option, refusal
from goalcheck.errors import InputError
from goalcheck.files import regexes
from goalcheck.files.system_errors import system_reason
from goalcheck.messages import LANGUAGES, say
from goalcheck.prose import sentences
from goalcheck.version import __version__

INTERRUPTED = 130
COMMANDS: Mapping[str, tuple[str, str]] = {
    "lint": ("lint", "command"),
    "fix": ("fix", "command"),
    "explain": ("manual", "explain"),
    "rules": ("manual", "rules"),
    "parse": ("parse", "command"),
    "convert": ("convert", "command"),
    "annotate": ("annotate", "command"),
    "compare": ("compare", "command"),
    "init": ("init", "command"),
}
"""Each command's module and its name there; a module is imported when its command is called."""

COMPLETE = "_GOALCHECK_COMPLETE"
"""The variable by which a shell asks what may stand next; click answers, in its own protocol."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(_typed() if COMPLETE in os.environ else arguments)
    try:
        with _tidy_endings():
            status = _run(arguments, language)
    except _EndedError as ended:  # before or after the run itself
        status = ended.status
    regexes.keep()
    sys.exit(status)


def _run(arguments: Sequence[str], language: str) -> int:
    """Run the command line; its exit status."""
    _speak_utf8()
    try:
        if sys.stdout is None:
            raise Refusal("output", name="-", reason="closed")
        return goalcheck.main(arguments, "goalcheck", standalone_mode=False, obj=language) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
    except click.ClickException as error:
        complain(refusal(error).say(language))
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError):  # click takes a broken file for a user who wants to end
            complain(_internal(error.__cause__, language))
            return WRONG
        complain(say("cli.interrupted", language))
        return INTERRUPTED
    except _EndedError as ended:
        complain(say("cli.interrupted", language))
        return ended.status
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # click writes the help itself
            complain(Refusal("output", name="-", reason=system_reason(error)).say(language))
            return WRONG
        if "GOALCHECK_DEBUG" in os.environ:
            raise
        complain(say("cli.folder-gone", language) if _homeless() else _internal(error, language))
    return WRONG


class _EndedError(BaseException):
    """A signal that asks the process to end."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number


@contextlib.contextmanager
def _tidy_endings() -> Iterator[None]:
    """Let SIGTERM, and SIGHUP as a terminal is closed, end the run as Ctrl-C does: no half-written file is left.

    Who has them ignored (nohup) or handled goes on to have that.
    """

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # tidying up is short, and must not be cut short in turn
        raise _EndedError(number)

    taken: list[int] = []
    with contextlib.suppress(ValueError):  # a thread other than the main one gets no signals
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
                taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _typed() -> list[str]:
    """The words that a shell wants completed."""
    from goalcheck.cli import completion  # only where a shell asks

    return completion.words()


def _homeless() -> bool:
    """Whether the current folder was removed, for which nothing that is asked of it can be blamed."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _internal(error: Exception, language: str) -> str:
    return sentences.error(InputError("internal", what=f"{type(error).__name__}: {error}"), language)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a terminal keeps its encoding, and what it lacks is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _language(arguments: Sequence[str]) -> str:
    """The language that ``--lang`` asks for, wherever it stands: help and errors are to speak it as well."""
    chosen = LANGUAGES[0]
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        value = argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if argument.startswith("--lang") and value in LANGUAGES:
            chosen = value
    return chosen


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"goalcheck {__version__}")
        context.exit()


def _is_there(path: str) -> bool:
    from goalcheck.files import search  # only where the first word is no command

    return search.is_there(path)


@click.group("goalcheck", cls=Group, homes=COMMANDS, default="lint", is_input=_is_there, no_args_is_help=True)
@option("--lang", type=OneOf(LANGUAGES), expose_value=False)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
def goalcheck() -> None:
    """The group of all commands."""
