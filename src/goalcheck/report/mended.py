"""The summary of ``goalcheck fix``: what was changed, by rule, and what is left.

    samples/liwan-jinhua.txt：改了14处
      GC104 金额、序号、名称、指标值等处多了空格：12处
      GC203 二级指标不属于所写的一级指标：2处，动了内容，请核对：
        第7行 · 街消毒站病媒生物防治专职人员补贴 · 第4项：“12-质量指标”改为“31-服务对象满意度”
        第18行 · 综治信访维稳等专项工作经费 · 第4项：“2-效益指标”改为“3-满意度指标”
      还剩：必须改8处

Safe fixes are counted; proposals are listed one by one, since somebody has to look at each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from goalcheck import messages
from goalcheck.catalogue.rule import Rule
from goalcheck.finding import Finding
from goalcheck.fix.mend import Fixed, Mended
from goalcheck.prose import sentences

_SHOWN = 3  # edits of one fix: where thirty entries are renumbered nobody reads each


def summary(made: Mended, language: str, *, done: bool = True, is_text: bool = True) -> str:
    """What was changed in one file, or is to be if not ``done``, and what is left; empty if there is neither.

    A file that is no text is never written: of it the proposals can only be shown.
    """
    findings = made.result.findings
    if not made.fixed and not findings:
        return ""
    say = _Speaker(language)
    head = "nothing" if not made.fixed else "fixed" if done else "to-fix"
    lines = [say(head, path=sentences.path(made.result.path), number=len(made.fixed))]
    for rule, safe, fixed in _by_rule(made.fixed):
        key = "safe" if safe else "unsafe" if done else "unsafe-to-fix"
        lines.append(say(key, rule=sentences.called(rule, language), number=len(fixed)))
        if not safe:
            lines += map(say.fixed, fixed)
    if made.raised:
        rules = sentences.listed(
            (say("rule", rule=sentences.called(r, language), number=n) for r, n in made.raised), language
        )
        lines.append(say("raised" if done else "raised-to-be", rules=rules))
    key = "proposals" if is_text else "proposals-to-see"
    proposals = say(key, number=made.proposals) if made.proposals else ""
    lines.append(f"  {say.left(findings)}{proposals}")
    return "".join(f"{line}\n" for line in lines)


def totals(mended: Sequence[Mended], failed: int, language: str, *, done: bool = True, passed_over: int = 0) -> str:
    """The last line: what became of all files, and of how many nothing: they ``failed``, or are no sheets."""
    said = [_totals(mended, failed, language, done)]
    if passed_over:
        said.append(messages.say("totals.passed-over", language, number=passed_over))
    return sentences.together(said, language) + "\n"


def _totals(mended: Sequence[Mended], failed: int, language: str, done: bool) -> str:
    say = _Speaker(language)
    if not mended and not failed:
        return messages.say("totals.no-files", language)
    if not mended:
        return say("all-failed", failed=failed) + say("stop")
    changed = [len(made.fixed) for made in mended if made.fixed]
    key = "all-nothing" if not changed else "all-fixed" if done else "all-to-fix"
    left = say(key, files=len(mended), changed=len(changed), number=sum(changed))
    right = say.left([finding for made in mended for finding in made.result.findings])
    return say("end", left=left, right=right, failed=say("failed", failed=failed) if failed else "")


class _Speaker:
    """Says the sentences of ``fix.toml`` in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, key: str, **figures: object) -> str:
        return messages.say(f"fix.{key}", self._language, **figures)

    def left(self, findings: Iterable[Finding]) -> str:
        """How many findings of each severity are left."""
        said = sentences.severities(Counter(finding.severity for finding in findings), self._language)
        return self("left", counts=said) if said else self("none-left")

    def fixed(self, one: Fixed) -> str:
        """One fix: where it is and what it puts in place of what."""
        finding = one.finding
        place = [sentences.rows([one.row], self._language)]
        if finding.project or finding.unit:
            place.append(sentences.plain(finding.project or finding.unit or ""))
        if finding.indicator is not None:
            place.append(sentences.entry(finding.indicator, self._language))
        changes = Counter(one.changes)
        edits = self("comma").join(self._edit(*change, changes[change]) for change in [*changes][:_SHOWN])
        if len(changes) > _SHOWN:
            edits = self("and-more", edits=edits, number=len(one.changes))
        return self("place", place=" · ".join(place), edits=edits)

    def _edit(self, old: str, new: str, number: int) -> str:
        key = "added" if not old else "removed" if not new else "replaced"
        edit = self(key, old=sentences.plain(old), new=sentences.plain(new))
        return self("repeated", edit=edit, number=number) if number > 1 else edit


def _by_rule(fixed: Iterable[Fixed]) -> Iterator[tuple[Rule, bool, list[Fixed]]]:
    """The fixes of each rule, safe and unsafe ones apart, in the order of the codes."""
    kinds: dict[tuple[str, bool], list[Fixed]] = {}
    rules: dict[str, Rule] = {}
    for one in fixed:
        rule, fix = one.finding.rule, one.finding.fix
        if fix is not None:
            rules[rule.code] = rule
            kinds.setdefault((rule.code, fix.safe), []).append(one)
    for (code, safe), those in sorted(kinds.items(), key=lambda kind: kind[0]):
        yield rules[code], safe, sorted(those, key=lambda one: one.row)
