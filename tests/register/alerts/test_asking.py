"""Asking for an alert: what is kept, how often one may ask, and that nothing of it tells what is known of an address."""

from datetime import timedelta

import pytest

from doorleren.audit.models import Act
from doorleren.register.alerts import rules
from doorleren.register.alerts.addresses import BadAddress, well_written
from doorleren.register.alerts.rules import Asked, has_room, is_full, link_holds
from doorleren.register.answers import ActRefused
from doorleren.register.commands.ask_for_alert import NobodyMayAskNow, ask_for_alert
from doorleren.register.commands.send_alerts import forget_unconfirmed
from doorleren.register.models import Alert
from tests.register.alerts.scene import ADA, AT, asked, confirmed

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("waiting", "of_address", "room"), [(0, 0, True), (2, 2, True), (3, 0, False), (0, 3, False)])
def test_three_may_wait_and_three_may_be_asked_in_an_hour(waiting, of_address, room):
    """One more may be asked up to the limits, and not at them."""
    assert has_room(Asked(waiting, of_address, 0)) is room


def test_a_link_holds_two_days():
    """It holds until the last moment before 48 hours have gone."""
    assert link_holds(AT, AT + 48 * HOUR - timedelta(microseconds=1))
    assert not link_holds(AT, AT + 48 * HOUR)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (" Ada.L+werk@Voorbeeld.NL ", "Ada.L+werk@voorbeeld.nl"),
        ("ada@bücher.example", "ada@bücher.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_written_one_way(typed, written):
    """Spaces around it go and its domain gets small letters; domains in other letters may be."""
    assert well_written(typed) == written


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "ada@", "@voorbeeld.nl", "ada@voorbeeld", "ada@a..nl", "a da@voorbeeld.nl", f"{'a' * 250}@x.nl",
     "ada@voorbeeld.nl\n", "ada@voorbeeld.nl\r\nBcc: bob@voorbeeld.nl", "ada\n@voorbeeld.nl", '"a\x01"@voorbeeld.nl',
     "ada@voorbeeld.nl, bob@voorbeeld.nl", "Ada <ada@voorbeeld.nl>"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    """Neither another line nor another receiver can hide in an address."""
    with pytest.raises(BadAddress) as refused:
        well_written(typed)
    assert set(refused.value.texts) == {"nl", "en"}
    assert "voorbeeld" not in str(refused.value)


@pytest.mark.django_db
def test_what_is_kept_is_the_address_and_the_search():
    """A row that waits, and an act that names neither of them."""
    one = asked("q=lassen&sector=technology")
    assert (one.address, one.search, one.confirmed_at, one.invited_at) == (
        ADA,
        "q=lassen&sector=technology",
        None,
        None,
    )
    act = Act.objects.get()
    assert (act.act, act.subject_id, act.details) == ("alert_asked", str(one.pk), {"language": "nl"})


@pytest.mark.django_db
def test_asking_again_asks_the_same_again():
    """The same address and search, in capitals or not, stay one row, which is mailed anew and counts from now."""
    first = asked()
    Alert.objects.update(invited_at=AT)
    again = asked(address=ADA.upper(), at=AT + HOUR, language="en")
    assert (again.pk, again.asked_at, again.invited_at, again.language) == (first.pk, AT + HOUR, None, "en")
    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_asking_what_is_on_leaves_it_on():
    """It stays confirmed with what it has seen, and gets the mail that says so."""
    first = confirmed()
    again = asked(at=AT + HOUR)
    assert (again.pk, again.confirmed_at, again.seen_until, again.invited_at) == (first.pk, AT, AT, None)


@pytest.mark.django_db
def test_an_address_may_ask_three_times_an_hour():
    """The fourth is not kept, whatever the capitals; an hour later there is room, unless three wait still."""
    for word in "abc":
        asked(f"q={word}")
    assert ask_for_alert(ADA.upper(), "q=d", language="nl", at=AT + HOUR - timedelta(seconds=1)) is None
    assert ask_for_alert(ADA, "q=d", language="nl", at=AT + 2 * HOUR) is None
    assert Alert.objects.count() == 3
    assert asked("q=d", at=AT + 48 * HOUR).search == "q=d"
    assert asked("q=d", address="bob@voorbeeld.nl").search == "q=d"


@pytest.mark.django_db
def test_the_same_question_cannot_be_mailed_again_and_again():
    """Asking the same again counts: three in an hour for one row too, were it mailed each time."""
    for moment in range(2):
        asked("q=a", at=AT + timedelta(minutes=moment))
    for word in "bc":
        asked(f"q={word}", at=AT + timedelta(minutes=3))
    assert ask_for_alert(ADA, "q=a", language="nl", at=AT + timedelta(minutes=4)) is None


@pytest.mark.django_db
def test_everybody_together_may_ask_so_often(monkeypatch):
    """Above the limit nobody may ask, so that the site does not mail strangers by the thousand."""
    assert not is_full(Asked(0, 0, rules.MOST_AN_HOUR_IN_ALL - 1))
    monkeypatch.setattr(rules, "MOST_AN_HOUR_IN_ALL", 2)
    for number in range(2):
        asked(address=f"{number}@voorbeeld.nl")
    with pytest.raises(NobodyMayAskNow) as refused:
        asked(address="3@voorbeeld.nl")
    assert "later" not in refused.value.texts["nl"]
    assert asked(address="3@voorbeeld.nl", at=AT + HOUR).search == "q=lassen"


@pytest.mark.django_db
def test_a_search_that_is_too_long_is_refused():
    """At most a thousand signs are kept."""
    asked("q=" + "a" * 998)
    with pytest.raises(ActRefused):
        asked("q=" + "a" * 999)


@pytest.mark.django_db
def test_what_nobody_confirmed_is_deleted_after_two_days():
    """The row goes, and the address with it; one that is confirmed stays, and one that is younger."""
    asked("q=gone")
    confirmed("q=on")
    asked("q=young", at=AT + HOUR)
    assert forget_unconfirmed(at=AT + 48 * HOUR) == 1
    assert set(Alert.objects.values_list("search", flat=True)) == {"q=on", "q=young"}
    assert Act.objects.order_by("-id")[0].act == "alert_lapsed"
