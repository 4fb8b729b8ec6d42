"""Write ``samples/expected`` and ``docs`` anew: ``python tests/update_golden.py``, then read the difference.

For use after a deliberate change of a message, a rule or a sample; no test runs it. Each file receives what the command
prints for its sample. Files that belong to no sample any more are removed. The reports that the READMEs quote are
refreshed too, paragraph by paragraph: the same places, with what is said of them now. The manuals are what
``goalcheck explain --all`` prints. The schema of ``goalcheck.toml`` and the keys on the pages about it are made anew.
The samples that are workbooks, documents and pages are made anew where their texts have changed. The trace of a
sample's sums goes to ``tests/golden``.
"""

from __future__ import annotations

import re
import sys

import sample_files
from helpers import ROOT, goalcheck
from test_configuration_page import PAGES, with_keys
from test_manual import MANUALS
from test_readme import READMES, blocks, quotes_report, read, report
from test_samples import EXPECTED, lint, reports
from test_sums import GOLDEN, golden

from goalcheck.config import schema


def main() -> int:
    """Run every report and keep its output. Nothing is written unless all of them could be made."""
    sample_files.main()
    outputs = {}
    for name, sample, options in reports():
        run = lint(sample, options)
        if run.status not in (0, 1):
            sys.stderr.buffer.write(run.err)
            return 1
        outputs[name] = run.out
    EXPECTED.mkdir(exist_ok=True)
    for file in EXPECTED.iterdir():
        if file.name not in outputs:
            file.unlink()
    for name, output in outputs.items():
        (EXPECTED / name).write_bytes(output)
    (ROOT / "src/goalcheck/config" / schema.FILE).write_bytes(schema.schema_text().encode())
    for language, name in PAGES.items():
        (ROOT / name).write_bytes(with_keys(language).encode())
    for name in READMES:
        refresh(name)
    for language, path in GOLDEN.items():
        path.write_bytes(golden(language).encode("utf-8"))
    for language, name in MANUALS.items():
        (ROOT / name).write_bytes(goalcheck("explain", "--all", "--lang", language, cwd=ROOT).out)
    print(f"{len(outputs)} expectations written to {EXPECTED}, {len(MANUALS)} manuals")
    return 0


def refresh(name: str) -> None:
    """Quote anew what README ``name`` quotes. A place of which nothing is said any more is left for a test to tell."""
    text = read(name)
    for quotation in filter(quotes_report, blocks(name, "text")):
        printed = {place(paragraph): paragraph for paragraph in report(quotation)}
        fresh = "\n\n".join(printed.get(place(quoted), quoted) for quoted in quotation.split("\n\n"))
        text = text.replace(quotation, fresh)
    (ROOT / name).write_bytes(text.encode("utf-8"))


def place(paragraph: str) -> str:
    """What tells a paragraph of a report: its first line without its counts; of the totals nothing."""
    first = paragraph.partition("\n")[0]
    return "" if paragraph == first and not first.startswith("==") else re.sub(r"[:\uff1a]? ?\d*(?:处)?$", "", first)


if __name__ == "__main__":
    sys.exit(main())
