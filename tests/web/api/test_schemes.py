"""GET /schemes and /schemes/{id}: the overview, every version in full, and schemes that nobody has seen before."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client

from doorleren.core.days import read_asked
from doorleren.finder.contract import scheme_as_dict
from doorleren.web import known
from doorleren.web.api.definition import exact, force, in_full
from tests.web.api.asked import fits, get, post, problem

UNSEEN = """
id = "moon-grant"
version = "2030-01-01"
published_on = 2029-12-01
in_force = { from = 2030-01-01, to = 2030-12-31 }
name = { nl = "Maanbeurs", en = "Moon grant" }
pillar = 1
body = { decides = "Moon", executes = "Moon", pays = "Moon" }
apply = { nl = "maan.example.org", en = "moon.example.org" }
[source]
law = { cite = "Law of the moon", weight = "binding" }
older = { cite = "Letter about the moon", weight = "parliament" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "share"
unit = "share"
values = [{ from = 2030-01-01, value = "1/3", source = "law, art. 2" }]
[[parameter]]
id = "most"
nl = "hoogste bedrag op de maan"
en = "highest amount on the moon"
unit = "euro"
values = [{ from = 2030-01-01, value = 250.5, source = "law, art. 3", conflict = { value = 200, source = "older, p. 1" } }]
[[track]]
id = "whole"
applicant = "person"
beneficiary = "person"
payee = "person"
[[track.condition]]
id = "has_price"
when = "training.price > 0"
nl = "de opleiding kost iets"
en = "the training costs something"
source = "law, art. 1"
[[track.condition]]
id = "useful"
why = "shown only by the result"
nl = "de opleiding is nuttig"
en = "the training is useful"
source = "assumption: the law does not say"
[track.amount]
kind = "share"
is = "min(share * training.price, most)"
[[round]]
id = "spring"
opens = 2030-03-01T09:00:00+01:00
closes = 2030-04-01T00:00:00+02:00
ceiling_money = 1000000
order = "draw"
source = "law, art. 4"
[[evidence]]
id = "bill"
nl = "rekening"
stage = "claim"
types = ["pdf"]
source = "law, art. 4"
[stacking]
excludes = ["sun-grant"]
source = "law, art. 5"
[[omission]]
what = "art. 9"
why = "is about the sun"
"""


@pytest.fixture
def unseen(own_schemes: Path) -> Path:
    """A folder with one scheme that the code has never seen."""
    (own_schemes / "moon-grant").mkdir()
    (own_schemes / "moon-grant" / "2030-01-01.toml").write_text(UNSEEN, "utf-8")
    return own_schemes


@pytest.mark.parametrize("day", ["2020-08-15", "2022-03-01", "2026-02-01"])
def test_the_schemes_of_a_day(api: Client, day: str) -> None:
    """With a day the list has the schemes in force then, as the command line prints them, and when they hold."""
    asked, library = read_asked(day), known.library()
    found = get(api, f"/schemes?on={day}&language=en").json()
    versions = [(one, one.on(asked.day)) for one in library.schemes.values()]
    assert found == [scheme_as_dict(one, version, "en") | force(version, asked) for one, version in versions if version]
    for one in found:
        fits(one, "SchemeSummary")
        assert one["holds"]


def test_all_schemes(api: Client) -> None:
    """Without a day every scheme is there, in force today or not."""
    found = get(api, "/schemes").json()
    assert [one["scheme"] for one in found] == list(known.library().places)


def test_every_version_of_every_scheme_in_full(api: Client) -> None:
    """Every version of every scheme can be read in full, in the published shape."""
    for scheme in known.library().schemes.values():
        for version in scheme.versions:
            found = get(api, f"/schemes/{scheme.id}?version={version.version}&on={version.starts}").json()
            fits(found, "SchemeInFull")
            assert found == in_full(scheme, version, read_asked(str(version.starts)))
            assert found["hash"] == version.digest
            assert [one["version"] for one in found["versions"]] == [one.version for one in scheme.versions]


def test_the_version_follows_the_day(api: Client) -> None:
    """The day chooses the version that governs it; a day without one gets the nearest, and a word that it does not hold."""
    scheme = next(one for one in known.library().schemes.values() if len(one.versions) > 2)
    for version in scheme.versions:
        found = get(api, f"/schemes/{scheme.id}?on={version.starts}").json()
        assert (found["version"], found["holds"]) == (version.version, True)
    early = get(api, f"/schemes/{scheme.id}?on=1950-01-01").json()
    assert (early["version"], early["holds"]) == (scheme.versions[0].version, False)


def test_what_does_not_exist(api: Client) -> None:
    """An unknown scheme or version is a problem that names the nearest that do exist."""
    name = next(iter(known.library().places))
    told = problem(get(api, f"/schemes/{name}x"), 404)
    assert (told["fact"], told["given"]) == ("id", f"{name}x")
    assert name in told["allowed"]
    told = problem(get(api, f"/schemes/{name}?version=1066"), 404)
    assert told["fact"] == "version"


def test_an_unseen_scheme_is_read_without_a_line_of_code(api: Client, unseen: Path) -> None:
    """A scheme file in a folder of one's own appears in the list and in full, with its conflict, rule by rule."""
    found = get(api, "/schemes/moon-grant?on=2030-03-05").json()
    fits(found, "SchemeInFull")
    assert "moon-grant" in [one["scheme"] for one in get(api, "/schemes?on=2030-03-05").json()]
    assert [one["name"] for one in found["parameters"]] == [
        None, {"nl": "hoogste bedrag op de maan", "en": "highest amount on the moon"},
    ]  # fmt: skip
    share, most = (one["values"][0] for one in found["parameters"])
    assert (share["value"], most["value"]) == ("1/3", "250.50")
    assert most["conflict"] == {"value": "200.00", "source": "Letter about the moon, p. 1", "weight": "parliament"}
    assert [(one["when"], one["why"], one["weight"]) for one in found["conditions"]] == [
        ("training.price > 0", None, "binding"), (None, "shown only by the result", "assumption"),
    ]  # fmt: skip
    assert found["rounds"][0]["state"] == "open"
    assert found["rounds"][0]["ceiling_money"] == "1000000.00"
    assert found["stacking"]["excludes"] == ["sun-grant"]
    assert found["omissions"] == [{"what": "art. 9", "why": "is about the sun"}]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2029-11-30", None),
        ("2030-02-01", "planned"),
        ("2030-03-01T08:59", "planned"),
        ("2030-03-31", "open"),
        ("2030-04-01", "closed"),
    ],
)
def test_a_round_has_the_state_of_the_moment_asked(api: Client, unseen: Path, day: str, state: str | None) -> None:
    """A round is planned, open or closed at the time asked, and null before anybody knew of it."""
    assert get(api, f"/schemes/moon-grant?on={day}").json()["rounds"][0]["state"] == state


