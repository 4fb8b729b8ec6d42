"""Mended texts in, the summary of ``goalcheck fix`` out: what was changed, by rule, and what is left.

    samples/liwan-jinhua.txt：改了14处
      GC104 stray-space 12处
      GC203 parent-mismatch 2处，动了内容，请核对：
        第7行 · 街消毒站病媒生物防治专职人员补贴 · 第4项：“12-质量指标”改为“31-服务对象满意度”
        第18行 · 综治信访维稳等专项工作经费 · 第4项：“2-效益指标”改为“3-满意度指标”
      还剩8处错误

Safe fixes are counted; proposals are listed one by one, since somebody has to look at each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalcheck.catalogue.rule import Rule
from goalcheck.finding import Finding
from goalcheck.fix.mend import Fixed, Mended
from goalcheck.messages import Words
from goalcheck.prose import sentences

SAYINGS: Mapping[str, Words] = {
    "fixed": Words("{path}：改了{number}处", "{path}: {number} fixed"),
    "to-fix": Words("{path}：要改{number}处", "{path}: {number} to fix"),
    "nothing": Words("{path}：没有能直接改的", "{path}: nothing to fix"),
    "safe": Words("  {code} {name} {number}处", "  {code} {name}: {number}"),
    "unsafe": Words(
        "  {code} {name} {number}处，动了内容，请核对：",
        "  {code} {name}: {number}, this changed content, please check:",
    ),
    "unsafe-to-fix": Words(
        "  {code} {name} {number}处，会动内容，请核对：",
        "  {code} {name}: {number}, this changes content, please check:",
    ),
    "line": Words("第{number}行", "line {number}"),
    "entry": Words("第{number}项", "entry {number}"),
    "place": Words("    {place}：{edits}", "    {place}: {edits}"),
    "replaced": Words("“{old}”改为“{new}”", "“{old}” becomes “{new}”"),
    "added": Words("补上“{new}”", "“{new}” is added"),
    "removed": Words("删去“{old}”", "“{old}” is removed"),
    "repeated": Words("{edit}（{number}处）", "{edit} ({number} times)"),
    "and-more": Words("{edits}等{number}处", "{edits} and so on, {number} in all"),
    "list": Words("、", ", "),
    "comma": Words("，", ", "),
    "raised": Words("  改后新出现：{rules}，请一并处理", "  new since then: {rules}; see to them as well"),
    "raised-to-be": Words("  改后会新出现：{rules}，请一并处理", "  this will raise: {rules}; see to them as well"),
    "rule": Words("{code} {name} {number}处", "{code} {name} ({number})"),
    "left": Words("还剩{counts}", "{counts} left"),
    "none-left": Words("没有别的问题", "nothing left"),
    "proposals": Words(
        "；其中{number}处有建议的改法，加上 --unsafe-fixes 就照着改，改完请核对",
        "; --unsafe-fixes applies the proposals for {number} of them, to be checked afterwards",
    ),
    "all-fixed": Words(
        "查了{files}个文件，改了{changed}个，共{number}处", "{number} fixed in {changed} of {files} files"
    ),
    "all-to-fix": Words(
        "查了{files}个文件，要改{changed}个，共{number}处", "{number} to fix in {changed} of {files} files"
    ),
    "all-nothing": Words("查了{files}个文件，没有要改的", "nothing to fix, files: {files}"),
    "failed": Words("；另有{failed}个文件没有改成", "; files that could not be mended: {failed}"),
    "all-failed": Words("没有改成的文件：{failed}个", "files that could not be mended: {failed}"),
    "end": Words("{left}；{right}{failed}。", "{left}; {right}{failed}."),
    "stop": Words("。", "."),
}

_SHOWN = 3  # edits of one fix: where thirty entries are renumbered nobody reads each


def summary(made: Mended, language: str, *, done: bool = True) -> str:
    """What was changed in one file, or is to be if not ``done``, and what is left; empty if there is neither."""
    findings = made.result.findings
    if not made.fixed and not findings:
        return ""
    say = _Speaker(language)
    head = "nothing" if not made.fixed else "fixed" if done else "to-fix"
    lines = [say(head, path=sentences.path(made.result.path), number=len(made.fixed))]
    for rule, safe, fixed in _by_rule(made.fixed):
        key = "safe" if safe else "unsafe" if done else "unsafe-to-fix"
        lines.append(say(key, code=rule.code, name=rule.name, number=len(fixed)))
        if not safe:
            lines += map(say.fixed, fixed)
    if made.raised:
        rules = say("list").join(say("rule", code=r.code, name=r.name, number=n) for r, n in made.raised)
        lines.append(say("raised" if done else "raised-to-be", rules=rules))
    proposals = say("proposals", number=made.proposals) if made.proposals else ""
    lines.append(f"  {say.left(findings)}{proposals}")
    return "".join(f"{line}\n" for line in lines)


def totals(mended: Sequence[Mended], failed: int, language: str, *, done: bool = True) -> str:
    """The last line: what became of all files, and of how many others nothing, since they ``failed``."""
    say = _Speaker(language)
    if not mended:
        return say("all-failed", failed=failed) + say("stop") + "\n"
    changed = [len(made.fixed) for made in mended if made.fixed]
    key = "all-nothing" if not changed else "all-fixed" if done else "all-to-fix"
    left = say(key, files=len(mended), changed=len(changed), number=sum(changed))
    right = say.left([finding for made in mended for finding in made.result.findings])
    return say("end", left=left, right=right, failed=say("failed", failed=failed) if failed else "") + "\n"


class _Speaker:
    """Says :data:`SAYINGS` in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, key: str, **figures: object) -> str:
        return SAYINGS[key][self._language].format_map(figures)

    def left(self, findings: Iterable[Finding]) -> str:
        """How many findings of each severity are left."""
        counts = sorted(Counter(finding.severity for finding in findings).items(), reverse=True)
        names = [(number, sentences.SEVERITIES[kind]) for kind, number in counts]
        if self._language == "zh":
            said = "、".join(f"{number}处{name.zh}" for number, name in names)
        else:
            said = ", ".join(f"{number} {name.en}{'' if number == 1 else 's'}" for number, name in names)
        return self("left", counts=said) if said else self("none-left")

    def fixed(self, one: Fixed) -> str:
        """One fix: where it is and what it puts in place of what."""
        finding = one.finding
        place = [self("line", number=one.line)]
        if finding.project or finding.unit:
            place.append(sentences.plain(finding.project or finding.unit or ""))
        if finding.indicator is not None:
            place.append(self("entry", number=finding.indicator))
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
        yield rules[code], safe, sorted(those, key=lambda one: one.line)
