"""The one table of what a configuration file can say: every key with its shape, its meaning and its default.

The loader's checks, the file that ``goalcheck init`` writes, the JSON Schema and the page in ``docs/`` are made of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.configuration import FAIL_ON, LEVELS
from goalcheck.config.selection import PROFILES
from goalcheck.config.shapes import (
    CHANGES,
    ENCODING,
    OPTIONS,
    PATH,
    PATHS,
    SELECTORS,
    TAXONOMY,
    TEXTS,
    TRUTH,
    WORDS,
    Shape,
    one_of,
    reference,
    table,
    whole,
)
from goalcheck.limits import LIMITS, MOST, MOST_JOBS
from goalcheck.messages import LANGUAGES, Words, say, words

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "xlsx")
"""The formats of a report; the table of reporters is not for this package to know, a test holds the two together."""

COLORS = ("auto", "always", "never")
WIDTHS = (1, 2)

ABOVE = "above"
"""As the value of ``extend``: the configuration that would hold without this one, in some folder above."""

GROUPS = ("rules", "inputs", "report", "tables")
"""The parts that a file is written in, in their order."""


@attrs.frozen(eq=False)
class Key:
    """One key: its group, its shape, and what holds without it; ``options.toml`` says what it means.

    ``default`` is None where no value says the same as leaving the key out; the sentence ``unset`` then says it.
    ``run`` is for keys of a whole run rather than of one input, ``path`` for those that name files or folders: these
    are relative to the folder of the configuration and lie there or below.
    """

    name: str
    group: str
    shape: Shape
    default: Any
    example: Any
    unset: str | None = None
    run: bool = False
    path: bool = False

    @property
    def words(self) -> Words:
        """What the key means."""
        return words(f"options.{self.name}")

    def described(self, language: str) -> str:
        """What the key means, and what holds without it if there is something to say of that."""
        if self.unset is not None:
            default = say(self.unset, language)
        elif self.default or (isinstance(self.default, int) and not isinstance(self.default, bool)):
            default = str(self.default)
        else:
            return self.words[language]
        return say("options.with-default", language, words=self.words[language], default=default)


_LEVEL = one_of(LEVELS)

_ALL = (
    Key("extend", "rules", PATH, None, ABOVE, "terms.none", path=True),
    Key("profile", "rules", one_of(PROFILES), PROFILES[0], PROFILES[1]),
    Key("select", "rules", SELECTORS, None, ["GC3", "missing-goal"], "options.unset-select"),
    Key("extend-select", "rules", SELECTORS, [], ["GC316"]),
    Key("ignore", "rules", SELECTORS, [], ["GC107", "odd-amount"]),
    Key("taxonomy", "rules", TAXONOMY, None, TAXONOMIES[1], "options.unset-taxonomy", path=True),
    Key("rules", "rules", PATHS, [], ["rules"], path=True),
    Key("plugins", "rules", TEXTS, [], ["hx"]),
    Key("fail-on", "inputs", one_of(FAIL_ON), FAIL_ON[0], FAIL_ON[1]),
    Key("exclude", "inputs", TEXTS, [], ["2023/", "*草稿*"]),
    Key("encoding", "inputs", ENCODING, None, "gb18030", "options.unset-encoding"),
    Key("max-size", "inputs", whole(1, MOST.size), LIMITS.size, 128),
    Key("max-rows", "inputs", whole(1, MOST.rows), LIMITS.rows, 200_000),
    Key("max-cell", "inputs", whole(1, MOST.cell), LIMITS.cell, 2_000_000),
    Key("max-entries", "inputs", whole(1, MOST.entries), LIMITS.entries, 2_000_000),
    Key("baseline", "inputs", PATH, None, "goalcheck-baseline.json", "terms.none", run=True, path=True),
    Key("jobs", "inputs", whole(1, MOST_JOBS, "auto"), "auto", 2, run=True),
    Key("min-severity", "report", one_of(LEVELS), LEVELS[-1], LEVELS[1]),
    Key("lang", "report", one_of(LANGUAGES), LANGUAGES[0], LANGUAGES[1]),
    Key("format", "report", one_of(FORMATS), FORMATS[0], "sarif", run=True),
    Key("output", "report", PATH, None, "report.txt", "options.unset-output", run=True, path=True),
    Key("color", "report", one_of(COLORS), COLORS[0], COLORS[2], run=True),
    Key("ambiguous-width", "report", one_of(WIDTHS), 1, 2, run=True),
    Key("quiet", "report", TRUTH, False, True, run=True),
    Key("verbose", "report", TRUTH, False, True, run=True),
    Key("statistics", "report", TRUTH, False, True, run=True),
    Key("explain-sums", "report", TRUTH, False, True, run=True),
    Key(
        "per-file-ignores", "tables", table(SELECTORS, reference("per-file-ignores")),
        {}, {"2023/": ["ALL"], "*.csv": ["GC1", "odd-amount"]},
    ),
    Key("severity", "tables", table(_LEVEL, reference("severity")), {}, {"GC107": "info", "odd-amount": "error"}),
    Key("options", "tables", table(OPTIONS, reference("options")), {}, {"low-satisfaction": {"threshold": 90}}),
    Key(
        "lexicon", "tables", table(CHANGES, reference("lexicon")),
        {}, {"growth-words": {"add": ["扩面"], "remove": ["比例"]}},
    ),
    Key(
        "columns", "tables", table(WORDS, reference("columns")),
        {}, {"total": ["核定经费"], "source": ["镇街配套"], "something-else": ["核定编号"]},
    ),
)  # fmt: skip

KEYS: Mapping[str, Key] = {key.name: key for key in _ALL}
"""Every key of a configuration file by name, in the order in which files are written."""


def toml_value(value: Any) -> str:
    """``value`` as TOML, on one line. Of texts, numbers, truths, lists and tables; JSON says all but tables alike."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_name(key)} = {toml_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def toml_key(path: Iterable[str]) -> str:
    """The way to a value as TOML writes it: ``severity.GC107``."""
    return ".".join(map(_name, path))


def _name(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)
