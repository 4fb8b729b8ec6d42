"""Findings and errors in, sentences out: the only place where figures meet words, in the reader's language.

The sentences of the rules are in ``rules/``; those of the tool itself are here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from goalcheck import messages
from goalcheck.catalogue.rule import NO_RULE, Rule, Severity
from goalcheck.engine.result import RuleFailure
from goalcheck.errors import InputError
from goalcheck.finding import Figure, Finding, Term
from goalcheck.messages import Words

_LONGEST = 80
_SPACE = re.compile(r"\s+")
# What a terminal would obey or reorder by: controls, and the marks of bidirectional text; half a character as well.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]"
)

SHARED: Mapping[str, Words] = {
    "total": Words("总计", "total"),
    "appropriation": Words("财政拨款", "appropriation"),
    "special_account": Words("财政专户拨款", "special account"),
    "other": Words("其他资金", "other money"),
    "goal": Words("绩效目标", "goal"),
    "indicators": Words("绩效指标", "indicators"),
    "name": Words("项目名称", "name"),
    "level1": Words("一级指标", "first level"),
    "level2": Words("二级指标", "second level"),
    "grand-total": Words("合计", "grand total"),
}

SEVERITIES: Mapping[Severity, Words] = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "info"),
}

REPORT: Mapping[str, Words] = {
    "finding": Words("{number}处", "{number} finding"),
    "findings": Words("{number}处", "{number} findings"),
    "line": Words("第{lines}行", "line {lines}"),
    "lines": Words("第{lines}行", "lines {lines}"),
    "lines-more": Words("第{lines}等{number}行", "lines {lines}, … ({number} lines)"),
    "entry": Words("第{number}项", "entry {number}"),
    "of-unit": Words("{name}（{unit}）", "{name} ({unit})"),
    "unit": Words("单位“{name}”", "unit “{name}”"),
    "total": Words("合计行", "the row 合计"),
    "sheet": Words("整张表", "the sheet as a whole"),
    "nameless": Words("没有名称的一行", "a row without a name"),
    "form": Words("书写格式", "matters of form"),
    "mended": Words("用 goalcheck fix 就能改好", "goalcheck fix mends them"),
    "mended-some": Words("用 goalcheck fix 能改好其中{number}处", "goalcheck fix mends {number} of them"),
    "verbose": Words("加 --verbose 逐处列出", "--verbose lists each"),
    "folded": Words("{title}：{count}，{lines}", "{title}: {count}, {lines}"),
    "first": Words("如第一处，{advice}", "for the first, {advice}"),
}
"""What the text report says around its findings."""

INPUT_ERRORS: Mapping[str, Words] = {
    "missing": Words("找不到这个文件；请核对路径", "no such file; check the path"),
    "unreadable": Words(
        "打不开（{reason}）；请核对路径和读取权限", "cannot be read ({reason}); check its path and permissions"
    ),
    "closed": Words("标准输入是关着的；请给出文件", "standard input is closed; give a file"),
    "changing": Words(
        "读的时候还在变，没有检查；请等它写完再查", "was changing while it was read; check it again once it is written"
    ),
    "special": Words(
        "不是普通文件；请给出文件，或用 - 从标准输入读", "is no regular file; give a file, or - for standard input"
    ),
    "no-files": Words(
        "这个文件夹里没有可检查的文件（.txt、.tsv、.csv）；请直接写出文件名",
        "this folder holds no file to check (.txt, .tsv, .csv); name the file itself",
    ),
    "empty": Words("是空的；请给出有内容的绩效目标表", "is empty; give a sheet with content"),
    "nul": Words(
        "第{line}行含空字符，不是文本；若由表格另存，请选“文本文件（制表符分隔）”",
        "line {line} holds a NUL character: no text; save a spreadsheet as tab-separated text",
    ),
    "foreign-office": Words(
        "是办公软件的文件，不是文本；请打开后另存为“文本文件（制表符分隔）”再检查",
        "is an office file, no text; open it and save it as tab-separated text",
    ),
    "foreign-pdf": Words(
        "是 PDF，不是文本；请先转成制表符分隔的文本", "is a PDF, no text; turn it into tab-separated text first"
    ),
    "undecodable": Words(
        "既不是 UTF-8 也不是 GB18030 编码；请用 --encoding 指明编码，或另存为 UTF-8",
        "is neither UTF-8 nor GB18030; name its encoding with --encoding, or save it as UTF-8",
    ),
    "not-encoding": Words("按 {encoding} 解不开；请核对编码", "is not {encoding}; check the encoding"),
    "too-large": Words(
        "有{found}MB，超过上限{limit}MB；请拆成几个文件，或者用 --max-size 放宽",
        "has {found} MB, over the limit of {limit} MB; split it, or raise --max-size",
    ),
    "too-much": Words(
        "超过上限{limit}MB，没有再往下读；请拆成几个文件，或者用 --max-size 放宽",
        "is over the limit of {limit} MB and was not read to its end; split it, or raise --max-size",
    ),
    "too-many-rows": Words(
        "有{found}行，超过上限{limit}行，从第{line}行起超出；请拆成几个文件，或者用 --max-rows 放宽",
        "has {found} lines, over the limit of {limit} from line {line} on; split it, or raise --max-rows",
    ),
    "too-many-cells": Words(
        "有{found}格，超过上限{limit}格，在第{line}行超出；请删去右边的空列，或者用 --max-rows 放宽（每行算20格）",
        "has {found} cells, over the limit of {limit} in line {line}; remove blank columns, or give leave for more "
        "with --max-rows (20 cells a row)",
    ),
    "long-cell": Words(
        "第{line}行有一格长{found}个字符，超过上限{limit}；请核对是否缺少换行或引号，确实这么长就用 --max-cell 放宽",
        "line {line} has a cell of {found} characters, over the limit of {limit}; check that no line break or "
        "quotation mark is missing, or raise --max-cell",
    ),
    "too-many-entries": Words(
        "读到第{line}行，指标已有{found}条，超过上限{limit}条；请拆成几个文件，或者用 --max-entries 放宽",
        "has {found} indicators as far as line {line}, over the limit of {limit}; split it, or raise --max-entries",
    ),
    "no-sheet": Words(
        "没有找到表头：要有一行同时写着“项目名称”和“绩效指标”，列与列用制表符或逗号隔开",
        "has no column header: one line must name both 项目名称 and 绩效指标, its cells parted by tabs or commas",
    ),
    "no-rows": Words(
        "表头下面没有单位，也没有项目，无可检查；请核对文件是否完整",
        "has no unit and no project below its header; is it complete?",
    ),
    "split-indicators": Words(
        "把一级、二级、三级指标分成了几列，这种表还不能检查；请换成绩效指标写在一格里的表",
        "has its indicators in several columns, which cannot be checked yet; use the form with one column 绩效指标",
    ),
    "unwritable": Words(
        "写不回去（{reason}），文件没有动；请核对文件是不是只读、所在的文件夹能不能写",
        "cannot be written back ({reason}) and stays as it was; check that neither it nor its folder is read-only",
    ),
    "changed": Words(
        "读过之后又被别的程序改了，文件没有动；请关掉正在编辑它的程序，再改一次",
        "was changed by another program meanwhile and left alone; check that none has it open, then try again",
    ),
    "no-character": Words(
        "要写进去的“{character}”，{encoding} 编码里没有，文件没有动；请把文件另存为 UTF-8 再改",
        "stays as it was: {encoding} has no “{character}”, which has to be written; save it as UTF-8 first",
    ),
    "no-way-back": Words(
        "按 {encoding} 写回去会变动没有要改的字，文件没有动；请把文件另存为 UTF-8 再改",
        "stays as it was: written in {encoding}, text that needs no change would change; save it as UTF-8 first",
    ),
    "broken-fix": Words(
        "出了内部错误：{rules} 的自动修改靠不住，文件没有动；请把它反馈给我们，眼下可以用 --ignore 跳过这条规则",
        "stays as it was: an internal error, the fixes of {rules} are unsound; please report it, and --ignore the rule "
        "for now",
    ),
    "lost": Words(
        "检查它的进程中途没了（{what}），没有查完；可能是内存不够，请用 -j 1 单独再查一次",
        "was not checked to its end: the process that did it is gone ({what}); memory may be short, try it with -j 1",
    ),
    "internal": Words(
        "检查时出了内部错误（{what}）；这个文件没有查完，请把它反馈给我们",
        "could not be checked because of an internal error ({what}); please report it",
    ),
}


def message(finding: Finding, language: str) -> str:
    """What is wrong, with the figures."""
    rule = _rule(finding)
    return _say(rule.message, finding.figures, rule, language)


def advice(finding: Finding, language: str) -> str:
    """What to write instead: the very text where there is one, else what to do."""
    if finding.suggestion is not None:
        return f"{'改为:' if language == 'zh' else 'write: '}{plain(finding.suggestion)}"
    rule = _rule(finding)
    return _say(rule.help, finding.figures, rule, language)


def related(finding: Finding, term: Term, language: str) -> str:
    """What stands at a related place."""
    return _figure(term, _rule(finding), language)


def phrase(term: Term, rule: Rule, language: str) -> str:
    """A phrase of ``rule``, or a word that all rules share, with its figures."""
    return _figure(term, rule, language)


def error(failure: InputError, language: str) -> str:
    """Why an input could not be checked, and what to do, without its path."""
    figures = {key: plain(str(value)) for key, value in failure.figures.items()}
    return INPUT_ERRORS[failure.key][language].format_map(figures)


def rule_failure(failure: RuleFailure, language: str) -> str:
    """That a rule failed on an input, and whom to tell, without the input's path."""
    key = "plugged-in" if failure.package is not None else "own" if failure.own else "shipped"
    what = visible(f"{failure.code}: {failure.error}")
    return messages.say(f"failures.{key}", language, name=failure.name, package=plain(failure.package or ""), what=what)


