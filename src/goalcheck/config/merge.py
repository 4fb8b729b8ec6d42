"""Joins the layers of a configuration to one :class:`~goalcheck.config.configuration.Configuration`.

Everything a layer names has to be there: rules, options, word lists. What is not is said with file and line.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.config.configuration import Configuration, Glob
from goalcheck.config.globs import glob_pattern
from goalcheck.config.keys import KEYS
from goalcheck.config.layers import Layer, layers
from goalcheck.config.selection import UnknownRuleError, exactness, meant_rule, require_known
from goalcheck.config.shapes import as_list, key_path
from goalcheck.config.taxonomy import taxonomy_file
from goalcheck.errors import FileError
from goalcheck.files.paths import native
from goalcheck.files.toml_file import nearest
from goalcheck.files.toml_places import Path
from goalcheck.limits import Limits
from goalcheck.site_rules import SiteRules, rule_files

_LIMITED = tuple(field.name for field in attrs.fields(Limits))


def configuration(path: str) -> Configuration:
    """The configuration in the file ``path``. Raises :class:`~goalcheck.errors.FileError`."""
    found = layers(path)
    gathered = _site_rules(found)
    lexicon, columns = _lexicon(found, catalogue().lexicon), _columns(found, catalogue().columns)
    rules = attrs.evolve(gathered.catalogue, lexicon=lexicon, columns=columns)
    for layer in found:
        _check_selectors(layer, rules)
    return Configuration(
        rules,
        [layer.selection for layer in found],
        [ignored for layer in found for ignored in _ignores(layer)],
        _severities(found, rules),
        _options(found, rules),
        _taxonomy(found, rules),
        _nearest_value(found, "fail-on"),
        _nearest_value(found, "lang"),
        _nearest_value(found, "encoding"),
        gathered.checks,
        [name for layer in found for name in layer.get("plugins", ())],
        _settings(found),
        gathered.texts,
        {field: limit for field in _LIMITED if (limit := _nearest_value(found, f"max-{field}")) is not None},
        [Glob(layer.document.folder, glob_pattern(glob)) for layer in found for glob in layer.get("exclude", ())],
        _nearest_value(found, "min-severity"),
        gathered.packages,
        [*(native(layer.document.path) for layer in found), *gathered.files, *_taxonomy_files(found, rules)],
        partial(_no_rules, found),
    )


def _no_rules(found: Sequence[Layer]) -> FileError:
    """That no rule is left to run, by what the nearest layer says of that."""
    keys = ((layer, key) for layer in reversed(found) for key in ("ignore", "select"))
    layer, key = next((layer, key) for layer, key in keys if key in layer.table)
    return layer.wrong((key,), "no-rule-left", name=key)


def _settings(found: Sequence[Layer]) -> Mapping[str, Any]:
    """The keys of the whole run, each as the nearest layer that has it says. Paths start from that layer's file."""
    settings = {}
    for layer in found:
        for name, value in layer.table.items():
            if KEYS[name].run:
                settings[name] = layer.beside(value) if KEYS[name].path else value
    return settings


def _site_rules(found: Sequence[Layer]) -> SiteRules:
    """The rules that ship with goalcheck, and those that the layers add to them."""
    gathered = SiteRules(catalogue())
    for layer in found:
        for number, path in enumerate(layer.get("rules", ())):
            if not os.path.exists(layer.beside(path)):
                raise layer.wrong(("rules", number), "no-file", name=path)
            files = rule_files(layer.beside(path))
            if not files:
                raise layer.wrong(("rules", number), "no-rule-files", name=path)
            for file in files:
                if not layer.has_within(file):
                    raise layer.wrong(("rules", number), "outside", name=os.path.relpath(file, layer.document.folder))
            gathered.add_files(files)
    plugged: set[str] = set()
    for layer in found:
        for number, name in enumerate(layer.get("plugins", ())):
            if name not in plugged:
                plugged.add(name)
                _add_plugin(gathered, layer, ("plugins", number), name)
    return gathered


def _add_plugin(gathered: SiteRules, layer: Layer, where: Path, name: str) -> None:
    from goalcheck.site_rules import plugins  # importing it costs as much as a whole start

    try:
        for offer in plugins.offered_rules(name):
            gathered.add(*offer)
    except plugins.PluginError as error:
        likely = nearest(name, plugins.installed_plugins()) if error.key == "no-plugin" else None
        raise layer.wrong(where, error.key, likely, **error.figures) from error


def _nearest_value(found: Sequence[Layer], key: str) -> Any:
    """What the nearest layer that speaks of ``key`` says."""
    return next((layer.table[key] for layer in reversed(found) if key in layer.table), None)


