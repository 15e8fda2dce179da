"""Rounds of mails: what is new and what is not, once a day, twenty at most, and what happens when a mail cannot go."""

import smtplib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.register.alerts import rules
from doorleren.register.alerts.finding import Finding
from doorleren.register.alerts.mail import invitation
from doorleren.register.commands import send_alerts as rounds
from doorleren.register.commands.send_alerts import note_first_listed, send_alerts, send_invitation
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.models import Alert, Delivery, FirstListed
from tests.register.alerts.scene import ADA, PAGES, SITE, Site, asked, confirmed, day, welding
from tests.register.commands.scene import ADMINISTRATOR


def titles(text: str) -> list[str]:
    """The trainings that a mail names."""
    return [line[2:] for line in text.splitlines() if line.startswith("- ")]


def test_only_new_trainings_that_the_search_finds(site: Site, mailoutbox):
    """What was there, what merely changed and what the search does not find stay out of the mail."""
    confirmed()
    site.receive(welding("L1", description="Nu anders."), welding("L2"), welding("H2", "Hovenier"), at=day(2))
    assert site.round(day(2)).mailed == 1
    (mail,) = mailoutbox
    assert titles(mail.body) == ["Lassen L2"]
    assert mail.to == [ADA]
    assert Act.objects.get(act="alert_mailed").details == {"trainings": 1}


def test_no_mail_when_nothing_is_new(site: Site, mailoutbox):
    """Day after day nothing, and what came before somebody asked is not new to them."""
    site.receive(welding("L2"), at=day(2, hour=5))
    site.round(day(2, hour=6))
    confirmed(at=day(2, hour=7))
    for number in (2, 3, 4):
        site.round(day(number))
    assert mailoutbox == []
    assert Alert.objects.get().looked_on == day_of(day(4))


def test_nothing_is_told_twice(site: Site, mailoutbox):
    """The same training is in one mail only, also after the index is built anew and the training changes."""
    confirmed()
    site.receive(welding("L2"), at=day(2))
    site.round(day(2))
    site.receive(welding("L2", description="Nu anders."), at=day(3))
    site.round(day(3))
    site.rebuild(day(4))
    site.round(day(4))
    assert len(mailoutbox) == 1


def test_each_alert_has_its_own_beginning(site: Site, mailoutbox):
    """In one round a training is new to who asked before it came, and not to who asked after."""
    confirmed()
    site.receive(welding("L2"), at=day(2, hour=1))
    site.round(day(2, hour=2))
    confirmed(address="bob@voorbeeld.nl", at=day(2, hour=3))
    site.round(day(2))
    assert [one.to for one in mailoutbox] == [[ADA]]


def test_once_a_day_and_in_the_morning(site: Site, mailoutbox):
    """A second mail waits for the next day, and none goes before seven o'clock in Amsterdam."""
    confirmed()
    site.receive(welding("L2"), at=day(2, hour=1))
    site.round(day(2, hour=4))
    assert mailoutbox == []
    site.round(day(2, hour=5))
    site.receive(welding("L3"), at=day(2, hour=10))
    site.round(day(2, hour=11))
    assert [titles(one.body) for one in mailoutbox] == [["Lassen L2"]]
    site.round(day(3, hour=5))
    assert [titles(one.body) for one in mailoutbox] == [["Lassen L2"], ["Lassen L3"]]


def test_a_training_is_new_on_the_day_it_may_be_seen(site: Site, mailoutbox):
    """One that its provider shows from a later day is told on that day, not before."""
    confirmed()
    site.receive(welding("L2", published_from=day_of(day(4))), at=day(2))
    for number in (2, 3):
        site.round(day(number))
    assert mailoutbox == []
    site.rebuild(day(4))
    site.round(day(4))
    assert titles(mailoutbox[0].body) == ["Lassen L2"]


def test_a_training_that_comes_back_is_not_new(site: Site, mailoutbox):
    """An undone delivery that is delivered again tells nothing twice."""
    confirmed()
    site.receive(welding("L2"), at=day(2))
    site.round(day(2))
    undo_delivery(Delivery.objects.latest("pk").pk, by=ADMINISTRATOR, at=day(3))
    site.rebuild(day(3))
    site.round(day(3))
    site.receive(welding("L2"), at=day(4))
    site.round(day(4))
    assert len(mailoutbox) == 1


def test_a_slow_index_loses_nothing(site: Site, mailoutbox):
    """What was delivered before a round but is not in the index yet is told after the index has it."""
    confirmed()
    folder = site.home / "index"
    kept = folder.rename(site.home / "kept")
    site.receive(welding("L2"), at=day(2))
    fresh = folder.rename(site.home / "fresh")
    kept.rename(folder)
    site.round(day(2))
    assert mailoutbox == []
    folder.rename(site.home / "kept")
    fresh.rename(folder)
    site.round(day(3))
    assert titles(mailoutbox[0].body) == ["Lassen L2"]