def say(key: str, language: str, **figures: str | int) -> str:
    """A sentence of the text report."""
    return REPORT[key][language].format_map(figures)


def counted(number: int, language: str) -> str:
    """A count of findings."""
    return say("finding" if number == 1 else "findings", language, number=number)


def lines(numbers: Sequence[int], language: str, most: int | None = None) -> str:
    """Sorted line numbers in words, those that follow each other as a stretch; of ``most`` stretches at the most."""
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    told = [str(first) if first == last else f"{first}-{last}" for first, last in stretches[:most]]
    key = "line" if len(numbers) == 1 else "lines" if len(told) == len(stretches) else "lines-more"
    return say(key, language, lines=("、" if language == "zh" else ", ").join(told), number=len(numbers))


def plain(text: str) -> str:
    """``text`` on one line of bearable length, with nothing in it that a terminal would obey."""
    if len(text) > 4 * _LONGEST:  # before it is cleaned: a cell may be as long as a book
        text = f"{text[: 2 * _LONGEST]}…{text[-_LONGEST:]}"
    text = visible(_SPACE.sub(" ", text))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}…{text[-19:]}"


def visible(text: str) -> str:
    """``text`` with controls and invisible marks spelt out, character by character."""
    return _HIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def escaped(text: str) -> str:
    """``text``, which is JSON, with the same characters written as JSON escapes: it is equal once it is read."""
    return _HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def path(text: str) -> str:
    """A path as it may be shown on one line."""
    return visible(text).replace("\n", "<U+000A>").replace("\t", "<U+0009>")


def _rule(finding: Finding) -> Rule:
    if finding.rule is NO_RULE:
        raise ValueError("the finding has not passed through the engine")
    return finding.rule


def _say(words: Words, figures: Mapping[str, Figure], rule: Rule, language: str) -> str:
    return words[language].format_map({key: _figure(figure, rule, language) for key, figure in figures.items()})


def _figure(figure: Figure, rule: Rule, language: str) -> str:
    if isinstance(figure, str):
        return plain(figure)
    if isinstance(figure, tuple):
        return ("、" if language == "zh" else ", ").join(_figure(term, rule, language) for term in figure)
    words = rule.phrases.get(figure.key) or SHARED[figure.key]
    return _say(words, figure.figures, rule, language)