def _check_selectors(layer: Layer, rules: Catalogue) -> None:
    named: list[tuple[Path, Sequence[str]]] = [
        ((key,), layer.get(key, ())) for key in ("select", "extend-select", "ignore")
    ]
    for glob, chosen in layer.get("per-file-ignores", {}).items():
        if glob in KEYS:  # no file is called so, and nothing else would tell
            raise layer.wrong(("per-file-ignores", glob), "misplaced")
        named.append((("per-file-ignores", glob), chosen))
    for where, selectors in named:
        for number, selector in enumerate(selectors):
            try:
                require_known(rules, [selector])
            except UnknownRuleError as unknown:
                if "," in selector or "\uff0c" in selector or "\u3001" in selector:
                    raise layer.wrong((*where, number), "commas", name=selector, value=as_list(selector)) from None
                raise layer.wrong((*where, number), "no-rule", unknown.nearest, name=selector) from None


def _by_rule(layer: Layer, table: str, rules: Catalogue) -> Iterator[tuple[str, Rule, Any]]:
    """What ``table`` says, rule by rule: the name it uses, the rule, and what is said. A rule has one name there."""
    names: dict[str, str] = {}
    for name, said in layer.get(table, {}).items():
        where = (table, name)
        rule = rules.find(name)
        if rule is None:
            raise _no_rule(layer, where, rules)
        if rule.code in names:
            raise layer.wrong(where, "rule-twice", name=names[rule.code], other=name)
        names[rule.code] = name
        yield name, rule, said


def _no_rule(layer: Layer, where: Path, rules: Catalogue) -> FileError:
    """The error about the last key of ``where``, which names no rule."""
    name = str(where[-1])
    several = [rule.code for rule in rules.rules if exactness(name, rule)]
    if several:
        return layer.wrong(where, "many-rules", name=name, example=several[0])
    return layer.wrong(where, "no-rule", meant_rule(name, rules.rules), name=name)


def _severities(found: Sequence[Layer], rules: Catalogue) -> Mapping[str, Severity]:
    severities = {}
    for layer in found:
        for _, rule, level in _by_rule(layer, "severity", rules):
            severities[rule.code] = Severity[level.upper()]
    return severities


def _options(found: Sequence[Layer], rules: Catalogue) -> Mapping[str, Mapping[str, object]]:
    options: dict[str, dict[str, object]] = {}
    for layer in found:
        for name, rule, given in _by_rule(layer, "options", rules):
            for key, value in given.items():
                _check_option(layer, ("options", name, key), rule, value)
            options.setdefault(rule.code, {}).update(given)
    return options


def _check_option(layer: Layer, where: Path, rule: Rule, value: Any) -> None:
    key = str(where[-1])
    if not rule.options:
        raise layer.wrong(where, "no-options", name=rule.name)
    if key not in rule.options:
        likely = nearest(key, rule.options) or (next(iter(rule.options)) if len(rule.options) == 1 else None)
        raise layer.wrong(where, "no-option", likely, name=key, rule=rule.name)
    default = rule.options[key]
    if not _is_like(value, default):
        raise layer.wrong(where, "misfit", name=key_path(where), expected=_kind_name(default), example=default)
    if key in rule.ranges:
        least, most = rule.ranges[key]
        if not least <= value <= most:
            raise layer.wrong(where, "out-of-range", name=key_path(where), value=value, least=least, most=most)


def _is_like(value: Any, default: Any) -> bool:
    """Whether ``value`` is of the kind of ``default``."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, int | float) and math.isfinite(value)
    if isinstance(default, list | tuple):
        return isinstance(value, list) and all(_is_like(element, next(iter(default), "")) for element in value)
    return type(value) is type(default)


def _kind_name(default: object) -> str:
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


def _columns(found: Sequence[Layer], columns: ColumnNames) -> ColumnNames:
    """The names of columns, with those that the layers add."""
    for layer in found:
        added = layer.get("columns", {})
        for key, names in added.items():
            if key not in columns.keys:
                raise layer.wrong(("columns", key), "no-column", nearest(key, columns.keys), name=key)
            for number, name in enumerate(names):
                if not columns.is_name(name):
                    raise layer.wrong(("columns", key, number), "no-column-name", name=name)
        columns = columns.added(added)
    return columns


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


def _taxonomy_files(found: Sequence[Layer], rules: Catalogue) -> Iterator[str]:
    for layer in found:
        name = layer.get("taxonomy")
        if name is not None and name not in rules.taxonomies:
            yield layer.beside(name)


def _ignores(layer: Layer) -> Iterator[tuple[str, re.Pattern[str], Sequence[str]]]:
    for glob, selectors in layer.get("per-file-ignores", {}).items():
        yield layer.document.folder, glob_pattern(glob), selectors
