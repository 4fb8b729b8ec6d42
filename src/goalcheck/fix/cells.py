"""What fixes would change in a file that is no text: cell by cell, for a person who changes it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalcheck.finding import Edit, Finding, edited
from goalcheck.fix import edits
from goalcheck.source import Origin, Source


def cell_changes(source: Source, findings: Iterable[Finding], *, unsafe: bool) -> Iterator[tuple[Origin, str, str]]:
    """Each cell that the fixes of ``findings`` would change, with its text before and after; proposals if ``unsafe``.

    What stands in no cell, a line of a document say, is left out.
    """
    by_cell: dict[tuple[int, int], list[Edit]] = {}
    for finding in edits.choose(source.text, tuple(findings), unsafe=unsafe):
        for edit in finding.fix.edits if finding.fix is not None else ():
            cell = source.cell(edit.start)
            if cell is not None and edit.end <= cell.end:
                by_cell.setdefault((cell.start, cell.end), []).append(edit)
    for (start, end), changes in sorted(by_cell.items()):
        origin = source.where(start, end).origin
        if origin is not None:
            within = [Edit(edit.start - start, edit.end - start, edit.text) for edit in changes]
            before = source.text[start:end]
            yield origin, _bare(before), _bare(edited(before, within))


def _bare(cell: str) -> str:
    """A cell without the quotation marks that CSV puts around it."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
