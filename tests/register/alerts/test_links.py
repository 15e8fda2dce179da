"""The links of the mails: only the right one confirms or ends, only in time, and reading the page behind it changes nothing."""

from datetime import timedelta

import pytest

from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.register.alerts.tokens import confirming, ending, read_confirming, read_ending
from doorleren.register.commands.confirm_alert import LinkOver, alert_to_confirm, confirm_alert
from doorleren.register.commands.end_alert import alert_to_end, end_alert
from doorleren.register.models import Alert
from tests.register.alerts.scene import ADA, AT, asked, confirmed

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def test_the_link_confirms_once():
    """A second time changes nothing, and the record has one act."""
    one = asked()
    token = confirming(one.pk, one.asked_at)
    assert confirm_alert(token, at=LATER).confirmed_at == LATER
    assert confirm_alert(token, at=LATER + timedelta(hours=1)).confirmed_at == LATER
    assert Act.objects.filter(act="alert_confirmed").count() == 1


def test_looking_at_a_link_changes_nothing():
    """The reads behind the pages leave the rows as they are."""
    one = asked()
    alert_to_confirm(confirming(one.pk, one.asked_at), at=LATER)
    alert_to_end(ending(one.pk))
    assert list(Alert.objects.values()) == [{name: getattr(one, name) for name in Alert.objects.values()[0]}]


def test_a_link_that_is_too_old_confirms_nothing():
    """After 48 hours it is over; also when the same was asked again since, which made a link of its own."""
    one = asked()
    old = confirming(one.pk, one.asked_at)
    over = AT + timedelta(hours=48)
    asked(at=over - timedelta(hours=1))
    for use in (alert_to_confirm, confirm_alert):
        with pytest.raises(LinkOver):
            use(old, at=over)
    one.refresh_from_db()
    assert one.confirmed_at is None
    assert confirm_alert(confirming(one.pk, one.asked_at), at=over).pk == one.pk


def test_a_link_is_for_one_alert_and_one_purpose(settings):
    """A changed number, a link of another kind, another site's key and nonsense are refused, to confirm and to end."""
    one, other = asked("q=a"), asked("q=b")
    mine, end = confirming(one.pk, one.asked_at), ending(one.pk)
    wrong = [mine.replace(str(one.pk), str(other.pk), 1), end.replace(str(one.pk), str(other.pk), 1), "", "x", "1.2"]
    settings.SECRET_KEY = "another site"
    wrong += [confirming(one.pk, one.asked_at), ending(one.pk)]
    settings.SECRET_KEY = wrong_key = "this site"
    mine, end = confirming(one.pk, one.asked_at), ending(one.pk)
    assert wrong_key not in mine
    for token in [*wrong, end]:
        assert read_confirming(token, LATER) is None
        with pytest.raises(LinkOver):
            confirm_alert(token, at=LATER)
    for token in [*wrong, mine]:
        assert read_ending(token) is None
        with pytest.raises(LinkOver):
            end_alert(token, at=LATER)
    assert Alert.objects.filter(confirmed_at__isnull=True).count() == 2
    assert read_confirming(mine, LATER) is not None
    assert read_ending(end) is not None


def test_ending_deletes_the_address_at_once():
    """The row is gone, the alert of another stays, and ending again says that it is over."""
    one, other = confirmed(), confirmed(address="bob@voorbeeld.nl")
    ended = end_alert(ending(one.pk), at=LATER)
    assert ended is not None
    assert ended.search == "q=lassen"
    assert list(Alert.objects.values_list("pk", flat=True)) == [other.pk]
    assert end_alert(ending(one.pk), at=LATER) is None
    assert alert_to_end(ending(one.pk)) is None
    with pytest.raises(LinkOver):
        confirm_alert(confirming(one.pk, one.asked_at), at=LATER)


def test_one_that_waits_can_be_ended_too():
    """Who did not ask for it can have the address removed before the 48 hours are over."""
    one = asked()
    end_alert(ending(one.pk), at=LATER)
    assert not Alert.objects.exists()


def test_the_record_knows_no_address_and_no_token():
    """Every act is there, the chain is whole, and nothing in it or in the row of the alert is a link or an address."""
    one = confirmed()
    tokens = [confirming(one.pk, one.asked_at), ending(one.pk)]
    kept = str(list(Alert.objects.values()))
    end_alert(tokens[1], at=LATER)
    acts = str(list(Act.objects.values()))
    assert [act.act for act in Act.objects.all()] == ["alert_asked", "alert_confirmed", "alert_ended"]
    assert checked().broken is None
    for token in tokens:
        assert token.rpartition(".")[2] not in kept + acts
    assert ADA not in acts
    assert "lassen" not in acts
