"""A region applies: one of its organisations files for it as lead partner, once for the plan of a year, which an official judges."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application, Freeze
from doorleren.applications.refusing import ASSESSED, OTHER_REGION, ApplicationRefused
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.register.models import Postcode
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.models import Round, Ticket, Withdrawal
from doorleren.rules.library import Library
from tests.applications import made
from tests.applications.made import AT, KEY, TODAY, US, firm_as, oneself, signed_in, submitted
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
id = "2026-najaar"
opens = 2026-09-01T09:00:00+02:00
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


def ready(known: Library, draft: Application, person: Person, at: datetime = AT) -> Freeze:
    """Put a plan ready."""
    return freeze_draft(
        draft.pk, sensitive={}, person_key=KEY, today=day_of(at), library=known, by=signed_in(person), at=at
    )  # fmt: skip


def for_region(known: Library, round_: Round, town: Organisation, person: Person, code: str = "AM05") -> Application:
    """Start the plan of a region and say which it is."""
    draft = begun(known, round_, town, person)
    save_answers(draft.pk, [Given("region.code", code)], library=known, by=signed_in(person), at=AT)
    return draft


def test_which_region_is_always_asked_and_the_approval_never(
    known: Library, round_: Round, town: Organisation
) -> None:  # fmt: skip
    """Without the region it is not put ready; the official's approval is no question, waits for the assessment, and is not typed."""
    leila = partner(town, "Leila")
    draft = begun(known, round_, town, leila)
    form = form_for(draft, profile_of(counted_answers(draft.pk, known)), TODAY, known)
    assert [one.name for one in form.to_ask] == ["region.code"]
    assert [one.id for one in form.assessed] == ["approved"]
    with pytest.raises(ApplicationRefused) as lacks:
        ready(known, draft, leila)
    assert lacks.value.facts == ("region.code",)
    with pytest.raises(ApplicationRefused) as typed:
        save_answers(draft.pk, [Given("region.plan_approved", True)], library=known, by=signed_in(leila), at=AT)
    assert (typed.value.texts, typed.value.facts) == (ASSESSED, ("region.plan_approved",))
    save_answers(draft.pk, [Given("region.code", "AM05")], library=known, by=signed_in(leila), at=AT)
    assert ready(known, draft, leila).cents == 1000_00


def test_what_the_finder_was_told_of_the_approval_does_not_come_along(
    known: Library, round_: Round, town: Organisation
) -> None:  # fmt: skip
    """The visitor may have said that the plan is approved; the application does not take that word."""
    leila, told = partner(town, "Leila"), {"region.plan_approved": True, "region.code": "AM05"}
    draft = start_draft(round_, "plan", applicant=firm_as(town), told=told, library=known, by=signed_in(leila), at=AT)
    assert profile_of(counted_answers(draft.pk, known)) == {"region.code": "AM05"}


def test_one_plan_for_a_region_whoever_files(known: Library, round_: Round, town: Organisation) -> None:
    """The second organisation reads who filed already once it did, not before; another region is free, and so is the next year."""
    leila, els = partner(town, "Leila"), partner(people.organisation("90000086"), "Els")
    other = Organisation.objects.get(kvk="90000086")
    first, second = for_region(known, round_, town, leila), for_region(known, round_, other, els)
    assert ready(known, first, leila).person == ready(known, second, els).person
    submitted(first)
    with pytest.raises(ApplicationRefused) as refused:
        ready(known, second, els)
    assert refused.value.facts == ("region.code",)
    assert f"voor 2026, door {town.name}" in refused.value.texts["nl"]
    assert f"aanvraag {first.pk}" not in refused.value.texts["nl"]
    assert ready(known, for_region(known, round_, other, els, "AM30"), els).pk
    year_after = announce_from_scheme(known, made.SCHEME, "2027", by=US, at=AT)
    later = for_region(known, year_after, other, els)
    assert ready(known, later, els).person != first.freezes.get().person


def test_the_database_takes_one_plan_of_a_region(known: Library, round_: Round, town: Organisation) -> None:
    """Two organisations that stood ready at the same time: the second ticket is refused by the constraint of the round."""
    leila, els = partner(town, "Leila"), partner(people.organisation("90000086"), "Els")
    other = Organisation.objects.get(kvk="90000086")
    first, second = for_region(known, round_, town, leila), for_region(known, round_, other, els)
    for draft, person in ((first, leila), (second, els)):
        ready(known, draft, person)
    ticket = submitted(first)
    frozen = second.freezes.get()
    again = {"round": round_, "key": second.key, "content": frozen.content, "cents": frozen.cents, "arrived_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(id=ticket.pk + 1, person=frozen.person, batch=ticket.pk, kind="", **again)
    assert Ticket.objects.create(id=ticket.pk + 1, person="0" * 64, batch=ticket.pk, kind="", **again)


def test_a_plan_that_was_withdrawn_leaves_the_region_free(known: Library, round_: Round, town: Organisation) -> None:
    """Then another organisation may file for it, and one ticket counts."""
    leila, els = partner(town, "Leila"), partner(people.organisation("90000086"), "Els")
    other = Organisation.objects.get(kvk="90000086")
    first, second = for_region(known, round_, town, leila), for_region(known, round_, other, els)
    was = ready(known, first, leila).person
    Withdrawal.objects.create(ticket=submitted(first), withdrawn_at=AT)
    assert ready(known, second, els).person != was


def test_another_region_than_the_register_tells(known: Library, round_: Round, town: Organisation) -> None:
    """A municipality of which the register knows the region does not file for another one; its own may be said again."""
    postcode("7511", "Enschede", "AM05")
    Organisation.objects.filter(pk=town.pk).update(name="Gemeente Enschede")
    leila = partner(town, "Leila")
    draft = for_region(known, round_, town, leila)  # says it again
    with pytest.raises(ApplicationRefused) as refused:
        save_answers(draft.pk, [Given("region.code", "AM30")], library=known, by=signed_in(leila), at=AT)
    assert (refused.value.texts, refused.value.facts) == (OTHER_REGION, ("region.code",))


def test_next_year_is_not_asked_again(known: Library, round_: Round, town: Organisation) -> None:
    """The region that was told in the plan of a year is known in that of the next."""
    leila = partner(town, "Leila")
    ready(known, for_region(known, round_, town, leila), leila)
    year_after = announce_from_scheme(known, made.SCHEME, "2027", by=US, at=AT)
    later = begun(known, year_after, town, leila)
    assert {one.fact: one.value for one in counted_answers(later.pk, known)} == {"region.code": "AM05"}


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
