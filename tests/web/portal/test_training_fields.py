"""Every field of a training: on the form of a provider, on the page of a citizen, and in everything that is given out.

What is deliberately not somewhere stands in a list with the reason; a field that is added later makes these tests fail
until it has a place.
"""

import json
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from doorleren.register.admission import Standing
from doorleren.register.entries import Entry, Location, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.outlets import edudex, elm, ooapi, schema_org
from doorleren.register.outlets.columns import COLUMNS
from doorleren.register.outlets.listed import Listed
from doorleren.register.queries import Listing
from doorleren.web.api.register import activity_as_dict
from doorleren.web.provider.fields import groups, prices, run_fields
from tests.web.portal import stand_in

SKILL = "http://data.europa.eu/esco/skill/0b2ac9d2-1f5c-4bd5-8d6f-3b1c8e2f1a11"
PLAIN = Entry(
    "P1", "A1", "Plaatwerk", certificate_value="none", prices=(PricePart("tuition", 10_000),),
    runs=(Run(date(2029, 1, 31)),),
)  # fmt: skip
DIFFERENT: dict[str, Any] = {
    "title": "Lassen", "description": "U leert lassen.", "learning_outcomes": ("een hoeklas",), "kind": "module",
    "route": "ho_module", "goal": "experience_certificate", "level": "mbo3", "nlqf_level": 3, "eqf_level": 4,
    "intensity": "full_time", "study_hours": 77, "duration_months": Decimal(7), "delivery": "blended",
    "independent_of_time": True, "independent_of_place": True, "evening": True, "combinable_with_work": True,
    "combinable_with_care": True, "modular": True, "language": "fr", "entry_requirements": "Een vca-bewijs.",
    "sector": "ict", "occupations": ("http://data.europa.eu/esco/occupation/x",), "skills": (SKILL,),
    "certificate": "Lasdiploma", "certificate_value": "mbo_certificate", "guidance": True, "prior_learning_shortens": True,
    "prices": (PricePart("material", 4_200, Decimal(9)),), "runs": (Run(date(2030, 1, 31), place="Epe"),),
    "url": "https://school.example/lassen", "published_from": date(2020, 1, 1), "published_until": date(2099, 1, 1),
    "text_language": "pl",
}  # fmt: skip
"""For every field that can be told a value that differs from PLAIN."""

SHOWN = {
    "title": "Lassen", "description": "U leert lassen.", "learning_outcomes": "een hoeklas", "kind": "module",
    "route": "module van hbo of universiteit", "goal": "ervaringscertificaat", "level": "mbo 3",
    "nlqf_level": "NLQF 3 (in heel Europa: EQF 3)", "eqf_level": "EQF 4", "study_hours": "77 uur",
    "duration_months": "7 maanden", "delivery": "deels", "independent_of_time": "een tijd die u zelf kiest",
    "independent_of_place": "een plek die u zelf kiest", "evening": "les in de avond", "combinable_with_work": "werk",
    "combinable_with_care": "zorg voor anderen", "modular": "Losse delen", "language": "Frans", "intensity": "voltijd",
    "entry_requirements": "Een vca-bewijs.", "sector": "Sector ICT", "occupations": "lasser", "skills": "metaal lassen",
    "certificate": "Lasdiploma", "certificate_value": "mbo-certificaat van een beroepsgericht deel", "guidance": "Hulp tijdens de opleiding",
    "prior_learning_shortens": "Korter als u al iets kunt", "prices": "Boeken en materiaal", "runs": "31 januari 2030",
    "url": "https://school.example/lassen", "text_language": "Taal van deze tekst Pools",
}  # fmt: skip
"""What the page says of each."""

