"""The classes by which click says in both languages what the command line has to say.

click speaks English alone; the classes here take help and errors from ``messages/`` instead, in the language that the
context carries.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

from goalcheck.cli.help_page import Context
from goalcheck.errors import FileError
from goalcheck.files.regexes import regex
from goalcheck.messages import key_of, say, under
from goalcheck.prose.sentences import listed, path, plain, shown_figures

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType  # generic in newer versions of click only


class Refusal(click.ClickException):
    """Wrong usage, as the name of a sentence in ``cli.toml`` or ``values.toml`` with its figures."""

    def __init__(self, key: str, nearest: str | None = None, **figures: str | tuple[str, ...]) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest
        self.figures = figures

    def say(self, language: str) -> str:
        """The sentence, in ``language``."""
        from goalcheck.prose import faults  # only where something is wrong

        otherwise = "" if self.key in ("no-rule", "no-table", "no-table-of-many") else say("cli.see-help", language)
        nearest = faults.nearest(self.nearest, language) or otherwise
        show = path if self.key.startswith("output") else plain  # a path is shown whole
        figures = {
            name: show(figure) if isinstance(figure, str) else listed(map(show, figure), language)
            for name, figure in self.figures.items()
        }
        if "reason" in figures:
            figures |= shown_figures({"reason": figures["reason"]}, language)
        return say(key_of(self.key, "cli", "values"), language, **{"nearest": nearest, **figures})


class BrokenFile(Refusal):
    """A file of the user's that cannot be used, as a refusal of the command line."""

    def __init__(self, error: FileError) -> None:
        super().__init__(error.key, error.nearest)
        self._error = error

    def say(self, language: str) -> str:
        """File, line, and what is wrong there."""
        from goalcheck.prose import faults  # only where something is wrong

        return faults.broken_file(self._error, language)


def refusal(error: click.ClickException) -> Refusal:
    """click's own errors as ours."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, click.NoSuchOption):
        return Refusal("no-option", error.possibilities[0] if error.possibilities else None, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return Refusal("missing", name=error.param.make_metavar(error.ctx) if error.param and error.ctx else "?")
    if isinstance(error, click.BadOptionUsage):
        return Refusal("no-value", name=error.option_name)
    extra = _EXTRA.match(error.format_message())
    if extra:
        return Refusal("extra", value=extra[1])
    return Refusal("other", text=error.format_message())


_EXTRA = regex(r"[^(]*unexpected extra arguments? \((.*)\)", re.DOTALL)


class Text(_Type):
    """Any text. What a shell offers to complete it is read off what the help puts in its place."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from goalcheck.cli import completion  # only where a shell asks

        return completion.values(self.get_metavar(param, ctx) or param.metavar or "", ctx, incomplete)


class _Checked(Text, ABC):
    """Text that is held against what may stand there. ``metavar`` is what the help puts in its place."""

    metavar = "N"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx  # the same for all
        return self.metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        del ctx  # click passes what it has
        return self.taken(value, param.opts[-1] if param is not None else "?")

    @abstractmethod
    def taken(self, value: Any, name: str) -> Any:
        """What ``value`` stands for. Raises Refusal, with the ``name`` of the option, where it may not stand there."""


class OneOf(_Checked):
    """One word of a few."""

    name = "word"

    def __init__(self, choices: Iterable[str]) -> None:
        self.choices = tuple(choices)
        self.metavar = "|".join(self.choices)

    def taken(self, value: Any, name: str) -> str:
        if value not in self.choices:
            raise Refusal("one-of", name=name, value=value, choices=", ".join(self.choices))
        return str(value)


class Number(_Checked):
    """A whole number from 1 to ``most``; or the word ``otherwise``, if there is one."""

    name = "number"

    def __init__(self, most: int, otherwise: str | None = None) -> None:
        self.most = most
        self.otherwise = otherwise

    def taken(self, value: Any, name: str) -> str:
        if value == self.otherwise or 1 <= _whole(value) <= self.most:
            return str(value)
        choices = [f"1-{self.most}", *([self.otherwise] if self.otherwise else [])]
        raise Refusal("one-of", name=name, value=value, choices=", ".join(choices))


