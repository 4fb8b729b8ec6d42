"""Names that tell when something is to be done: 按时发放, 是否及时足额拨付补贴."""

from __future__ import annotations

from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.text import eaten

_ASKS = "是否"
_LONGEST = 6  # characters of what it is done to, before or behind: 补贴 in 补贴按月发放
_FARTHEST = 10  # before alone, where nothing is behind: 公益林护林员工资按时发放


def is_timely_act(facts: IndicatorFacts) -> bool:
    """Whether the name is of an act done in time, and of nothing that is counted or becomes better.

    Its target is a percentage, or words: 按月编印简报 ≥12期 is counted.
    """
    name, lexicon = facts.name.bare.removeprefix(_ASKS), facts.lexicon
    places = (name.find(word) for word in lexicon["timely-adverbs"])
    at = min((place for place in places if 0 <= place <= _FARTHEST), default=None)
    if at is None or any(value.form.unit in lexicon.sets["whole-units"] for _, value in facts.figures):
        return False
    verb = at + eaten(name[at:], (*lexicon["timely-adverbs"], *lexicon["manner-words"]))
    behind = eaten(name[verb:], lexicon["timely-acts"])
    left = len(name) - verb - behind
    if not behind or left > _LONGEST or (at > _LONGEST and left):
        return False
    measured = any(facts.ends(words) for words in ("measure-endings", "extent-nouns", "counted-nouns"))
    return not measured and (facts.top != "benefit" or bool(facts.percentages))
