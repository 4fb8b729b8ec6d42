"""Every sentence: in both languages, with the figures and the signs of each; in one place; asked for, and there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from helpers import ROOT, syntax_nodes, tried_on

from goalcheck.catalogue.load import catalogue
from goalcheck.messages import Words, all_words, say, under
from goalcheck.messages.load import MessageError, sentences
from goalcheck.site_rules.fields import FIELDS

RULES = catalogue().rules
FILES = sorted((ROOT / "src" / "goalcheck" / "messages").glob("*.toml"))
OWN = {f"{file}.{name}": said for file, inside in all_words().items() for name, said in inside.items()}

HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!()][{HAN}]")
FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")
FIGURE = re.compile(r"\{(\w+)\}")


def _said() -> dict[str, Words]:
    """All that goalcheck can say, sentences of rules and names of classes included."""
    said: dict[str, Words] = dict(OWN)
    for rule in RULES:
        parts = {
            "title": rule.title,
            "message": rule.message,
            "help": rule.help,
            "why": rule.why,
            "source": rule.source,
        }
        parts |= {f"phrases.{key}": phrase for key, phrase in rule.phrases.items()}
        said |= {f"{rule.code}.{key}": part for key, part in parts.items()}
    said |= {f"field.{key}": field.words for key, field in FIELDS.items()}
    return said | {f"title.{name}": taxonomy.title for name, taxonomy in catalogue().taxonomies.items()}


def test_both_languages_say_the_same_each_with_its_signs() -> None:
    for key, said in _said().items():
        assert bool(said.zh) == bool(said.en), key
        assert set(FIGURE.findall(said.zh)) == set(FIGURE.findall(said.en)), key
        assert not HALF_WIDTH.search(said.zh), key
        assert not FULL_WIDTH.search(said.en), key


def test_no_sentence_stands_in_two_places() -> None:
    places = defaultdict(list)
    for key, said in OWN.items():
        places[said].append(key)
    assert [keys for keys in places.values() if len(keys) > 1] == []


def test_files_open_with_what_they_hold() -> None:
    assert {path.stem for path in FILES} == set(all_words())
    for path in FILES:
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


@tried_on(
    ("said", "wrong"),
    [
        ("text", "needs zh and en"),
        ({"zh": "有"}, "needs zh and en"),
        ({"zh": "有", "en": "some", "fr": "il y a"}, "nothing else"),
        ({"zh": "", "en": ""}, "says something"),
        ({"zh": "有", "en": 1}, "says something"),
        ({"zh": "{number}处", "en": "some"}, "different figures"),
        ({"zh": "{number}处", "en": "{number} times", "en-one": "once"}, "different figures"),
        ({"zh": "{number处", "en": "{number"}, "expected '}'"),
    ],
)
def test_files_are_loaded_strictly(said: object, wrong: str) -> None:
    with pytest.raises(MessageError, match=f"^some[.]key: .*{wrong}"):
        sentences("some", {"key": said})


def test_one_is_said_otherwise_in_english_alone() -> None:
    assert [say("totals.files", "en", number=number) for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert say("totals.files", "zh", number=1) == "1个文件"


def test_what_is_not_there_cannot_be_said() -> None:
    for key in ("totals.nothing-of-the-kind", "nothing-of-the-kind.files"):
        with pytest.raises(KeyError):
            say(key, "en")


# --- what the code asks for -------------------------------------------------------------------------------------------


@cache
def _nodes() -> list[ast.AST]:
    """Those that may hold a text, or be a call."""
    nodes = (node for path in (ROOT / "src" / "goalcheck").rglob("*.py") for node in syntax_nodes(path))
    return [node for node in nodes if isinstance(node, ast.JoinedStr | ast.Constant | ast.Call)]


def _literals() -> set[str]:
    parts = {part for node in _nodes() if isinstance(node, ast.JoinedStr) for part in node.values}
    return {
        node.value
        for node in _nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts
    }


@cache
def _patterns() -> set[str]:
    """The texts that f-strings can make, as regular expressions with a group for each figure."""
    made = set()
    for node in _nodes():
        if isinstance(node, ast.JoinedStr):
            parts = (re.escape(part.value) if isinstance(part, ast.Constant) else "([^.]+)" for part in node.values)
            made.add("".join(parts))
    return made


@cache
def _key_patterns() -> list[re.Pattern[str]]:
    """Those that make keys: they begin with a file."""
    return [
        re.compile(pattern)
        for pattern in _patterns()
        if pattern.startswith(tuple(f"{re.escape(file)}\\." for file in all_words()))
    ]


def _calls(*names: str) -> Iterator[ast.Call]:
    for node in _nodes():
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in names:
                yield node


def _first_arguments(*called: str, at: int = 0) -> set[str]:
    """The literal arguments at one place of calls; of an f-string its beginning and a star."""
    found = set()
    for node in _calls(*called):
        for argument in node.args[at : at + 1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
            elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
                found.add(f"{argument.values[0].value}*")
    return found


def _lacking(wanted: set[str], known: set[str]) -> set[str]:
    return {
        key
        for key in wanted
        if not (any(map(re.compile(re.escape(key[:-1])).match, known)) if key[-1:] == "*" else key in known)
    }


def test_every_key_has_its_sentence() -> None:
    """Those that are asked for by file and name, and those that errors and findings carry."""
    keys = re.compile(rf"(?:{'|'.join(all_words())})\.[A-Za-z0-9_-]+")
    assert {text for text in _literals() if keys.fullmatch(text)} - set(OWN) == set()
    for pattern in _key_patterns():
        assert any(map(pattern.fullmatch, OWN)), pattern
    phrases = {key for rule in RULES for key in rule.phrases}
    assert not _lacking(_first_arguments("Term"), {*under("terms"), *phrases})
    assert not _lacking(_first_arguments("InputError"), set(under("inputs")))
    assert not _lacking(_first_arguments("Refusal"), {*under("cli"), *under("values")})
    faults = _first_arguments("FileError", "PatternError", "PluginError") | _first_arguments("wrong", at=1)
    assert not _lacking(faults, {*under("user_files"), *under("values"), *under("inputs")})
    kinds = {
        k.value.value
        for node in _calls("wrong", "FileError")
        for k in node.keywords
        if k.arg == "expected" and isinstance(k.value, ast.Constant)
    }
    assert not kinds - set(under("value_kinds"))


PAGE = {path.name: path.read_text("utf-8") for path in (ROOT / "src/goalcheck/report/page").glob("*.mjs")}


def _is_asked_by_page(name: str) -> bool:
    """Whether the code of the page names the sentence, or puts its name together."""
    code = "".join(PAGE.values())
    beginnings = re.findall(r"say\(`([a-z-]+-)\$\{", code)
    return f'"{name}"' in code or any(name.startswith(beginning) for beginning in beginnings)


def test_the_page_has_its_sentences_and_no_words_of_its_own() -> None:
    """A page says what its data bring along: texts in its code are keys, names of elements and the like."""
    known = {*under("page"), *under("terms"), *(f"place-{key}" for key in under("places"))}
    for name, code in PAGE.items():
        assert not re.search(f"[{HAN}\u3000-\u303f\uff01-\uff5e]", code), name
        assert set(re.findall(r'\bsay\("([^"]+)"', code)) <= known, name
        for beginning in re.findall(r"say\(`([a-z-]*)\$\{", code):
            assert any(key.startswith(beginning) for key in known), name


def test_every_sentence_is_asked_for() -> None:
    """By its whole key, or by one that is put together of texts that stand in the code: names of options among them."""
    literals = _literals()
    literals |= {text.removeprefix("--") for text in literals if text.startswith("--")}
    patterns = [re.compile(pattern) for pattern in _patterns()]
    searched = {name.value for node in _calls("key_of") for name in node.args if isinstance(name, ast.Constant)}

    def stands(text: str, deep: bool = True) -> bool:
        if text in literals:
            return True
        made = [match for pattern in patterns if pattern.groups and (match := pattern.fullmatch(text))]
        return deep and any(all(stands(part, deep=False) for part in match.groups()) for match in made)

    for key in OWN:
        file, _, name = key.partition(".")
        if file == "page" and _is_asked_by_page(name):
            continue
        made = [match for pattern in _key_patterns() if (match := pattern.fullmatch(key))]
        asked = key in literals or any(all(map(stands, match.groups())) for match in made)
        assert asked or (file in searched and stands(name)), key