NOT_SHOWN = {
    "provider": "the page shows the name of the provider, and its code in the address of the provider's page",
    "code": "the provider's own number means nothing to a visitor; officials and outlets have it",
    "published_from": "decides whether the page is there at all",
    "published_until": "decides whether the page is there at all",
}
NOT_TYPED = {"provider": "whoever signs in is the provider"}
NOT_GIVEN: dict[str, dict[str, str]] = {
    "schema.org": dict.fromkeys(
        ("kind", "route", "goal", "level", "nlqf_level", "eqf_level", "intensity", "independent_of_time",
         "independent_of_place", "evening", "combinable_with_work", "combinable_with_care", "modular", "sector",
         "occupations", "certificate_value", "guidance", "prior_learning_shortens", "published_from", "published_until"),
        "schema.org has no property for it that its own SHACL takes; /api/v1 has all of it",
    ),
    "elm": dict.fromkeys(
        ("route", "goal", "level", "independent_of_time", "independent_of_place", "evening", "combinable_with_work",
         "combinable_with_care", "modular", "sector", "occupations", "certificate_value", "guidance",
         "prior_learning_shortens", "published_from", "published_until"),
        "the application profile LOQ has no place for it, or only a list of terms that ours are not in",
    ),
}  # fmt: skip
"""Per outlet what it cannot say. OOAPI and EDU-DEX have room for the register's own terms, and so leave nothing out."""

FIELDS = [one.name for one in fields(Entry)]
TOLD = [name for name in FIELDS if name not in ("provider", "code")]


def listing(**told: Any) -> Listing:
    home = ProviderEntry(
        "P1", "School Een", "12345678", "https://een.example", "Straat 1", "3511 AB", "Utrecht",
        (Recognition("quality_mark", "NRTO-1"),), "info@een.example", "030 123 45 67",
        (Location("Loods", "Kade 2", "3821", "Amersfoort"),),
    )  # fmt: skip
    return Listing(1, replace(PLAIN, **told), home, datetime(2026, 9, 1, tzinfo=UTC))


