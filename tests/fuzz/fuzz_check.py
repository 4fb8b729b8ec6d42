"""Bytes to the whole check: a sound report, sound fixes, and never status 0 or 1 for what was not checked.

Every rule runs. The first byte chooses what else is tried: the command itself, the fixes, the other reports.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness import Target, fuzz
from seeds import led

if TYPE_CHECKING:
    from goalcheck.engine.plan import Plan
    from goalcheck.engine.result import Result


def prepare() -> Target:
    """The target."""
    from goalcheck.catalogue.load import catalogue
    from goalcheck.config.selection import Selection, plan
    from goalcheck.engine.pipeline import check_data
    from goalcheck.report import FORMATS, Style, render

    every = plan(catalogue(), None, Selection(select=["ALL"]))

    def target(data: bytes) -> None:
        lead, data = data[0] if data else 0, data[1:]
        result = check_data(data, "a.txt", every)
        style = Style(("zh", "en")[lead % 2], verbose=bool(lead & 4))
        report = json.loads("".join(map(str, render("json", [result], style))))
        sound(result, report)
        if lead % 8 == 0:
            command(data, report)
        elif lead % 8 == 1 and result.error is None:
            mended(result, every)
        elif lead % 8 == 2:
            for name, form in FORMATS.items():
                pieces = render(name, [result], style)
                if form.binary:
                    assert b"".join(piece for piece in pieces if isinstance(piece, bytes)).startswith(
                        b"PK"
                    )  # a workbook
                else:
                    shown("".join(piece for piece in pieces if isinstance(piece, str)))

    return target


def sound(result: Result, report: dict[str, Any]) -> None:
    """What the report says of the input is so."""
    (file,) = report["files"]
    if result.error is not None or result.source is None:
        assert result.error is not None
        assert result.error.key != "internal"
        assert (result.sheet, result.findings, report["findings"]) == (None, (), [])
        assert (file["status"], bool(file["error"])) == ("failed", True)
        return
    text = result.source.text
    status = "partial" if result.unread or result.gaps else "checked"
    assert (file["status"], file["error"], len(report["findings"])) == (status, None, len(result.findings))
    for finding in report["findings"]:
        assert 0 <= finding["offset"] <= finding["end_offset"] <= len(text)
        assert text[finding["offset"] : finding["end_offset"]] == finding["text"]
        assert finding["message"]
        assert finding["help"]
        assert finding["line"] <= finding["end_line"]
    prints = [finding["fingerprint"] for finding in report["findings"]]
    assert len(set(prints)) == len(prints)


def command(data: bytes, report: dict[str, Any]) -> None:
    """The command agrees with the report, in its status above all."""
    from helpers import goalcheck_here

    run = goalcheck_here("lint", "-", "--isolated", "--select", "ALL", "--format", "concise", stdin=data)
    assert b"Traceback" not in run.err
    status = report["files"][0]["status"]
    if status == "failed":
        assert (run.status, run.out) == (2, b"")
    else:
        assert run.status == (2 if status == "partial" else int(report["summary"]["error"] > 0))
        assert len(run.out.splitlines()) == len(report["findings"])


def mended(result: Result, plan: Plan) -> None:
    """Fixes end, and what comes of them has no more to fix."""
    from goalcheck.fix.mend import mend

    for unsafe in (False, True):
        made = mend(result, plan, unsafe=unsafe)
        assert not mend(made.result, plan, unsafe=unsafe).fixed


def shown(text: str) -> None:
    """Nothing of a report steers a terminal."""
    from test_hostile import steering

    assert not steering(text, but="\n\t")


if __name__ == "__main__":
    fuzz(prepare, lambda: led(bytes(range(8))))
