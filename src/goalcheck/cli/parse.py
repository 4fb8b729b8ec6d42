"""``goalcheck parse``: one sheet in, its tree as JSON out."""

from __future__ import annotations

import click

from goalcheck.cli.options import WRONG, with_encoding, with_language, write
from goalcheck.cli.running import check, complain_of_failures
from goalcheck.cli.speech import Command
from goalcheck.engine import Plan
from goalcheck.report import tree
from goalcheck.rule import TAXONOMIES, catalogue


@click.command("parse", cls=Command)
@click.argument("path", metavar="PATH")
@with_language
@with_encoding
def command(path: str, lang: str, encoding: str | None) -> int:
    """Print the tree of one sheet."""
    result = check(path, Plan((), catalogue().taxonomies[TAXONOMIES[0]], catalogue().lexicon), encoding)
    if result.sheet is None or result.source is None:
        complain_of_failures([result], (), lang)
        return WRONG
    write(tree.report(result.sheet, result.source), None)
    return 0
