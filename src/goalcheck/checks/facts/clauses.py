"""What a name says beside what is measured: that something was done, how it went, what the value says again."""

from __future__ import annotations

from collections.abc import Callable

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.text import Words, bare, eaten, eaten_back
from goalcheck.files.regexes import regex
from goalcheck.sheet import Value

_PARTING = frozenset(",\uff0c、")
_COMMA = regex("[,\uff0c]")
_BRACKETED = regex(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_LETS = regex(r"(?:切实|真正|确实|不断|有效)?(?:让(?![利渡座路权与售步位台])|使(?![用命馆领节者劲团役唤])).{5}")
"""Not 让利金额, 让座志愿服务; nor 使用年限, 使命教育活动."""
_MEASURES = ("measure-endings", "percent-measures", "counted-nouns")
_DOING = ("wish-words", "act-words", "change-words", "verdict-words", "action-words", "strengthening-words")
_SHORTEST_OBJECT = 2
_SHORTEST_HALF = 3
_LEAST_REPEATED = 6  # characters of a name that is no accident within a value


def is_clause(name: str, context: Context) -> bool:
    """Whether ``name`` tells what was done: by a word, by feelings it rouses, or by a comma and two of three signs.

    These are: a clause word first, a verb behind a comma, no measure at the end. A comma in brackets parts no clauses.
    """
    return context.once_for(name, _is_clause)


def is_sentence(facts: IndicatorFacts) -> bool:
    """Whether the name is a clause, or, as a benefit whose value is words or a percentage, two halves of a slogan."""
    name = facts.name.text
    if is_clause(name, facts.context):
        return True
    return not _PARTING.isdisjoint(name) and facts.context.once_for(facts, _is_slogan)


def _is_slogan(facts: IndicatorFacts, context: Context) -> bool:
    """Whether one half of it opens with a verb or ends in a wish: 服务地方经济,培养工匠人才; not 大气,水环境质量."""
    if facts.top != "benefit" or len(facts.figures) > len(facts.percentages):
        return False
    plain, lexicon = _BRACKETED.sub("", facts.name.text), context.lexicon
    parts = [part.strip() for part in _COMMA.split(plain)]
    if len(parts) < 2:
        rhymes = plain.split("、")
        parts = rhymes if len(set(map(len, rhymes))) == 1 and all(map(_rallies(lexicon), rhymes)) else []
    if len(parts) < 2 or min(map(len, parts)) < _SHORTEST_HALF:
        return False
    if len(parts) == 2 and len(parts[0]) == len(parts[1]) and not all(_is_listed(part, context) for part in parts):
        return True  # 远离毒品,珍爱生命; not 村容村貌,人居环境
    if any(context.ends(plain, words) for words in _MEASURES) and not context.ends(plain, "no-percent-measures"):
        return False
    served = plain.startswith(lexicon["slogan-words"]) or parts[-1].startswith(lexicon["slogan-words"])
    wished = served or any(context.ends(part, "wish-endings") or _is_wish(part, lexicon, _DOING) for part in parts)
    return wished or all(map(_rallies(lexicon), parts))


def _is_listed(part: str, context: Context) -> bool:
    """Whether ``part`` may be one of several things that are judged, or measured, together: 村容村貌, 参保率."""
    return any(context.ends(part, words) for words in ("judged-nouns", *_MEASURES)) or _names_thing(
        part, context.lexicon
    )


def _rallies(lexicon: Lexicon) -> Callable[[str], bool]:
    return lambda part: part.startswith(lexicon["slogan-verbs"]) and not _names_thing(part, lexicon)


def _names_thing(part: str, lexicon: Lexicon) -> bool:
    """Whether what looks like a verb of one character begins a noun: 保安员, 助学金."""
    return part.endswith((*lexicon["noun-parts"], *lexicon["thing-endings"]))


def lets_somebody_do(name: str, context: Context) -> bool:
    """Whether ``name`` is 让老人老有所养, or its like, which measures nothing."""
    return _LETS.match(name) is not None and not any(context.ends(name, words) for words in _MEASURES)


def _is_clause(name: str, context: Context) -> bool:
    lexicon = context.lexicon
    if context.has_word(name, "finished-words") or _tells_feelings(name, context):
        return True
    if not _COMMA.search(name):
        return False
    plain = _BRACKETED.sub("", name)
    behind = [part.strip() for part in _COMMA.split(plain)[1:]]
    verbs: tuple[str, ...] = ("clause-words", "verdict-words", "action-words")
    unmeasured = not context.ends(plain, "measure-endings")
    if unmeasured and plain.startswith(lexicon["helping-words"]):
        verbs = (*verbs, "short-verbs")
    wished = plain.startswith(lexicon["helping-words"]) or _is_wish(plain, lexicon)
    untold = unmeasured or context.ends(plain, "no-percent-measures")
    if untold and wished and all(_is_wish(part, lexicon) for part in behind):
        return bool(behind)
    signs = (
        plain.startswith((*lexicon["clause-words"], *lexicon["strengthening-words"])),
        any(_opens_with(verbs, part, lexicon) is not None for part in behind),
        unmeasured,
    )
    listed = plain.endswith(lexicon["noun-parts"]) and not signs[1]  # 保障辅警,保安员
    return bool(behind) and sum(signs) >= 2 and not listed


def _is_wish(part: str, lexicon: Lexicon, lists: Words = ("wish-words",)) -> bool:
    """Whether ``part`` of a name is 守护生命健康, or its like; not 保障对象, 普及型."""
    rest = _opens_with(lists, part, lexicon)
    return rest is not None and len(rest) >= _SHORTEST_OBJECT and rest not in lexicon.sets["act-nouns"]


def _opens_with(lists: Words, part: str, lexicon: Lexicon) -> str | None:
    """What stands behind the verb, one of ``lists``, that ``part`` opens with; None where it makes a noun: 提高型."""
    at = eaten(part, lexicon["degree-words"])
    verb = max((lexicon.opening(part, words, at) for words in lists), key=len)
    rest = part[at + len(verb) :]
    if len(verb) == 1 and _names_thing(part, lexicon):
        return None
    return rest if verb and not makes_noun(rest, lexicon) else None


def makes_noun(rest: str, lexicon: Lexicon) -> bool:
    """Whether ``rest`` makes a noun of the verb before it: 员 of 保安员; not 化解 of 防范化解风险."""
    if not rest.startswith(lexicon["noun-parts"]):
        return False
    longest = max(len(part) for part in lexicon["noun-parts"] if rest.startswith(part))
    words = (*lexicon["wish-words"], *lexicon["noun-part-words"])
    return not rest.startswith(tuple(word for word in words if len(word) > longest))


def _tells_feelings(name: str, context: Context) -> bool:
    """Whether ``name`` is 调动群众参与的积极性, or its like."""
    if not context.ends(name, "feeling-nouns"):
        return False
    noun = context.lexicon.ending(name, "feeling-nouns")
    return name.removesuffix(noun).endswith("的") and name.startswith(context.lexicon["action-words"])


def value_that_repeats(facts: IndicatorFacts) -> Value | None:
    """The value that says the name over again: a figure or a date as it stands, words with or without a verdict."""
    return facts.context.once_for(facts, _value_that_repeats)


def _value_that_repeats(facts: IndicatorFacts, context: Context) -> Value | None:
    for _, value in facts.values if facts.name.has_digit else facts.in_words:
        if value.clean == facts.name.text:
            return value
    for _, value in facts.in_words:
        name, bared = facts.name.text, context.once(_Bared)
        whole = len(name) >= _LEAST_REPEATED and name in value.clean
        if whole or (bared[value.clean] and bared[value.clean] == bared[name]):
            return value
    return None


class _Bared(dict[str, str]):
    """Texts without verdicts and degrees at their ends, each worked out once: 提升 stands in every other project."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        lexicon = context.lexicon
        self._words = (*lexicon["degree-words"], *lexicon["verdict-words"])

    def __missing__(self, text: str) -> str:
        made = self[text] = bare(text, self._words)
        return made


def verdict_before(name: str, values: list[str], context: Context) -> tuple[int, int] | None:
    """The verdict that ``name`` begins with; not where the name goes on to measure it (改善程度, 促进就业的作用)."""
    lexicon = context.lexicon
    at = eaten(name, lexicon["degree-words"])
    for words in ("verdict-words", "action-words"):
        if word := lexicon.opening(name, words, at):
            end = at + len(word)
            nouns = (*lexicon["verdict-nouns"], *lexicon["extent-nouns"])
            measured = name.startswith(nouns, end) or context.ends(name, "extent-nouns")
            return (0, end) if not measured and _says(word, words, values, context) else None
    return None


def verdict_behind(name: str, values: list[str], context: Context) -> tuple[int, int] | None:
    """The verdict, or the state, that ``name`` ends in."""
    for words in ("verdict-words", "state-words"):
        if word := context.lexicon.ending(name, words):
            start = eaten_back(name[: -len(word)], context.lexicon["degree-words"])
            return (start, len(name)) if _says(word, words, values, context) else None
    return None


def _says(word: str, words: str, values: list[str], context: Context) -> bool:
    """Whether a value has ``word`` again; for a change, whether it is any verdict and nothing else (明显提升)."""
    change = words == "verdict-words"
    return any(word in value or (change and not context.once(_Bared)[value]) for value in values)
