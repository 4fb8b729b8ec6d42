"""What is said of a broken file of the user's (a configuration, rules, a taxonomy), in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from goalcheck.cli.speech import USAGE, Refusal
from goalcheck.report.words import path, plain
from goalcheck.rule import Words
from goalcheck.source import FileError

FAULTS: Mapping[str, Words] = {
    "missing": Words("找不到这个文件；请核对路径", "no such file; check the path"),
    "unreadable": Words(
        "打不开（{reason}）；请核对路径和读取权限", "cannot be read ({reason}); check its path and permissions"
    ),
    "too-large": Words(
        "超过{limit}MB，不会是手写的；请核对是否给错了文件",
        "is larger than {limit} MB, which nobody writes; is it the right file?",
    ),
    "not-utf-8": Words("不是 UTF-8 编码；请另存为 UTF-8", "is not UTF-8; save it as UTF-8"),
    "syntax": Words("不合 TOML 的写法：{what}", "is no TOML: {what}"),
    "no-table": Words("里面没有 [tool.goalcheck]", "has no [tool.goalcheck]"),
    "no-key": Words("没有 {name} 这一项{nearest}", "there is no key {name}{nearest}"),
    "lacks-key": Words("缺 {name}，请补上", "{name} is missing; add it"),
    "misfit": Words("{name} 应当是{expected}", "{name} must be {expected}"),
    "one-of": Words("{name} 不能是 {value}，可以是 {choices}", "{name} cannot be {value}; choose one of {choices}"),
    "no-file": Words("找不到 {name}；路径从这个文件所在的文件夹算起", "there is no {name}; paths start from this file"),
    "extends-itself": Words("{name} 又沿用了这个文件，成了圈", "{name} extends this file in turn"),
    "no-encoding": Words(
        "不认识编码 {name}；常用的有 utf-8、gb18030、utf-16",
        "{name} is no encoding of text; common ones are utf-8, gb18030, utf-16",
    ),
    "no-rule": Words("没有规则 {name}{nearest}", "there is no rule {name}{nearest}"),
    "no-options": Words("规则 {name} 没有可调的选项", "the rule {name} has no options"),
    "no-option": Words("规则 {rule} 没有选项 {name}{nearest}", "the rule {rule} has no option {name}{nearest}"),
    "no-list": Words("没有词表 {name}{nearest}", "there is no word list {name}{nearest}"),
    "no-word": Words(
        "词表 {list} 里没有“{name}”，不用去掉{nearest}", "the list {list} has no word “{name}” to remove{nearest}"
    ),
    "no-words": Words(
        "词表 {name} 一个词也不剩了；不想查，请用 ignore 关掉规则",
        "no word is left in the list {name}; to switch a rule off, ignore it",
    ),
    "blank-around": Words("“{name}”的两头有空格，请删去", "“{name}” has blanks around it; remove them"),
    "no-taxonomy": Words(
        "没有指标分类 {name}：可以是 {choices}，也可以是一个文件",
        "there is no taxonomy {name}: it is one of {choices}, or a file",
    ),
    "taken": Words("{name} 已经有了，请换一个", "{name} is taken; choose another"),
    "class-code": Words(
        "代码 {name} 不合要求：一级指标一位数字，二级指标两三位数字",
        "{name} is no code: one digit for the first level, two or three for the second",
    ),
    "no-parent": Words(
        "{code} 的上级 {name} 不在一级指标里", "the parent {name} of {code} is no class of the first level"
    ),
    "no-role": Words(
        "一级指标里没有 role = \"{name}\" 的一类，有的规则就没法查",
        "no class of the first level has role = \"{name}\", which rules ask for",
    ),
}  # fmt: skip

EXPECTED: Mapping[str, Words] = {
    "text": Words("一段带引号的文字", "a text in quotation marks"),
    "texts": Words('方括号里几段带引号的文字，如 ["GC3", "GC501"]', 'a list of texts, such as ["GC3", "GC501"]'),
    "table": Words("一个表，如 [名称] 下面几行", "a table, such as [name] with lines below it"),
    "tables": Words("几个表", "a list of tables"),
    "words": Words("一段文字，或者 zh、en 各一段", "a text, or one for each of zh and en"),
    "truth": Words("true 或 false", "true or false"),
    "integer": Words("一个整数", "a whole number"),
    "number": Words("一个数", "a number"),
}  # fmt: skip


class BrokenFile(Refusal):
    """A file of the user's that cannot be used, as a refusal of the command line."""

    def __init__(self, error: FileError) -> None:
        super().__init__(error.key, error.nearest)
        self._error = error

    def say(self, language: str) -> str:
        """File, line, and what is wrong there."""
        error = self._error
        figures = {key: plain(str(figure)) for key, figure in error.figures.items()}
        if "expected" in figures:
            figures["expected"] = EXPECTED[figures["expected"]][language]
        nearest = USAGE["nearest"][language].format(name=plain(error.nearest)) if error.nearest else ""
        said = FAULTS[error.key][language].format_map({"nearest": nearest, **figures})
        place = path(error.path) if error.line is None else f"{path(error.path)}:{error.line}"
        return f"{place}: {said}"
