"""What fixes would change in a file that is no text: cell by cell, for a person who changes it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalcheck.finding import Edit, Finding, edited
from goalcheck.fix import edits
from goalcheck.source import Origin, Source, Span


def cell_changes(source: Source, findings: Iterable[Finding], *, unsafe: bool) -> Iterator[tuple[Origin, str, str]]:
    """Each cell that the fixes of ``findings`` would change, with its text before and after; proposals if ``unsafe``.

    A line of a PDF outside its tables is one cell; a line of a document has no place to be told, and is left out.
    """
    by_cell: dict[tuple[int, int], list[Edit]] = {}
    for finding in edits.choose(source.text, tuple(findings), unsafe=unsafe):
        for edit in finding.fix.edits if finding.fix is not None else ():
            cell = source.cell(edit.start) or _line(source, edit.start)
            if edit.end <= cell.end:
                by_cell.setdefault((cell.start, cell.end), []).append(edit)
    for (start, end), changes in sorted(by_cell.items()):
        origin = source.where(start, end).origin
        if origin is not None:
            within = [Edit(edit.start - start, edit.end - start, edit.text) for edit in changes]
            before = source.text[start:end]
            yield origin, _bare(before), _bare(edited(before, within))


def _line(source: Source, offset: int) -> Span:
    return Span(*source.line(source.place(offset)[0]))


def _bare(cell: str) -> str:
    """A cell without the quotation marks that CSV puts around it."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