class Whole(_Checked):
    """A whole number from 1 to ``most``."""

    name = "whole"

    def __init__(self, most: int) -> None:
        self.most = most

    def taken(self, value: Any, name: str) -> int:
        number = _whole(str(value))
        if not 1 <= number <= self.most:
            raise Refusal("no-whole", name=name, value=str(value), most=str(self.most))
        return number


def _whole(text: str) -> int:
    """The number that ``text`` writes in digits, or 0 if it is none that anybody means."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


_MOST_DIGITS = 18


class Option(click.Option):
    """An option whose help is in ``options.toml`` under its long name, behind its command where it means another."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.speak(ctx)
        return super().get_help_record(ctx)

    def speak(self, ctx: click.Context) -> None:
        """Take the help in the context's language."""
        name = max(self.opts, key=len).removeprefix("--")
        apart = f"{ctx.command.name}-{name}"
        self.help = say(f"options.{apart}", ctx.obj) if apart in under("options") else described(name, ctx.obj)


def described(name: str, language: str) -> str:
    """What the option ``name`` does, and what holds without it where that is the default of a configuration's key."""
    from goalcheck.config.keys import KEYS  # only for the help

    return KEYS[name].described(language) if name in KEYS else say(f"options.{name}", language)


class Command(click.Command):
    """A command whose usage, headings and help are in the context's language."""

    context_class = Context

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.context_settings = {"help_option_names": ["-h", "--help"], **self.context_settings}
        for param in self.params:
            if param.type is click.STRING and param.metavar:
                param.type = Text()

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        for param in self.get_params(ctx) if incomplete.startswith("-") else ():  # else none of them is shown
            if isinstance(param, Option):
                param.speak(ctx)
        return click.Command.shell_complete(self, ctx, incomplete)  # a group's own would import every command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("cli.usage", ctx.obj))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(f"commands.{self.name}", ctx.obj))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section(say("cli.options", ctx.obj)):
            formatter.write_dl([record for record in records if record is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("options.help", ctx.obj)
        return option


class Group(Command, click.Group):
    """The group of commands that speaks both languages. ``homes`` says where each stands: module and name there.

    A first word that is no command is for the command ``default`` where ``is_input`` says that it names something.
    """

    def __init__(
        self,
        name: str,
        homes: Mapping[str, tuple[str, str]],
        default: str,
        is_input: Callable[[str], bool],
        **settings: Any,
    ) -> None:
        super().__init__(name, **settings)
        self._homes = homes
        self._default = default
        self._is_input = is_input

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self._homes)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in self._homes:
            return None
        module, attribute = self._homes[name]
        command: click.Command = getattr(import_module(f"goalcheck.cli.{module}"), attribute)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem  # only where a shell asks

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=say(f"commands.{name}", ctx.obj)) for name in names]
        files = [] if incomplete.startswith("-") else [CompletionItem(incomplete, type="file")]
        return [*files, *commands, *super().shell_complete(ctx, incomplete)]  # bash forgets what comes before files

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(say("cli.commands", ctx.obj)):
            formatter.write_dl([(name, say(f"commands.{name}", ctx.obj)) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None:
            if self._is_input(name):
                return self._default, self.get_command(ctx, self._default), args
            if name.startswith("-") or ctx.resilient_parsing:
                return super().resolve_command(ctx, args)
            import difflib  # only to help with a mistake

            near = difflib.get_close_matches(name, self.list_commands(ctx), 1)
            raise Refusal("no-command", near[0] if near else None, name=name)
        return super().resolve_command(ctx, args)


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """``click.option`` with its help from ``options.toml``."""
    return click.option(*names, cls=Option, **settings)