@pytest.fixture
def words(visit: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives the page of a training that tells something, with its addresses."""

    def page(**told: Any) -> str:
        monkeypatch.setattr(stand_in, "listing", lambda key: listing(**told))
        monkeypatch.setattr(stand_in, "skills", lambda keys: ("metaal lassen",) if keys else ())
        if not told.get("occupations"):
            found = stand_in.activity
            monkeypatch.setattr(stand_in, "activity", lambda *a, **n: replace(found(*a, **n), occupations=()))
        status, shown = visit("/trainings/5")
        assert (status, shown.faults) == (200, [])
        return str(shown.words.replace("\xa0", " ") + " " + " ".join(shown.links))

    return page


def test_every_field_has_a_place() -> None:
    """The lists of this file name every field once: told and shown, or left out with a reason."""
    assert set(DIFFERENT) == set(TOLD)
    assert set(SHOWN) | set(NOT_SHOWN) == set(FIELDS)
    assert not set(SHOWN) & set(NOT_SHOWN)
    assert all(getattr(PLAIN, name) != value for name, value in DIFFERENT.items())


def test_every_field_is_on_the_form() -> None:
    """A provider can type each field, each part of a price and each field of a run."""
    asked = {field.name for group in groups() for field in group.fields} | {"code"}
    asked |= {"prices"} if len(prices()) == 4 else set()
    asked |= (
        {"runs"}
        if {one.name.partition(".")[2] for one in run_fields(0)} == {one.name for one in fields(Run)}
        else set()
    )
    assert asked == set(FIELDS) - set(NOT_TYPED)


@pytest.mark.parametrize("name", SHOWN)
def test_every_field_is_on_the_page(words: Any, name: str) -> None:
    """What a provider tells is on the page in words, and is not there when it is not told."""
    with_it, without = words(**{name: DIFFERENT[name]}), words()
    assert SHOWN[name] in with_it
    assert without.count(SHOWN[name]) < with_it.count(SHOWN[name])


def given(form: str, one: Listing) -> str:
    listed = Listed(one.entry, one.provider, one.key, one.changed_at, admitted=True)
    match form:
        case "api":
            made: Any = activity_as_dict(one, (Standing(), False))
        case "columns":
            made = {column.name: str(column.read(listed)) for column in COLUMNS}
        case "ooapi":
            made = [ooapi.course(listed, "https://x.example"), ooapi.organization(one.provider)]
        case "edudex":
            made = edudex.program(listed, "https://x.example", date(2026, 9, 1))
        case "schema.org":
            made = schema_org.course(listed, "https://x.example")
        case _:
            return repr(list(elm.nodes([listed], "https://x.example")))
    return json.dumps(made, sort_keys=True)


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("form", ["api", "columns", "ooapi", "edudex", "schema.org", "elm"])
def test_every_field_is_given_out(form: str, name: str) -> None:
    """Telling a field changes what an outlet writes, unless the standard cannot say it."""
    changes = given(form, listing(**{name: DIFFERENT[name]})) != given(form, listing())
    assert changes == (name not in NOT_GIVEN.get(form, {})), name


@pytest.mark.parametrize("form", ["api", "columns", "ooapi", "edudex", "schema.org"])
@pytest.mark.parametrize("word", ["Amersfoort", "info@een.example", "030 123 45 67"])
def test_contact_and_locations_are_given_out(form: str, word: str) -> None:
    """How a provider is reached and where else it teaches is in each outlet; the SHACL of schema.org takes no contact."""
    assert (word in given(form, listing())) == (form != "schema.org" or word == "Amersfoort")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"study_hours": 20}, "Prijsgroep 2 van NL leert door"), ({"study_hours": 3, "kind": "course"}, "Prijsgroep 1"),
        ({}, "Prijsgroep van NL leert door: niet te zeggen"), ({"study_hours": 20, "kind": "programme"}, ""),
    ],
)  # fmt: skip
def test_the_price_group_is_derived_and_explained(words: Any, told: dict[str, Any], says: str) -> None:
    """A short training has its price group with the reason and the source; what is not told is named; a whole programme has none."""
    page = words(**told)
    assert says in page
    assert ("brief aan de Tweede Kamer" in page) == bool(says)
    assert "letter to parliament" not in page
    assert ("prijsgroep" in page.lower()) == bool(says)
    assert says != "Prijsgroep van NL leert door: niet te zeggen" or "de studielast" in page


def test_a_training_that_fits_badly_says_so(words: Any) -> None:
    """What does not go beside work or care is told, and what goes without saying with the certificate is not told twice."""
    page = words(combinable_with_work=False, combinable_with_care=False, certificate_value="diploma", goal="diploma")
    assert "Past niet bij werk, zorg voor anderen" in page
    assert "Doel diploma" not in page


def test_the_page_tells_how_to_reach_the_provider(words: Any) -> None:
    """Contact, locations and recognition stand on the page of the training, with a way to the page of the provider."""
    page = words()
    for told in ("info@een.example", "030 123 45 67", "Loods, Kade 2, 3821 Amersfoort", "NRTO-1", "/providers/P1"):
        assert told in page, told


def test_texts_in_another_language_say_so(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider's own texts have a lang attribute where they are not in the language of the page, and none where they are."""

    def titles(address: str, **told: Any) -> list[str]:
        monkeypatch.setattr(stand_in, "listing", lambda key: listing(**told))
        found = re.findall(r'<(?:h1|div|ul|span)(?! aria)[^>]*?( lang="\w+")?>(?:<p>|<li>)?(?:Plaatwerk|U leert|een hoek|Een vca|Lasdip)',
                           client.get(address).content.decode())  # fmt: skip
        return [one.strip() for one in found]

    texts = {"description": "U leert lassen.", "learning_outcomes": ("een hoeklas",), "entry_requirements": "Een vca-bewijs.",
             "certificate": "Lasdiploma", "certificate_value": "diploma"}  # fmt: skip
    assert titles("/trainings/5", **texts, language="en", text_language="nl") == [""] * 5
    assert titles("/trainings/5", **texts, language="nl", text_language="en") == ['lang="en"'] * 5
    assert titles("/en/trainings/5", **texts, language="en", text_language="nl") == ['lang="nl"'] * 5
