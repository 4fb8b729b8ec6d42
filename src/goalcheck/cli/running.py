"""What the commands that check inputs share: the options that choose rules, one input checked, the exit status."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.catalogue.taxonomy import TAXONOMIES, Taxonomy
from goalcheck.cli.options import (
    complain,
    limited,
    limits_of,
    selectors,
    with_asked_language,
    with_config,
    with_encoding,
    with_isolated,
)
from goalcheck.cli.speech import BrokenFile, OneOf, Refusal, option
from goalcheck.config.configuration import FAIL_ON, Configuration, Glob
from goalcheck.config.globs import glob_pattern
from goalcheck.config.selection import PROFILES, Selection, UnknownRuleError, require_known
from goalcheck.config.setups import Asked, Setup, Setups
from goalcheck.engine.result import RuleFailure
from goalcheck.errors import FileError, InputError
from goalcheck.files import inputs, search
from goalcheck.files.paths import spelt
from goalcheck.files.search import Input
from goalcheck.files.system_errors import system_reason
from goalcheck.messages import LANGUAGES, say
from goalcheck.prose import sentences

F = TypeVar("F", bound=Callable[..., Any])

_FILES_FROM = option("--files-from", metavar="FILE")
_OPTIONS = (
    option("--exclude", multiple=True, metavar="GLOB"),
    option("--select", multiple=True, metavar="RULES", callback=selectors),
    option("--extend-select", multiple=True, metavar="RULES", callback=selectors),
    option("--ignore", multiple=True, metavar="RULES", callback=selectors),
    option("--profile", type=OneOf(PROFILES)),
    option("--fail-on", type=OneOf(FAIL_ON)),
    option("--taxonomy", metavar=f"{'|'.join(TAXONOMIES)}|FILE"),
    with_config,
    with_isolated,
    with_asked_language,
    with_encoding,
    limited,
)


def checking(command: F) -> F:
    """Give ``command`` the options that say what is checked, and how; :func:`chosen` makes sense of them."""
    return _FILES_FROM(choosing(command))


def choosing(command: F) -> F:
    """Give ``command`` those of them that say how what its arguments name is checked."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


@attrs.frozen(eq=False, repr=False)
class Chosen:
    """What a run checks its inputs under: a setup for each, and what the whole report is written with."""

    setups: Mapping[str, Setup]
    language: str
    asked: Asked
    files: Sequence[str]
    """The files that the run goes by: configurations, rules, classes, a list of inputs."""
    settings: Mapping[str, Any]
    """What the configuration says of the run as a whole, by the names of the options."""
    inputs: Sequence[Input]
    """What is checked, sorted by path."""
    passed_over: int
    """How many files among them are none: lock files of office programs, and marked copies."""

    def of(self, name: str) -> Setup:
        """The setup of the input that reports call ``name``."""
        return self.setups[name]

    def codes(self, name: str) -> frozenset[str]:
        """The codes of the rules that the input ``name`` is checked by."""
        return frozenset(rule.code for rule in self.of(name).plan.rules)

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules in use, by code."""
        rules = {rule.code: rule for setup in self._different for rule in setup.plan.rules}
        return [rules[code] for code in sorted(rules)]

    @property
    def _different(self) -> Iterable[Setup]:
        return {id(setup): setup for setup in self.setups.values()}.values()

    @property
    def taxonomy(self) -> str:
        """The taxonomies in use, nearly always one: where sheets choose, that of those which leave it open."""
        return ", ".join(dict.fromkeys(setup.plan.taxonomies[0].name for setup in self._different)) or TAXONOMIES[0]

    @property
    def profile(self) -> str:
        """The profiles in use, nearly always one."""
        return ", ".join(dict.fromkeys(setup.plan.profile for setup in self._different)) or PROFILES[0]


def chosen(paths: Sequence[str], **options: Any) -> Chosen:
    """The inputs under ``paths``, and what they are checked under, by the ``options`` of :func:`checking`.

    Raises :class:`Refusal` for a rule that there is not, and for what is wrong with a configuration or a list of files.
    """
    exclusive(("--config", options["config"] is not None), ("--isolated", options["isolated"]))
    stdin_name = options.get("stdin_filename")
    listed = _listed(options.get("files_from"), paths)
    if not paths and options.get("files_from") is None:
        paths = (os.curdir,)
    with refusing():
        selection = Selection(options["profile"], options["select"], options["extend_select"] or (), options["ignore"])
        taxonomy = _taxonomy(options["taxonomy"])
        asked = Asked(
            selection,
            options["fail_on"],
            taxonomy,
            options["encoding"],
            limits_of(options),
            options.get("min_severity"),
            [Glob(os.getcwd(), glob_pattern(glob)) for glob in options["exclude"]],
        )
        setups = Setups(asked, options["config"], options["isolated"])
        found = search.find(paths, listed, setups.excludes)
        inputs_ = sorted(found.inputs, key=lambda input_: spelt(input_.path))
        names = [input_name(input_.path, stdin_name) for input_ in inputs_]
        made = {spelt(name): setups.of(name) for name in names}
        first = paths[0] if paths else "."
        home = first if os.path.isdir(first) else os.path.dirname(input_name(first, stdin_name))
        configuration = setups.configuration(home)
        language = options["lang"] or configuration.language or LANGUAGES[0]
    _check_selectors(selection, setups)
    idle = sum(not setup.plan.rules for setup in made.values())
    if idle and selection.is_choice and idle == len(made):
        complain(say("cli.no-rules", language))
    elif idle:
        complain(say("cli.no-rules-on", language, number=idle))
    files = [*setups.files, *(name for name in (options["taxonomy"], options.get("files_from")) if name is not None)]
    return Chosen(made, language, asked, files, configuration.settings, inputs_, found.passed_over)


def _listed(file: str | None, paths: Sequence[str]) -> Sequence[str]:
    """The paths in the list ``file``. Raises :class:`Refusal`."""
    if file is None:
        return ()
    if file == inputs.STDIN and inputs.STDIN in paths:
        raise Refusal("exclusive", one="--files-from -", other="-")
    from goalcheck.files import file_list  # only where there is one

    try:
        return file_list.read_list(file)
    except file_list.TooLongError:
        raise Refusal("list-too-long", name=file, limit=str(file_list.MAX_BYTES // 2**20)) from None
    except (OSError, ValueError) as error:
        raise Refusal("no-list", name=file, reason=system_reason(error)) from None


def exclusive(*given: tuple[str, bool]) -> None:
    """Refuse two of the options ``given``, each with whether it is."""
    both = [name for name, is_given in given if is_given]
    if len(both) > 1:
        raise Refusal("exclusive", one=both[0], other=both[1])


def configured(config: str | None, isolated: bool, lang: str | None) -> tuple[Configuration, str]:
    """The configuration that holds in the current folder, and the language to speak."""
    exclusive(("--config", config is not None), ("--isolated", isolated))
    with refusing():
        found = Setups(config=config, isolated=isolated).configuration(".")
    return found, lang or found.language or LANGUAGES[0]


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what is wrong with a file of the user's into a refusal."""
    try:
        yield
    except FileError as error:
        raise BrokenFile(error) from None


