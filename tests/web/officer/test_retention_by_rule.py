"""What the site destroys by rule alone, on a page: how much is ahead, how much went and under which act, for who sees the end of retention."""

from datetime import UTC, datetime

import pytest

from doorleren.audit.acts import SITE
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.retention import BY_RULE
from doorleren.people.models import RoleKind
from doorleren.people.personal_content import personal_content
from tests.payments import rows
from tests.people import made
from tests.web.officer.desk import Desk, counts, queries, with_role

pytestmark = pytest.mark.django_db
LIST, PAGE = "/officer/retention", "/officer/retention/by-rule"
NOTHING_AHEAD = "De komende 30 dagen vernietigt de site zelf niets."
NOTHING_GONE = "In de afgelopen 12 maanden vernietigde de site zelf niets."


@pytest.fixture
def ada() -> Desk:
    """An administrator."""
    return Desk(with_role(RoleKind.ADMINISTRATOR, "Ada"))


def test_where_there_is_nothing_it_says_so(ada: Desk) -> None:
    """The list of cases leads to it; both parts say that there is nothing, and each kind its ground with the source of its term."""
    assert PAGE in ada.open(LIST).links
    page = ada.open(PAGE)
    assert (ada.status, NOTHING_AHEAD in page.words, NOTHING_GONE in page.words) == (200, True, True)
    grounds = {one.id: one.ground["nl"] for one in personal_content().rows}
    assert [one.kind for one in BY_RULE if grounds[one.content] not in page.words] == []
    assert "6 maanden nadat het tijdvak is gesloten" in page.words


def test_from_the_list_to_the_report(ada: Desk) -> None:
    """An account that is due is counted ahead, and after it went in the report with its act; without a name, number or reason."""
    old, at = rows.of_long_ago(), datetime.now(UTC)
    page = ada.open(PAGE)
    assert (NOTHING_AHEAD in page.words, "rekeningen van ontvangers 1" in page.words) == (False, True)
    assert NOTHING_GONE in page.words
    assert destroy_payments(day_of(at), by=SITE, at=at) == (1, 0, 0)
    page, act = ada.open(PAGE), Act.objects.get(act="destroyed", subject_id=str(old.pk))
    assert (NOTHING_AHEAD in page.words, NOTHING_GONE in page.words) == (True, False)
    assert f"handeling {act.pk}" in page.words


def test_an_auditor_gets_the_way_to_the_acts(ada: Desk) -> None:
    """Who may look through the record gets the way to the acts of that day and kind, and finds them there; an administrator none."""
    rows.of_long_ago()
    at = datetime.now(UTC)
    destroy_payments(day_of(at), by=SITE, at=at)
    auditor = Desk(with_role(RoleKind.AUDITOR))
    (way,) = [one for one in auditor.open(PAGE).links if "act=destroyed" in one]
    page = auditor.open(way.replace("&amp;", "&"))
    assert str(Act.objects.get(act="destroyed").pk) in page.words
    assert [one for one in ada.open(PAGE).links if "act=destroyed" in one] == []


@pytest.mark.parametrize("kind", list(RoleKind))
def test_other_roles(kind: RoleKind) -> None:
    """Who sees the lists to destroy sees this; every other role is refused, and who is not signed in is led to sign in."""
    sees = kind in (RoleKind.ADMINISTRATOR, RoleKind.AUDITOR)
    desk = Desk(with_role(kind))
    assert desk.client.get(PAGE).status_code == desk.client.get(LIST).status_code == (200 if sees else 403)
    assert Desk(None).client.get(PAGE).status_code != 200
    assert desk.client.post(PAGE).status_code in (403, 405)


def test_looking_writes_nothing_and_asks_as_much_for_many(ada: Desk) -> None:
    """The page leaves every table as it was, and three rows ask the database no more than one."""
    rows.of_long_ago()
    ada.open(PAGE)
    before, one = counts(), queries(lambda: ada.open(PAGE))
    assert counts() == before
    for number in ("7", "8"):
        rows.of_long_ago(number)
    assert queries(lambda: ada.open(PAGE)) == one


def test_it_is_there_in_english(ada: Desk) -> None:
    """The page in English names a kind and its term."""
    page = ada.open(f"/en{PAGE}")
    assert ada.status == 200
    assert "6 months" in page.words


def test_an_administrator_of_another_body_sees_the_same_counts(ada: Desk) -> None:
    """The counts are of the whole site, as an account belongs to no body."""
    rows.of_long_ago()
    stranger = Desk(with_role(RoleKind.ADMINISTRATOR, "Cy", made.body("ander")))
    assert "rekeningen van ontvangers 1" in stranger.open(PAGE).words
