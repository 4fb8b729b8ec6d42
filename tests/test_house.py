"""The laws of the house: who may import whom, one name for a family, records that keep their form, short modules."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from helpers import ROOT, THOROUGH, syntax_nodes, syntax_tree, tried_on

import goalcheck
from goalcheck import report
from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import FAMILIES, Rule
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.run import function
from goalcheck.finding import Figure, Term
from goalcheck.messages import LANGUAGES, words
from goalcheck.prose import sentences
from goalcheck.source import Source

SRC = ROOT / "src" / "goalcheck"
RULES = catalogue().rules
LONGEST_MODULE = 400

# The rooms of the house, the ground floor first: a room may import those named before it, and itself. A module that
# stands alone is a room of its own; a package within a package is one where it is named here.
FLOORS = """
collector errors limits value_form version
files
blanks messages remembered vocabulary
source
node
readers written
reading sheet
catalogue
finding
parse
checks.facts
checks
site_rules
engine
fix
config
prose
manual
report
sums
report.page
report.formats
annotate
compare
runs
checker
cli
goalcheck
__main__ _build
"""
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS.strip().splitlines()) for room in floor.split()}
ALONE = {"click": {"cli"}, "lark": {"parse"}, "setuptools": {"_build"}}
NOT_FOR_CHECKS = {
    "os",
    "io",
    "sys",
    "pathlib",
    "shutil",
    "tempfile",
    "glob",
    "locale",
    "gettext",
    "tomllib",
    "subprocess",
}

FIGURE = re.compile(r"\{(\w+)\}")


def _modules() -> list[Path]:
    return sorted(path for path in SRC.rglob("*.py"))


def _name(path: Path) -> str:
    """``report/text.py`` is ``report.text``, the package itself the empty name."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _home(module: str) -> str:
    """The room in which ``module`` stands."""
    if not module:
        return "goalcheck"
    two = ".".join(module.split(".")[:2])
    return two if two in FLOOR_OF else module.partition(".")[0]


@cache
def _imports(path: Path) -> list[tuple[str, str | None]]:
    """Every module that ``path`` imports, and the name it takes from it."""
    found: list[tuple[str, str | None]] = []
    for node in syntax_nodes(path):
        if isinstance(node, ast.Import):
            found += [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [(node.module or "", alias.name) for alias in node.names]
    return found


def _own_imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """Of those, the modules of goalcheck, without the package's name."""
    for module, name in _imports(path):
        if module != "goalcheck" and not module.startswith("goalcheck."):
            continue
        inner = module.removeprefix("goalcheck").lstrip(".")
        if not inner and name is not None and _is_module(name):
            yield name, None
        elif name != "__version__":
            yield inner, name


def _within(room: str) -> list[Path]:
    """The modules of a room and of the rooms within it."""
    return [path for path in _modules() if f"{_name(path)}.".startswith(f"{room}.")]


@cache
def _is_module(name: str) -> bool:
    path = SRC.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


each_rule = tried_on("rule", RULES, ids=lambda rule: rule.code)
each_family = pytest.mark.parametrize(("prefix", "family"), FAMILIES.items())


def test_imports_run_one_way() -> None:
    """Neither upwards nor to a neighbour on the same floor, be it for types alone or within a function."""
    for path in _modules():
        home = _home(_name(path))
        for module, name in _own_imports(path):
            other = _home(f"{module}.{name}" if name is not None and _is_module(f"{module}.{name}") else module)
            assert other == home or FLOOR_OF[other] < FLOOR_OF[home], f"{path}: {home} imports {module}: {name}"


def test_no_module_imports_itself_in_a_circle() -> None:
    imports = {
        _name(path): {
            f"{module}.{name}" if name is not None and _is_module(f"{module}.{name}") else module
            for module, name in _own_imports(path)
        }
        for path in _modules()
    }
    while free := [module for module, others in imports.items() if not others & imports.keys()]:
        for module in free:
            del imports[module]
    assert not imports


def test_libraries_keep_to_their_place() -> None:
    for path in _modules():
        for module, _ in _imports(path):
            owners = ALONE.get(module.partition(".")[0])
            assert owners is None or _home(_name(path)) in owners, f"{path}: {module} is for {owners} alone"


def test_reports_take_results_alone_from_the_engine() -> None:
    for path in _within("report"):
        taken = {module for module, _ in _own_imports(path) if module.startswith("engine")}
        assert taken <= {"engine.result", "engine.plan", "engine.sum_traces"}, path


def test_checks_read_no_file_and_know_no_language() -> None:
    for path in _within("checks"):
        assert not {module.partition(".")[0] for module, _ in _imports(path)} & NOT_FOR_CHECKS, path
        for node in syntax_nodes(path):
            place = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Name):
                assert node.id not in ("open", "input", "print", "float", "LANGUAGES"), place
            elif isinstance(node, ast.Attribute):
                assert node.attr not in LANGUAGES, place
            elif isinstance(node, ast.Constant):
                assert node.value not in LANGUAGES, place
                assert not isinstance(node.value, float), place


