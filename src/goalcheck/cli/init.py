"""``goalcheck init``: writes a configuration file that says all there is to say and changes nothing."""

from __future__ import annotations

import os

import click

from goalcheck.cli.options import file_of, tell_of_file, with_language, write
from goalcheck.cli.running import exclusive, refusing
from goalcheck.cli.speech import Command, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.config.configuration import CONFIG_FILE
from goalcheck.config.nearest import NearestFile, file_in
from goalcheck.messages import say
from goalcheck.prose.sentences import path as shown


@click.command("init", cls=Command)
@click.argument("folder", metavar="[FOLDER]", required=False)
@option("--schema", is_flag=True)
@option("-o", "--output", metavar="FILE")
@with_language
def command(folder: str | None, schema: bool, output: str | None, lang: str) -> None:
    """Write a configuration file, or print the schema of one."""
    if schema:
        from goalcheck.config.schema import shipped_schema

        exclusive(("FOLDER", folder is not None), ("--schema", True))
        output = file_of(output)
        if output is not None:
            Target(output).spare()
        write([shipped_schema()], output)
        tell_of_file(output, lang)
        return
    if output is not None:
        raise Refusal("needs", name="--output", other="--schema")
    target = _target(folder or ".")
    from goalcheck.config.template import template

    with refusing():
        above = NearestFile().above(os.path.abspath(os.path.dirname(target)))
    write([template(lang, builds_on_above=above is not None)], target)
    write([say("cli.written", lang, name=shown(target)) + "\n"], None)


def _target(folder: str) -> str:
    """The file to write in ``folder``. Raises :class:`Refusal` where a configuration is there already."""
    if not os.path.isdir(folder):
        raise Refusal("no-folder", name=folder)
    target = os.path.normpath(os.path.join(folder, CONFIG_FILE))
    if os.path.lexists(target):
        raise Refusal("output-exists", name=target)
    with refusing():
        other = file_in(folder)
    if other is not None:
        raise Refusal("output-configured", name=os.path.normpath(other), other=CONFIG_FILE)
    return target
