"""Puts the page together: one file of HTML with its data, its code, its looks, and a policy that lets nothing else in.

The modules of the page import one another by name and nothing from elsewhere; here they become one script, in an order
in which each stands behind those it imports. The browser runs the script and takes the style by their digests alone.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from goalcheck.files.regexes import regex
from goalcheck.messages import say, under
from goalcheck.prose import json_text

_PACKAGE = "goalcheck.report.page"
_MAIN = "main"
_STYLES = ("base.css", "cards.css", "result.css", "sheet.css", "figures.css", "narrow.css", "paper.css")
_IMPORT = regex(r'^import (\{[^}]*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
_EXPORT = regex(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_SLOT = regex(r"\{\{([a-z]+)\}\}")
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_SHARED = (
    *("error", "warning", "info", "list-separator"),
    *("total", "appropriation", "special_account", "other", "goal", "name"),
)
"""Words of ``terms.toml``."""

_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def page(
    index: Mapping[str, Any], files: Iterable[str], details: Iterable[str], rules: Iterable[str], language: str
) -> Iterator[str]:
    """The page, in pieces. ``index`` is what it says of all files, ``files`` their list as JSON texts without brackets;
    ``details`` are the elements made by :func:`block`, ``rules`` JSON texts.
    """
    looks, code = style(), script()
    slots = {
        "lang": _LANGUAGES[language],
        "policy": escape(_POLICY.format(script=_digest(code), style=_digest(looks))),
        "title": escape(index["title"]),
        "noscript": escape(say("page.no-script", language)),
        "totals": escape(index["totals"]),
        "style": looks,
    }
    head, tail = template().split("{{data}}\n")
    yield _SLOT.sub(lambda slot: slots[slot[1]], head)
    yield block("words", data_text(words(language)))
    yield block("index", data_text(index))
    yield '<script type="application/json" id="files">['
    yield from files
    yield "]</script>\n"
    yield block("rules", f"[{','.join(map(_harmless, rules))}]")
    yield from details
    yield tail.replace("{{script}}", code)


def block(name: str, json: str) -> str:
    """A block of data, which ``json``, made by :func:`data_text`, cannot end before its end."""
    return f'<script type="application/json" id="{name}">{json}</script>\n'


def data_text(value: Any) -> str:
    """``value`` as JSON that may stand within a page."""
    return _harmless(json_text.line(value))


def _harmless(json: str) -> str:
    """``json`` without the sign that begins every tag and comment: it stands in texts alone, and so does its escape."""
    return json.replace("<", "\\u003c")


def words(language: str) -> dict[str, str]:
    """What the page says, by key; what is said otherwise of a single thing also under its key and ``.one``."""
    told = {**under("page"), **{f"place-{key}": sentence for key, sentence in under("places").items()}}
    said = {key: sentence[language] for key, sentence in told.items()}
    if language == "en":
        said |= {f"{key}.one": s.en_one for key, s in told.items() if s.en_one is not None}
    return {**said, **{key: say(f"terms.{key}", language) for key in _SHARED}}


@cache
def script() -> str:
    """The modules of the page as one script: each a function that gives what it exports."""
    order: dict[str, str] = {}
    _gather(_MAIN, order)
    return "\n".join(order.values())


def _gather(name: str, order: dict[str, str]) -> None:
    """Put the module ``name`` behind those that it imports; none imports itself in a circle."""
    if name in order:
        return
    text = _file(f"{name}.mjs")
    for _, other in _IMPORT.findall(text):
        _gather(other, order)
    exported = ", ".join(own for _, own in _EXPORT.findall(text))
    text = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = \2Module;", text))
    order[name] = f"const {name}Module = (() => {{\n{text}return {{ {exported} }};\n}})();\n"


@cache
def style() -> str:
    """The looks of the page."""
    return "".join(map(_file, _STYLES))


def template() -> str:
    """What is the same in every page, with slots for the rest."""
    return _file("template.html")


@cache
def _file(name: str) -> str:
    return (pkgutil.get_data(_PACKAGE, name) or b"").decode()


@cache
def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
