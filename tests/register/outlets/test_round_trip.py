"""What we write, our own importers read back to the letter; what somebody changed in between counts as it was changed."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorleren.core.days import day_of
from doorleren.register.commands.load_demo import load_demo
from doorleren.register.entries import CERTIFICATE_VALUES, PRICE_PARTS, Entry, Location, PricePart, ProviderEntry, Run
from doorleren.register.incoming import receive_file
from doorleren.register.intake import own_csv
from doorleren.register.intake.reading import FORMS, read_file
from doorleren.register.intake.rows import Row
from doorleren.register.intake.targets import TARGETS
from doorleren.register.intake.words import TABLES
from doorleren.register.models import Activity, ActivityVersion, Provider, ProviderRecognition
from doorleren.register.outlets.columns import COLUMNS
from doorleren.register.outlets.export import export
from doorleren.register.outlets.listed import Listed
from doorleren.register.publishing import listed_on
from doorleren.register.quality.reading import provider_entry
from doorleren.register.rows import fingerprint
from tests.register.outlets.catalogue import BASE, CHANGED_AT, FULL, FULL_PROVIDER, ON, listed, varied

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
SKILL = "0b071b95-9b2e-4a43-8a5c-3ad9a5a5d0a3"


def written(form: str, activities: list[Listed], folder: Path) -> Path:
    """Write activities in a form, and say where."""
    path = folder / f"register.{'csv' if form == 'csv' else 'json'}"
    export(form, activities, path, base_url=BASE, made_at=CHANGED_AT)
    return path


def read_back(form: str, activities: list[Listed], folder: Path) -> list[Row]:
    """Write activities in a form and read them with no options."""
    return list(read_file(written(form, activities, folder), today=ON))


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_the_register_comes_back_unchanged(form: str, tmp_path: Path) -> None:
    """The whole demo register, written and imported with no options: every row is unchanged, no provider loses a thing."""
    load_demo(at=AT)
    providers = [provider_entry(one) for one in Provider.objects.order_by("pk")]
    versions, recognised = ActivityVersion.objects.count(), ProviderRecognition.objects.count()
    path = tmp_path / "register"
    export(form, listed_on(day_of(AT)), path, base_url=BASE, made_at=AT)
    outcome, _reading = receive_file(path, form=None, source="terug", by="test", at=AT)
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, Activity.objects.count())
    assert (outcome.refused, outcome.left_out) == (0, [])
    assert ActivityVersion.objects.count() == versions
    assert [provider_entry(one) for one in Provider.objects.order_by("pk")] == providers
    assert ProviderRecognition.objects.count() == recognised


PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
TEXT = st.text(PRINTABLE, max_size=30) | st.sampled_from(
    [
        "=1+1",
        "'s Avonds",
        "<b>vet</b>",
        "R&amp;D",
        ' "zo" ',
        "-",
        "null",
        "twee\nregels",
        "a|b",
        "[1]",
        "Totaal",
        "\ttab",
    ]
)
NAME = TEXT.filter(bool)
WORD = {name: st.none() | st.sampled_from(sorted(set(table.values()))) for name, table in TABLES.items()}
DAY = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))
LANGUAGE = st.sampled_from(["", "nl", "en", "uk"])
ESCO = st.lists(st.uuids().map(str), max_size=3, unique=True).map(tuple)
PRICE = st.lists(
    st.builds(
        PricePart, st.sampled_from(PRICE_PARTS), st.integers(0, 900_000),
        st.none() | st.decimals(0, 100, places=2),
    ),
    max_size=4, unique_by=lambda one: one.part,
).map(lambda parts: tuple(sorted(parts, key=lambda one: PRICE_PARTS.index(one.part))))  # fmt: skip
RUN = st.builds(
    lambda starts, ends, enrol, until, place, postcode: Run(
        starts, max(starts, ends) if starts and ends else ends, place, postcode, enrol, max(enrol, until) if enrol and until else until
    ),
    DAY, DAY, DAY, DAY, TEXT, st.sampled_from(["", "1234", "1234 AB"]),
)  # fmt: skip
OF_TYPE: dict[Any, Any] = {
    bool | None: st.none() | st.booleans(), str: TEXT, int | None: st.none() | st.integers(1, 8),
    tuple[str, ...]: st.lists(NAME, max_size=3).map(tuple), date | None: DAY,
}  # fmt: skip


def _of_entry(name: str, kind: Any) -> Any:
    special = {
        "provider": st.just("p"), "title": NAME, "code": NAME, "language": LANGUAGE, "text_language": LANGUAGE, "prices": PRICE,
        "runs": st.lists(RUN, max_size=3).map(tuple), "occupations": ESCO, "skills": ESCO, "study_hours": st.none() | st.integers(1, 50_000),
        "duration_months": st.none() | st.decimals(0, 240, places=2), "url": st.sampled_from(["", "https://a.example/x?y=1&z=é"]),
        "certificate_value": st.none() | st.sampled_from(CERTIFICATE_VALUES), "published_from": st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
        "published_until": st.none() | st.dates(date(2020, 1, 2), date(2150, 1, 1)),
    }  # fmt: skip
    return special[name] if name in special else WORD[name] if name in WORD else OF_TYPE[kind]


ENTRIES = st.builds(Entry, **{one.name: _of_entry(one.name, one.type) for one in fields(Entry)})
PROVIDER = ProviderEntry(
    "p", "Vakschool & Zn.", "12345678", "https://school.example", "Kade 1", "1234 AB", "Ede", FULL_PROVIDER.recognitions,
    "info@school.example", "030 123 45 67", (Location("Loods", "Kade 2", "3821 AB", "Amersfoort"),),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(entry=ENTRIES)
def test_any_entry_comes_back(form: str, entry: Entry, tmp_path: Path) -> None:
    """Whatever an activity tells comes back to the letter in each form, with its provider: no format of ours loses a thing."""
    (row,) = read_back(form, [listed(entry, PROVIDER)], tmp_path)
    assert row.entry is not None, [one.text["en"] for one in row.faults]
    assert {one.name: getattr(row.entry, one.name) for one in fields(Entry)} == {
        one.name: getattr(entry, one.name) for one in fields(Entry)
    }
    assert fingerprint(row.entry) == fingerprint(entry)
    assert row.provider == PROVIDER


@pytest.mark.parametrize("form", FORMS)
def test_odd_entries_lose_no_row(form: str, tmp_path: Path) -> None:
    """Of entries with words that the register does not have, none is refused, and title, load and price come back."""
    activities = [listed(FULL, FULL_PROVIDER, 1), *(one for one in varied(12) if one.entry.code.startswith("drawn"))]
    read = {row.entry.code: row.entry for row in read_back(form, activities, tmp_path) if row.entry}
    for one in activities:
        found = read[one.entry.code]
        assert (found.title, found.study_hours) == (one.entry.title, one.entry.study_hours)
        assert found.price_cents == one.entry.price_cents


def test_every_column_of_the_open_data_is_read() -> None:
    """Each column that we write is one that we read, but what the register itself says of an activity."""
    assert {own_csv.target_of(one.name) for one in COLUMNS} - set(TARGETS) == set(own_csv.NOT_READ)


ONE = Entry("p", "1", "Lassen", study_hours=40, level="mbo2", evening=True, prices=(PricePart("tuition", 10000, Decimal(21)),),
            skills=(SKILL,), runs=(Run(date(2024, 9, 2), date(2024, 10, 1)),))  # fmt: skip


def test_what_is_changed_in_the_standard_counts(tmp_path: Path) -> None:
    """Where somebody changed a field of the standard after we wrote it, that counts; the rest of our own terms stands."""
    path = written("ooapi", [listed(ONE, PROVIDER)], tmp_path)
    told = json.loads(path.read_text("utf-8"))
    course = told["items"][0]
    course["studyLoad"]["value"] = 80
    course["name"][0]["value"] = "Lassen voor gevorderden"
    course["offerings"][0]["startDate"] = "2024-09-09"
    course["organization"]["name"][0]["value"] = "Nieuwe naam"
    path.write_text(json.dumps(told), "utf-8")
    (row,) = read_file(path, today=ON)
    run = replace(ONE.runs[0], starts_on=date(2024, 9, 9))
    assert row.entry == replace(ONE, study_hours=80, title="Lassen voor gevorderden", runs=(run,))
    assert row.provider == replace(PROVIDER, name="Nieuwe naam")
    path = written("edudex", [listed(ONE, PROVIDER)], tmp_path)
    programs = json.loads(path.read_text("utf-8"))
    programs[0]["programCurriculum"]["studyLoad"]["program"] = 80
    path.write_text(json.dumps(programs), "utf-8")
    (row,) = read_file(path, today=ON)
    assert row.entry == replace(ONE, study_hours=80)


def test_own_terms_are_no_way_around_the_checks(tmp_path: Path) -> None:
    """What stands among our own terms is judged as anything else: a fault names its path, and the standard's value counts."""
    path = written("ooapi", [listed(ONE, PROVIDER)], tmp_path)
    told = json.loads(path.read_text("utf-8"))
    own = told["items"][0]["ext"]["doorleren"]
    own |= {"url": "javascript:alert(1)", "level": "tovenaar", "provider": "iemand anders", "evening": "ja"}
    path.write_text(json.dumps(told), "utf-8")
    (row,) = read_file(path, today=ON)
    assert row.entry is not None
    assert (row.entry.level, row.entry.url, row.entry.provider) == ("mbo2", "", "p")
    assert sorted(one.column for one in row.faults) == [f"ext.doorleren.{name}" for name in ("evening", "level", "url")]
    own["prices"] = [{"part": "tuition", "cents": -1}]
    path.write_text(json.dumps(told), "utf-8")
    (row,) = read_file(path, today=ON)
    assert row.entry is None


