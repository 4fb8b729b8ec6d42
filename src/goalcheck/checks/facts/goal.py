"""How the goal of a project begins and ends, and what is usual of goals on its sheet."""

from __future__ import annotations

from goalcheck.checks.facts.context import Context
from goalcheck.files.regexes import regex
from goalcheck.sheet import Text
from goalcheck.vocabulary import vocabulary

_MID_SENTENCE = regex(
    r"[,;:!?)\]}、。》〉」』】〕\uff0c\uff1b\uff1a\uff01\uff1f\uff09\uff3d\uff5d]"
    r"|[\u201d\u2019](?![^\u201c\u201d\u2018\u2019]*[\u201d\u2019])"
)
"""What can only follow something. A quotation may open a goal, even one whose first mark is the wrong way round."""

PAUSES = (",", "\uff0c", "、", ":", "\uff1a")
"""Marks behind which something must follow."""

_STOPS = "。.;\uff1b,\uff0c\uff01!"
_FIGURE_ALONE = regex(r"[\d.,%\uff0c\uff05]{1,20}")
_LIKE_YEAR = regex(r"(?:同|与|参照)(?:20\d\d|[上去前])一?年(?:度|目标|相同|一致)?")
_QUOTES = "\"'\u201d\u2019」』"
_CLOSING = "\"'\u201d\u2019》)\uff09"
_ENDS = ("。", ";", "\uff1b", "!", "\uff01", ")", "\uff09")
_MARK = regex("[,\uff0c;\uff1b。]")
_PARTED = regex("[,\uff0c;\uff1b。:\uff1a]")
_LONGEST_POINTER = 20  # characters of a goal that only says where it stands
_LONGEST_LIKENING = 8  # the same of one that says what it is like: 同项目申报书
_SEVERAL = 2  # goals that end in a full stop: one may do so by chance


def mark_in_front(text: str) -> str:
    """The mark with which ``text`` begins though it can only follow something; empty where there is none."""
    found = _MID_SENTENCE.match(text)
    return found[0] if found is not None else ""


def is_written(goal: Text, context: Context) -> bool:
    """Whether somebody wrote a goal: no blank, and nothing of a template, up to its end."""
    return context.once_for(goal, _is_written)


def is_none(goal: Text, context: Context) -> bool:
    """Whether ``goal`` says nothing: blank, a pointer to elsewhere (同上, 详见附件。), a figure that lost its way."""
    return context.once_for(goal, _is_none)


def _is_none(goal: Text, context: Context) -> bool:
    said = goal.clean.rstrip(_STOPS)
    if goal.blank or not said or said in context.lexicon.sets["no-goals"] or _points_elsewhere(said, context):
        return True
    return _FIGURE_ALONE.fullmatch(said) is not None or _LIKE_YEAR.fullmatch(said) is not None


def _points_elsewhere(said: str, context: Context) -> bool:
    """Whether a goal only names where it stands, 详见项目实施方案, or what is like it: 与上年相同.

    Not: what is done with others, or after a model: 与高校编制规划, 参照标准完成改造方案.
    """
    lexicon = context.lexicon
    said = said.rstrip(_CLOSING)
    if len(said) > _LONGEST_POINTER or said.startswith(lexicon["no-pointing"]) or _MARK.search(said):
        return False
    is_document = said.endswith(lexicon["documents"])
    if said.startswith(lexicon["pointing-words"]):
        return is_document
    if not said.startswith(lexicon["likening-words"]) or context.has_word(said, "making-words"):
        return False
    return said.endswith(lexicon["likenesses"]) or (is_document and len(said) <= _LONGEST_LIKENING)


def _is_written(goal: Text, context: Context) -> bool:
    if is_none(goal, context) or vocabulary().template_gap(goal.text) or vocabulary().is_left_open(goal.clean):
        return False
    return vocabulary().unfilled_rest(goal.text) is None


def is_ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence does; a quotation mark behind the full stop belongs to it."""
    return text.rstrip(_QUOTES).endswith(_ENDS)


def reads_whole(text: str, context: Context) -> bool:
    """Whether nothing must follow ``text``, which has no full stop."""
    return not text.endswith(PAUSES) and trailing_word(text, context) is None


def trailing_word(text: str, context: Context) -> str | None:
    """The word on which ``text`` cannot end; not one that is but the end of a whole word: 普及, 参与."""
    last = _PARTED.split(text)[-1].strip()
    if last in context.lexicon.sets["bare-verbs"] and last != text:
        return last
    if text.endswith(context.lexicon["finished-endings"]):
        return None
    return context.lexicon.ending(text, "unfinished-endings") or None


class Endings:
    """Whether the goals of a sheet are expected to end in a full stop: most do, and they are several."""

    def __init__(self, context: Context) -> None:
        goals = [project.goal for project in context.sheet.projects if project.goal is not None]
        ended = [is_ended(goal.text.rstrip()) for goal in goals if is_written(goal, context)]
        self.are_expected = ended.count(True) >= _SEVERAL and ended.count(True) > ended.count(False) - 1
        """One of those that do not end so is the goal in question."""
