"""One page that holds all: what is to be changed, the sheets as they are with their faults marked, sums and rules.

It is put together by :mod:`goalcheck.report.page.assembly`. Of each input there is an entry in the list of files and,
in an element of its own that is read only when somebody looks at it, all that was found. Both are kept, on disk where
they are many, until all inputs are done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goalcheck.catalogue.load import edition
from goalcheck.engine.result import Result
from goalcheck.manual.rule_pages import rule_pages
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Counts, Part, Style, totals
from goalcheck.report.data import summary
from goalcheck.report.page.assembly import block, data_text, page
from goalcheck.report.page.details import details, listing
from goalcheck.report.spool import spool
from goalcheck.version import __version__


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The entry in the list of files, the details, and the codes of the rules that found something."""
    listed = data_text(listing(result, style))
    codes = " ".join(sorted({finding.code for finding in result.findings}))
    return listed, data_text(details(result, style)) if result.sheet is not None else "", codes


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
    """The page: first what is said of all inputs, which is known last."""
    counts = Counts()
    codes: set[str] = set()
    path = ""
    with spool() as files, spool() as found:
        for number, part in enumerate(parts):
            listed, detailed, found_by = part.pieces
            files.add(f"{',' if number else ''}\n{listed}")
            if detailed:
                found.add(block(f"file-{number}", detailed))
            codes.update(found_by.split())
            counts += part.counts
            path = part.path
        lang = style.language
        name = sentences.path(path) if counts.files == 1 else say("totals.files", lang, number=counts.files)
        index = {
            "version": 1,
            "tool": {
                "name": "goalcheck",
                "version": __version__,
                "rules": edition(),
                "taxonomy": style.taxonomy,
                "profile": style.profile,
            },
            "title": say("page.title", lang, name=name),
            "language": lang,
            "totals": totals(counts, style),
            "summary": summary(counts),
        }
        yield from page(index, files, found, rule_pages(codes, style.rules, lang), lang)
