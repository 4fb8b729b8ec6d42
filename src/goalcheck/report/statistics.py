"""What a run has counted in, a table for people out: findings by rule, how much was read, seconds by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goalcheck.catalogue.rule import Severity
from goalcheck.messages import Words
from goalcheck.prose import sentences
from goalcheck.report import Counts

SAID: Mapping[str, Words] = {
    "rules": Words("各条规则查出", "findings by rule"),
    "none": Words("没有", "none"),
    "counts": Words("查了", "checked"),
    "files": Words("文件", "files"),
    "failed": Words("没有查成的文件", "files not checked"),
    "units": Words("单位", "units"),
    "projects": Words("项目", "projects"),
    "indicators": Words("指标", "indicators"),
    "unparsed": Words("读不出的指标", "entries not read"),
    "suppressed": Words("基线里已有", "in the baseline"),
    "times": Words("各步用时（秒，各进程合计）", "seconds by stage, all processes together"),
    "read": Words("读文件", "read"),
    "decode": Words("解码", "decode"),
    "parse": Words("读懂", "parse"),
    "check": Words("检查", "check"),
    "report": Words("写报告", "report"),
}
STAGES = ("read", "decode", "parse", "check", "report")
_COUNTS = ("files", "failed", "units", "projects", "indicators", "unparsed", "suppressed")


def report(
    rules: Mapping[tuple[str, str, Severity], int], times: Mapping[str, float], counts: Counts, language: str
) -> str:
    """The table, without a line end behind its last line."""
    return "\n".join(_lines(rules, times, counts, language))


def _lines(
    rules: Mapping[tuple[str, str, Severity], int], times: Mapping[str, float], counts: Counts, language: str
) -> Iterator[str]:
    yield _heading("rules", language)
    if not rules:
        yield f"  {SAID['none'][language]}"
    for (code, name, severity), number in sorted(rules.items(), key=lambda rule: (-rule[1], rule[0])):
        yield f"  {number:>8}  {code:<8} {sentences.SEVERITIES[severity][language]} {name}"
    yield _heading("counts", language)
    for key in _COUNTS:
        yield f"  {getattr(counts, key):>8}  {SAID[key][language]}"
    yield _heading("times", language)
    for stage in STAGES:
        yield f"  {times.get(stage, 0.0):>8.3f}  {SAID[stage][language]}"


def _heading(key: str, language: str) -> str:
    return f"{SAID[key][language]}{'：' if language == 'zh' else ':'}"
