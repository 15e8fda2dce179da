"""Where the amount is one for each place or trajectory, an application reserves what is asked for all of them, or is refused."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application, Freeze
from doorleren.applications.refusing import INCOMPLETE, NO_AMOUNT, ApplicationRefused
from doorleren.applications.several import PLACES, needed_of_several, of_several
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import NA
from tests.applications import made
from tests.applications.made import AT, KEY, TODAY, US, firm_as, signed_in
from tests.people import made as people

FILE = made.FILE.replace('kind = "fixed"\nis = "most"', 'kind = "band"\nper = "place"\nmax = "most"')


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """A scheme that pays an employer at most 1,000 euros for each place."""
    return made.library(tmp_path / "schemes", FILE)


@pytest.fixture
def hr(db: None) -> Person:
    """Who files for an employer."""
    found = people.person(name="Marieke")
    people.mandate(found, people.organisation("90000031"))
    people.role(found, RoleKind.EMPLOYER, organisation=people.organisation("90000031"))
    return found


def begun(known: Library, hr: Person, **told: Any) -> Application:
    """Start an application of an employer, with answers."""
    round_ = announce_from_scheme(known, made.SCHEME, made.ROUND, by=US, at=AT)
    firm = firm_as(people.organisation("90000031"))
    one = start_draft(round_, "firm", applicant=firm, library=known, by=signed_in(hr), at=AT)
    given = [Given("employer.employees", 20), *(Given(f"employer.{name}", value) for name, value in told.items())]
    save_answers(one.pk, given, library=known, by=signed_in(hr), at=AT)
    return one


def ready(known: Library, one: Application, hr: Person) -> Freeze:
    """Put it ready."""
    return freeze_draft(one.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=signed_in(hr), at=AT)


def test_the_number_is_asked_and_counts(known: Library, hr: Person) -> None:
    """For how many places is asked though no rule looks at it; without it nothing is put ready, with it all are reserved."""
    one = begun(known, hr)
    form = form_for(one, profile_of(counted_answers(one.pk, known)), TODAY, known)
    assert ([fact.name for fact in form.to_ask], form.cents) == ([PLACES], None)
    with pytest.raises(ApplicationRefused) as lacks:
        ready(known, one, hr)
    assert (lacks.value.texts, lacks.value.facts) == (INCOMPLETE, (PLACES,))
    save_answers(one.pk, [Given(PLACES, 12)], library=known, by=signed_in(hr), at=AT)
    assert ready(known, one, hr).cents == 12 * 1000_00


@pytest.mark.parametrize("places", [0, NA])
def test_no_number_is_no_amount(places: Any, known: Library, hr: Person) -> None:
    """For no places at all nothing can be reserved, and the refusal says that there is no amount."""
    one = begun(known, hr, places=places)
    with pytest.raises(ApplicationRefused) as refused:
        ready(known, one, hr)
    assert refused.value.texts is NO_AMOUNT


def test_of_which_tracks_it_is(known: Library) -> None:
    """Of the trial scheme those of the employer; never one in which a person files, nor one with an amount for the whole."""
    version = known.schemes[made.SCHEME].versions[0]
    assert {one.id: needed_of_several(one) for one in version.tracks} == {"learner": frozenset(), "firm": {PLACES}}


def test_no_partnership_reserves_one_unit() -> None:
    """In every scheme that is shipped, what a partnership asks for many is what it requests, whichever amount one has."""
    tracks = [
        track for scheme in open_library().schemes.values() for version in scheme.versions for track in version.tracks
    ]
    found = [one for one in tracks if one.applicant == "partnership" and of_several(one)]
    assert found
    assert {frozenset(needed_of_several(one)) for one in found} == {frozenset({"partnership.requested"})}
