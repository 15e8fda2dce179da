"""Being away and stood in for, on the pages of officials: looked over, kept, seen on the work list, ended, and by whom."""

from datetime import timedelta

import pytest

from doorleren.core.days import day_of, written_day
from doorleren.people.models import Absence, Body, RoleKind
from doorleren.web.surroundings import now
from tests.people.made import role
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
        ({"deputy": "99999", "step": "send"}, "Kies een collega die al die dagen"),
    ],
)
def test_errors_by_field(bureau: Bureau, sent: dict[str, str], wrong: str) -> None:
    """What was filled in wrong is said at its field, and nothing is kept."""
    els = bureau.desk(RoleKind.ASSESSOR, "Els")
    page = bureau.fatima.send(PAGE, **days(deputy=str(els.person.pk)) | sent)
    assert (bureau.fatima.status, wrong in page.words) == (422, True)
    assert not Absence.objects.exists()


def test_days_the_wrong_way_round_are_told_at_once(bureau: Bureau) -> None:
    """A last day before the first is refused at its field by the first press, with both days, and so is a deputy without the role."""
    els = bureau.desk(RoleKind.ASSESSOR, "Els")
    yesterday, today = ((day_of(now()) + timedelta(days=away)) for away in (1, 2))
    told = {"starts_on": f"{today:%d-%m-%Y}", "ends_on": f"{yesterday:%d-%m-%Y}", "deputy": str(els.person.pk)}
    page = bureau.fatima.send(PAGE, **told)
    assert (bureau.fatima.status, 'href="#q-ends_on"' in page.page, 'id="q-ends_on-error"' in page.page) == (
        422,
        True,
        True,
    )
    assert f"De laatste dag ({written_day(yesterday, 'nl')}) ligt voor de eerste" in page.words
    page = bureau.fatima.send(PAGE, **days(deputy=str(bureau.pim.person.pk)))
    assert (bureau.fatima.status, "werkt als beoordelaar" in page.words, 'href="#q-deputy"' in page.page) == (
        422,
        True,
        True,
    )


def test_what_the_deputy_cannot_do_is_told(bureau: Bureau) -> None:
    """Who has one of two roles may stand in, and the page says which work is left; only colleagues with one of the roles are offered."""
    role(bureau.fatima.person, RoleKind.DECIDER, body=bureau.body)
    assert "Er is nu geen collega met uw rol." in bureau.pim.open(PAGE).words
    els = bureau.desk(RoleKind.ASSESSOR, "Els")
    page = bureau.fatima.open(PAGE)
    assert "geen collega met uw rol" not in page.words
    assert all(f'value="{one.person.pk}"' in page.page for one in (els, bureau.joost))
    assert f'value="{bureau.pim.person.pk}"' not in page.page
    page = bureau.fatima.send(PAGE, **days(deputy=str(els.person.pk)))
    assert "dit werk vraagt ook de rol van beslisser" in page.words
    assert "vraagt ook de rol" not in bureau.joost.send(PAGE, **days(deputy=str(bureau.fatima.person.pk))).words


def test_an_absence_in_each_of_two_bodies(bureau: Bureau) -> None:
    """Who works in two bodies chooses in which they are away, and the absence is of that one."""
    other = Body.objects.create(code="other", name="Ander")
    role(bureau.fatima.person, RoleKind.ASSESSOR, body=other)
    olga = bureau.desk(RoleKind.ASSESSOR, "Olga", other)
    assert f"{PAGE}?body=other" in bureau.fatima.open(PAGE).links
    assert "Olga" in bureau.fatima.open(f"{PAGE}?body=other").words
    bureau.fatima.send(PAGE, **days(deputy=str(olga.person.pk), body="other", step="send"))
    assert Absence.objects.get().body == other


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