def test_twenty_in_a_mail_and_a_link_to_the_rest(site: Site, mailoutbox):
    """The mail names twenty, says how many more there are, and leads to all of them."""
    confirmed("q=lassen&delivery=online")
    site.receive(*(welding(f"N{number:02}", delivery="online") for number in range(23)), at=day(2))
    site.round(day(2))
    body = mailoutbox[0].body
    assert len(titles(body)) == rules.MOST_IN_A_MAIL == 20
    assert "En nog 3." in body
    assert f"{SITE}/trainings?q=lassen&delivery=online" in body
    assert mailoutbox[0].subject.startswith("Nieuwe opleidingen (23): “lassen”")


def test_a_search_by_what_remains_to_pay_goes_by_what_anyone_pays(site: Site, mailoutbox):
    """A choice of price reckons as the link does for somebody who told nothing."""
    confirmed("to_pay=0")
    site.receive(welding("FREE"), welding("DEAR"), at=day(2))
    site.round(day(2))
    assert mailoutbox == []


def test_without_an_index_questions_go_out_all_the_same(db, tmp_path, mailoutbox):
    """A site that has no index yet asks to confirm, and looks at no search."""
    asked("q=a")
    confirmed("q=b")
    assert Site(tmp_path).round(day(1)).invited == 1
    assert Alert.objects.get(search="q=b").looked_on is None


def test_nothing_about_trainings_before_the_address_agrees(site: Site, mailoutbox):
    """One that waits gets the question once and nothing else."""
    asked()
    site.receive(welding("L2"), at=day(2))
    site.round(day(2))
    site.round(day(2, hour=10))
    assert [one.subject for one in mailoutbox] == ["Bevestig uw e-mails over nieuwe opleidingen"]


def test_what_was_there_at_the_very_first_round_is_old(db, tmp_path, mailoutbox):
    """Somebody who asks before the first round is not told everything that the register has."""
    site = Site(tmp_path)
    site.receive(welding("L1"), at=day(1, hour=5))
    confirmed()
    site.round(day(2))
    assert mailoutbox == []
    site.receive(welding("L2"), at=day(3))
    site.round(day(3))
    assert len(mailoutbox) == 1


def test_noting_twice_notes_nothing_more(site: Site):
    """What is listed is noted once, and keys that no activity has are left out."""
    keys = list(FirstListed.objects.values_list("activity", flat=True))
    assert len(keys) == 2
    assert note_first_listed([*keys, 10**12], at=day(2)) == 0


