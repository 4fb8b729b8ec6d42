"""Which rules run: what the layers of configuration and the command line select, weighed for each rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.engine.plan import Plan
from goalcheck.files.regexes import regex

PROFILES = ("core", "strict")
_EXACT = 99
_CODE = regex(r"([A-Za-z]{2,8})[-_ ]?([0-9OoIl]{1,6})")
_LOOKS_LIKE_DIGIT = str.maketrans("OoIl", "0011")


class UnknownRuleError(Exception):
    """A selector that fits no rule; ``nearest`` is what may have been meant."""

    def __init__(self, selector: str, nearest: str | None) -> None:
        super().__init__(selector)
        self.selector = selector
        self.nearest = nearest

    def __reduce__(self) -> tuple[object, ...]:
        """How to make it again in another process."""
        return UnknownRuleError, (self.selector, self.nearest)


@attrs.frozen(eq=False, repr=False)
class Selection:
    """Which rules one place asks for: the profile, ``select`` in its place, then ``extend``, then ``ignore``.

    Selectors are codes, beginnings of codes, names, or ``ALL``; of two that disagree the more exact one wins. None is
    said of what a place leaves to the one that it builds on.
    """

    profile: str | None = None
    select: Sequence[str] | None = None
    extend: Sequence[str] = ()
    ignore: Sequence[str] | None = None

    @property
    def is_choice(self) -> bool:
        """Whether it says itself which rules are not to run."""
        return self.select is not None or self.ignore is not None

    @property
    def selectors(self) -> Sequence[str]:
        """All that it names."""
        return (*(self.select or ()), *self.extend, *(self.ignore or ()))


def plan(catalogue: Catalogue, taxonomy: str | None, selection: Selection) -> Plan:
    """The plan for ``selection`` alone, under ``taxonomy`` or that of each sheet. Raises :class:`UnknownRuleError`."""
    require_known(catalogue, selection.selectors)
    rules = chosen_rules(catalogue, [selection])
    return Plan(
        rules,
        catalogue.choice(catalogue.taxonomies[taxonomy] if taxonomy is not None else None),
        catalogue.lexicon,
        selection.profile or PROFILES[0],
        columns=catalogue.columns,
    )


def meant_rule(name: str, rules: Iterable[Rule]) -> str | None:
    """The code or name of one of ``rules`` that ``name`` may have been meant to be.

    A code only where a single one is but a slip away: of all that begin alike none is likelier than the others.
    """
    codes, names = zip(*((rule.code, rule.name) for rule in rules), strict=True)
    written = _CODE.fullmatch(name)
    if written is None:
        from goalcheck.files.toml_file import nearest  # only to help with a mistake

        return nearest(name, names)
    code = f"{written[1].upper()}{written[2].translate(_LOOKS_LIKE_DIGIT)}"
    near = [known for known in codes if known == code] or [known for known in codes if _is_slip(known, code)]
    return near[0] if len(near) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    """Whether a single character is wrong, missing or too much, or two that follow each other are transposed."""
    if len(one) == len(other):
        wrong = [at for at, (here, there) in enumerate(zip(one, other, strict=True)) if here != there]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
        return len(wrong) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(f"{long[:at]}{long[at + 1 :]}" == short for at in range(len(long)))


def require_known(catalogue: Catalogue, selectors: Sequence[str]) -> None:
    """Raise :class:`UnknownRuleError` for the first of ``selectors`` that fits no rule."""
    for selector in selectors:
        if not any(exactness(selector, rule) for rule in catalogue.rules):
            raise UnknownRuleError(selector, meant_rule(selector, catalogue.rules))


def chosen_rules(catalogue: Catalogue, layers: Sequence[Selection], asked: Selection | None = None) -> tuple[Rule, ...]:
    """The rules that run under ``layers``, each of which overrules those before it, and under what the user asked for.

    ``select`` and ``ignore`` replace those of earlier layers, ``extend`` adds to them. A user who asks for a selection
    gets it alone, without what the layers extend it by. Of two selectors as exact as each other the later layer's wins.
    """
    places = [*layers, asked or Selection()]
    selected = _nearest(places, "select")
    alone = asked is not None and asked.select is not None
    wanted = [(s, n) for n, place in enumerate(places) for s in place.extend if not alone or place is asked]
    wanted += selected or []
    unwanted = _nearest(places, "ignore") or []
    usual = ("core", "strict") if profile(places) == "strict" else ("core",)
    rules = []
    for rule in catalogue.rules:
        least = _USUALLY if selected is None and rule.set in usual else _NOT
        best = max(least, _best(rule, wanted))
        if best > _NOT and best > _best(rule, unwanted):
            rules.append(rule)
    return tuple(rules)


_NOT = (0, -1)
_USUALLY = (1, -1)  # as ALL in a layer before all others


def _best(rule: Rule, selectors: Sequence[tuple[str, int]]) -> tuple[int, int]:
    """How exactly ``selectors``, each with the number of its layer, name ``rule``, and in which layer."""
    return max(((exact, layer) for selector, layer in selectors if (exact := exactness(selector, rule))), default=_NOT)


def _nearest(layers: Sequence[Selection], field: str) -> list[tuple[str, int]] | None:
    """What the last of ``layers`` to say anything of ``field`` says, with its number."""
    for number in reversed(range(len(layers))):
        selectors = getattr(layers[number], field)
        if selectors is not None:
            return [(selector, number) for selector in selectors]
    return None


def profile(layers: Sequence[Selection]) -> str:
    """The profile that the last of ``layers`` to name one names."""
    return next((layer.profile for layer in reversed(layers) if layer.profile), PROFILES[0])


def exactness(selector: str, rule: Rule) -> int:
    """How exactly ``selector`` names ``rule``: 0 not at all, more for a longer beginning of its code."""
    code = selector.upper()
    if code == rule.code or selector.lower() == rule.name:
        return _EXACT
    if code == "ALL":
        return 1
    return len(code) if len(code) > 1 and rule.code.startswith(code) else 0
