"""What the command line itself says, in both languages, and the click classes that say it.

click speaks English alone; the classes here take help and errors from :data:`HELP` and :data:`USAGE` instead, in the
language that the context carries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

from goalcheck.report.words import path, plain
from goalcheck.rule import Words

HELP: Mapping[str, Words] = {
    "goalcheck": Words(
        "检查项目支出绩效目标表：哪里不对、为什么、该怎么写。",
        "Check project performance-target sheets: what is wrong, where, and what to write instead.",
    ),
    "lint": Words(
        "检查文件、文件夹（.txt、.tsv、.csv）；- 表示标准输入。不写路径就查当前文件夹。",
        "Check files and folders (.txt, .tsv, .csv); - is standard input. Without a path, the current folder.",
    ),
    "fix": Words(
        "直接改好表里形式上的毛病，意思不变；- 表示从标准输入读，写到标准输出。不写路径就改当前文件夹里的表。",
        "Mend in place what is a matter of form alone; - reads standard input and writes standard output. Without a "
        "path, the sheets of the current folder.",
    ),
    "explain": Words(
        "解释一条规则：查什么、为什么、错例和正例、怎样不查它；或写出全部规则的手册。",
        "Explain one rule: what, why, wrong and right examples, how to switch it off; or write the manual of all.",
    ),
    "rules": Words("列出全部规则。", "List all rules."),
    "parse": Words(
        "把读到的表按 JSON 树形输出，带每一处的位置。",
        "Show the sheet as goalcheck understands it, as JSON with spans.",
    ),
    "--all": Words("全部规则的手册，Markdown 格式", "the manual of all rules, as Markdown"),
    "--format": Words("报告的格式，默认 text", "format of the report, by default text"),
    "--output": Words("把报告写进文件，默认写到屏幕", "write the report to a file"),
    "--select": Words(
        "只查这些规则：代码、代码开头（GC3）、名称或 ALL",
        "run these rules only: codes, beginnings such as GC3, names, or ALL",
    ),
    "--extend-select": Words("另外再查这些规则", "run these rules as well"),
    "--ignore": Words("不查这些规则", "do not run these rules"),
    "--profile": Words("检查的宽严，默认 core", "how strict to be, by default core"),
    "--fail-on": Words(
        "有多严重的问题才以 1 退出，默认 error", "how grave a finding must be for status 1, by default error"
    ),
    "--taxonomy": Words(
        "指标分类表，默认 guangdong；也可以是自己的一个文件",
        "the taxonomy of indicators, by default guangdong; or a file of your own",
    ),
    "--config": Words(
        "用这个配置文件；默认找离每份表最近的 goalcheck.toml",
        "the configuration file; by default the goalcheck.toml nearest to each sheet",
    ),
    "--test": Words(
        "用规则自己的错例、正例试一遍这个文件夹里的规则", "try the rules of this folder on their own examples"
    ),
    "--isolated": Words("不用任何配置文件", "use no configuration file"),
    "--lang": Words("语言，默认 zh", "language, by default zh"),
    "--encoding": Words(
        "文件的编码；默认依次试 UTF-8 和 GB18030", "encoding of the input; by default UTF-8, then GB18030"
    ),
    "--max-size": Words("一个文件最大多少MB，默认64", "the most MB that an input may have, by default 64"),
    "--max-rows": Words("一个文件最多多少行，默认100000", "the most lines that an input may have, by default 100000"),
    "--max-cell": Words(
        "一格最多多少个字符，默认1000000", "the most characters that a cell may have, by default 1000000"
    ),
    "--max-entries": Words(
        "一个文件最多多少条指标，默认1000000", "the most indicators that an input may have, by default 1000000"
    ),
    "--stdin-filename": Words("报告里把标准输入叫作什么", "what to call standard input in the report"),
    "--quiet": Words("不写最后的总计", "leave out the totals"),
    "--verbose": Words(
        "text 报告里，同一种书写格式问题也逐处列出", "in the text report, list each of many alike findings of form"
    ),
    "--color": Words("是否用颜色，默认 auto：在终端里才用", "colour: auto uses it on a terminal only"),
    "--ambiguous-width": Words(
        "宽度不定的字符在终端里占几格，默认 1", "terminal cells of a character of ambiguous width, by default 1"
    ),
    "fix --quiet": Words("不写改了什么、还剩什么", "do not say what was changed and what is left"),
    "--diff": Words("只给出要改的地方（unified diff），不动文件", "show the changes as a unified diff, write nothing"),
    "--unsafe-fixes": Words(
        "有建议的改法也照着改；会动内容，改完请核对", "take the proposals too; they change content: check it afterwards"
    ),
    "--version": Words("显示版本", "show the version"),
    "--help": Words("显示这份说明", "show this help"),
}

F = TypeVar("F", bound=Callable[..., Any])

USAGE: Mapping[str, Words] = {
    "usage": Words("用法: ", "Usage: "),
    "options": Words("选项", "Options"),
    "commands": Words("命令", "Commands"),
    "no-option": Words("没有选项 {name}{nearest}", "there is no option {name}{nearest}"),
    "no-command": Words("没有命令 {name}{nearest}", "there is no command {name}{nearest}"),
    "missing": Words("少了 {name}", "{name} is missing"),
    "one-of": Words("{name} 不能是 {value}，可以是 {choices}", "{name} cannot be {value}; choose one of {choices}"),
    "no-whole": Words(
        "{name} 不能是 {value}，要写一个正整数", "{name} cannot be {value}: it is a whole number above 0"
    ),
    "no-value": Words("{name} 后面要有值", "{name} needs a value"),
    "extra": Words("多了参数 {value}，请删去", "too many arguments: remove {value}"),
    "no-rule": Words(
        "没有规则 {name}{nearest}；用 goalcheck rules 看全部规则",
        "there is no rule {name}{nearest}; goalcheck rules lists them",
    ),
    "rule-or-all": Words(
        "少了 RULE：写上一条规则的代码或名称，或者用 --all 看全部",
        "RULE is missing: name a rule by code or name, or take --all",
    ),
    "rule-and-all": Words(
        "RULE 和 --all 只能用一个：去掉 --all 看这一条，去掉 RULE 看全部",
        "RULE and --all exclude each other: leave out --all for this rule, RULE for all of them",
    ),
    "no-rules": Words(
        "没有选中任何规则；用 goalcheck rules 看全部规则", "no rule is selected; goalcheck rules lists them"
    ),
    "no-taxonomy": Words(
        "{name} 不能是 {value}：可以是 {choices}，也可以是一个文件",
        "{name} cannot be {value}: it is one of {choices}, or a file",
    ),
    "exclusive": Words("{one} 和 {other} 只能用一个", "{one} and {other} exclude each other"),
    "unused-plugins": Words(
        "已安装、没有启用的规则插件：{names}；要启用，请写进配置的 plugins",
        "rule plug-ins installed but not in use: {names}; to use one, name it under plugins in the configuration",
    ),
    "no-encoding": Words(
        "不认识编码 {name}；常用的有 utf-8、gb18030、utf-16",
        "{name} is no encoding of text; common ones are utf-8, gb18030, utf-16",
    ),
    "passed-over": Words(
        "文件夹里另有{number}个 Excel、Word 或 PDF 文件没有查；请另存为文本再查",
        "office files that were not checked: {number}; save them as text",
    ),
    "output": Words("写不进 {name}：{reason}", "cannot write {name}: {reason}"),
    "output-input": Words("{name} 是要检查的文件，不能写报告进去", "{name} is an input; the report cannot go there"),
    "other": Words("用法不对：{text}", "wrong usage: {text}"),
    "nearest": Words("，是不是 {name}", "; did you mean {name}"),
    "see-help": Words("；用 --help 看说明", "; see --help"),
    "no-folder": Words(
        "当前文件夹已经不在了；请换到另一个文件夹再运行", "the current folder is gone; change to one that is there"
    ),
    "interrupted": Words("已中断，没有查完", "interrupted before all was checked"),
}


if TYPE_CHECKING:
    _Word = click.ParamType[str]
    _Whole = click.ParamType[int]
else:
    _Word = _Whole = click.ParamType  # generic in newer versions of click only


class Refusal(click.ClickException):
    """Wrong usage, as a key of :data:`USAGE` with its figures."""

    def __init__(self, key: str, nearest: str | None = None, **figures: str) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest
        self.figures = figures

    def say(self, language: str) -> str:
        """The sentence, in ``language``."""
        otherwise = "" if self.key == "no-rule" else USAGE["see-help"][language]
        nearest = USAGE["nearest"][language].format(name=self.nearest) if self.nearest else otherwise
        show = path if self.key.startswith("output") else plain  # a path is shown whole
        figures = {name: show(figure) for name, figure in self.figures.items()}
        return USAGE[self.key][language].format_map({"nearest": nearest, **figures})


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


_EXTRA = re.compile(r"[^(]*unexpected extra arguments? \((.*)\)", re.DOTALL)


class OneOf(_Word):
    """One word of a few."""

    name = "word"

    def __init__(self, choices: Iterable[str]) -> None:
        self.choices = tuple(choices)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click names them
        return "|".join(self.choices)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002  # as above
        if value not in self.choices:
            name = param.opts[-1] if param is not None else "?"
            raise Refusal("one-of", name=name, value=value, choices=", ".join(self.choices))
        return value


class Whole(_Whole):
    """A whole number above 0."""

    name = "whole"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click names them
        return "N"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002  # as above
        digits = str(value)
        if not digits.isascii() or not digits.isdigit() or len(digits) > 18 or not int(digits):
            raise Refusal("no-whole", name=param.opts[-1] if param is not None else "?", value=digits)
        return int(digits)


class Option(click.Option):
    """An option whose help is in :data:`HELP` under its long name, behind its command's where that means another."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        name = max(self.opts, key=len)
        self.help = HELP.get(f"{ctx.command.name} {name}", HELP[name])[ctx.obj]
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose usage, headings and help are in the context's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=USAGE["usage"][ctx.obj])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(HELP[self.name or "goalcheck"][ctx.obj])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section(USAGE["options"][ctx.obj]):
            formatter.write_dl([record for record in records if record is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP["--help"][ctx.obj]
        return option


class Group(Command, click.Group):
    """The group of commands that speaks both languages. ``homes`` says where each stands: module and name there."""

    def __init__(self, name: str, homes: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(name, **settings)
        self._homes = homes

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self._homes)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in self._homes:
            return None
        module, attribute = self._homes[name]
        command: click.Command = getattr(import_module(f"goalcheck.cli.{module}"), attribute)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(USAGE["commands"][ctx.obj]):
            formatter.write_dl([(name, HELP[name][ctx.obj]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None:
            if name.startswith("-"):
                return super().resolve_command(ctx, args)
            import difflib  # only to help with a mistake

            near = difflib.get_close_matches(name, self.list_commands(ctx), 1)
            raise Refusal("no-command", near[0] if near else None, name=name)
        return super().resolve_command(ctx, args)


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """``click.option`` with its help from :data:`HELP`."""
    return click.option(*names, cls=Option, **settings)
