"""House rules about the code: sizes, names, no action at a distance, and tests that say what they prove."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.sources import ROOT, functions, imports, name_of, python, tree

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
EMPTY_WORDS = {"helper", "manager", "util", "service", "handler", "processor", "data", "info", "common", "misc"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals", "blinker")


def test_modules_are_short() -> None:
    """No module has more than 400 lines; a migration is written by a program and may."""
    long = {
        name_of(path): lines
        for path in python("src", "tests")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_functions_are_short() -> None:
    """No function has more than 50 lines."""
    long = {
        name_of(path, node): node.end_lineno - node.lineno + 1
        for path in python("src", "tests")
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def words(name: str) -> set[str]:
    """The words of a name in snake_case or CamelCase, in the singular."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def test_no_name_without_an_idea() -> None:
    """No module, class or function is named with a word that says nothing."""
    found = []
    for path in python("src", "tests"):
        named = [path.stem, *(node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))]
        named += [node.name for node in functions(path)]
        found += [
            f"{name_of(path)}: {name}" for name in named if words(name) & EMPTY_WORDS and not name.startswith("test")
        ]
    assert found == []


def signals_in(path: Path) -> list[str]:
    """The imports of a signal library."""
    return [name for name in imports(path) if name.startswith(SIGNALS)]


def test_no_signals() -> None:
    """Nothing sends or receives signals: a reader finds what an act causes where the act is."""
    assert {name_of(path): found for path in python("src") if (found := signals_in(path))} == {}


def overrides_of_save(path: Path) -> list[str]:
    """Methods that change what saving or deleting means."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            names = {child.name for child in node.body if isinstance(child, ast.FunctionDef)}
            found += [f"{node.name}.{name}" for name in sorted(names & {"save", "delete", "full_clean"})]
    return found


def test_no_override_of_save() -> None:
    """No model hides a rule in saving or deleting."""
    assert {name_of(path): found for path in python("src") if (found := overrides_of_save(path))} == {}


def test_no_setting_for_the_whole_process() -> None:
    """No module changes how others read a CSV: the limit of a cell holds for the whole process."""
    found = [name_of(path) for path in python("src") if re.search(r"field_size_limit\([^)]", path.read_text())]
    assert found == []


def test_no_metaclasses() -> None:
    """No class is made in a way of its own."""
    found = [
        name_of(path, node)
        for path in python("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and any(word.arg == "metaclass" for word in node.keywords)
    ]
    assert found == []


def test_the_rules_above_can_fail(tmp_path: Path) -> None:
    """The checks for signals, for saving and for names find what they look for."""
    bad = tmp_path / "bad.py"
    bad.write_text("from django.db.models import signals\nclass A:\n    def save(self): ...\n")
    assert signals_in(bad) == ["django.db.models.signals"]
    assert overrides_of_save(bad) == ["A.save"]
    assert words("CaseManager") & EMPTY_WORDS
    assert words("load_utils") & EMPTY_WORDS
    assert not words("dated_value") & EMPTY_WORDS


def test_every_module_says_what_it_decides() -> None:
    """Every module of the product begins with a docstring."""
    assert [
        name_of(path) for path in python("src") if path.read_text().strip() and not ast.get_docstring(tree(path))
    ] == []


def says_one_sentence(docstring: str | None) -> bool:
    """Whether a docstring is one sentence: it ends with a full stop, and has no other."""
    text = " ".join((docstring or "").split())
    return text.endswith((".", "?", "!")) and not re.search(r"[a-z)][.!?] [A-Z]", text)


def test_every_test_says_what_it_proves() -> None:
    """Every test has a docstring of one sentence."""
    silent = [
        f"{name_of(path, node)} {node.name}"
        for path in python("tests")
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and not says_one_sentence(ast.get_docstring(node))
    ]
    assert silent == []


def days_without_a_zone(code: ast.AST) -> list[int]:
    """The lines that take the day of a moment by whatever zone it happens to be in."""
    return [
        node.lineno
        for node in ast.walk(code)
        if isinstance(node, ast.Call) and not node.args and not node.keywords
        and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
    ]  # fmt: skip


def test_the_day_of_a_moment_is_the_day_in_amsterdam() -> None:
    """Nothing but `core.days` takes a day from a moment itself: what is stored bears UTC, whose day ends an hour or two late."""
    assert days_without_a_zone(ast.parse("on = at.date()")) == [1]
    assert days_without_a_zone(ast.parse("on = day_of(at)")) == []
    found = {
        name_of(path): lines
        for path in python("src", "tests", "bench")
        if path != ROOT / "src/doorleren/core/days.py" and (lines := days_without_a_zone(tree(path)))
    }
    assert found == {}


BANNED = {
    "import os\nos.environ['X']\n": True,
    "import os\nos.getenv('X')\n": True,
    "from datetime import datetime, UTC\ndatetime.now(UTC)\n": True,
    "import datetime as d\nd.date.today()\n": True,
    "import time\ntime.time()\n": True,
    "from django.utils import timezone\ntimezone.now()\n": True,
    "from django.dispatch import receiver\n": True,
    "import time\ntime.monotonic()\n": False,
}


@pytest.mark.parametrize(("code", "banned"), BANNED.items())
def test_the_linter_bans_clock_and_environment(code: str, banned: bool) -> None:
    """The linter refuses clock, environment and signals in the product outside their named places."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--select",
            "TID251",
            "--stdin-filename",
            "src/doorleren/rules/x.py",
            "-",
        ],
        input=code,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert ("TID251" in done.stdout) == banned, done.stdout + done.stderr