def _check_selectors(selection: Selection, setups: Setups) -> None:
    """Refuse a selector that fits no rule in any of the catalogues in use: folders may have rules of their own."""
    for selector in selection.selectors:
        wrong = None
        for rules in setups.catalogues:
            try:
                require_known(rules, [selector])
                break
            except UnknownRuleError as unknown:
                wrong = unknown
        else:
            if wrong is not None:
                raise Refusal("no-rule", wrong.nearest, name=selector)


def _taxonomy(name: str | None) -> Taxonomy | None:
    """The taxonomy called ``name``, or that in the file ``name``."""
    if name is None or name in TAXONOMIES:
        return catalogue().taxonomies[name] if name else None
    from goalcheck.config.taxonomy import taxonomy_file

    made = taxonomy_file(name)
    if made is None:
        raise Refusal("no-taxonomy", name="--taxonomy", value=name, choices=", ".join(TAXONOMIES))
    return made


def input_name(path: str, stdin_name: str | None) -> str:
    """The path by which the input ``path`` is known; reports spell it by :func:`~goalcheck.files.paths.spelt`."""
    return stdin_name or "<stdin>" if path == inputs.STDIN else path


def complain_of_failures(failed: Iterable[tuple[str, InputError]], lang: str) -> None:
    """Say on standard error which inputs were not checked, and why."""
    for name, error in failed:
        complain(f"{sentences.path(name)}: {sentences.error(error, lang)}")


def complain_of_gaps(gaps: Iterable[tuple[str, str]]) -> None:
    """Say on standard error of which inputs not all was read: where first, why, and in how many places."""
    for name, said in gaps:
        complain(f"{sentences.path(name)}: {said}")


def complain_of_rules(failed: Iterable[tuple[str, RuleFailure]], lang: str) -> None:
    """Say on standard error which rules failed, each once, however many inputs it failed on."""
    first: dict[str, tuple[str, RuleFailure]] = {}
    numbers: Counter[str] = Counter()
    for name, failure in failed:
        first.setdefault(failure.code, (name, failure))
        numbers[failure.code] += 1
    for code, (name, failure) in sorted(first.items()):
        where = sentences.path(name)
        if numbers[code] > 1:
            where = say("failures.several", lang, path=where, number=numbers[code])
        complain(f"{where}: {sentences.rule_failure(failure, lang)}")
