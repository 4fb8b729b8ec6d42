"""What is said of a broken file of the user's (a configuration, rules, a taxonomy), in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goalcheck.cli.sayings import USAGE
from goalcheck.cli.speech import Refusal
from goalcheck.errors import FileError
from goalcheck.messages import Words
from goalcheck.prose.sentences import path, plain

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
    "full-width-quotes": Words(
        "引号要用半角的 \"，这一行用了中文引号", "strings stand in plain quotation marks (\"), this line has curly ones"
    ),
    "full-width-signs": Words(
        "这一行有中文标点或全角空格；等号、括号、逗号、空格都要用半角",
        "this line has full-width signs or spaces; signs and spaces are plain ones",
    ),
    "no-table": Words("里面没有 [tool.goalcheck]", "has no [tool.goalcheck]"),
    "no-key": Words("没有 {name} 这一项{nearest}", "there is no key {name}{nearest}"),
    "own-table": Words(
        "这里直接写各项，不要 [{name}]；pyproject.toml 里才写 [tool.goalcheck]",
        "keys stand here without [{name}]; [tool.goalcheck] is for pyproject.toml",
    ),
    "misplaced": Words(
        "{name} 写在了 [{table}] 下面；请挪到第一个方括号标题的前面",
        "{name} stands below [{table}]; move it above the first header in brackets",
    ),
    "lacks-key": Words("缺 {name}，请补上", "{name} is missing; add it"),
    "misfit": Words("{name} 应当是{expected}", "{name} must be {expected}"),
    "one-of": Words("{name} 不能是 {value}，可以是 {choices}", "{name} cannot be {value}; choose one of {choices}"),
    "no-brackets": Words("{name} 要用方括号括起来：{value}", "{name} goes in brackets: {value}"),
    "unquoted": Words('名称里有点的要加引号："{name}"', 'a name with a dot stands in quotation marks: "{name}"'),
    "commas": Words("“{name}”要一条一条写：{value}", "{name} is written rule by rule: {value}"),
    "whole": Words("{name} 应当是不小于 {least} 的整数", "{name} must be a whole number, {least} or more"),
    "whole-or-word": Words(
        '{name} 应当是不小于 {least} 的整数，或者 "{word}"',
        '{name} must be a whole number, {least} or more, or "{word}"',
    ),
    "no-file": Words("找不到 {name}；路径从这个文件所在的文件夹算起", "there is no {name}; paths start from this file"),
    "extends-itself": Words("{name} 又沿用了这个文件，成了圈", "{name} extends this file in turn"),
    "no-encoding": Words(
        "不认识编码 {name}；常用的有 utf-8、gb18030、utf-16",
        "{name} is no encoding of text; common ones are utf-8, gb18030, utf-16",
    ),
    "no-rule": Words("没有规则 {name}{nearest}", "there is no rule {name}{nearest}"),
    "many-rules": Words(
        "{name} 是好几条规则；这里要写一条，如 {example}",
        "{name} is several rules; name one of them, such as {example}",
    ),
    "rule-twice": Words(
        "{other} 和 {name} 是同一条规则；只写一个，合在一起",
        "{other} and {name} are the same rule; keep one of the two",
    ),
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
    "no-rule-files": Words("{name} 里没有 .toml 文件", "there is no .toml file in {name}"),
    "no-rules": Words("里面没有规则；每条规则以 [[rule]] 开头", "holds no rule; each begins with [[rule]]"),
    "rule-code": Words(
        "代码 {name} 不合要求：两到八个大写字母（不能以 GC 开头），再加一到四位数字，如 CZ001",
        "{name} is no code: two to eight capital letters, not beginning with GC, and up to four digits, as in CZ001",
    ),
    "rule-name": Words(
        "名称 {name} 不合要求：小写字母和数字，用 - 连接，如 low-target",
        "{name} is no name: small letters and digits parted by hyphens, as in low-target",
    ),
    "unprintable": Words(
        "{name} 里有换行或看不见的字符，请删去", "{name} holds a line break or unseen characters; remove them"
    ),
    "no-field": Words("没有字段 {name}{nearest}", "there is no field {name}{nearest}"),
    "one-check": Words("每条规则要有且只有一种检查：{choices}", "a rule has exactly one of {choices}"),
    "no-numbers": Words("{name} 不是数，不能用 within", "{name} is no number; within cannot judge it"),
    "no-filter": Words("这里不能用 {name} 筛选，可以用 {choices}", "{name} selects nothing here; use {choices}"),
    "pattern-too-large": Words(
        "正则表达式太大：写明次数的重复逐次展开后超过{limit}处；请减少次数，或改用 *、+",
        "this pattern is too large: it has more than {limit} parts, each turn of a repetition counted;"
        " repeat less often, or use * or +",
    ),
    "pattern-reference": Words(
        r"正则表达式不能回指前面的组（\1、(?P=名称)、(?(1)…)）；请直接写出要找的内容",
        r"a pattern cannot refer back to a group (\1, (?P=name), (?(1)…)); write out what is looked for",
    ),
    "pattern-empty-turn": Words(
        "不回头的重复（++、*+、(?>…)）里面不能重复可以为空的内容；请去掉里层的 * 或 ?",
        "within ++, *+ or (?>…) nothing may be repeated that can be empty; take the inner * or ? away",
    ),
    "pattern-unknown": Words(
        "正则表达式里的 {what} 这里用不了；请换一种写法",
        "{what} cannot be used in a pattern here; write it in another way",
    ),
    "bad-pattern": Words("正则表达式写错了：{what}", "this is no regular expression: {what}"),
    "no-figure": Words("{name} 没有东西可填，可以用 {choices}", "nothing fills {name} in; use {choices}"),
    "braces": Words(
        "花括号只用来填内容，如 {{text}}；要写花括号本身，请写两遍",
        "braces are for what is filled in, such as {{text}}; write a brace itself twice",
    ),
    "marks-unpaired": Words("⟦ 和 ⟧ 要成对", "⟦ and ⟧ come in pairs"),
    "bad-unmarked": Words("错例要用 ⟦⟧ 标出错处", "a bad example marks the fault with ⟦⟧"),
    "good-marked": Words("正例里不能有 ⟦⟧", "a good example has no ⟦⟧"),
    "no-plugin": Words("没有安装规则插件 {name}{nearest}", "no plug-in {name} is installed{nearest}"),
    "plugin-twice": Words(
        "有两个已安装的包都叫规则插件 {name}，请卸载一个",
        "two installed packages offer a plug-in {name}; remove one",
    ),
    "plugin-broken": Words("规则插件 {name} 用不了：{what}", "the plug-in {name} cannot be used: {what}"),
    "no-json": Words("不合 JSON 的写法", "is no JSON"),
    "key-twice": Words("{name} 写了两次，请删去一个", "{name} stands there twice; remove one"),
    "no-baseline": Words(
        "不是 goalcheck 的基线；请用 --write-baseline 生成",
        "is no baseline of goalcheck; make one with --write-baseline",
    ),
    "no-entry": Words("第{number}条应当是花括号里的一组内容", "entry {number} must be an object"),
    "no-entry-key": Words("第{number}条没有 {name} 这一项{nearest}", "entry {number} has no key {name}{nearest}"),
    "entry-misfit": Words("第{number}条的 {name} 写法不对", "{name} of entry {number} is of the wrong kind"),
    "entry-lacks": Words("第{number}条缺 {name}，请补上", "entry {number} lacks {name}; add it"),
    "entry-until": Words(
        "第{number}条的 until 不是日期：{value}；请写成 2026-12-31 的样子",
        "until of entry {number} is no date: {value}; write it like 2026-12-31",
    ),
    "no-function": Words("没有函数 {name}", "there is no function {name}"),
}  # fmt: skip

EXPECTED: Mapping[str, Words] = {
    "text": Words("一段带引号的文字", "a text in quotation marks"),
    "texts": Words('方括号里几段带引号的文字，如 ["GC3", "GC501"]', 'a list of texts, such as ["GC3", "GC501"]'),
    "table": Words("一个表，如 [名称] 下面几行", "a table, such as [name] with lines below it"),
    "rule-options": Words(
        "一个表，如 [options.low-satisfaction] 下面几行",
        "a table, such as [options.low-satisfaction] with lines below it",
    ),
    "list-words": Words(
        "一个表，如 [lexicon.growth-words] 下面几行", "a table, such as [lexicon.growth-words] with lines below it"
    ),
    "tables": Words("几个表", "a list of tables"),
    "words": Words("一段文字，或者 zh、en 各一段", "a text, or one for each of zh and en"),
    "truth": Words(" true 或 false", "true or false"),
    "true": Words(" true", "true"),
    "bounds": Words(
        "一个范围，如 { min = 90, max = 100 }，至少写一头", "a range with one end at least: { min = 90, max = 100 }"
    ),
    "filter": Words('一个表，如 { level2 = "31" }', 'a table, such as { level2 = "31" }'),
    "whole": Words("一个正整数", "a whole number above 0"),
    "integer": Words("一个整数", "a whole number"),
    "number": Words("一个数", "a number"),
}  # fmt: skip


_UNPAIRED = Words("引号没有成对，或者文字断在了两行", "a quotation mark is missing, or a text goes on in the next line")

SYNTAX: Mapping[str, Words] = {
    r"Unterminated|(?:Illegal|Found invalid) character '\\[nr]'|Expected ['\"]{3,}": _UNPAIRED,
    "(?:Illegal|Found invalid) character": Words("有看不见的字符，请删去", "there is an unseen character; remove it"),
    "Expected '='": Words(
        '名称后面要有等号，如 lang = "zh"；名称里有中文、/、* 的，给它加引号',
        'a key is followed by =, as in lang = "zh"; one with / or * in it stands in quotation marks',
    ),
    "Expected ']": Words("方括号标题没有写完，如 [severity]", "a header in brackets is not closed, as in [severity]"),
    "Expected newline": Words(
        "值的后面多了东西；一行写一项，文字加引号，数字不带单位",
        "something follows the value; one key a line, texts in quotation marks, numbers without units",
    ),
    "Invalid value": Words(
        "等号右边写错了：文字要加引号，true、false 用小写，数字不带单位",
        "this is no value: texts stand in quotation marks, true and false are small, numbers have no units",
    ),
    "Invalid (?:statement|initial character)": Words(
        "这一行看不懂；写成“名称 = 值”，名称里有中文、/、* 的加引号，说明前面加 #",
        "this line makes no sense; write name = value, names with / or * in quotation marks, # before a remark",
    ),
    "Invalid date": Words("没有这个日期", "there is no such date"),
    "Unclosed array": Words("方括号没有关，或者两段之间少了逗号", "a bracket is not closed, or a comma is missing"),
    "Unclosed inline table": Words("花括号没有关，或者少了逗号", "a brace is not closed, or a comma is missing"),
    "Cannot |Duplicate ": Words("前面已经写过了，请合成一个", "this was said before; keep one of the two"),
    "Unescaped|Invalid hex|Escaped": Words(
        "双引号里的反斜杠要写两遍；路径请用 /", "a backslash in quotation marks is written twice; in paths, write /"
    ),
    "too deeply nested": Words("括号套得太深", "brackets are nested too deeply"),
}  # fmt: skip
"""What is wrong with the TOML, by how Python's reader of it begins to say so."""


def _syntax(what: str, language: str) -> str:
    """``what`` the reader says, in ``language``: in our words where it is common, else as it stands."""
    said = next((said[language] for start, said in SYNTAX.items() if re.match(start, what)), None)
    return said or (f"读不下去（{what}）" if language == "zh" else what)


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
        if error.key == "syntax":
            figures["what"] = _syntax(figures["what"], language)
        nearest = USAGE["nearest"][language].format(name=plain(error.nearest)) if error.nearest else ""
        said = FAULTS[error.key][language].format_map({"nearest": nearest, **figures})
        place = path(error.path) if error.line is None else f"{path(error.path)}:{error.line}"
        return f"{place}: {said}"
