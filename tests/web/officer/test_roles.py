"""Roles and mandates on the pages of an administrator: seen, given and ended within the own body, and by nobody else."""

from datetime import date, timedelta

import pytest

from doorleren.audit.models import Act, View
from doorleren.people.models import IN_BODY, Mandate, Organisation, Role, RoleKind
from doorleren.web import known
from tests.people import made
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
GIVE = "/officer/roles/give"


@pytest.fixture
def otto() -> Desk:
    """An administrator, just signed in."""
    return Desk(with_role(RoleKind.ADMINISTRATOR))


def addresses() -> list[str]:
    """Every page, with a role and a mandate that there are."""
    role = made.role(made.person(name="Fatima"), RoleKind.ASSESSOR)
    mandate = made.mandate(made.person(name="Sanne"))
    return [
        "/officer/roles", GIVE, f"/officer/roles/{role.pk}/end", f"/officer/roles/{role.pk}/team",
        f"/officer/mandates/{mandate.pk}/end",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.ADMINISTRATOR])
def test_who_is_no_administrator_is_refused(kind: RoleKind) -> None:
    """Every other role is refused every page and form here, and nothing changes."""
    pages, desk = addresses(), Desk(with_role(kind))
    before = counts()
    for address in pages:
        desk.open(address)
        assert desk.status == 403, address
        if address != "/officer/roles":
            desk.send(address, who="Fatima", kind="decider", step="give")
            assert desk.status == 403, address
    assert counts() == before


def test_who_is_not_signed_in_goes_to_sign_in() -> None:
    """A visitor is led to signing in, and a form of a visitor is refused."""
    visitor = Desk(None)
    for address in addresses():
        visitor.open(address)
        assert (visitor.status, visitor.place.split("?")[0]) == (302, "/sign-in")
    visitor.send(GIVE, who="x")
    assert visitor.status == 403


def test_without_a_second_factor_nothing_is_shown() -> None:
    """An administrator who signed in without a second factor is refused with that reason."""
    desk = Desk(with_role(RoleKind.ADMINISTRATOR), second_factor=False)
    assert "tweede factor" in desk.open("/officer/roles").words
    assert desk.status == 403


def test_looking_writes_nothing_but_the_log_of_who_viewed(otto: Desk) -> None:
    """Each page leaves every table as it was, and notes whose roles were shown to whom."""
    pages = addresses()
    before, seen = counts(), View.objects.count()
    for address in pages:
        otto.open(address)
        assert otto.status == 200, address
    assert counts() == before
    fresh = View.objects.order_by("id")[seen:]
    assert {one.viewer_id for one in fresh} == {str(otto.person.pk)}
    shown = {(one.page, one.subject_kind, one.subject_id) for one in fresh}
    fatima = str(Role.objects.get(kind="assessor").person_id)
    assert ("officer-roles", "person_roles", fatima) in shown
    assert ("officer-role-end", "person_roles", fatima) in shown


def test_a_refused_page_is_not_a_view() -> None:
    """Who was refused saw nothing, so nothing is noted."""
    pages, desk, before = addresses(), Desk(with_role(RoleKind.AUDITOR)), View.objects.count()
    for address in pages:
        desk.open(address)
    assert View.objects.count() == before


