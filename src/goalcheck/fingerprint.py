"""Findings in, what tells them apart out: a mark that stays the same when lines move.

It is made of rule, project, indicator, field and the text at fault without its blanks. Baselines find their findings
again by it, and so do the services that reports are sent to.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from goalcheck.finding import Finding
from goalcheck.sheet import clean
from goalcheck.source import Source


def mark(source: Source, findings: Iterable[Finding]) -> None:
    """Give each of ``findings``, which are all that there are in ``source``, its mark. Those alike are numbered."""
    seen: Counter[str] = Counter()
    for finding in findings:
        made = _mark(source, finding)
        seen[made] += 1
        finding.mark = made if seen[made] == 1 else f"{made}-{seen[made]}"


def _mark(source: Source, finding: Finding) -> str:
    assert finding.rule is not None
    text = clean(source.text[finding.start : finding.end])
    parts = (finding.rule.code, finding.project or finding.unit, finding.indicator, finding.field, text)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "backslashreplace")).hexdigest()[:20]
