"""The layers of a configuration in, the one :class:`~goalcheck.config.setups.Configuration` that they come to out.

Everything a layer names has to be there: rules, options, word lists. What is not is said with file and line.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from goalcheck.config.layers import Layer, layers, spelt
from goalcheck.config.selection import UnknownRuleError, known
from goalcheck.config.setups import Configuration
from goalcheck.config.taxonomy import taxonomy_file
from goalcheck.document import Path, nearest
from goalcheck.own import Gathering, rule_files
from goalcheck.rule import Catalogue, Rule, Severity, Taxonomy, catalogue
from goalcheck.source import Limits

_LIMITED = tuple(field.name for field in attrs.fields(Limits))


def configuration(path: str) -> Configuration:
    """The configuration in the file ``path``. Raises :class:`~goalcheck.source.FileError`."""
    found = layers(path)
    gathered = _gather(found)
    rules = attrs.evolve(gathered.catalogue, lexicon=_lexicon(found, catalogue().lexicon))
    for layer in found:
        _check_selectors(layer, rules)
    return Configuration(
        rules,
        [layer.selection for layer in found],
        [ignored for layer in found for ignored in _ignores(layer)],
        _severities(found, rules),
        _options(found, rules),
        _taxonomy(found, rules),
        _last(found, "fail-on"),
        _last(found, "lang"),
        _last(found, "encoding"),
        gathered.checks,
        [name for layer in found for name in layer.get("plugins", ())],
        {field: limit for field in _LIMITED if (limit := _last(found, f"max-{field}")) is not None},
    )


def _gather(found: Sequence[Layer]) -> Gathering:
    """The rules that ship with goalcheck, and those that the layers add to them."""
    gathered = Gathering(catalogue())
    for layer in found:
        for number, path in enumerate(layer.get("rules", ())):
            if not os.path.exists(layer.beside(path)):
                raise layer.wrong(("rules", number), "no-file", name=path)
            files = rule_files(layer.beside(path))
            if not files:
                raise layer.wrong(("rules", number), "no-rule-files", name=path)
            gathered.add_files(files)
    plugged: set[str] = set()
    for layer in found:
        for number, name in enumerate(layer.get("plugins", ())):
            if name not in plugged:
                plugged.add(name)
                _plug(gathered, layer, ("plugins", number), name)
    return gathered


def _plug(gathered: Gathering, layer: Layer, where: Path, name: str) -> None:
    from goalcheck.own import plugins  # importing it costs as much as a whole start

    try:
        for record, rule, check in plugins.offered(name):
            gathered.add(record, rule, check)
    except plugins.PluginError as error:
        likely = nearest(name, plugins.installed()) if error.key == "no-plugin" else None
        raise layer.wrong(where, error.key, likely, **error.figures) from error


def _last(found: Sequence[Layer], key: str) -> Any:
    """What the nearest layer that speaks of ``key`` says."""
    return next((layer.table[key] for layer in reversed(found) if key in layer.table), None)


def _check_selectors(layer: Layer, rules: Catalogue) -> None:
    named: list[tuple[Path, Sequence[str]]] = [
        ((key,), layer.get(key, ())) for key in ("select", "extend-select", "ignore")
    ]
    named += [(("per-file-ignores", glob), chosen) for glob, chosen in layer.get("per-file-ignores", {}).items()]
    for where, selectors in named:
        for number, selector in enumerate(selectors):
            try:
                known(rules, [selector])
            except UnknownRuleError as unknown:
                raise layer.wrong((*where, number), "no-rule", unknown.nearest, name=selector) from None


def _rule(layer: Layer, where: Path, rules: Catalogue) -> Rule:
    """The rule that the last key of ``where`` names."""
    name = str(where[-1])
    rule = rules.find(name)
    if rule is None:
        names = (known for rule in rules.rules for known in (rule.code, rule.name))
        raise layer.wrong(where, "no-rule", nearest(name, names), name=name)
    return rule


def _severities(found: Sequence[Layer], rules: Catalogue) -> Mapping[str, Severity]:
    severities = {}
    for layer in found:
        for name, level in layer.get("severity", {}).items():
            severities[_rule(layer, ("severity", name), rules).code] = Severity[level.upper()]
    return severities


def _options(found: Sequence[Layer], rules: Catalogue) -> Mapping[str, Mapping[str, object]]:
    options: dict[str, dict[str, object]] = {}
    for layer in found:
        for name, given in layer.get("options", {}).items():
            rule = _rule(layer, ("options", name), rules)
            for key, value in given.items():
                _check_option(layer, ("options", name, key), rule, value)
            options.setdefault(rule.code, {}).update(given)
    return options


def _check_option(layer: Layer, where: Path, rule: Rule, value: Any) -> None:
    key = str(where[-1])
    if not rule.options:
        raise layer.wrong(where, "no-options", name=rule.name)
    if key not in rule.options:
        raise layer.wrong(where, "no-option", nearest(key, rule.options), name=key, rule=rule.name)
    default = rule.options[key]
    if not _alike(value, default):
        raise layer.wrong(where, "misfit", name=spelt(where), expected=_kind(default), example=default)


def _alike(value: Any, default: Any) -> bool:
    """Whether ``value`` is of the kind of ``default``."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, int | float) and math.isfinite(value)
    if isinstance(default, list | tuple):
        return isinstance(value, list) and all(_alike(element, next(iter(default), "")) for element in value)
    return type(value) is type(default)


