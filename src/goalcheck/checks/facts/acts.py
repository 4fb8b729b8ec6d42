"""Names that tell an act or a wish and nothing that could be measured: 保持队伍稳定, 按照标准发放."""

from __future__ import annotations

from goalcheck.checks.facts.clauses import is_sentence, lets_somebody_do, makes_noun
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.text import eaten
from goalcheck.files.regexes import regex
from goalcheck.vocabulary import vocabulary

_YEAR_IN_FRONT = regex(r"(?:20\d\d年度?|全年|本年度?|年度内?|年内)")
_SHORTEST_WISH = 3  # characters: fewer may be a name of something
_OPENINGS = {
    "changing-measures": ("change-words", "wish-words"),
    "state-words": ("ensuring-words",),
    "norm-endings": ("adherence-words",),
}
"""What makes an act of a name that ends in a measure, a state or a norm: 提高办公效率, 保证数据准确, 严格执行标准."""
_GETS = regex(r".得到.{2,6}\Z")
_NEARLY_ALL = 90  # percent: by so much nothing grows or shrinks in a year, 提高办公效率 90%
_BY_RULE = (
    r"按照.{2,}|依据.{2,}"
    r"|按(?:国家|规定|标准|要求|计划|政策|程序|合同|方案|需|规范|流程|制度|规程|章程|预案).{2,}"
)
_TOWARDS = r"[对向](?!外|口|标).{2,}(?:进行|开展|实施|给予|落实)"
_HELPED = "排忧|解难|分忧|减负|赋能|谋福利|办实事|保驾护航"
_FOR = rf"为.{{2,}}(?:提供|创造|营造|打造|解决|{_HELPED}|培养|培育|输送|增添|奠定|注入)"
_TO_OR_INSTEAD_OF = r"给.{2,}(?:发放|提供|配备)|替.{2,}"
_WITH_PREPOSITION = regex("|".join((_BY_RULE, _TOWARDS, _FOR, _TO_OR_INSTEAD_OF)))


def is_act(facts: IndicatorFacts) -> bool:
    """Whether the name opens with a verb, or tells how something is done, and ends in nothing that has a percentage.

    As well where it ends in a wish: 补贴政策延续; or tells of a change that no plan makes as large: 增加收入 95%.

    Not: a noun made of a verb (保障对象, 完成进度), a verb that its state follows (落实到位), a clause; nor where the
    form calls it 定性, for 100% says no more then than that it is done.
    """
    name, lexicon, context, has_ending = facts.name.bare, facts.lexicon, facts.context, facts.name.has_ending
    measured = has_ending("percent-measures") and not has_ending("no-percent-measures")
    if measured and not any(map(has_ending, _OPENINGS)):
        return False  # most names
    opening = _YEAR_IN_FRONT.match(name)
    at = opening.end() if opening else 0
    at += eaten(name[at:], (*lexicon["degree-words"], *lexicon["full-adverbs"]))
    verbs: tuple[str, ...] = ("wish-words", "act-words")
    if min((value.form.numbers[0] for _, value in facts.aims), default=0) >= _NEARLY_ALL:
        verbs = ("change-words", *verbs)
    if measured:
        openings = _OPENINGS if len(verbs) > 2 else {}
        if not any(
            has_ending(ending) and any(name.startswith(lexicon[words], at) for words in lists)
            for ending, lists in openings.items()
        ):
            return False
    if len(name) <= _SHORTEST_WISH or not (has_ending("wish-endings") or _GETS.search(name)):
        kind = next((words for words in verbs if lexicon.opening(name, words, at)), "")
        if not kind and not _WITH_PREPOSITION.match(name, at) and not lets_somebody_do(name, context):
            return False
        if kind and _is_noun(name, at, kind, context):
            return False
    return not is_sentence(facts) and not _is_called_qualitative(facts)


def _is_noun(name: str, at: int, kind: str, context: Context) -> bool:
    """Whether the verb of the list ``kind`` that ``name`` has at ``at`` is part of a noun, or has its state behind."""
    lexicon = context.lexicon
    if kind == "act-words" and (context.ends(name, "state-words") or context.ends(name, "trait-endings")):
        return True
    word = lexicon.opening(name, kind, at)
    rest = name[at + len(word) :]
    if len(rest) < 2 or makes_noun(rest, lexicon) or eaten(rest, lexicon["state-words"]) == len(rest):
        return True
    if rest in lexicon.sets["act-nouns"]:
        return True
    noun = rest.startswith(lexicon["act-nouns"])
    if kind == "wish-words" and context.ends(name, "upheld-states"):
        return False
    if word in lexicon.sets["noun-verbs"]:
        return noun or context.ends(name, "done-words")
    return context.ends(name, "done-words") and (noun or context.has_word(rest, "managed-nouns"))


def _is_called_qualitative(facts: IndicatorFacts) -> bool:
    columns = facts.indicator.columns
    cells = (columns.nature if columns is not None else None, *(value.sign for _, value in facts.values))
    return any(cell is not None and cell.clean in vocabulary().worded for cell in cells)


def as_rate(facts: IndicatorFacts) -> str:
    """The name as a rate of what is done, 补贴发放率 of 发放补贴; empty where that is not plain."""
    name, lexicon = facts.name.bare, facts.lexicon
    word = lexicon.opening(name, "act-words")
    if word in lexicon["rated-acts"]:
        return f"{name[len(word) :]}{word}率"
    wish = lexicon.opening(name, "wish-words")
    if wish and name.endswith(lexicon["state-words"]):
        return f"{name[len(wish) :]}率"
    return ""
