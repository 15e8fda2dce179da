"""The record of acts and the log of who viewed: for an auditor only, filtered, and held against the chain."""

import pytest

from doorleren.audit.acts import Party, record
from doorleren.audit.models import Act, View
from doorleren.people.models import RoleKind
from doorleren.web.officer import acts
from tests.audit.test_acts import AT, tamper, three
from tests.people import made
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
PAGES = ("/officer/acts", "/officer/views")


@pytest.fixture
def carlo() -> Desk:
    """An auditor."""
    return Desk(with_role(RoleKind.AUDITOR, "Carlo Dijkstra"))


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.AUDITOR])
def test_who_is_no_auditor_is_refused(kind: RoleKind) -> None:
    """Every other role, the administrator too, is refused both logs and the check of the chain."""
    desk = Desk(with_role(kind))
    for address in PAGES:
        desk.open(address)
        assert desk.status == 403, address
    desk.send("/officer/acts/check")
    assert desk.status == 403


def test_who_is_not_signed_in_goes_to_sign_in() -> None:
    """A visitor is led to signing in."""
    visitor = Desk(None)
    for address in PAGES:
        visitor.open(address)
        assert (visitor.status, visitor.place.split("?")[0]) == (302, "/sign-in")


def test_looking_writes_nothing_but_that_one_looked(carlo: Desk) -> None:
    """Each page leaves every table as it was, and the look itself is on the next page of views."""
    three()
    before, seen = counts(), View.objects.count()
    for address in PAGES:
        carlo.open(address)
        assert carlo.status == 200
    carlo.send("/officer/acts/check")
    assert counts() == before
    fresh = [(one.subject_kind, one.subject_id, one.page) for one in View.objects.order_by("id")[seen:]]
    assert fresh == [("record_of_acts", "", "officer-acts"), ("log_of_views", "", "officer-views")]
    page = carlo.open("/officer/views", by=str(carlo.person.pk))
    assert "het logboek van handelingen" in page.words
    assert f"Carlo Dijkstra (persoon {carlo.person.pk})" in page.words


def test_looking_somebody_up_is_noted_by_their_number(carlo: Desk) -> None:
    """An auditor who asks for the acts of one person leaves that in the log of who viewed."""
    nadia = made.person(name="Nadia Bakker")
    carlo.open("/officer/acts", by="nadia bakker")
    last = View.objects.order_by("-id").first()
    assert (last.subject_kind, last.subject_id) == ("acts_of_person", str(nadia.pk))


def test_an_act_is_shown_in_words(carlo: Desk) -> None:
    """Moment in Amsterdam, who, what, about what and the details stand in one row."""
    record(
        "gave_role", Party("role", "12"), by=Party("person", str(carlo.person.pk)), at=AT, details={"kind": "auditor"}
    )
    words = carlo.open("/officer/acts").words
    assert "1-3-2026 10:30:00" in words
    assert f"Carlo Dijkstra (persoon {carlo.person.pk})" in words
    assert all(one in words for one in ("rol gegeven", "rol 12", "soort: controleur"))
    assert "sluiten aan op wat eraan voorafging" in words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "7"}, {"filed", "completed", "granted"}),
        ({"by": "person:7", "act": "filed"}, {"filed"}),
        ({"about": "case:12", "by": "7"}, {"filed", "completed", "granted"}),
        ({"about": "case"}, {"filed", "completed", "granted"}),
        ({"about": "case:13"}, set()),
        ({"by": "7", "from": "2026-03-02"}, set()),
        ({"by": "7", "from": "2026-03-01", "until": "2026-03-01"}, {"filed", "completed", "granted"}),
        ({"by": "7", "until": "28-2-2026"}, set()),
        ({"by": "7", "from": "gisteren", "before": "x"}, {"filed", "completed", "granted"}),
    ],
    ids=lambda one: ",".join(sorted(map(str, one))),
)
def test_the_record_is_filtered(carlo: Desk, asked: dict[str, str], found: set[str]) -> None:
    """By who, about what, which act and which days; what is no day is left out."""
    three()
    page = carlo.open("/officer/acts", **asked)
    rows = page.page.split("<tbody")[-1] if "<tbody" in page.page else ""
    words = {"filed": "filed", "completed": "aangevuld", "granted": "verleend"}
    assert {name for name, said in words.items() if said in rows} == found


