"""Mails about rounds: who asked hears once that a round is announced, opened or reopened; nobody hears of what cannot be filed in."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.register.alerts.post import ServerAway
from doorleren.register.alerts.tokens import confirming
from doorleren.register.commands.ask_for_alert import ask_for_alert
from doorleren.register.commands.confirm_alert import confirm_alert
from doorleren.register.commands.send_alerts import send_invitation
from doorleren.register.models import Alert
from doorleren.rounds.commands.open_gate import close_gate, open_gate, reopen_gate
from doorleren.rounds.commands.tell_of_rounds import SETTLES, tell_of_rounds
from doorleren.rounds.models import Gate, Round
from doorleren.web.rounds.alerts import RoundAlertPages
from tests.rounds.made import AT, US, a_round

pytestmark = pytest.mark.django_db
PAGES = RoundAlertPages("https://doorleren.example")
ADA = "ada@voorbeeld.nl"
BEFORE, HOUR = AT - timedelta(days=1), timedelta(hours=1)
LATER = AT + HOUR


def on(scheme: str = "s", *, at: datetime = BEFORE, language: str = "nl", address: str = ADA) -> Alert:
    """An alert on the rounds of a scheme that its address agreed to."""
    number = ask_for_alert(address, "", scheme=scheme, language=language, at=at)
    assert number is not None
    return confirm_alert(confirming(number, at), at=at)


def real(*, opened: bool = False) -> Round:
    """A round that counts, announced at AT."""
    made = a_round(opened=opened)
    Round.objects.filter(pk=made.pk).update(rehearsal=False)
    return made


def tell(at: datetime = LATER, **other: Any) -> int:
    """Mail what is due, and count."""
    return tell_of_rounds(pages=PAGES, at=at, **other).mailed


def test_an_announced_round_is_told_once_with_its_moment(mailoutbox: list[Any]) -> None:
    """The mail names the round, when it opens, its page and how to stop; the next minute nothing goes out."""
    one, row = on(), real()
    assert (tell(), tell(), tell(LATER + HOUR)) == (1, 0, 0)
    (mail,) = mailoutbox
    assert mail.subject == "Nieuw tijdvak: s"
    assert "U kunt aanvragen vanaf 1 maart 2026, 10:00 uur." in mail.body
    assert f"https://doorleren.example/rounds/{row.pk}\n" in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/alerts/end/" in mail.body
    assert "vooraf klaar" in mail.body
    told = Act.objects.get(act="alert_mailed")
    assert (told.subject_id, told.details) == (str(one.pk), {"rounds": 1})


def test_its_opening_and_reopening_are_told_too(mailoutbox: list[Any]) -> None:
    """After the announcement one hears that it is open, and after a close that it is open again, in the language of the asking."""
    on(language="en")
    row = real()
    tell()
    open_gate(row.pk, by=US, at=LATER)
    assert tell(LATER + HOUR) == 1
    close_gate(row.pk, by=US, at=LATER + HOUR)
    reopen_gate(row.pk, by=US, at=LATER + 2 * HOUR)
    assert (tell(LATER + 3 * HOUR), tell(LATER + 4 * HOUR)) == (1, 0)
    assert [one.subject for one in mailoutbox] == ["A new round: s", "You can apply: s", "You can apply: s"]
    assert "You can apply now." in mailoutbox[1].body
    assert ["beforehand" in one.body for one in mailoutbox] == [True, False, False]
    assert f"/en/rounds/{row.pk}" in mailoutbox[1].body


def test_what_was_there_before_is_no_news(mailoutbox: list[Any]) -> None:
    """Who asks after the announcement hears of the opening alone; another scheme, a search and an unconfirmed one hear nothing."""
    real()
    on(at=AT + timedelta(minutes=1))
    on("other", at=BEFORE)
    ask_for_alert("bob@voorbeeld.nl", "", scheme="s", language="nl", at=BEFORE)
    assert tell() == 0
    assert mailoutbox == []


def test_a_round_that_closed_meanwhile_is_not_told() -> None:
    """Nobody is sent to a round in which nothing can be filed any more."""
    on()
    row = real(opened=True)
    close_gate(row.pk, by=US, at=AT + timedelta(minutes=1))
    assert tell() == 0


def test_a_rehearsal_is_told_in_a_demo_alone() -> None:
    """On a site of an executor nobody is woken for a rehearsal; in a demo there is nothing else."""
    on()
    a_round()
    assert tell() == 0
    assert tell(rehearsals=True) == 1


def test_an_act_that_comes_into_the_database_late_is_still_told() -> None:
    """What is younger than the time that acts may take waits, and is told in the round after."""
    on()
    early = AT + SETTLES - timedelta(seconds=1)
    assert tell(early) == 0
    row = real(opened=True)  # announced and opened at AT, and only now in the database
    assert Gate.objects.get(pk=row.pk).opened_at == AT
    assert tell(early + SETTLES) == 1


def test_at_night_nothing_goes_out() -> None:
    """A round announced at midnight is told at seven."""
    on()
    real()
    night = (AT + timedelta(days=1)).replace(hour=2)
    assert (tell(night), tell(night.replace(hour=7))) == (0, 1)


def test_an_address_that_refuses_is_tried_once_a_day_and_then_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five days long once a day, then the alert ends; a round later on the same day does not count."""
    on()
    real()

    class Refusing:
        def open(self) -> None: ...
        def close(self) -> None: ...
        def send_messages(self, _mails: Any) -> int:
            raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("doorleren.register.alerts.post.get_connection", Refusing)
    tell()
    tell(LATER + HOUR)
    assert Alert.objects.get().failures == 1
    for day in range(1, 5):
        tell(LATER + timedelta(days=day))
    assert not Alert.objects.exists()
    assert Act.objects.filter(act="alert_given_up").count() == 1


def test_a_server_that_is_away_leaves_it_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail goes the next minute, once."""
    on()
    real()
    with monkeypatch.context() as away:
        away.setattr("doorleren.register.alerts.post.Post.send", _away)
        assert tell() == 0
    assert tell(LATER + timedelta(minutes=1)) == 1


def test_the_question_to_confirm_names_the_scheme(mailoutbox: list[Any]) -> None:
    """The first mail asks about the scheme and not about a search; asked again once it is on, it says so."""
    number = ask_for_alert(ADA, "", scheme="s", language="nl", at=BEFORE)
    assert number is not None
    send_invitation(number, pages=PAGES, at=BEFORE)
    confirm_alert(confirming(number, BEFORE), at=BEFORE)
    ask_for_alert(ADA, "", scheme="s", language="nl", at=BEFORE + HOUR)
    send_invitation(number, pages=PAGES, at=BEFORE + HOUR)
    first, second = mailoutbox
    assert "weer kunt aanvragen bij deze regeling:\n\n  s\n" in first.body
    assert "stonden al aan" in second.body
    assert "zoekvraag" not in first.body + second.body


def _away(*_: Any) -> None:
    raise ServerAway
