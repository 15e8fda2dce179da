"""The files beside the code: licence, metadata, docs that name what there is, templates that are used."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from doorleren import __version__
from doorleren.rules.vocabulary import load_vocabulary
from tests.repository.sources import PACKAGE, ROOT, python, texts

SOURCES = ROOT.parent / "shared"
TEMPLATES = PACKAGE / "web" / "templates"
OF_THE_FILES = {
    "shipped": "what the scheme files of the product say, held against the law and the papers",
    "cli": "the commands as the contract shows them, with the files of the product",
    "journeys": "the demo, which rehearses the files of the product",
}
"""Folders of tests that may name a scheme, with the reason; all others hold for any scheme, also for one that nobody has seen."""


def test_publiccode_is_valid() -> None:
    """publiccode.yml follows its schema, and names the version and the licence of this code."""
    schema_file = SOURCES / "data" / "specs" / "publiccode_schema.json"
    metadata = json.loads(json.dumps(yaml.safe_load((ROOT / "publiccode.yml").read_text()), default=str))
    assert metadata["softwareVersion"] == __version__
    assert metadata["legal"]["license"] == "EUPL-1.2"
    if not schema_file.exists():
        pytest.skip("the sources with the schema of publiccode.yml are not beside this checkout")
    jsonschema.validate(metadata, yaml.safe_load(schema_file.read_text()), format_checker=jsonschema.FormatChecker())


def test_the_licence_is_the_eupl() -> None:
    """The licence file is the text of the EUPL 1.2."""
    text = (ROOT / "LICENSE").read_text()
    assert "v. 1.2" in text
    assert "Appendix" in text


def test_the_changelog_names_this_version() -> None:
    """The changelog has an entry for the version of this code."""
    assert re.search(rf"^## .*{re.escape(__version__)}", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_no_path_of_a_machine() -> None:
    """No file names a folder of the machine on which it was written."""
    patterns = (
        "*.*",
        "Makefile",
        "src/**/*.*",
        "tests/**/*.*",
        "docs/**/*.md",
        "schemes/**/*.toml",
        "law/**/*.toml",
        "scripts/*",
        ".ci/*",
    )
    marks = re.compile("|".join(("/" + "work/", "/home/" + r"\w+/", "/" + "root/")))
    found = [str(path.relative_to(ROOT)) for path in texts(*patterns) if marks.search(path.read_text(errors="ignore"))]
    assert found == []


def test_the_docs_name_every_command() -> None:
    """Every command of the program is in the readme or the docs."""
    program = pytest.importorskip("doorleren.cli.program")
    said = "\n".join(path.read_text() for path in texts("README.md", "docs/**/*.md"))
    assert [name for name in program.COMMANDS if f"doorleren {name}" not in said] == []


def test_the_docs_name_every_target() -> None:
    """Every target that one may call is in the head of the Makefile."""
    text = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    head = text.split("PYTHON ?=")[0]
    assert [name for name in phony[1].split() if f"make {name}" not in head and name not in {"help"}] == []


@pytest.mark.parametrize("record", texts("docs/adr/*.md"), ids=lambda path: path.stem)
def test_decision_records_have_one_form(record: Path) -> None:
    """A decision record has the number of its file, and says the question, the decision and what follows from it."""
    text = record.read_text()
    assert re.match(r"\d{4}-[a-z0-9-]+$", record.stem)
    assert text.startswith(f"# {record.stem[:4]} ")
    if record.stem != "0000-how-we-decide":
        parts = re.findall(r"^(?:\*\*|## )(Question|Decision|Consequences)", text, re.MULTILINE)
        assert parts == ["Question", "Decision", "Consequences"]


def test_decision_records_have_a_number_of_their_own() -> None:
    """No two decision records have the same number."""
    numbers = [path.name[:4] for path in texts("docs/adr/*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_template_is_used() -> None:
    """Every template is named by another template or by the code."""
    templates = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    said = {path: path.read_text() for path in [*templates, *python("src/doorleren")]}
    unused = [
        name
        for path in templates
        if not any((name := str(path.relative_to(TEMPLATES))) in text for other, text in said.items() if other != path)
    ]
    assert unused == []


def test_no_scheme_in_the_code() -> None:
    """No id of a scheme stands in the code, nor in the tests of what a scheme goes through: it is a file and nothing else."""
    # A word that the vocabulary has as a value too (evc is a kind of training) says nothing of a scheme.
    words = {value for fact in load_vocabulary(ROOT / "schemes" / "facts.toml").facts.values() for value in fact.values}
    folders = [folder.name for folder in (ROOT / "schemes").iterdir() if folder.is_dir() and folder.name[0] != "_"]
    ids = sorted(set(folders) - words)
    tests = [path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "_."]
    assert set(tests) >= OF_THE_FILES.keys()
    through = [f"tests/{name}/**/*.py" for name in sorted(set(tests) - OF_THE_FILES.keys())]
    code = {path: path.read_text() for path in texts("src/**/*.py", "src/**/*.html", "src/**/*.toml", *through)}
    found = [
        f"{path.relative_to(ROOT)}: {one}"
        for path, text in code.items()
        for one in ids
        if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])" if "-" in one else rf"""["']{one}["']""", text)
    ]
    assert ids
    assert found == []
