"""The acts of admission as commands: which orders are taken, what is refused and to whom, what is written."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.refuse import refuse
from doorleren.register.commands.remove_from_register import remove_from_register
from doorleren.register.commands.suspend import suspend
from doorleren.register.models import AdmissionDecision, ProviderRecognition
from doorleren.register.standings import (
    admission_of,
    admitted_activities,
    decisions_of,
    standing_of_activity,
    standing_of_provider,
)
from tests.register.commands.scene import (
    ADMINISTRATOR,
    ASSESSOR,
    AT,
    DECIDER,
    KVK,
    OWNER,
    admitted_provider,
    day,
    listed,
)

pytestmark = pytest.mark.django_db

CHECK = "participants_are_guided"
COMMANDS = {
    "applied": lambda at, **about: apply_for_admission(by=OWNER, at=at, **about),
    "admitted": lambda at, **about: admit(by=DECIDER, at=at, **about),
    "refused": lambda at, **about: refuse(reason="geen begeleiding", checks=[CHECK], by=DECIDER, at=at, **about),
    "suspended": lambda at, **about: suspend(reason="klachten", effective_on=day_of(at), by=DECIDER, at=at, **about),
    "removed": lambda at, **about: remove_from_register(reason="gestopt", by=DECIDER, at=at, **about),
}
PATHS = {
    "": (),
    "applied": ("applied",),
    "admitted": ("applied", "admitted"),
    "refused": ("applied", "refused"),
    "suspended": ("applied", "admitted", "suspended"),
    "removed": ("applied", "admitted", "removed"),
}
ALLOWED = {
    "": {"applied"}, "applied": {"admitted", "refused"}, "admitted": {"suspended", "removed"}, "refused": {"applied"},
    "suspended": {"admitted", "removed"}, "removed": {"applied"},
}  # fmt: skip


@pytest.mark.parametrize("subject", ["provider", "activity"])
@pytest.mark.parametrize(("before", "act"), list(product(PATHS, COMMANDS)))
def test_every_order_of_two_acts(subject, before, act):
    """From each standing each act is taken or refused as the table says; a refused one leaves no decision and no act."""
    provider, activity = admitted_provider() if subject == "activity" else listed()
    about = {subject: (activity if subject == "activity" else provider).pk}
    for number, one in enumerate(PATHS[before], 2):
        COMMANDS[one](day(number), **about)
    decided, recorded = AdmissionDecision.objects.count(), Act.objects.count()
    if act in ALLOWED[before]:
        made = COMMANDS[act](day(10), **about)
        assert (made.act, made.effective_on, made.decided_at) == (act, date(2026, 5, 10), day(10))
        stand = standing_of_activity if subject == "activity" else standing_of_provider
        assert stand(about[subject], date(2026, 5, 10)).act == act
        assert Act.objects.count() == recorded + 1
        assert Act.objects.last().act == act
    else:
        with pytest.raises(ActRefused):
            COMMANDS[act](day(10), **about)
        assert (AdmissionDecision.objects.count(), Act.objects.count()) == (decided, recorded)


WRONG = [
    (act, who)
    for act in COMMANDS
    for who in (None, ASSESSOR, ADMINISTRATOR, OWNER, DECIDER)
    if who is not (OWNER if act == "applied" else DECIDER)
]


@pytest.mark.parametrize(("act", "who"), WRONG)
def test_only_the_right_role_may(monkeypatch, act, who):
    """Each act is forbidden to every role but its own, and nothing is written."""
    provider, _ = listed()
    monkeypatch.setitem(globals(), "OWNER" if act == "applied" else "DECIDER", who)
    with pytest.raises(Forbidden):
        COMMANDS[act](AT, provider=provider.pk)
    assert not AdmissionDecision.objects.exists()


def test_an_official_does_not_decide_on_an_own_organisation():
    """A decider who acts for the provider is refused with that reason."""
    provider, _ = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    with pytest.raises(Forbidden, match="andere ambtenaar"):
        admit(provider=provider.pk, by=replace(DECIDER, kvk_numbers=frozenset({KVK})), at=AT)


def test_an_activity_follows_its_provider():
    """Admitted while the provider is, not while it is suspended, and again when the suspension ends."""
    provider, activity = admitted_provider()
    apply_for_admission(activity=activity.pk, by=OWNER, at=day(2))
    admit(activity=activity.pk, by=DECIDER, at=day(3), grants_a_year=300)
    suspend(provider=provider.pk, effective_on=date(2026, 5, 10), reason="onderzoek", by=DECIDER, at=day(4))
    admit(provider=provider.pk, effective_on=date(2026, 5, 20), by=DECIDER, at=day(12))
    for number, expected in ((2, False), (3, True), (9, True), (10, False), (19, False), (20, True)):
        on = date(2026, 5, number)
        assert admission_of(activity.pk, on).holds is expected
        assert admitted_activities(on) == ({activity.pk} if expected else set())
    assert standing_of_activity(activity.pk, date(2026, 5, 3)).grants_a_year == 300


def test_an_activity_is_not_admitted_before_its_provider():
    """Admission of an activity whose provider is not admitted on that day is refused."""
    provider, activity = listed()
    apply_for_admission(activity=activity.pk, by=OWNER, at=AT)
    with pytest.raises(ActRefused, match="Laat eerst de opleider toe"):
        admit(activity=activity.pk, by=DECIDER, at=AT)
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    admit(provider=provider.pk, effective_on=date(2026, 5, 8), by=DECIDER, at=AT)
    with pytest.raises(ActRefused, match="Laat eerst de opleider toe"):
        admit(activity=activity.pk, effective_on=date(2026, 5, 7), by=DECIDER, at=AT)
    assert admit(activity=activity.pk, effective_on=date(2026, 5, 8), by=DECIDER, at=AT)


def test_who_is_not_recognised_is_not_admitted():
    """Without a recognition that holds on the day of effect a provider is not admitted, and the sentence says so."""
    provider, _ = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    ProviderRecognition.objects.update(ends_on=date(2026, 5, 9))
    with pytest.raises(ActRefused, match="geen erkenning"):
        admit(provider=provider.pk, effective_on=date(2026, 5, 10), by=DECIDER, at=AT)
    assert admit(provider=provider.pk, effective_on=date(2026, 5, 9), by=DECIDER, at=AT)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": " "}, "reden"),
        ({"checks": []}, "toets"),
        ({"checks": ["is_nice"]}, "is_nice"),
    ],
)
def test_a_refusal_names_reason_and_check(more, words):
    """A refusal without a reason, without a check or with a check that does not exist is not taken."""
    provider, _ = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    with pytest.raises(ActRefused, match=words):
        refuse(**{"provider": provider.pk, "reason": "r", "checks": [CHECK], "by": DECIDER, "at": AT} | more)


def test_a_decision_keeps_what_was_said():
    """Reason, checks, day and who decided are kept as given."""
    provider, _ = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    made = refuse(provider=provider.pk, reason=" te weinig ", checks=[CHECK], by=DECIDER, at=day(2))
    kept = AdmissionDecision.objects.get(pk=made.pk)
    assert (kept.reason, kept.checks, kept.decided_by) == ("te weinig", [CHECK], "person:2")


@pytest.mark.parametrize(("subject", "cap"), [("activity", 0), ("activity", -1), ("provider", 5)])
def test_a_cap_is_a_number_from_one_of_an_activity(subject, cap):
    """A cap of zero or less, or on a provider, is refused and named."""
    provider, activity = admitted_provider() if subject == "activity" else listed()
    number = activity.pk if subject == "activity" else provider.pk
    apply_for_admission(**{subject: number}, by=OWNER, at=AT)
    with pytest.raises(ActRefused, match=str(cap)):
        admit(**{subject: number}, grants_a_year=cap, by=DECIDER, at=AT)


def test_a_decision_older_than_the_last_one_is_refused():
    """Who decided before the last decision was taken has not seen it, and is told."""
    provider, _ = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=day(3))
    with pytest.raises(ActRefused, match="intussen"):
        admit(provider=provider.pk, by=DECIDER, at=day(2))


def test_one_subject_that_exists():
    """A decision about neither or both is an error of the caller; an unknown number is refused with the number."""
    for about in ({}, {"provider": 1, "activity": 1}):
        with pytest.raises(TypeError, match="one of the two"):
            admit(by=DECIDER, at=AT, **about)
    for about in ({"provider": 999_999}, {"activity": 999_999}):
        with pytest.raises(ActRefused, match="999999"):
            admit(by=DECIDER, at=AT, **about)


def test_the_day_of_a_decision_is_that_of_amsterdam():
    """At half past eleven in the evening UTC it is the next day in Amsterdam."""
    provider, _ = listed()
    made = apply_for_admission(provider=provider.pk, by=OWNER, at=AT.replace(hour=23, minute=30))
    assert made.effective_on == date(2026, 5, 2)
    assert decisions_of(provider=provider.pk)[0].effective_on == date(2026, 5, 2)