def test_no_float_touches_an_amount() -> None:
    for name in ("sheet.py", "parse/values.py", "engine/sum_traces.py", "sums/text.py", "sums/words.py"):
        for node in syntax_nodes(SRC / name):
            assert not (isinstance(node, ast.Name) and node.id == "float"), name
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), name


@pytest.mark.parametrize("folder", ["rules", "grammar"])
def test_nothing_shadows_the_data(folder: str) -> None:
    assert not (SRC / folder).exists()
    assert (ROOT / folder / "__init__.py").exists()
    assert not [p for p in (ROOT / folder).rglob("*.py") if p.name != "__init__.py"], "data holds no code"


def test_no_file_strays_to_the_top() -> None:
    files = {path.name for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")}
    assert files == {"ARCHITECTURE.md", "LICENSE", "README.md", "README.zh-CN.md", "action.yml", "pyproject.toml"}


def test_modules_are_short_and_say_what_they_do() -> None:
    for path in _modules():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE, path
        assert (ast.get_docstring(syntax_tree(path)) or "").strip(), path


def test_data_packages_say_what_they_hold() -> None:
    for path in (ROOT / "grammar" / "__init__.py", ROOT / "rules" / "__init__.py", ROOT / "rules/taxonomy/__init__.py"):
        assert (ast.get_docstring(syntax_tree(path)) or "").strip()
    for path in (ROOT / "grammar").glob("*.lark"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("//"), f"{path.name} opens with what it reads"
        assert all(len(line) <= 120 for line in lines), path


def test_the_page_for_contributors_names_every_room_and_no_other() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {name.rstrip("/").removesuffix(".py").replace("/", ".") for name in re.findall(r"`([\w/.]+)`", page)}
    assert set(FLOOR_OF) - {"version", "goalcheck", "__main__", "_build"} <= rooms
    for name in re.findall(r"`([\w/.-]+/[\w/.-]*|[\w.-]+\.(?:py|lark))`", page):
        places = (ROOT, SRC, ROOT / "grammar")
        assert any((place / name).exists() for place in places), name


def test_every_package_is_shipped() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    inside = {f"goalcheck.{_name(path)}".rstrip(".") for path in _modules() if path.name == "__init__.py"}
    assert set(settings["packages"]) == inside | {"goalcheck.grammar", "goalcheck.rules", "goalcheck.rules.taxonomy"}


@each_family
def test_a_family_has_one_name(prefix: str, family: str) -> None:
    text = (ROOT / "rules" / f"{family}.toml").read_text(encoding="utf-8")
    codes = re.findall(r'^code = "(.*)"$', text, re.MULTILINE)
    assert codes == sorted(set(codes)), "codes are unique and in order"
    assert all(code.startswith(prefix) for code in codes)
    assert codes == [rule.code for rule in RULES if rule.family == family]


@each_rule
def test_a_rule_has_its_function(rule: Rule) -> None:
    check = function(rule)
    assert check.__module__ == f"goalcheck.checks.{rule.family}"  # type: ignore[attr-defined]
    assert (check.__doc__ or "").startswith(f"{rule.code}."), "its docstring opens with its code"


@each_family
def test_a_family_holds_a_function_a_rule_and_nothing_else(prefix: str, family: str) -> None:
    """What helps several of them is a fact, and stands with the facts."""
    named = [rule.name.replace("-", "_") for rule in RULES if rule.code.startswith(prefix)]
    tree = syntax_tree(SRC / "checks" / f"{family}.py")
    public = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    assert sorted(public) == sorted(named)


@each_rule
def test_a_check_takes_a_node_and_its_facts(rule: Rule) -> None:
    takes = list(function(rule).__annotations__.values())
    assert takes[1:] == ["IndicatorFacts" if rule.level == "indicator" else "Context", "Iterator[Found]"]


def test_why_and_source_are_plain_text() -> None:
    for rule in RULES:
        for said in (rule.why, rule.source):
            assert not any("{" in said[language] for language in LANGUAGES), rule.code


def _wrapped() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        for number, made in enumerate((*rule.bad, *(rule.good if THOROUGH else ())), 1):
            yield f"{rule.code}-{number}", made.in_sheet(rule.level).text
    of_its_own = "成本指标⇥经济成本指标⇥预算执行率⇥≥⇥95⇥%"  # cost as a first level, as one taxonomy has it
    yield "cost", wrap(of_its_own, "indicator", "rows").marked


@pytest.mark.parametrize(
    "taxonomy", [TAXONOMIES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in TAXONOMIES[1:])]
)
def test_every_finding_can_be_said(taxonomy: str) -> None:
    """All rules at once on every example: no phrase and no figure is missing, in either language."""
    plan = Plan(RULES, (catalogue().taxonomies[taxonomy],), catalogue().lexicon)
    seen = set()
    for name, text in _wrapped():
        for finding in check_source(Source(text), plan).findings:
            assert finding.rule is not None
            seen.add(finding.rule.code)
            for language in LANGUAGES:
                said = [sentences.message(finding, language), sentences.advice(finding, language)]
                said += [sentences.related(finding, related.term, language) for related in finding.related]
                assert all(sentence.strip() and not re.search(r"[{\n]", sentence) for sentence in said), name
    assert seen == {rule.code for rule in RULES}


@each_rule
def test_figures_of_a_message_are_given_by_the_check(rule: Rule) -> None:
    used = {name for said in (rule.message, rule.help) for name in FIGURE.findall(said.zh)}
    plan = Plan((rule,), catalogue().choice(), catalogue().lexicon)
    for made in rule.bad:
        for finding in check_source(Source(made.in_sheet(rule.level).text), plan).findings:
            assert used <= set(finding.figures)
            _known_terms(finding.figures, rule)


def _known_terms(figures: dict[str, Figure] | object, rule: Rule) -> None:
    values = figures.values() if hasattr(figures, "values") else ()
    for value in values:
        for term in value if isinstance(value, tuple) else (value,):
            if isinstance(term, Term):
                said = rule.phrases.get(term.key) or words(f"terms.{term.key}")
                assert set(FIGURE.findall(said.zh)) <= set(term.figures)
                _known_terms(term.figures, rule)


def test_every_format_has_its_module() -> None:
    for name, form in report.FORMATS.items():
        assert name == form.name
        assert callable(form.reporter.pieces)
        assert callable(form.reporter.whole)


def test_patterns_of_modules_are_kept() -> None:
    """What is compiled anew at every start costs every run: a module makes its patterns by ``regex()``."""
    for path in _modules():
        for node in syntax_tree(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                assert "re.compile(" not in ast.unparse(node.value), (
                    f"{path}:{node.lineno}: regex() of files/regexes.py"
                )


def test_public_names_are_there() -> None:
    assert {"check", "check_file", "Sheet", "Finding", "Rule"} <= set(goalcheck.__all__)
    for name in goalcheck.__all__:
        assert getattr(goalcheck, name) is not None
    with pytest.raises(AttributeError):
        getattr(goalcheck, "nothing_of_the_kind")  # noqa: B009


_COMPARING = {
    "compile", "match", "search", "fullmatch", "sub", "split", "startswith", "endswith", "strip", "lstrip", "rstrip",
    "replace", "removeprefix", "removesuffix", "maketrans", "find", "frozenset", "partition",
}  # fmt: skip


def _compared(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions whose characters code compares with those of a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from (node.left, *node.comparators)
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in _COMPARING:
                yield from node.args


_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")


def test_compared_full_width_forms_are_spelt_out() -> None:
    """Full-width and half-width forms look alike in many fonts: where code compares them, it names the code point."""
    found = []
    for path in (*_modules(), *sorted((ROOT / "tests").glob("*.py"))):
        source = path.read_text(encoding="utf-8")
        written = {number for number, line in enumerate(source.split("\n"), 1) if _FULL_WIDTH.search(line)}
        for node in _compared(syntax_tree(path)) if written else ():
            if written.intersection(range(node.lineno, (node.end_lineno or node.lineno) + 1)):
                segment = ast.get_source_segment(source, node) or ""
                found += [f"{path}:{node.lineno}: {segment}"] if _FULL_WIDTH.search(segment) else []
    assert not found
