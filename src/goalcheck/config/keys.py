"""The one table of what a configuration file can say: every key with its shape, its meaning and its default.

The loader's checks, the file that ``goalcheck init`` writes, the JSON Schema and the page in ``docs/`` are made of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.configuration import FAIL_ON, LEVELS
from goalcheck.config.selection import PROFILES
from goalcheck.config.shapes import (
    CHANGES,
    ENCODING,
    OPTIONS,
    PATH,
    SELECTORS,
    TAXONOMY,
    TEXTS,
    TRUTH,
    Shape,
    one_of,
    reference,
    table,
    whole,
)
from goalcheck.limits import LIMITS
from goalcheck.messages import LANGUAGES, Words

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")
"""The formats of a report; the table of reporters is not for this package to know, a test holds the two together."""

COLORS = ("auto", "always", "never")
WIDTHS = (1, 2)

GROUPS: Mapping[str, Words] = {
    "rules": Words("查哪些规则", "Which rules are checked"),
    "inputs": Words("怎样读表，怎样算没通过", "How sheets are read, and what counts as failed"),
    "report": Words("报告怎么写（整次运行）", "How the report is written, for the whole run"),
    "tables": Words("逐个文件、逐条规则的调整", "Adjustments file by file and rule by rule"),
}
"""The parts that a file is written in, in their order."""


@attrs.frozen(eq=False)
class Key:
    """One key: its group, its shape, what it means, and what holds without it.

    ``default`` is None where no value says the same as leaving the key out; ``unset`` then says it in words. ``run`` is
    for keys of a whole run rather than of one input, ``path`` for those whose value is relative to the file.
    """

    name: str
    group: str
    shape: Shape
    words: Words
    default: Any
    example: Any
    unset: Words | None = None
    run: bool = False
    path: bool = False


_LEVEL = one_of(LEVELS)

_ALL = (
    Key(
        "extend", "rules", PATH,
        Words("先用另一个配置文件，再用这个文件改它", "a configuration file that this one builds on and overrules"),
        None, "../goalcheck.toml", Words("没有", "none"),
    ),
    Key(
        "profile", "rules", one_of(PROFILES),
        Words(
            "检查的宽严：core 只查确定的问题，strict 连写法上的建议也查",
            "how strict to be: core checks what is surely wrong, strict gives advice on style as well",
        ),
        PROFILES[0], PROFILES[1],
    ),
    Key(
        "select", "rules", SELECTORS,
        Words("只查这些规则：代码、代码开头、名称或 ALL", "run these alone: codes, beginnings of codes, names, ALL"),
        None, ["GC3", "missing-goal"], Words("profile 里的全部", "all of the profile"),
    ),
    Key("extend-select", "rules", SELECTORS, Words("另外再查这些规则", "run these rules as well"), [], ["GC316"]),
    Key("ignore", "rules", SELECTORS, Words("不查这些规则", "do not run these rules"), [], ["GC107", "odd-amount"]),
    Key(
        "taxonomy", "rules", TAXONOMY,
        Words("用哪种指标分类：自带分类的名字，或者自己写的文件", "taxonomy of indicators: a name, or a file of yours"),
        TAXONOMIES[0], TAXONOMIES[1],
    ),
    Key(
        "rules", "rules", TEXTS,
        Words("自己的规则在哪些文件夹或文件里", "files and folders with rules of your own"), [], ["rules"],
    ),
    Key("plugins", "rules", TEXTS, Words("用哪些已安装的规则插件", "rule plug-ins that are used"), [], ["hx"]),
    Key(
        "fail-on", "inputs", one_of(FAIL_ON),
        Words("有多严重的问题才算没通过（以 1 退出）", "how grave a finding must be to fail, with status 1"),
        FAIL_ON[0], FAIL_ON[1],
    ),
    Key(
        "exclude", "inputs", TEXTS,
        Words(
            "哪些文件、文件夹不查；命令里直接写出的文件照查",
            "files and folders that are not checked, unless the command names the very file",
        ),
        [], ["2023/", "*草稿*"],
    ),
    Key(
        "encoding", "inputs", ENCODING,
        Words("表的编码", "the encoding of the sheets"), None, "gb18030",
        Words("依次试 UTF-8 和 GB18030", "UTF-8 is tried, then GB18030"),
    ),
    Key(
        "max-size", "inputs", whole(1),
        Words("一个文件最大多少MB，超过就不查", "the most MB that a file may have; a larger one is not checked"),
        LIMITS.size, 128,
    ),
    Key(
        "max-rows", "inputs", whole(1),
        Words("一个文件最多多少行，超过就不查", "the most lines that a file may have"), LIMITS.rows, 200_000,
    ),
    Key(
        "max-cell", "inputs", whole(1),
        Words("一格最多多少个字符，超过就不查", "the most characters that a cell may have"), LIMITS.cell, 2_000_000,
    ),
    Key(
        "max-entries", "inputs", whole(1),
        Words("一个文件最多多少条指标，超过就不查", "the most indicators that a file may have"),
        LIMITS.entries, 2_000_000,
    ),
    Key(
        "baseline", "inputs", PATH,
        Words("记着旧问题的基线文件，里面的不再报", "the baseline file; findings that it holds are not reported again"),
        None, "goalcheck-baseline.json", Words("没有", "none"), run=True, path=True,
    ),
    Key(
        "jobs", "inputs", whole(1, "auto"),
        Words("同时用几个进程查，auto 由程序定", "how many processes check at the same time; auto is as many as help"),
        "auto", 2, run=True,
    ),
    Key(
        "min-severity", "report", one_of(LEVELS),
        Words("报告里只列不轻于它的问题；退出状态不变", "the least grave findings that are shown"),
        LEVELS[-1], LEVELS[1],
    ),
    Key("lang", "report", one_of(LANGUAGES), Words("报告的语言", "language of the report"), LANGUAGES[0], LANGUAGES[1]),
    Key(
        "format", "report", one_of(FORMATS),
        Words("报告的格式", "format of the report"), FORMATS[0], "sarif", run=True,
    ),
    Key(
        "output", "report", PATH,
        Words("把报告写进这个文件", "the file that the report is written to"), None, "report.txt",
        Words("写到屏幕", "standard output"), run=True, path=True,
    ),
    Key(
        "color", "report", one_of(COLORS),
        Words("是否用颜色：auto 在终端里才用", "colour: auto uses it on a terminal only"),
        COLORS[0], COLORS[2], run=True,
    ),
    Key(
        "ambiguous-width", "report", one_of(WIDTHS),
        Words("宽度不定的字符在终端里占几格", "terminal cells of a character of ambiguous width"), 1, 2, run=True,
    ),
    Key("quiet", "report", TRUTH, Words("不写最后的总计", "leave out the totals"), False, True, run=True),
    Key(
        "verbose", "report", TRUTH,
        Words("同一种书写格式问题也逐处列出", "list each of many alike findings of form"), False, True, run=True,
    ),
    Key(
        "statistics", "report", TRUTH,
        Words("列出每条规则查出多少处、各步用时", "print findings by rule, counts, and the time of each stage"),
        False, True, run=True,
    ),
    Key(
        "explain-sums", "report", TRUTH,
        Words("列出每个合计是怎么加出来的", "print every total with all its terms"), False, True, run=True,
    ),
    Key(
        "per-file-ignores", "tables", table(SELECTORS, reference("per-file-ignores")),
        Words("某些文件不查某些规则", "rules that are not run on some files"),
        {}, {"2023/": ["ALL"], "*.csv": ["GC1", "odd-amount"]},
    ),
    Key(
        "severity", "tables", table(_LEVEL, reference("severity")),
        Words("改规则的轻重：error 错误、warning 警告、info 提示", "how grave each rule is: error, warning or info"),
        {}, {"GC107": "info", "odd-amount": "error"},
    ),
    Key(
        "options", "tables", table(OPTIONS, reference("options")),
        Words("改规则的选项", "options of rules"), {}, {"low-satisfaction": {"threshold": 90}},
    ),
    Key(
        "lexicon", "tables", table(CHANGES, reference("lexicon")),
        Words("给词表加词、减词", "words added to the word lists, or removed"),
        {}, {"growth-words": {"add": ["扩面"], "remove": ["比例"]}},
    ),
)  # fmt: skip

KEYS: Mapping[str, Key] = {key.name: key for key in _ALL}
"""Every key of a configuration file by name, in the order in which files are written."""


def written(value: Any) -> str:
    """``value`` as TOML, on one line. Of texts, numbers, truths, lists and tables; JSON says all but tables alike."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_name(key)} = {written(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def dotted(path: Iterable[str]) -> str:
    """The way to a value as TOML writes it: ``severity.GC107``."""
    return ".".join(map(_name, path))


def _name(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)
