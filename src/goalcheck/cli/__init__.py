"""The command line: arguments in, reports and exit status out. The only part of goalcheck that knows click.

Exit status: 0 all was checked and nothing is at or above ``--fail-on``; 1 something is; 2 wrong usage, or an input
that was not fully checked.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import click

from goalcheck import __version__, inputs, report
from goalcheck.cli.speech import USAGE, Command, Group, OneOf, Refusal, option, refusal
from goalcheck.config import PROFILES, Selection, UnknownRuleError, plan
from goalcheck.engine import Plan, Result, check_data
from goalcheck.report import Style, words
from goalcheck.rule import LANGUAGES, TAXONOMIES, Rule, Severity, catalogue
from goalcheck.source import InputError, text_encoding

FAIL_ON = ("error", "warning", "info", "never")
WRONG = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(arguments)
    _speak_utf8()
    try:
        if sys.stdout is None:
            raise Refusal("output", name="-", reason="closed")
        status = goalcheck.main(arguments, "goalcheck", standalone_mode=False, obj=language) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        status = WRONG
    except click.ClickException as error:
        _complain(refusal(error).say(language))
        status = WRONG
    except (click.Abort, KeyboardInterrupt):
        _complain(USAGE["interrupted"][language])
        status = INTERRUPTED
    except Exception as error:
        if "GOALCHECK_DEBUG" in os.environ:
            raise
        _complain(words.error(InputError("internal", what=f"{type(error).__name__}: {error}"), language))
        status = WRONG
    sys.exit(status)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a terminal keeps its encoding, and what it lacks is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _hush() -> None:
    """Send what is still to be written to standard output nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    if wanted:
        click.echo(f"goalcheck {__version__}")
        context.exit()


def _rule(_: click.Context, __: click.Parameter, name: str) -> Rule:
    rule = catalogue().find(name)
    if rule is None:
        try:
            plan(catalogue(), TAXONOMIES[0], Selection(select=[name]))
        except UnknownRuleError as unknown:
            raise Refusal("no-rule", unknown.nearest, name=name) from None
        raise Refusal("no-rule", None, name=name)
    return rule