def test_an_unseen_scheme_answers_in_checks_and_plans(api: Client, unseen: Path) -> None:
    """The same unseen scheme gives a verdict with an amount, and lowers what is left to pay."""
    body = {"profile": {"training": {"price": "600.00"}}, "on": "2030-03-05", "schemes": ["moon-grant"]}
    (verdict,) = post(api, "/checks", body).json()["verdicts"]
    assert (verdict["verdict"], verdict["amount"], verdict["round"]) == ("eligible", "200.00", "open")
    made = post(api, "/plans", {"profile": {"training": {"price": 600}}, "on": "2030-03-05"}).json()
    assert [part["scheme"] for part in made["plans"][0]["parts"]] == ["moon-grant"]
    assert made["plans"][0]["to_pay"] == "400.00"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("600", "euro", "600.00"), ("0.6", "share", "0.6"), ("1/3", "share", "1/3"), ("40", "hour", "40"),
     ("12.345", "euro", "12.345"), ("2.5", "euro/hour", "2.50"), ("16/625", "share", "0.0256")],
)  # fmt: skip
def test_values_are_written_exactly(value: str, unit: str, text: str) -> None:
    """A value is written without loss: euros with two decimals, what is no decimal as a fraction."""
    assert exact(Fraction(value), unit) == text
