"""The adapter of claims: names and levels of DigiD, eHerkenning and eIDAS become ours, and nonsense is refused."""

from datetime import UTC, datetime

import pytest

from doorleren.people.claims import LEVELS, UnreadableClaims, read
from doorleren.people.models import Assurance

TOLD = {"iss": "https://broker.example", "sub": "abc"}


def test_who_is_told_of_with_little_is_known_with_little() -> None:
    """Without a level the lowest counts, and without a second factor there is none."""
    claims = read(TOLD)
    assert (claims.issuer, claims.subject) == ("https://broker.example", "abc")
    assert (claims.assurance, claims.second_factor, claims.bsn, claims.kvk) == (Assurance.LOW, False, "", "")


@pytest.mark.parametrize("name", ["bsn", "urn:nl-eid-gdi:1.0:id:legacy-BSN"])
def test_a_number_under_each_of_its_names(name: str) -> None:
    """The BSN is read under every name that brokers give it, and does not show when the claims are printed."""
    claims = read({**TOLD, name: "999990019"})
    assert claims.bsn == "999990019"
    assert "999990019" not in repr(claims)


def test_an_organisation() -> None:
    """The KvK number and the name of the organisation are read as eHerkenning tells them."""
    claims = read({**TOLD, "urn:etoegang:1.9:EntityConcernedID:KvKnr": "12345678", "organisation_name": "Bedrijf"})
    assert (claims.kvk, claims.organisation_name) == ("12345678", "Bedrijf")


@pytest.mark.parametrize(("acr", "level"), [*LEVELS.items(), ("something-else", "low"), ("HIGH", "low")])
def test_a_level_in_each_of_its_words(acr: str, level: str) -> None:
    """Every word for a level that is in the table counts as told, every other as the lowest."""
    assert read({**TOLD, "acr": acr}).assurance == level


@pytest.mark.parametrize(("amr", "yes"), [(["mfa"], True), (["pwd", "mfa"], True), (["pwd"], False), ("mfa", False)])
def test_a_second_factor(amr: object, yes: bool) -> None:
    """Only a list that holds mfa says that there was a second factor."""
    assert read({**TOLD, "amr": amr}).second_factor is yes


def test_when_it_was_proven() -> None:
    """The moment of proof is read in UTC."""
    assert read({**TOLD, "auth_time": 1767225600}).proven_at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"bsn": "999990018"}, "the BSN .* fails the 11-test"),
        ({"bsn": 999990019}, "the claim bsn is not text"),
        ({"kvk": "1234567"}, "KvK number .* eight digits"),
        ({"kvk": "١٢٣٤٥٦٧٨"}, "KvK number .* eight digits"),
        ({"name": ["Nadia"]}, "the claim name is not text"),
        ({"name": "Na\0dia"}, "the claim name is not text"),
        ({"auth_time": "now"}, "auth_time is not a number"),
        ({"auth_time": True}, "auth_time is not a number"),
        ({"auth_time": 10**20}, "auth_time is no moment"),
    ],
)
def test_what_cannot_be_used_is_named(wrong: dict[str, object], words: str) -> None:
    """A claim that cannot be used is refused by its name and without its value."""
    with pytest.raises(UnreadableClaims, match=words) as refusal:
        read({**TOLD, **wrong})
    assert not any(str(value) in str(refusal.value) for value in wrong.values() if value is not True)