def test_the_list_shows_the_own_body_and_organisations_only(otto: Desk) -> None:
    """Roles in another body are not on the list, cannot be opened and cannot be ended."""
    elsewhere = made.role(made.person(name="Verweg"), RoleKind.ASSESSOR, body=made.body("ander"))
    made.role(made.person(name="Dichtbij"), RoleKind.ASSESSOR)
    made.role(made.person(name="Opleider"), RoleKind.PROVIDER)
    page = otto.open("/officer/roles", what="roles")
    assert "Dichtbij" in page.words
    assert "Opleider" in page.words
    assert "Verweg" not in page.words
    assert "Verweg" not in otto.open("/officer/roles", body="ander").words
    for ask in (otto.open, otto.send):
        ask(f"/officer/roles/{elsewhere.pk}/end")
        assert otto.status == 404
    elsewhere.refresh_from_db()
    assert elsewhere.ends_on is None


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"kind": "assessor"}, "Fatima", "Joost"),
        ({"name": "joo"}, "Joost", "Fatima"),
        ({"body": "uitvoerder"}, "Fatima", "Sanne"),
        ({"organisation": "12345678"}, "Sanne", "Fatima"),
        ({"what": "mandates"}, "Sanne", "Fatima"),
        ({"kind": "king", "after": "x", "name": "\x00"}, "Fatima", "Verweg"),
    ],
    ids=str,
)
def test_the_list_is_filtered(otto: Desk, asked: dict[str, str], there: str, gone: str) -> None:
    """By role, name, body and organisation; what cannot be asked is left out."""
    with_role(RoleKind.ASSESSOR, "Fatima")
    with_role(RoleKind.DECIDER, "Joost")
    with_role(RoleKind.PROVIDER, "Sanne")
    page = otto.open("/officer/roles", **asked)
    assert there in page.words
    assert gone not in page.words


def test_a_long_list_has_pages(otto: Desk) -> None:
    """Fifty at a time; the next page begins where this one ends, keeps the filter, and each name is shown once."""
    for place in range(60):
        made.role(made.person(name=f"Naam{place:02}"), RoleKind.ASSESSOR)
    first = otto.open("/officer/roles", kind="assessor")
    following = next(one for one in first.links if "after=" in one)
    assert "kind=assessor" in following
    second = otto.open(f"/officer/roles{following}")
    names = [f"Naam{place:02}" for place in range(60)]
    assert [name in first.words for name in names] == [True] * 50 + [False] * 10
    assert [name in second.words for name in names] == [False] * 50 + [True] * 10


def test_a_role_is_given_in_two_steps(otto: Desk) -> None:
    """First one sees who it is, then one says yes; the role counts at once and the act names who gave it."""
    nadia = made.person(name="Nadia Bakker")
    page = otto.send(GIVE, who="nadia bakker", kind="assessor", starts_on="", ends_on="")
    assert (otto.status, Role.objects.filter(person=nadia).count()) == (200, 0)
    assert f"Nadia Bakker (nummer {nadia.pk})" in page.words
    otto.send(GIVE, who=nadia.pk, kind="assessor", starts_on="", ends_on="", step="give")
    assert (otto.status, otto.place) == (302, "/officer/roles?what=roles&done=given")
    given = Role.objects.get(person=nadia)
    assert (given.kind, given.body, given.starts_on, given.ends_on) == ("assessor", made.body(), known.today(), None)
    act = Act.objects.latest("id")
    assert (act.act, act.actor_id, act.subject_id) == ("gave_role", str(otto.person.pk), str(given.pk))
    assert "De rol is gegeven" in otto.open(otto.place).words


def test_days_are_read_as_people_write_them(otto: Desk) -> None:
    """A first and a last day typed in Dutch reach the role."""
    who, year = made.person(name="Nadia"), known.today().year + 1
    otto.send(GIVE, who=who.pk, kind="auditor", starts_on=f"1-9-{year}", ends_on=f"31 december {year}", step="give")
    given = Role.objects.get(person=who)
    assert (given.starts_on, given.ends_on) == (date(year, 9, 1), date(year, 12, 31))


def test_two_people_of_one_name_are_told_apart(otto: Desk) -> None:
    """Each has a button with a number, and without choosing nothing is given."""
    one, two = made.person(name="Jan Jansen"), made.person(name="Jan Jansen")
    page = otto.send(GIVE, who="Jan Jansen", kind="assessor", step="give")
    assert (otto.status, Role.objects.filter(person__in=(one, two)).exists()) == (200, False)
    assert "Wie bedoelt u?" in page.words
    assert f"nummer {one.pk}" in page.words
    assert f"nummer {two.pk}" in page.words


def test_the_own_body_is_not_a_choice_of_the_form(otto: Desk) -> None:
    """Naming another body in the form gives the role within one's own all the same."""
    other, who = made.body("ander"), made.person(name="Nadia")
    otto.send(GIVE, who=who.pk, kind="assessor", body=other.code, step="give")
    assert Role.objects.get(person=who).body == made.body()