def _selectors(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[str] | None:
    named = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if values and not named:
        raise Refusal("no-rules")
    return named or None


def _encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    if name is not None and not text_encoding(name):
        raise Refusal("no-encoding", name=name)
    return name


def _chosen_language(context: click.Context, _: click.Parameter, language: str | None) -> str:
    return language or str(context.obj)


_lang = option("--lang", type=OneOf(LANGUAGES), callback=_chosen_language)
_with_encoding = option("--encoding", metavar="NAME", callback=_encoding)


@click.group("goalcheck", cls=Group, no_args_is_help=True)
@option("--lang", type=OneOf(LANGUAGES), expose_value=False)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
def goalcheck() -> None:
    """The group of all commands."""


@goalcheck.command("lint", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--format", "form", type=OneOf(report.FORMATS), default="text")
@option("-o", "--output", metavar="FILE")
@option("--select", multiple=True, metavar="RULES", callback=_selectors)
@option("--extend-select", multiple=True, metavar="RULES", callback=_selectors)
@option("--ignore", multiple=True, metavar="RULES", callback=_selectors)
@option("--profile", type=OneOf(PROFILES), default="core")
@option("--fail-on", type=OneOf(FAIL_ON), default="error")
@option("--taxonomy", type=OneOf(TAXONOMIES), default=TAXONOMIES[0])
@_lang
@_with_encoding
@option("--stdin-filename", metavar="NAME")
@option("-q", "--quiet", is_flag=True)
@option("--color", type=OneOf(("auto", "always", "never")), default="auto")
@option("--ambiguous-width", type=OneOf(("1", "2")), default="1")
def lint(paths: tuple[str, ...], form: str, output: str | None, fail_on: str, lang: str, **more: Any) -> int:
    """Check the inputs and report."""
    selection = Selection(more["profile"], more["select"], more["extend_select"] or (), more["ignore"] or ())
    try:
        rules = plan(catalogue(), more["taxonomy"], selection)
    except UnknownRuleError as unknown:
        raise Refusal("no-rule", unknown.nearest, name=unknown.selector) from None
    if not rules.rules:
        _complain(USAGE["no-rules"][lang])
    files = sorted(inputs.find(paths or (".",)))
    if output is not None:
        _keep_inputs(output, files)
    results = [_check(file, rules, more["encoding"], more["stdin_filename"]) for file in files]
    color = _colored(more["color"]) if output is None else more["color"] == "always"
    style = Style(lang, color, int(more["ambiguous_width"]), more["taxonomy"], more["profile"])
    quiet = more["quiet"]
    pieces = report.reporter(form)(results, style)
    _write(_with_totals(pieces, results, style) if form == "text" and not quiet else pieces, output)
    for result in results:
        if result.error is not None:
            _complain(f"{words.path(result.path)}: {words.error(result.error, lang)}")
    unread = inputs.passed_over(paths or (".",))
    if unread:
        _complain(USAGE["passed-over"][lang].format(number=unread))
    if form in report.TOTALS_ASIDE and not quiet:
        _aside(report.totals(results, style))
    return _status(results, fail_on)


@goalcheck.command("explain", cls=Command)
@click.argument("rule", metavar="RULE", callback=_rule)
@_lang
def explain(rule: Rule, lang: str) -> None:
    """Print the page of one rule."""
    from goalcheck.report import manual

    _write(manual.explain(rule, lang), None)


@goalcheck.command("rules", cls=Command)
@option("--format", "form", type=OneOf(("text", "json")), default="text")
@_lang
def rules(form: str, lang: str) -> None:
    """Print the catalogue."""
    from goalcheck.report import manual

    _write((manual.table if form == "text" else manual.table_json)(catalogue(), lang), None)


@goalcheck.command("parse", cls=Command)
@click.argument("path", metavar="PATH")
@_lang
@_with_encoding
def parse(path: str, lang: str, encoding: str | None) -> int:
    """Print the tree of one sheet."""
    from goalcheck.report import tree

    result = _check(path, Plan((), catalogue().taxonomies[TAXONOMIES[0]], catalogue().lexicon), encoding, None)
    if result.sheet is None or result.source is None:
        assert result.error is not None
        _complain(f"{words.path(path)}: {words.error(result.error, lang)}")
        return WRONG
    _write(tree.report(result.sheet, result.source), None)
    return 0


def _check(path: str, rules: Plan, encoding: str | None, stdin_name: str | None) -> Result:
    """Check one input. Whatever goes wrong inside is said of this input, and the others are still checked."""
    name = stdin_name or "<stdin>" if path == inputs.STDIN else path
    try:
        return check_data(inputs.read(path), name, rules, encoding)
    except InputError as error:
        return Result(name, error=error)
    except Exception as error:
        if "GOALCHECK_DEBUG" in os.environ:
            raise
        return Result(name, error=InputError("internal", what=f"{type(error).__name__}: {error}"))


def _status(results: Iterable[Result], fail_on: str) -> int:
    if any(result.error is not None for result in results):
        return WRONG
    if fail_on == "never":
        return 0
    floor = Severity[fail_on.upper()]
    return int(any(finding.severity >= floor for result in results for finding in result.findings))


def _colored(when: str) -> bool:
    if when == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"


def _with_totals(pieces: Iterable[str], results: Sequence[Result], style: Style) -> Iterator[str]:
    yield from pieces
    yield f"{report.totals(results, style)}\n"


def _keep_inputs(output: str, files: Iterable[str]) -> None:
    """Refuse to write the report over an input."""
    with contextlib.suppress(OSError, ValueError):  # what is not there cannot be overwritten
        target = os.stat(output)
        for file in files:
            with contextlib.suppress(OSError, ValueError):
                if os.path.samestat(os.fstat(0) if file == inputs.STDIN else os.stat(file), target):
                    raise Refusal("output-input", name=output)


def _write(pieces: Iterable[str], output: str | None) -> None:
    """Write a report to standard output, or to a file: all of it or nothing. It is UTF-8 wherever it goes."""
    try:
        if output is None:
            _print(pieces)
        else:
            _save(pieces, output)
    except OSError as error:
        raise Refusal("output", name=output or "-", reason=error.strerror or type(error).__name__) from None


def _print(pieces: Iterable[str]) -> None:
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _hush()
    except OSError:
        _hush()
        raise


def _save(pieces: Iterable[str], output: str) -> None:
    """Write beside the file and put it in place at once; a device or pipe cannot be replaced and is written to."""
    output = output if output.startswith(("/dev/", "/proc/")) else os.path.realpath(output)
    if output.startswith(("/dev/", "/proc/")) or (os.path.exists(output) and not os.path.isfile(output)):
        with open(output, "wb") as file:
            _encode(pieces, file)
        return
    draft = os.path.join(os.path.dirname(output), f".goalcheck-{os.getpid()}.part")
    with open(draft, "xb") as file:
        try:
            _encode(pieces, file)
        except BaseException:
            os.unlink(draft)
            raise
    try:
        if os.path.exists(output):
            os.chmod(draft, stat.S_IMODE(os.stat(output).st_mode))
        os.replace(draft, output)
    except BaseException:
        os.unlink(draft)
        raise


def _encode(pieces: Iterable[str], file: BinaryIO) -> None:
    file.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)


def _complain(text: str) -> None:
    _aside(f"goalcheck: {text}")


def _aside(text: str) -> None:
    """A line on standard error; where that is full or closed, the exit status still tells."""
    with contextlib.suppress(OSError, ValueError):
        click.echo(text, err=True)
