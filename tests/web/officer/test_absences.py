"""Being away and stood in for, on the pages of officials: looked over, kept, seen on the work list, ended, and by whom."""

from datetime import timedelta

import pytest

from doorleren.core.days import day_of
from doorleren.people.models import Absence, Body, RoleKind
from doorleren.web.surroundings import now
from tests.web.officer.cases_made import Bureau, many
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
PAGE = "/officer/absences"


def days(**other: str) -> dict[str, str]:
    """The days of a week from today, as somebody types them."""
    today = day_of(now())
    told = {"starts_on": today, "ends_on": today + timedelta(days=7)}
    return {name: f"{day.day}-{day.month}-{day.year}" for name, day in told.items()} | other


def test_from_the_form_to_the_list_and_back(bureau: Bureau) -> None:
    """One looks it over first, which writes nothing; kept, the deputy has the cases among their own, and ended they are gone."""
    els = bureau.desk(RoleKind.ASSESSOR, "Els")
    many(bureau.case, 2, to=(bureau.fatima.person,))
    before = counts()
    page = bureau.fatima.send(PAGE, **days(deputy=str(els.person.pk)))
    assert "Els vervangt Fatima" in page.words
    assert counts() == before
    bureau.fatima.send(PAGE, **days(deputy=str(els.person.pk), step="send"))
    assert bureau.fatima.place == f"{PAGE}?body={bureau.body.code}&done=named"
    page = els.open("/officer/cases")
    assert "Van mij (2)" in page.words
    assert "Fatima" in page.words
    assert "Els vervangt" in els.open(PAGE).words
    one = Absence.objects.get()
    els.send(f"{PAGE}/{one.pk}/end")
    assert els.status == 404
    bureau.fatima.send(f"{PAGE}/{one.pk}/end")
    assert bureau.fatima.place == f"{PAGE}?body={bureau.body.code}&done=ended"
    assert "Van mij (0)" in els.open("/officer/cases").words
    bureau.fatima.send(f"{PAGE}/{one.pk}/end")
    assert bureau.fatima.place.endswith("done=over")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"starts_on": "morgen of zo"}, "Vul een dag in"),
        ({"ends_on": ""}, "Vul een dag in"),
        ({"deputy": ""}, "Kies wie de zaken overneemt"),
        ({"deputy": "99999", "step": "send"}, "Kies een collega die zaken behandelt"),
    ],
)
def test_errors_by_field(bureau: Bureau, sent: dict[str, str], wrong: str) -> None:
    """What was filled in wrong is said at its field, and nothing is kept."""
    els = bureau.desk(RoleKind.ASSESSOR, "Els")
    page = bureau.fatima.send(PAGE, **days(deputy=str(els.person.pk)) | sent)
    assert (bureau.fatima.status, wrong in page.words) == (422, True)
    assert not Absence.objects.exists()


def test_an_administrator_for_somebody_who_is_ill(bureau: Bureau) -> None:
    """An administrator names a deputy for a colleague of the own body, and an official does not: a name in a form by hand is their own."""
    els, otto = bureau.desk(RoleKind.ASSESSOR, "Els"), bureau.desk(RoleKind.ADMINISTRATOR, "Otto")
    told = days(deputy=str(els.person.pk), step="send", person=str(bureau.fatima.person.pk))
    otto.send(PAGE, **told)
    one = Absence.objects.get()
    assert (one.person_id, one.made_by_id) == (bureau.fatima.person.pk, otto.person.pk)
    bureau.joost.send(PAGE, **told)
    assert bureau.joost.status == 403
    elsewhere = Body.objects.create(code="other", name="Ander")
    other = bureau.desk(RoleKind.ADMINISTRATOR, "Olga", elsewhere)
    assert "Els" not in other.open(PAGE).words
    other.send(f"{PAGE}/{one.pk}/end")
    assert other.status == 404
    assert Absence.objects.get().ended_at is None


def test_who_may_look(bureau: Bureau) -> None:
    """Who treats cases, pays or administers sees the page; others are refused, and looking writes nothing."""
    before = counts()
    for desk in (bureau.fatima, bureau.joost, bureau.pim):
        assert desk.client.get(PAGE).status_code == 200
    assert counts() == before
    for kind in (RoleKind.PROVIDER, RoleKind.POLICY_MAKER, RoleKind.AUDITOR, RoleKind.PARTICIPANT):
        assert Desk(with_role(kind, body=bureau.body)).client.get(PAGE).status_code == 403
    assert Desk(None).client.get(PAGE).status_code == 302