def test_who_keeps_two_bodies_chooses(otto: Desk) -> None:
    """An administrator of two bodies says for which one the role is."""
    second, who = made.body("tweede"), made.person(name="Nadia")
    made.role(otto.person, RoleKind.ADMINISTRATOR, body=second)
    assert "Bij welke instantie?" in otto.open(GIVE).words
    otto.send(GIVE, who=who.pk, kind="assessor", body="tweede", step="give")
    assert Role.objects.get(person=who).body == second


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"who": "Niemand"}, "who", "Wij kennen niemand"),
        ({"who": ""}, "who", "Wij kennen niemand"),
        ({"kind": ""}, "kind", "Kies een rol."),
        ({"kind": "participant"}, "kind", "Kies een rol."),
        ({"kind": "provider", "kvk": "11111111"}, "kvk", "Wij kennen geen organisatie"),
        ({"kind": "provider", "kvk": "12345678"}, "kvk", "vandaag geen machtiging"),
        ({"kvk": "12345678"}, "kvk", "Laat dit veld leeg"),
        ({"starts_on": "31-2-2026"}, "starts_on", "Vul een dag in"),
        ({"starts_on": "1-1-2020"}, "starts_on", "Een rol begint vandaag of later"),
        ({"ends_on": "1-1-2020"}, "ends_on", "De laatste dag ligt niet voor de eerste"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_at_its_field(otto: Desk, typed: dict[str, str], field: str, words: str) -> None:
    """Every mistake is told at the field in which it was made, and what was typed stays."""
    made.person(name="Nadia"), made.organisation("12345678")
    before = Role.objects.count()
    page = otto.send(GIVE, **{"who": "Nadia", "kind": "assessor", "step": "give", **typed})
    assert (otto.status, Role.objects.count()) == (422, before)
    told = page.page.split(f'id="q-{field}-error"')[1].split("</div>")[0]
    assert words in told
    assert f'href="#q-{field}"' in page.page


def test_a_role_for_an_organisation_rests_on_its_mandate(otto: Desk) -> None:
    """Who has the mandate today gets the role within the organisation."""
    who = made.person(name="Sanne")
    made.mandate(who, made.organisation("12345678"))
    page = otto.send(GIVE, who="Sanne", kind="provider", kvk="1234 5678")
    assert "Mag handelen voor Bedrijf 12345678." in page.words
    otto.send(GIVE, who=who.pk, kind="provider", kvk="12345678", step="give")
    assert Role.objects.get(person=who).organisation == Organisation.objects.get(kvk="12345678")


def test_nobody_gives_oneself_a_role_or_ends_the_own(otto: Desk) -> None:
    """The form refuses with that reason; on the page for one's own role there is no button."""
    page = otto.send(GIVE, who=otto.person.pk, kind="decider", step="give")
    assert (otto.status, "niet voor uzelf" in page.words) == (403, True)
    own = Role.objects.get(person=otto.person)
    page = otto.open(f"/officer/roles/{own.pk}/end")
    assert "Ja, beëindig" not in page.words
    otto.send(f"/officer/roles/{own.pk}/end")
    assert otto.status == 403


def test_who_assesses_may_also_decide_with_a_warning(otto: Desk) -> None:
    """The two roles in one body by one person are allowed; the page says that one case is never for both."""
    fatima = with_role(RoleKind.ASSESSOR, "Fatima")
    assert "Dezelfde zaak beoordelen én beslissen mag niet" in otto.send(GIVE, who="Fatima", kind="decider").words
    otto.send(GIVE, who=fatima.pk, kind="decider", step="give")
    assert Role.objects.filter(person=fatima).count() == 2
    assert "Dezelfde zaak" not in otto.send(GIVE, who="Fatima", kind="auditor").words


def test_a_role_is_ended_and_given_again(otto: Desk) -> None:
    """Ending asks first, works at once, and is undone by giving the role again."""
    who = made.person(name="Nadia")
    otto.send(GIVE, who=who.pk, kind="assessor", step="give")
    role = Role.objects.get(person=who)
    page = otto.open(f"/officer/roles/{role.pk}/end")
    assert "Spijt? Dan geeft u de rol opnieuw." in page.words
    otto.send(f"/officer/roles/{role.pk}/end")
    assert (otto.status, otto.place) == (302, "/officer/roles?what=roles&done=ended")
    assert "Nadia" not in otto.open("/officer/roles").words
    otto.open(f"/officer/roles/{role.pk}/end")
    assert otto.status == 404
    otto.send(GIVE, who=who.pk, kind="assessor", step="give")
    assert "Nadia" in otto.open("/officer/roles").words


def test_a_mandate_is_ended(otto: Desk) -> None:
    """Ending a mandate says that the broker can bring it back, and works at once."""
    made.mandate(made.person(name="Sanne"))
    mandate = Mandate.objects.get()
    assert "Logt deze persoon opnieuw in" in otto.open(f"/officer/mandates/{mandate.pk}/end").words
    otto.send(f"/officer/mandates/{mandate.pk}/end")
    assert otto.status == 302
    mandate.refresh_from_db()
    assert mandate.ends_on == known.today() - timedelta(days=1)


def test_long_after_signing_in_one_signs_in_again_first() -> None:
    """The list stays; the form asks for signing in again and leads back, with what was typed."""
    desk = Desk(with_role(RoleKind.ADMINISTRATOR), minutes_ago=6)
    desk.open("/officer/roles")
    assert desk.status == 200
    page = desk.open(GIVE, who="12")
    assert (desk.status, any("next=" in one and "renew=1" in one for one in page.links)) == (403, True)
    desk.send(GIVE, who="12", kind="assessor", step="give")
    assert (desk.status, desk.place) == (302, f"{GIVE}?who=12&kind=assessor")
    role = made.role(made.person(), RoleKind.ASSESSOR)
    desk.send(f"/officer/roles/{role.pk}/end")
    assert (desk.status, desk.place) == (302, f"/officer/roles/{role.pk}/end")
    assert Role.objects.get(pk=role.pk).ends_on is None


def test_the_form_offers_every_role_but_that_of_a_participant(otto: Desk) -> None:
    """Officials and those who act for an organisation are offered; a participant is not."""
    page = otto.open(GIVE).page
    assert all(f'value="{kind}"' in page for kind in IN_BODY)
    assert 'value="participant"' not in page


def test_a_team(otto: Desk) -> None:
    """An administrator puts an official in a team, by a name that capitals do not change, and out of it; each time it is recorded."""
    fatima, els = (made.role(made.person(name=name), RoleKind.ASSESSOR) for name in ("Fatima", "Els"))
    for role, typed in ((fatima, " Team  Noord "), (els, "team noord")):
        otto.send(f"/officer/roles/{role.pk}/team", team=typed)
        assert otto.place == "/officer/roles?what=roles&done=team"
    assert set(Role.objects.exclude(team="").values_list("team", flat=True)) == {"Team Noord"}
    assert "Team Noord" in otto.open(f"/officer/roles/{els.pk}/team").words
    page = otto.send(f"/officer/roles/{els.pk}/team", team="x" * 61)
    assert (otto.status, "61" in page.words) == (422, True)
    otto.send(f"/officer/roles/{els.pk}/team", team="")
    els.refresh_from_db()
    assert els.team == ""
    acts = Act.objects.filter(act="set_team").order_by("id")
    assert [(one.subject_id, one.details["in_team"]) for one in acts] == [
        (str(fatima.pk), True), (str(els.pk), True), (str(els.pk), False),
    ]  # fmt: skip


def test_a_team_of_another_body_or_of_an_organisation(otto: Desk) -> None:
    """A role at another body, or within an organisation, is not found, and nothing changes."""
    elsewhere = made.role(made.person(name="Olga"), RoleKind.ASSESSOR, body=made.body("andere"))
    outside = made.role(made.person(name="Sanne"), RoleKind.EMPLOYER, organisation=made.organisation())
    for role in (elsewhere, outside):
        otto.send(f"/officer/roles/{role.pk}/team", team="Noord")
        assert otto.status == 404
    assert not Role.objects.exclude(team="").exists()