def test_the_choice_of_acts_is_in_words(carlo: Desk) -> None:
    """What happens to cases and rounds is called in Dutch in the list to choose from, where no act is said to be of what."""
    for act, kind in (("advance_paid", "case"), ("announced", "round"), ("started", "application")):
        record(act, Party(kind, "1"), by=Party("site", ""), at=AT)
    page = carlo.open("/officer/acts").page
    assert "advance paid" not in page
    for words in ("voorschot betaald", "tijdvak bekendgemaakt", "aanvraag begonnen"):
        assert f">{words}</option>" in page


def test_a_name_that_is_not_one_person_is_told(carlo: Desk) -> None:
    """A name of nobody and a name of two give a sentence and no rows, not the whole record."""
    three()
    for who in ("Niemand", "Jan Jansen"):
        assert "<tbody" not in carlo.open("/officer/acts", by=who).page
        made.person(name="Jan Jansen"), made.person(name="Jan Jansen")
    assert "Zoek op nummer" in carlo.open("/officer/views", by="Jan Jansen").words


@pytest.mark.parametrize("text", ["person:' OR 1=1", "persón:²", "9" * 99, "person:" + "9" * 99, ":", "\x00", "🙂:🙂"])
def test_whatever_is_asked_gets_a_page(carlo: Desk, text: str) -> None:
    """Odd texts in every field of the filter give a page."""
    for address in PAGES:
        carlo.open(address, **dict.fromkeys(("by", "about", "act", "from", "until", "before"), text))
        assert carlo.status == 200


def test_a_long_record_has_pages(carlo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way on keeps the filter and shows each act once."""
    monkeypatch.setattr(acts, "ON_A_PAGE", 2)
    keys = [str(one.pk) for one in three()]
    first = carlo.open("/officer/acts", by="7", about="case:12")
    following = next(one for one in first.links if "before=" in one)
    second = carlo.open(f"/officer/acts{following}")
    assert [f">{key}<" in first.page for key in keys][1:] == [True, True]
    assert f"before={keys[1]}" in following
    assert f">{keys[0]}<" in second.page
    assert f">{keys[1]}<" not in second.page


def test_a_break_on_the_page_is_told(carlo: Desk) -> None:
    """A changed act is pointed out on the page that shows it."""
    second = three()[1]
    tamper(f"UPDATE audit_act SET actor_id = '7', details = '{{}}', act = 'refused' WHERE id = {second.pk}")
    page = carlo.open("/officer/acts", by="7")
    assert f"De keten is gebroken bij handeling {second.pk}: de inhoud is veranderd." in page.words
    assert "sluiten aan" not in page.words


def test_the_whole_chain_is_checked_by_a_button(carlo: Desk) -> None:
    """The page counts what was checked and says that the chain is whole, or where it is broken."""
    acts_made = three()
    page = carlo.send("/officer/acts/check")
    assert "De keten is heel." in page.words
    assert f"{Act.objects.count()} handelingen gecontroleerd." in page.words.replace(".000", "000")
    tamper(f"DELETE FROM audit_act WHERE id = {acts_made[1].pk}")
    page = carlo.send("/officer/acts/check")
    assert f"gebroken bij handeling {acts_made[2].pk}: ervoor ontbreekt iets" in page.words
    assert "heel" not in page.words


def test_a_long_chain_is_checked_in_steps(carlo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each press goes on where the last one stopped, until there is no more."""
    three()
    monkeypatch.setattr(acts, "AT_ONCE", Act.objects.count() - 1)
    page = carlo.send("/officer/acts/check")
    assert "De keten is heel." not in page.words
    assert "Controleer verder" in page.words
    fields = {name: page.page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("after", "count")}
    page = carlo.send("/officer/acts/check", **fields)
    assert "De keten is heel." in page.words
    assert f"{Act.objects.count()} handelingen gecontroleerd." in page.words


def test_a_link_does_not_check(carlo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following the address of the check, as switching the language does, leads to the button and checks nothing."""
    monkeypatch.setattr(acts, "checked", None)
    carlo.open("/officer/acts/check")
    assert (carlo.status, carlo.place) == (302, "/officer/acts")