@pytest.mark.parametrize("change", ["UPDATE register_firstlisted SET at = now()", "DELETE FROM register_firstlisted"])
def test_what_was_noted_stays(site: Site, change):
    """The database refuses to change or forget since when a training could be found."""
    with pytest.raises(Error, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_round_without_anything_new_does_not_open_the_index(site: Site, mailoutbox, monkeypatch):
    """Who keeps what was noted opens the index again only for another version, another day, or an alert that is due."""
    opened = []
    monkeypatch.setattr(rounds, "Finding", Counting(opened))
    noted = rounds.Noted()

    def again(at: datetime) -> int:
        send_alerts(site.portal, pages=PAGES, at=at, today=day_of(at), noted=noted)
        return len(opened)

    assert [again(day(2)), again(day(2)), again(day(2, hour=10))] == [1, 1, 1]
    confirmed(at=day(2, hour=10))
    assert [again(day(2, hour=11)), again(day(2, hour=12)), again(day(3))] == [2, 2, 3]
    site.receive(welding("L2"), at=day(3, hour=10))
    assert [again(day(3, hour=10)), again(day(4)), again(day(4))] == [4, 5, 5]
    assert len(mailoutbox) == 1


class Counting:
    """Opens the index, and counts how often."""

    def __init__(self, opened: list[object]) -> None:
        self.opened = opened

    def of(self, portal, today):
        self.opened.append(today)
        return Finding.of(portal, today)


class Broken:
    """A mail server that answers with a fault as long as there are faults."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.taken: list[object] = []

    def open(self) -> bool:
        return True

    def close(self) -> None:
        return None

    def send_messages(self, messages: list[object]) -> int:
        if self.faults:
            raise self.faults.pop(0)
        self.taken += messages
        return len(messages)


def refused() -> Exception:
    """What a server says of an address that is not there."""
    return smtplib.SMTPRecipientsRefused({ADA: (550, b"no such user")})


def served(monkeypatch, *faults: Exception) -> Broken:
    """The site with that mail server."""
    server = Broken(*faults)
    monkeypatch.setattr("doorleren.register.alerts.post.get_connection", lambda: server)
    return server


@pytest.mark.parametrize("fault", [ConnectionRefusedError("x"), smtplib.SMTPServerDisconnected("x"), TimeoutError()])
def test_a_server_that_is_away_loses_nothing(site: Site, monkeypatch, caplog, fault):
    """The mail goes in the next round of the same day, once, under the name it would have had; no log has the address."""
    confirmed()
    site.receive(welding("L2"), at=day(2))
    server = served(monkeypatch, fault)
    assert site.round(day(2)).mailed == 0
    assert Alert.objects.get().looked_on is None
    assert not Act.objects.filter(act="alert_mailed").exists()
    site.round(day(2, hour=10))
    site.round(day(2, hour=11))
    assert len(server.taken) == 1
    assert "cannot go out now" in caplog.text
    assert ADA not in caplog.text


def test_a_mail_that_goes_again_is_the_same_mail(site: Site, mailoutbox, monkeypatch):
    """When the database fails right after the server took the mail, the next round sends it under the same Message-ID."""
    confirmed()
    site.receive(welding("L2"), at=day(2))

    def die(*_given: object, **_named: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(rounds, "record_mailed", die)
        site.round(day(2))
    site.round(day(2, hour=10))
    site.receive(welding("L3"), at=day(3))
    site.round(day(3))
    names = [one.extra_headers["Message-ID"] for one in mailoutbox]
    assert names[0] == names[1] != names[2]


def test_an_address_that_refuses_is_tried_again_and_then_given_up(site: Site, monkeypatch):
    """Once a day, with what was new since the last mail that went; after five such days the alert and its address go."""
    one = confirmed()
    site.receive(welding("L2"), at=day(2))
    served(monkeypatch, *[refused() for _ in range(rules.MOST_FAILURES)])
    assert site.round(day(2)).refused == 1
    assert site.round(day(2, hour=10)).refused == 0
    kept = Alert.objects.get()
    assert (kept.failures, kept.seen_until) == (1, one.seen_until)
    for number in range(3, 2 + rules.MOST_FAILURES):
        site.round(day(number))
    assert not Alert.objects.exists()
    assert Act.objects.latest("id").act == "alert_given_up"


def test_an_address_that_accepts_again_starts_anew(site: Site, monkeypatch):
    """A mail that goes forgets the refusals before it, and tells what the refused one would have told."""
    confirmed()
    site.receive(welding("L2"), at=day(2))
    server = served(monkeypatch, refused())
    site.round(day(2))
    site.round(day(3))
    assert titles(server.taken[0].body) == ["Lassen L2"]
    assert Alert.objects.get().failures == 0


def test_one_that_goes_wrong_does_not_keep_the_others(site: Site, mailoutbox, monkeypatch, caplog):
    """A refusal or a fault of ours with one alert leaves the next one its mail."""
    confirmed("q=lassen", address="kapot@voorbeeld.nl")
    confirmed("q=lassen")
    site.receive(welding("L2"), at=day(2))
    made = rounds.mail.new_trainings

    def sometimes(alert, *given):
        if alert.address.startswith("kapot"):
            raise KeyError("ours")
        return made(alert, *given)

    monkeypatch.setattr(rounds.mail, "new_trainings", sometimes)
    site.round(day(2))
    assert [one.to for one in mailoutbox] == [[ADA]]
    assert "could not be done" in caplog.text


def test_the_question_goes_at_once_and_once(db, mailoutbox, monkeypatch):
    """It goes right after asking; when the server is away then, a later try sends it, and after that no other."""
    one = asked()
    server = served(monkeypatch, ConnectionRefusedError())
    assert send_invitation(one.pk, pages=PAGES, at=day(1)).invited == 0
    assert send_invitation(one.pk, pages=PAGES, at=day(1)).invited == 1
    assert send_invitation(one.pk, pages=PAGES, at=day(1)).invited == 0
    assert len(server.taken) == 1


def test_a_question_that_is_refused_is_not_repeated(db, monkeypatch):
    """Nobody is there to confirm: it lapses."""
    one = asked()
    server = served(monkeypatch, refused())
    assert send_invitation(one.pk, pages=PAGES, at=day(1)).refused == 1
    assert send_invitation(one.pk, pages=PAGES, at=day(1)).refused == 0
    assert server.taken == []


def test_an_alert_asked_during_a_round_waits_for_the_next(site: Site, mailoutbox):
    """A round never sets back what an alert has seen."""
    confirmed(at=day(2, hour=10))
    site.receive(welding("L2"), at=day(2))
    site.round(day(2))
    assert Alert.objects.get().looked_on is None
    assert mailoutbox == []
    assert replace(rounds.Sent(), mailed=0) == site.round(day(2, hour=11))


def test_who_is_on_already_hears_that(db):
    """Asking again for what is on gives another mail, without a link to confirm and with one to end."""
    one = confirmed(at=day(1) - timedelta(hours=2))
    told = invitation(one, PAGES)
    assert told.subject == "U krijgt al e-mails over deze zoekvraag"
    assert "/alerts/confirm/" not in told.body
    assert "/alerts/end/" in told.body
