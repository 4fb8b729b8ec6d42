"""What a name says beside what is measured: that something was done, how it went, what the value says again."""

from __future__ import annotations

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.text import Words, bare, eaten, eaten_back
from goalcheck.files.regexes import regex
from goalcheck.sheet import Value

_COMMA = regex("[,\uff0c]")
_BRACKETED = regex(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_LETS = regex(r"让(?![利渡座路权与售步]).{5}")  # not 让利金额, 让座志愿服务
_MEASURES = ("measure-endings", "percent-measures", "counted-nouns")
_SHORTEST_OBJECT = 2
_LEAST_REPEATED = 6  # characters of a name that is no accident within a value


def is_clause(name: str, context: Context) -> bool:
    """Whether ``name`` tells what was done: by a word, by feelings it rouses, or by a comma and two of three signs.

    These are: a clause word first, a verb behind a comma, no measure at the end. A comma in brackets parts no clauses.
    """
    return context.once_for(name, _is_clause)


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
    verbs = (*lexicon["clause-words"], *lexicon["verdict-words"], *lexicon["action-words"])
    unmeasured = not context.ends(plain, "measure-endings")
    if unmeasured and plain.startswith(lexicon["helping-words"]):
        verbs = (*verbs, *lexicon["short-verbs"])
    wished = plain.startswith(lexicon["helping-words"]) or _is_wish(plain, lexicon)
    untold = unmeasured or context.ends(plain, "no-percent-measures")
    if untold and wished and all(_is_wish(part, lexicon) for part in behind):
        return bool(behind)
    signs = (
        plain.startswith((*lexicon["clause-words"], *lexicon["strengthening-words"])),
        any(_opens_with(verbs, part, lexicon) is not None for part in behind),
        unmeasured,
    )
    return bool(behind) and sum(signs) >= 2


def _is_wish(part: str, lexicon: Lexicon) -> bool:
    """Whether ``part`` of a name is 守护生命健康, or its like; not 保障对象, 普及型."""
    rest = _opens_with(lexicon["wish-words"], part, lexicon)
    return rest is not None and len(rest) >= _SHORTEST_OBJECT and rest not in lexicon.sets["act-nouns"]


def _opens_with(verbs: Words, part: str, lexicon: Lexicon) -> str | None:
    """What stands behind the verb that ``part`` opens with; None where there is none, or it makes a noun: 提高型."""
    at = eaten(part, lexicon["degree-words"])
    verb = max((word for word in verbs if part.startswith(word, at)), key=len, default="")
    rest = part[at + len(verb) :]
    return rest if verb and not rest.startswith(lexicon["noun-parts"]) else None


def _tells_feelings(name: str, context: Context) -> bool:
    """Whether ``name`` is 调动群众参与的积极性, or its like."""
    if not context.ends(name, "feeling-nouns"):
        return False
    noun = next(word for word in context.lexicon["feeling-nouns"] if name.endswith(word))
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
        if name.startswith(lexicon[words], at):
            word = next(w for w in lexicon[words] if name.startswith(w, at))
            end = at + len(word)
            nouns = (*lexicon["verdict-nouns"], *lexicon["extent-nouns"])
            measured = name.startswith(nouns, end) or context.ends(name, "extent-nouns")
            return (0, end) if not measured and _says(word, words, values, context) else None
    return None


def verdict_behind(name: str, values: list[str], context: Context) -> tuple[int, int] | None:
    """The verdict, or the state, that ``name`` ends in."""
    for words in ("verdict-words", "state-words"):
        if name.endswith(context.lexicon[words]):
            word = next(w for w in context.lexicon[words] if name.endswith(w))
            start = eaten_back(name[: -len(word)], context.lexicon["degree-words"])
            return (start, len(name)) if _says(word, words, values, context) else None
    return None


def _says(word: str, words: str, values: list[str], context: Context) -> bool:
    """Whether a value has ``word`` again; for a change, whether it is any verdict and nothing else (明显提升)."""
    change = words == "verdict-words"
    return any(word in value or (change and not context.once(_Bared)[value]) for value in values)
