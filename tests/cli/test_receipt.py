"""`doorleren receipt verify`: a receipt holds only against a key that did not come with it."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jsonschema import Draft202012Validator

from doorleren.rounds.receipts import PUBLISHED_AT, Entered, public_of, sign_batch, write_receipts
from doorleren.server.intake.keys import Keys, read_keys
from tests.cli.conftest import Run
from tests.cli.test_contract import faults, schema_of

UNCHECKED = "whose it is was not checked"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder in which nobody started a site yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DOORLEREN_HOME", str(folder))
    return folder


@pytest.fixture
def site(home: Path) -> Keys:
    """The keys of a site that has its home there."""
    return read_keys(home)


def receipt(folder: Path, key: Ed25519PrivateKey, **other: Any) -> Path:
    """Write a receipt that is signed with a key; `other` replaces parts of it afterwards."""
    one = Entered(1, 7, "key-of-draft", "a" * 64, 100, "")
    signed, tree = sign_batch([one], 1, "2026-03-01T10:00:00+01:00", key)
    told = json.loads(write_receipts([one], tree, signed, public_of(key))[0])
    path = folder / "receipt.json"
    path.write_text(json.dumps(told | other))
    return path


def test_the_key_of_the_site_on_this_machine_counts(run: Run, site: Keys, tmp_path: Path) -> None:
    """A receipt of the site here holds without --key; one that somebody signed with a key of their own does not."""
    ran = run("receipt", "verify", receipt(tmp_path, site.signing))
    assert (ran.code, "this receipt holds: number 7 in round 1" in ran.out, UNCHECKED in ran.out) == (0, True, False)
    forged = receipt(tmp_path, Ed25519PrivateKey.generate())
    ran = run("receipt", "verify", forged)
    assert (ran.code, "public_key" in ran.out) == (1, True)
    assert run("receipt", "verify", forged, "--key", site.public.hex()).code == 1


def test_without_a_key_nothing_is_said_to_hold(run: Run, home: Path, tmp_path: Path) -> None:
    """Where no key is known the signature holds and no more is said, with where to find the key; nothing is written."""
    path = receipt(tmp_path, Ed25519PrivateKey.generate())
    ran = run("receipt", "verify", path)
    assert ran.code == 0
    assert "this receipt holds" not in ran.out
    assert UNCHECKED in ran.out
    assert PUBLISHED_AT in ran.out
    told = run("receipt", "verify", path, "--json").json()
    assert (told["holds"], told["key_checked"], told["key_published_at"]) == (None, False, PUBLISHED_AT)
    assert not home.exists()


def test_with_the_published_key_it_holds(run: Run, home: Path, tmp_path: Path) -> None:
    """The key of --key goes before that of the machine: a receipt of another site holds against the key of that one."""
    read_keys(home)
    key = Ed25519PrivateKey.generate()
    ran = run("receipt", "verify", receipt(tmp_path, key), "--key", public_of(key).hex(), "--json")
    assert (ran.code, ran.json()["holds"], ran.json()["key_checked"]) == (0, True, True)


@pytest.mark.parametrize("kept", ["x", "ab"])
def test_a_key_that_cannot_be_read_is_none(run: Run, home: Path, tmp_path: Path, kept: str) -> None:
    """A spoilt key in the home folder checks nothing, and that is said."""
    home.mkdir()
    (home / "receipt-key").write_text(kept)
    assert UNCHECKED in run("receipt", "verify", receipt(tmp_path, Ed25519PrivateKey.generate())).out


@pytest.mark.parametrize("changed", [{}, {"cents": 999}], ids=["as it was", "changed"])
@pytest.mark.parametrize("known", [True, False], ids=["key known", "no key"])
def test_what_is_printed_keeps_to_the_contract(
    run: Run, home: Path, tmp_path: Path, changed: dict[str, Any], known: bool
) -> None:
    """Whatever comes out, its JSON fits the published schema, which refuses another answer."""
    Draft202012Validator.check_schema(schema_of("receipt").schema)
    key = read_keys(home).signing if known else Ed25519PrivateKey.generate()
    ran = run("receipt", "verify", receipt(tmp_path, key, **changed), "--json")
    assert (ran.code, faults("receipt", ran.json())) == (1 if changed else 0, [])
    assert faults("receipt", ran.json() | {"holds": not changed, "fault": 5})


@pytest.mark.parametrize("content", ["{", "\x00"])
def test_what_is_no_receipt(run: Run, tmp_path: Path, content: str) -> None:
    """A file that is no JSON is refused in one line, with exit code 2."""
    path = tmp_path / "receipt.json"
    path.write_text(content)
    ran = run("receipt", "verify", path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