def test_a_course_of_our_endpoint_keeps_its_provider_and_past_runs(tmp_path: Path) -> None:
    """Courses with the number of their organisation and the offerings to come, as our endpoint gives them: nothing is lost."""
    path = written("ooapi", [listed(ONE, PROVIDER)], tmp_path)
    course = json.loads(path.read_text("utf-8"))["items"][0]
    course |= {"organization": course["organization"]["organizationId"], "offerings": []}
    path.write_text(json.dumps({"items": [course]}), "utf-8")
    (row,) = read_file(path, today=ON)
    assert row.entry == ONE
    assert row.provider == ProviderEntry("p", "p")


def test_open_data_from_a_spreadsheet(tmp_path: Path) -> None:
    """Our open data as a Dutch spreadsheet keeps it: semicolons, decimal commas, days with the day first, WAAR."""
    path = tmp_path / "register.csv"
    path.write_text(
        "number;provider;code;admitted;changed_at;title;level;evening;tuition;published_from\n"
        "1;p;'=A1;WAAR;1-9-2026;''s Avonds lassen;none;WAAR;1.250,50;31-1-2024\n",
        "utf-8",
    )
    (row,) = read_file(path, today=ON)
    assert row.entry == Entry("p", "=A1", "'s Avonds lassen", level="none", evening=True, language="",
                              prices=(PricePart("tuition", 125050),), published_from=date(2024, 1, 31))  # fmt: skip