def _kind(default: object) -> str:
    kinds = {bool: "truth", int: "integer", float: "number", str: "text"}
    return kinds.get(type(default), "texts")


def _lexicon(found: Sequence[Layer], lexicon: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    lists = dict(lexicon)
    for layer in found:
        for name, change in layer.get("lexicon", {}).items():
            if name not in lists:
                raise layer.wrong(("lexicon", name), "no-list", nearest(name, lists), name=name)
            words = list(lists[name])
            for number, word in enumerate(change.get("remove", ())):
                where = ("lexicon", name, "remove", number)
                if word not in words:
                    raise layer.wrong(where, "no-word", nearest(word, lists[name]), name=word, list=name)
                words.remove(word)
            words += [word for word in dict.fromkeys(change.get("add", ())) if word not in words]
            if not words:
                raise layer.wrong(("lexicon", name), "no-words", name=name)
            lists[name] = tuple(words)
    return lists


def _taxonomy(found: Sequence[Layer], rules: Catalogue) -> Taxonomy | None:
    """The taxonomy that the nearest layer names, by name or by a file that lies relative to the layer's own."""
    for layer in reversed(found):
        name = layer.get("taxonomy")
        if name is None:
            continue
        if name in rules.taxonomies:
            return rules.taxonomies[name]
        made = taxonomy_file(layer.beside(name))
        if made is None:
            choices = ", ".join(rules.taxonomies)
            raise layer.wrong(("taxonomy",), "no-taxonomy", name=name, choices=choices)
        return made
    return None


def _ignores(layer: Layer) -> Iterator[tuple[str, re.Pattern[str], Sequence[str]]]:
    for glob, selectors in layer.get("per-file-ignores", {}).items():
        yield layer.document.folder, _pattern(glob), selectors


def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression on a path with ``/``.

    ``*`` and ``?`` keep within one name, ``**`` does not; a glob without ``/`` fits a name in any folder, one that ends
    in ``/`` all that lies below.
    """
    glob = re.sub(r"(?:\*\*/)+", "**/", glob.replace("\\", "/").removeprefix("./"))
    if glob.endswith("/"):
        glob += "**"
    if "/" not in glob:
        glob = f"**/{glob}"
    pieces = re.split(r"(\*\*/|\*\*+)", glob)
    parts = [_section(pieces[0])]
    for at in range(1, len(pieces), 2):
        star, piece = pieces[at : at + 2]
        gap = "(?:.*?/)??" if star == "**/" else ".*?"
        following = pieces[at + 2] if at + 2 < len(pieces) else ""
        # What stands first behind a gap is taken for good where the next gap can take all that it may leave out: no
        # need ever to come back and try again further on.
        settled = following and (following != "**/" or piece.endswith("/"))
        parts.append(f"(?>{gap}{_section(piece)})" if settled else f"{gap}{_section(piece)}")
    return re.compile("".join(parts), re.DOTALL)


def _section(glob: str) -> str:
    """What stands between two ``**``, with ``*`` and ``?`` within names alone."""
    first, *others = glob.split("*")
    parts = [_literal(first)]
    for number, piece in enumerate(others, 1):
        settled = piece and number < len(others)
        parts.append(f"(?>[^/]*?{_literal(piece)})" if settled else f"[^/]*?{_literal(piece)}")
    return "".join(parts)


def _literal(piece: str) -> str:
    return "[^/]".join(map(re.escape, piece.split("?")))
