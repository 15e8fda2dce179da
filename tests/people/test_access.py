"""Who may do what: nobody what is not in the table, and everybody only while role, mandate and proof hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.people.access import AGAIN, FRESH, REASONS, Allowed, Held, NotAllowed, Refused, Thing, allowed, ensure
from doorleren.people.acts import DEMANDS, LEVELS
from doorleren.people.models import IN_BODY, IN_ORGANISATION, Assurance, RoleKind
from tests.people.made import AT, TODAY, TOMORROW, YESTERDAY, body, mandate, organisation, person, role, signed_in

pytestmark = pytest.mark.django_db


def place_of(kind: RoleKind) -> Thing:
    """A thing in the place where `made.role` puts a role by default."""
    if kind in IN_BODY:
        return Thing("thing", "1", body=body().pk)
    return Thing("thing", "1", organisation=organisation().pk)


def reason(answer: Allowed | Refused) -> str:
    return "" if isinstance(answer, Allowed) else answer.reason


def test_an_act_that_is_not_in_the_table_is_refused() -> None:
    """Default deny: an act that nobody wrote down is allowed to nobody."""
    who = signed_in(person())
    assert reason(allowed(who, "abolish", Thing("account", "", person=who.person), at=AT)) == "unknown_act"


def test_a_visitor_and_who_has_no_role_are_refused_every_act() -> None:
    """No act is open to who is not signed in, nor to somebody without a role on what is not theirs."""
    thing = Thing("thing", "1", person=person().pk, organisation=organisation().pk, body=body().pk)
    somebody = signed_in(person())
    assert {act for act in DEMANDS if reason(allowed(None, act, thing, at=AT)) != "not_signed_in"} == set()
    refused = {act: reason(allowed(somebody, act, thing, at=AT)) for act in DEMANDS}
    assert {act for act, why in refused.items() if why not in {"not_yours", "no_role"}} == set()


@pytest.mark.parametrize("kind", RoleKind)
def test_a_role_may_do_exactly_what_the_table_says(kind: RoleKind) -> None:
    """Each of the roles, in its own place with all proof, may do the acts that name it and no other."""
    who, place = person(), place_of(kind)
    role(who, kind)
    if kind in IN_ORGANISATION:
        mandate(who)
    by = signed_in(who)
    may = {act for act in DEMANDS if allowed(by, act, place, at=AT)}
    assert may == {act for act, demand in DEMANDS.items() if kind in demand.roles}


def provider() -> tuple[object, Thing]:
    who = person()
    role(who, RoleKind.PROVIDER)
    return signed_in(who), place_of(RoleKind.PROVIDER)


def test_what_was_read_once_is_of_one_person_and_day() -> None:
    """What somebody holds is read once for a page; that of another person or another day opens nothing, and who was blocked since is refused."""
    official, other, here = person(), person(), place_of(RoleKind.DECIDER)
    role(official, RoleKind.DECIDER)
    held = Held(official.pk, TODAY)
    asked = {"act": "decide_case", "thing": here, "at": AT}
    with CaptureQueriesContext(connection) as queries:
        answers = [allowed(signed_in(official), **asked, held=held) for _ in range(3)]  # type: ignore[arg-type]
    assert (all(answers), len(queries)) == (True, 2)
    assert reason(allowed(signed_in(other), **asked, held=held)) == "no_role"  # type: ignore[arg-type]
    role(other, RoleKind.DECIDER, starts_on=TODAY)
    assert allowed(signed_in(other), **asked, held=Held(other.pk, YESTERDAY))  # type: ignore[arg-type]
    type(official).objects.filter(pk=official.pk).update(is_active=False)
    fresh = Held(official.pk, TODAY)
    assert len(fresh.roles) == 1
    assert reason(allowed(signed_in(official), **asked, held=fresh)) == "blocked"  # type: ignore[arg-type]


def test_a_role_in_another_place_gives_nothing() -> None:
    """A provider may not touch the activities of another provider, nor an official the cases of another body."""
    who = person()
    role(who, RoleKind.PROVIDER)
    role(who, RoleKind.DECIDER)
    mandate(who)
    mandate(who, organisation("87654321"))
    elsewhere = Thing("thing", "1", organisation=organisation("87654321").pk, body=body("ander").pk)
    assert reason(allowed(signed_in(who), "enter_activities", elsewhere, at=AT)) == "other_place"
    assert reason(allowed(signed_in(who), "decide_admission", elsewhere, at=AT)) == "other_place"
    nowhere = Thing("thing", "1")
    assert reason(allowed(signed_in(who), "enter_activities", nowhere, at=AT)) == "other_place"


def test_a_role_for_an_organisation_needs_its_mandate() -> None:
    """A provider without a mandate of the organisation, or with one of another, is refused."""
    who, thing = provider()
    assert reason(allowed(who, "enter_activities", thing, at=AT)) == "no_mandate"
    mandate_of_another = organisation("87654321")
    from doorleren.people.models import Person

    mandate(Person.objects.get(pk=who.person), mandate_of_another)
    assert reason(allowed(who, "enter_activities", thing, at=AT)) == "no_mandate"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "yes"),
    [
        (YESTERDAY, None, True),
        (TODAY, TODAY, True),
        (YESTERDAY, YESTERDAY, False),
        (TOMORROW, None, False),
        (TODAY, YESTERDAY, False),
    ],
)
def test_roles_and_mandates_hold_on_their_days_only(starts_on, ends_on, yes: bool) -> None:
    """What ended yesterday, begins tomorrow or was withdrawn on its first day gives no access; the last day counts."""
    official, trainer = person(), person()
    role(official, RoleKind.ASSESSOR, starts_on, ends_on)
    role(trainer, RoleKind.PROVIDER)
    mandate(trainer, None, starts_on, ends_on)
    assert bool(allowed(signed_in(official), "assess_admission", place_of(RoleKind.ASSESSOR), at=AT)) is yes
    assert bool(allowed(signed_in(trainer), "enter_activities", place_of(RoleKind.PROVIDER), at=AT)) is yes


def test_the_day_is_that_of_amsterdam() -> None:
    """A role that ends today still holds at half past eleven in the evening in Amsterdam, and not an hour later."""
    who = person()
    role(who, RoleKind.ASSESSOR, YESTERDAY, TODAY)
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    thing = place_of(RoleKind.ASSESSOR)
    assert allowed(signed_in(who, at=late), "assess_admission", thing, at=late)
    assert not allowed(signed_in(who, at=late), "assess_admission", thing, at=late + timedelta(hours=1))


def test_one_of_several_roles_is_enough() -> None:
    """An ended role does not stand in the way of one that holds, and the answer names the role that gave leave."""
    who = person()
    role(who, RoleKind.ASSESSOR, YESTERDAY, YESTERDAY)
    now = role(who, RoleKind.ASSESSOR, TODAY)
    assert allowed(signed_in(who), "assess_admission", place_of(RoleKind.ASSESSOR), at=AT) == Allowed(now.pk)


def test_the_level_of_the_table_is_asked() -> None:
    """Every level below what the act asks is refused, that level and those above are enough."""
    who, thing = provider()
    mandate_for(who)
    needed = LEVELS.index(DEMANDS["enter_activities"].assurance)
    for place, level in enumerate(LEVELS):
        answer = allowed(replace(who, assurance=level), "enter_activities", thing, at=AT)
        assert reason(answer) == ("" if place >= needed else "assurance_too_low")
    assert needed > 0


def mandate_for(who) -> None:
    from doorleren.people.models import Person

    mandate(Person.objects.get(pk=who.person))


def test_officials_need_a_second_factor() -> None:
    """Every act that an official may do asks for a second factor and at least substantial assurance, and refuses without."""
    who = person()
    for kind in IN_BODY:
        role(who, kind)
    acts = [act for act, demand in DEMANDS.items() if demand.roles & set(IN_BODY)]
    assert acts
    for act in acts:
        assert DEMANDS[act].second_factor, act
        assert DEMANDS[act].assurance != Assurance.LOW, act
        thing = Thing("thing", "1", body=body().pk)
        assert reason(allowed(signed_in(who, second_factor=False), act, thing, at=AT)) == "second_factor"


@pytest.mark.parametrize("act", [act for act, demand in DEMANDS.items() if demand.sensitive])
def test_a_sensitive_act_asks_for_fresh_proof(act: str) -> None:
    """Proof of five minutes old is enough, older or from the future is not."""
    who = person()
    for kind in DEMANDS[act].roles:
        role(who, kind)
    thing = Thing("thing", "1", person=who.pk, body=body().pk)
    second = timedelta(seconds=1)
    assert allowed(signed_in(who, at=AT - FRESH), act, thing, at=AT)
    assert reason(allowed(signed_in(who, at=AT - FRESH - second), act, thing, at=AT)) == "renewal"
    assert reason(allowed(signed_in(who, at=AT + second), act, thing, at=AT)) == "renewal"


def test_what_is_not_sensitive_asks_no_fresh_proof() -> None:
    """An hour after signing in one may still look at one's account."""
    who = signed_in(person(), at=AT - timedelta(hours=1))
    assert allowed(who, "view_account", Thing("account", "", person=who.person), at=AT)


def test_who_was_blocked_after_signing_in_is_refused() -> None:
    """Blocking somebody works at once, also while they are signed in."""
    who = signed_in(person(is_active=False))
    assert reason(allowed(who, "view_account", Thing("account", "", person=who.person), at=AT)) == "blocked"


def test_ensure_raises_with_the_reason() -> None:
    """A command that asks gets the reason in an exception, and back who asked if it may."""
    who = signed_in(person())
    own = Thing("account", "", person=who.person)
    assert ensure(who, "view_account", own, at=AT) == who
    with pytest.raises(NotAllowed) as refusal:
        ensure(None, "view_account", own, at=AT)
    assert refusal.value.refused == Refused("not_signed_in")


def test_every_reason_has_words() -> None:
    """Each reason is a sentence in Dutch and English, and what signing in again mends is among them."""
    assert [name for name, texts in REASONS.items() if not all(texts[one].endswith(".") for one in ("nl", "en"))] == []
    assert set(REASONS) >= AGAIN
