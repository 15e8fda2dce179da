"""A region applies: one of its municipalities files for it as lead partner, once for the plan of a year."""

from pathlib import Path

import pytest

from doorleren.applications.answers import counted_answers
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.register.models import Postcode
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made
from tests.applications.made import AT, KEY, TODAY, US, firm_as, oneself, signed_in
from tests.applications.partners import partner
from tests.people import made as people

FILE = """
id = "proefregeling"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Proefregeling regio" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 3", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "yearly"
unit = "euro"
values = [{ from = 2026-01-01, value = 1000, source = "order" }]
[[track]]
id = "plan"
applicant = "region"
beneficiary = "region"
payee = "region"
reporter = "region"
[track.amount]
kind = "fixed"
per = "year"
is = "yearly"
[[track.condition]]
id = "a_region"
when = "applies(region.code)"
nl = "het is voor een arbeidsmarktregio"
source = "order"
[[track.condition]]
id = "approved"
when = "region.plan_approved"
nl = "het plan is goedgekeurd"
source = "order"
[[round]]
id = "2026"
opens = 2026-01-05T09:00:00+01:00
ceiling_money = 100000
order = "none"
source = "order"
[[round]]
id = "2027"
opens = 2027-01-04T09:00:00+01:00
ceiling_money = 100000
order = "none"
source = "order"
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A scheme with a round for the plans of each year."""
    folder: Path = tmp_path_factory.mktemp("schemes")
    return made.library(folder, FILE)


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round for the plans of this year."""
    return announce_from_scheme(known, made.SCHEME, "2026", by=US, at=AT)


@pytest.fixture
def town(db: None) -> Organisation:
    """The centre municipality of a region."""
    return people.organisation("90000075")


def begun(known: Library, round_: Round, town: Organisation, person: Person) -> Application:
    """Start the plan of a region."""
    return start_draft(round_, "plan", applicant=firm_as(town), library=known, by=signed_in(person), at=AT)


def test_the_lead_partner_files_once_a_year(known: Library, round_: Round, town: Organisation) -> None:
    """The plan is frozen for the amount of a year; a second one is of the same party, the one of next year is not asked again."""
    leila = partner(town, "Leila")
    told = {"sensitive": {}, "person_key": KEY, "today": TODAY, "library": known, "by": signed_in(leila), "at": AT}
    first, second = (begun(known, round_, town, leila) for _ in range(2))
    for one in (first, second):
        save_answers(
            one.pk, [Given("region.plan_approved", True), Given("region.code", "AM05")], library=known, by=signed_in(leila), at=AT
        )  # fmt: skip
    frozen = [freeze_draft(one.pk, **told) for one in (first, second)]
    assert [one.cents for one in frozen] == [1000_00, 1000_00]
    assert frozen[0].person == frozen[1].person
    year_after = announce_from_scheme(known, made.SCHEME, "2027", by=US, at=AT)
    later = begun(known, year_after, town, leila)
    told = {one.fact: one.value for one in counted_answers(later.pk, known)}
    assert told == {"region.plan_approved": True, "region.code": "AM05"}


def postcode(pc4: str, municipality: str, region: str) -> None:
    """A postcode of the register."""
    Postcode.objects.create(
        pc4=pc4, place="Dorp", municipality_code="GM0001", municipality=municipality, region_code=region, region="Regio",
        post_boxes=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [("Gemeente Enschede", "AM05"), ("ENSCHEDE", "AM05"), ("Gemeente Tweezijdig", None), ("Bedrijf Enschede", None)],
)
def test_the_region_of_a_municipality_is_not_asked(
    name: str, told: str | None, known: Library, round_: Round, town: Organisation
) -> None:
    """The code of the region comes from the register by the name of the municipality, and only where that is certain."""
    for one in (("7511", "Enschede", "AM05"), ("7512", "Enschede", "AM05"), ("1111", "Tweezijdig", "AM01"),
                ("1112", "Tweezijdig", "AM02")):  # fmt: skip
        postcode(*one)
    Organisation.objects.filter(pk=town.pk).update(name=name)
    found = counted_answers(begun(known, round_, town, partner(town, "Leila")).pk, known)
    assert [(one.fact, one.value, one.origin) for one in found] == ([("region.code", told, "register")] if told else [])


@pytest.mark.parametrize("kind", [RoleKind.EMPLOYER, RoleKind.PROVIDER, RoleKind.CAREER_ADVISER], ids=str)
def test_another_role_does_not_file_for_a_region(
    kind: RoleKind, known: Library, round_: Round, town: Organisation
) -> None:
    """Who is something else in the organisation is refused, and so is a person for themselves."""
    somebody = partner(town, "Sam", kind)
    with pytest.raises(ApplicationRefused):
        begun(known, round_, town, somebody)
    with pytest.raises(ApplicationRefused):
        start_draft(round_, "plan", applicant=oneself(somebody), library=known, by=signed_in(somebody), at=AT)
    assert not Application.objects.exists()


def test_without_mandate_or_of_another_place(known: Library, round_: Round, town: Organisation) -> None:
    """A lead partner elsewhere, and one whose mandate is lacking, may not file for this region."""
    elsewhere = partner(people.organisation("90000086"), "Els")
    unmandated = people.person(name="Udo")
    people.role(unmandated, RoleKind.LEAD_PARTNER, organisation=town)
    for somebody in (elsewhere, unmandated, people.person(name="Nemo")):
        with pytest.raises(NotAllowed):
            begun(known, round_, town, somebody)
    assert not Application.objects.exists()
