"""A mail when one can apply again: asked on the page of a round or a scheme, confirmed and ended by the links; and the ways on."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from doorleren.core.days import day_of
from doorleren.register.models import Alert
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.tell_of_rounds import SETTLES, tell_of_rounds
from doorleren.web import known
from doorleren.web.portal import alerts
from doorleren.web.rounds.alerts import RoundAlertPages
from tests.rounds.made import US, a_round
from tests.web.markup import Markup
from tests.web.rounds.test_public import real

SITE, ADA = "https://doorleren.example", "ada@voorbeeld.nl"
ASK = "/rounds/alerts"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_goes_out(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site whose mails go out, at once and in this thread."""
    settings.DOORLEREN_ALERTS, settings.DOORLEREN_SITE, settings.DOORLEREN_MAILBOX = True, SITE, None
    monkeypatch.setattr(alerts, "beside", lambda work: work())


@pytest.fixture
def client() -> Client:
    """A visitor without a cookie, whose forms must have a token where one is asked."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def scheme() -> str:
    """A scheme of the library with rounds."""
    return next(one.id for one in known.library().schemes.values() if one.versions[-1].rounds)


def page(reply: Any) -> Markup:
    """The page of an answer, which must be well made."""
    made = Markup(reply.content.decode())
    assert made.faults == []
    return made


def link(text: str, kind: str) -> str:
    """The path of a link in a mail."""
    found = re.search(rf"{SITE}((?:/en)?/trainings/alerts/{kind}/\S+)", text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_whole_way(client: Client, mailoutbox: list[Any], language: str) -> None:
    """Ask on the page of a closed round, say yes, get the mail about the next round, and stop with its link."""
    row = real(a_round(), scheme())
    close_gate(row.pk, by=US, at=datetime.now(UTC))
    shown = page(client.get(f"{language}/rounds/{row.pk}"))
    assert f'action="{language}{ASK}"' in shown.page
    reply = client.post(f"{language}{ASK}", {"email": ADA, "scheme": row.version.scheme})
    assert (reply.status_code, reply["Location"]) == (302, f"{language}{ASK}/asked?scheme={row.version.scheme}")
    asked = page(client.get(reply["Location"]))
    assert f"{language}/schemes/{row.version.scheme}" in asked.links
    confirm = link(mailoutbox[0].body, "confirm")
    button = page(client.get(confirm))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', button.page)
    assert token
    client.post(confirm, {"csrfmiddlewaretoken": token[1]})
    page(client.get(confirm))
    Alert.objects.update(seen_until=datetime(2026, 1, 1, tzinfo=UTC))
    following = real(a_round(), scheme())
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) + SETTLES
    assert tell_of_rounds(pages=RoundAlertPages(SITE), at=at).mailed == 1
    assert f"{SITE}{language}/rounds/{following.pk}" in mailoutbox[-1].body
    page(client.get(link(mailoutbox[-1].body, "end")))
    ended = page(client.post(link(mailoutbox[-1].body, "end")))
    assert f"{language}{ASK}?scheme={row.version.scheme}" in ended.links
    assert not Alert.objects.exists()


def test_a_mistake_is_said_at_the_field_and_a_scheme_that_is_none_is_not_found(client: Client) -> None:
    """What is no address comes back with what is allowed; an unknown scheme keeps nothing, asked or shown."""
    reply = client.post(ASK, {"email": "ada", "scheme": scheme()})
    assert reply.status_code == 422
    made = page(reply)
    assert 'aria-invalid="true"' in made.page
    assert "naam@voorbeeld.nl" in made.words
    for given in ("", "no-such-scheme", "../x"):
        assert client.post(ASK, {"email": ADA, "scheme": given}).status_code == 404
        assert client.get(ASK, {"scheme": given}).status_code == 404
    assert not Alert.objects.exists()


def test_where_no_mail_can_go_out_nothing_is_offered(client: Client, settings: Any) -> None:
    """No form on the page of a round, no page to ask, nothing kept."""
    settings.DOORLEREN_ALERTS = False
    row = real(a_round(), scheme())
    assert ASK not in page(client.get(f"/rounds/{row.pk}")).page
    assert client.post(ASK, {"email": ADA, "scheme": scheme()}).status_code == 404
    assert not Alert.objects.exists()


def test_a_scheme_offers_it_where_no_round_is_open(client: Client) -> None:
    """On a day between two rounds the page of the scheme has the form; while one is open, and once the scheme is over, it has not."""
    closed = opened = over = None
    for one in known.library().schemes.values():
        for version in one.versions:
            for round_ in version.rounds:
                day = day_of(round_.opens)
                told = page(client.get(f"/schemes/{one.id}?on={day}")).page
                opened = opened or (ASK not in told and (one.id, day))
                before = page(client.get(f"/schemes/{one.id}?on={version.starts}")).page
                closed = closed or (ASK in before and (one.id, version.starts))
        last = one.versions[-1].ends
        if last:
            over = page(client.get(f"/schemes/{one.id}?on={date(last.year + 2, 1, 1)}")).page
            assert ASK not in over
        if closed and opened and over:
            return
    raise AssertionError((closed, opened, over))


def test_the_ways_on_are_links_and_empty_states_are_said(client: Client) -> None:
    """Desks with their own website, the overview of desks and funds; where no next round is known that is said."""
    row = real(a_round(), scheme())
    close_gate(row.pk, by=US, at=datetime.now(UTC))
    made = page(client.get(f"/rounds/{row.pk}"))
    assert {"https://www.leerwerkloket.nl", "/overview?kind=desk", "/overview?kind=fund"} <= set(made.links)
    assert "niet bekendgemaakt" in made.words
    desks = page(client.get("/overview?kind=desk"))
    assert "https://www.leerwerkloket.nl" in desks.links


def test_a_rehearsal_is_nobodys_next_round(client: Client) -> None:
    """Beside a round that counts a rehearsal of the same scheme is not told as the next round; beside a rehearsal it is."""
    row, other = real(a_round(), scheme()), real(a_round(opened=False), scheme())
    other.rehearsal = True
    other.save(update_fields=["rehearsal"])
    assert f"/rounds/{other.pk}" not in page(client.get(f"/rounds/{row.pk}")).links
    row.rehearsal = True
    row.save(update_fields=["rehearsal"])
    assert f"/rounds/{other.pk}" in page(client.get(f"/rounds/{row.pk}")).links
