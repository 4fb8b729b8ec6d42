"""A target that stands in the name of an indicator, where its value belongs: 聘用人员230人, 满意度95%以上."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from string import ascii_letters

import attrs

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.clauses import is_sentence, value_that_repeats
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.files.regexes import regex
from goalcheck.sheet import Value
from goalcheck.vocabulary import PERCENTS, fold_glyphs, vocabulary

# What stands behind these is an ordinal, a part of a range, a name or a code: 第2批, 10至20人, “12345”, 乙类35项, H7.
_FREE = (
    r"(?<!\d,)(?<!\d[至到])(?<!\d[^\d达][至到])(?<![\dA-Za-z一二三四五六七八九十甲乙丙丁类级号等]、)"
    r"(?<![\d.A-Za-z第前类~\uff5e\u2014+\u00d7*/\u201c\"'《〈\[〔-])"
)
_NUMBER = regex(rf"(?:{_FREE}|(?<=[A-Za-z]{{2}}))\d(?:,?\d){{0,14}}(?:\.\d{{1,6}})?(?![\d.])")
_PER = regex(r"[/\uff0f][^\d/\uff0f()\uff08\uff09,\uff0c]{1,5}")
_OF_MONTH = r"(?<!\d)(?:\d{1,2}月(?:\d{1,2}[日号]|[底末初中]|[上中下]旬)?|\d{1,2}[日号])"
_DAY = rf"(?:20\d\d年度?|[每次当][年月]|本年)?(?:{_OF_MONTH}|(?<=年)[底末])"
_END_OF_YEAR = r"20\d\d年[底末]"
_PERIOD = r"(?:每个?|[当本次]|上|下|第?[一二三四1-4])?(?:季度?|半年|学期|学年|年度?|月)"
_END_OF_PERIOD = rf"{_PERIOD}(?:月?[底末]|[上中下]旬|结束|终了)"
_BEFORE = r"(?:[之以]?前)"
_NO_SPAN = r"(?!的|[一两三四五六七\d]+(?:周|天|日|个))"
_DATE = regex(rf"{_DAY}{_BEFORE}|{_END_OF_YEAR}{_BEFORE}|{_END_OF_PERIOD}{_BEFORE}{_NO_SPAN}")
_JOINTS = frozenset("、,\uff0c;\uff1b和及与")
_AND_MORE = "等"
_OPENED = {"(": ")", "\uff08": "\uff09"}
_LONGEST_UNIT = 5
_LETTERS = frozenset(ascii_letters)


@attrs.frozen(eq=False, repr=False)
class Target:
    """A target in a name, ``start`` to ``end``: ``said`` as a value says it, ``rest`` what is left of the name.

    ``counted`` is the noun that a name ends in whose value has this unit; ``clash`` is ``number`` or ``unit`` where
    ``value`` contradicts it, else empty. Of ``several`` side by side, 水带300米、灭火器50具, all are said.
    """

    start: int
    end: int
    said: str
    rest: str
    counted: str
    clash: str
    value: Value
    several: bool = False


@attrs.frozen(eq=False, repr=False)
class _Figure:
    """A figure within a name. ``kind`` is ``percent count money time`` or ``other``; empty where it has no unit."""

    start: int
    end: int
    number: Decimal
    unit: str
    kind: str
    sign: str | None
    """The sign it stands with, an empty one for 约; None where there is none."""
    ends: bool
    bracketed: bool


def target_in_name(facts: IndicatorFacts) -> Target | None:
    """The target in the name of an indicator; None where there is none, or where the whole name is another fault."""
    if not facts.values or not (facts.name.has_digit or facts.name.has_before):
        return None
    return facts.context.once_for(facts, _target_in_name)


def _target_in_name(facts: IndicatorFacts, _: Context) -> Target | None:
    text = facts.name.text
    if is_sentence(facts) or value_that_repeats(facts):
        return None
    figures = list(_figures(text, facts.lexicon))
    side_by_side = len(figures) > 1 and all(figure.kind for figure in figures)
    if side_by_side and (target := _several(figures, facts)) is not None:
        return target
    for figure in figures:
        value = _missed_by(figure, facts)
        if value is not None:
            return _target(figure, value, facts)
    return _date_target(facts)


def _several(figures: list[_Figure], facts: IndicatorFacts) -> Target | None:
    """The targets of several things that a name has, 水带300米、灭火器50具; None where no value asks for them.

    A value does that says all of them, or their sum. Where a joint or the end is behind each, any does that would ask
    for the last by itself, and one that only counts what was done: 1批.
    """
    text, said = facts.name.text, [f"{figure.number:f}{figure.unit}" for figure in figures]
    behind = [text[figure.end :] for figure in figures]
    listed = all(not rest or rest == _AND_MORE or rest[0] in _JOINTS for rest in behind)
    last = _missed_by(figures[-1], facts) if listed else None
    total = sum(figure.number for figure in figures)
    for _, value in facts.values:
        form, clash = value.form, ""
        if form.kind == "words":
            asks = all(one in value.clean for one in said)
        else:
            asks = total in form.numbers and len({figure.unit for figure in figures} | {form.unit}) == 1
        if not asks and listed:
            asks = last is value or (form.kind == "quantity" and _counts_acts(value, facts))
            clash = "unit" if asks and form.kind == "quantity" else ""
        if asks:
            return Target(figures[0].start, figures[-1].end, "、".join(said), "", "", clash, value, several=True)
    return None


def _counts_acts(value: Value, facts: IndicatorFacts) -> bool:
    acts = (*facts.lexicon["act-words"], *facts.lexicon["purchase-words"])
    return value.form.unit in facts.lexicon["lot-units"] and facts.name.text.startswith(acts)


def _figures(text: str, lexicon: Lexicon) -> Iterator[_Figure]:
    signs = vocabulary()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        unit = _unit_at(text, end, lexicon)
        end += len(unit)
        if unit and (per := _PER.match(text, end)) and not per[0].endswith(lexicon["rate-suffixes"]):
            unit, end = f"{unit}{per[0]}", per.end()
        sign = None
        behind = max((word for word in signs.sign_behind if text.startswith(word, end)), key=len, default="")
        if behind:
            sign, end = signs.sign_behind[behind], end + len(behind)
        before = max((word for word in signs.sign_before if text.endswith(word, 0, start)), key=len, default="")
        if before:
            sign = sign if behind and before in signs.yielding else signs.sign_before[before]
            start -= len(before)
        elif start and (mark := fold_glyphs(text[start - 1])) in signs.signs:
            sign, start = mark, start - 1
        bracketed = start > 0 and _OPENED.get(text[start - 1]) == text[end : end + 1] != ""
        if bracketed:
            start, end = start - 1, end + 1
        number = Decimal(match[0].replace(",", ""))
        yield _Figure(start, end, number, unit, _kind(unit, lexicon), sign, end == len(text), bracketed)


def _unit_at(text: str, at: int, lexicon: Lexicon) -> str:
    """The unit that begins ``at``, the longest; empty where none does, or where it goes on as another word: 人员."""
    if text.startswith(lexicon["unit-compounds"], at):
        return ""
    counts, others, known = lexicon.sets["whole-units"], lexicon.sets["name-units"], vocabulary().units
    for length in range(_LONGEST_UNIT, 0, -1):
        unit = text[at : at + length]
        if unit.startswith("个") and length > 1 and unit not in lexicon.sets["time-units"]:
            continue  # of 6个村级卫生室 the unit is 个
        if any(unit.removeprefix("万") in words for words in (counts, others, known)) or unit in known:
            return unit
    return ""


def _kind(unit: str, lexicon: Lexicon) -> str:
    one = unit.replace("\uff0f", "/").partition("/")[0]
    if one in (*PERCENTS, "\u2030"):
        return "percent"
    if "元" in one:
        return "money"
    if one in lexicon.sets["time-units"]:
        return "time"
    if one.removeprefix("万") in lexicon.sets["whole-units"]:
        return "count"
    return "other" if one else ""


def _missed_by(figure: _Figure, facts: IndicatorFacts) -> Value | None:
    """The value that should say ``figure``, where that is a target: all of the name, said again, or at its end."""
    text = facts.name.text
    if text.startswith(facts.lexicon["figure-exceptions"], figure.start):
        return None
    if figure.start == 0 and figure.ends:
        return facts.values[0][1] if figure.kind else None
    same = next((value for _, value in facts.values if _is_same(figure, value, facts)), None)
    if text[figure.start - 1 : figure.start] in _LETTERS:  # AED45台, if that is the very target; else a code
        return same if figure.ends and figure.kind == "count" else None
    if same is not None:
        return same
    if not figure.ends or figure.bracketed:
        return None
    return next((value for _, value in facts.values if _asks_for(figure, value, facts)), None)


def _is_same(figure: _Figure, value: Value, facts: IndicatorFacts) -> bool:
    """Whether ``value`` says the figure over again; within a name it needs the same unit, for 5人制 has 5场 too."""
    form = value.form
    if form.kind not in ("quantity", "range") or figure.number not in form.numbers:
        return False
    if not figure.kind:
        return figure.ends and figure.sign is not None and not form.unit
    if _alike(figure.unit, form.unit, facts):
        return True
    return figure.ends and (not form.unit or figure.kind == "count" == _kind(form.unit, facts.lexicon))


def _alike(one: str, other: str, facts: IndicatorFacts) -> bool:
    """Whether two units are the same, or scales of one measure; by what head each is counted does not matter."""
    one, other = (unit.replace("\uff05", "%").replace("\uff0f", "/").partition("/")[0] for unit in (one, other))
    if one == other or (one == "个" == other[:1] and other not in facts.lexicon.sets["time-units"]):
        return True
    return any({one, other} <= set(family.split()) for family in facts.lexicon["unit-families"])


def _asks_for(figure: _Figure, value: Value, facts: IndicatorFacts) -> bool:
    """Whether the figure at the end of a name is what ``value`` should say, though that says something else.

    Not: a criterion (年收入2000万元以上) of what the value counts, 二期 or a term of 3年 without a sign.
    """
    form, lexicon = value.form, facts.lexicon
    if form.kind == "words":
        done = any(lexicon.within(value.clean, words) for words in ("whole-words", "stage-words"))
        return figure.kind == "percent" or (done and figure.kind in ("count", "money", "other"))
    if form.kind not in ("quantity", "range") or not figure.kind:
        return False
    if figure.kind == "time" or figure.unit in lexicon.sets["ordered-units"]:
        return figure.sign is not None and (form.unit == "%" or _alike(figure.unit, form.unit, facts))
    if form.unit in ("", "%"):
        return True
    if figure.kind == "count":
        each = any(word in facts.name.text[: figure.start] for word in lexicon["each-words"])
        counted, is_built = _kind(form.unit, lexicon), facts.name.text.startswith(lexicon["act-words"])
        return (counted == "count" or (is_built and counted in ("other", "time"))) and not each
    return _alike(figure.unit, form.unit, facts)


def _target(figure: _Figure, value: Value, facts: IndicatorFacts) -> Target:
    text = facts.name.text
    unit, form = figure.unit.replace("\uff05", "%"), value.form
    sign = figure.sign or ""
    if not sign and form.kind == "quantity" and (form.unit == "%") == (unit == "%"):
        sign = form.comparator.removeprefix("=")  # a floor stays one: of 230人 and ≥230个 ≥230人 is meant
    said = f"{sign}{figure.number:f}{unit}"
    rest = f"{text[: figure.start]}{text[figure.end :]}".strip("\uff0c,、\uff1a:共为")
    clash = ""
    if form.kind in ("quantity", "range"):
        if form.unit and not _alike(figure.unit, form.unit, facts):
            clash = "unit"
        elif figure.number not in form.numbers and form.unit in ("", figure.unit):  # 1.2万元 may be 12000元
            clash = "number"
    return Target(figure.start, figure.end, said, rest, _counted(figure, rest, facts), clash, value)


def _counted(figure: _Figure, rest: str, facts: IndicatorFacts) -> str:
    """The noun that ``rest`` needs behind it to be a name: 数量, 人数, 里程; empty where it is one."""
    names = ("measure-endings", "spending-nouns")
    if figure.kind == "percent" or any(facts.context.ends(rest, words) for words in names):
        return ""
    unit = figure.unit.partition("/")[0].removeprefix("万")
    found = (line.split() for line in facts.lexicon["unit-measures"])
    return next((noun for noun, *units in found if unit in units), "数量")


def _date_target(facts: IndicatorFacts) -> Target | None:
    """A day until which something shall be done, in a name that measures nothing: 12月底前全部发放到位."""
    text = facts.name.text
    match = _DATE.search(text)
    if match is None or facts.name.has_ending("measure-endings"):
        return None
    for _, value in facts.values:
        words = value.form.kind == "words"
        told = words and (_DATE.search(value.clean) or facts.lexicon.within(value.clean, "stage-words"))
        if told or value.form.kind == "date" or value.form.unit == "%":
            rest = f"{text[: match.start()]}{text[match.end() :]}"
            clash = "unit" if value.form.unit == "%" else ""
            return Target(*match.span(), match[0], rest, "时间" if rest else "完成时间", clash, value)
    return None
