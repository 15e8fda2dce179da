"""One person on two of the three acts assess, decide and pay: refused in every combination of roles, delegation and leave."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from doorleren.cases import access
from doorleren.cases.access import DUTIES, barred, hands_of, may, thing_of
from doorleren.cases.acts import ACTS, Duty
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import HAND_DUTIES, Case, CaseAct
from doorleren.core.days import day_of
from doorleren.people.access import Allowed, NotAllowed, Refused, allowed
from doorleren.people.models import Body, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from tests.cases import made
from tests.cases.made import AT, BATCH, by
from tests.people import made as people

pytestmark = pytest.mark.django_db

THREE: tuple[Duty, ...] = ("assess", "decide", "pay")
KINDS = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
LEAVE = ("here", "ended yesterday", "begins tomorrow", "another body")
WAYS = ("oneself", "for a colleague", "by a colleague", "proposed", "released")
"""How somebody has a hand in an act: alone, in the name of a colleague who is away, a colleague in their name, or in a batch or run."""
BESIDE = "beside an act"
"""A hand that no act of the duty tells: in a payment that is on its way, or in a decision that stands as a note."""
OWN_ROLE = ("oneself", "for a colleague")
"""Ways that ask a role of who does it; in the others a colleague or the site does it, who may."""
OF_HANDS = ("assessed_it", "decided_it", "paid_it")
LATER = AT + timedelta(hours=1)


@dataclass(frozen=True)
class Tried:
    """One combination: what was done before and how, what is tried now and how, with which roles that are in force when."""

    first: str
    first_way: str
    then: str
    then_way: str
    who: int
    roles: tuple[RoleKind, ...]
    leave: str


def acts_of(duty: Duty) -> tuple[str, ...]:
    """The acts that belong to a duty."""
    return tuple(name for name, one in DUTIES.items() if one == duty)


def details(way: str, who: int, colleague: int) -> dict[str, int]:
    """What an act names when somebody has a hand in it in this way."""
    return {
        "oneself": {}, "for a colleague": {"on_behalf_of": colleague}, "by a colleague": {"on_behalf_of": who},
        "proposed": {"proposed_by": who, "released_by": colleague},
        "released": {"proposed_by": colleague, "released_by": who},
    }[way]  # fmt: skip


@pytest.fixture
def colleague() -> int:
    """Somebody with every role."""
    return made.official(*KINDS).pk


def officials() -> Mapping[tuple[tuple[RoleKind, ...], str], Person]:
    """A person for each set of roles and each kind of leave."""
    elsewhere = people.body("elders")
    found = {}
    for chosen in product((False, True), repeat=3):
        kinds = tuple(kind for kind, is_in in zip(KINDS, chosen, strict=True) if is_in)
        for leave in LEAVE:
            found[kinds, leave] = one = people.person(name=f"{'+'.join(kinds)} {leave}")
            for kind in kinds:
                give(one, kind, leave, elsewhere)
    return found


def give(who: Person, kind: RoleKind, leave: str, elsewhere: Body) -> None:
    """Give a role that is in force here today, or is not."""
    day = day_of(LATER)
    told = {
        "here": {}, "ended yesterday": {"ends_on": day - timedelta(days=1)}, "another body": {"body": elsewhere},
        "begins tomorrow": {"starts_on": day + timedelta(days=1)},
    }[leave]  # fmt: skip
    people.role(who, kind, **told)  # type: ignore[arg-type]


def first_ways(duty: Duty) -> tuple[str, ...]:
    """How somebody can have a hand in a duty."""
    return (*WAYS, BESIDE) if duty in HAND_DUTIES else WAYS


def did(case: Case, act: str, way: str, who: int, colleague: int) -> None:
    """Write down that somebody had a hand in an act, as `perform` and `note_decided` do."""
    if way == BESIDE:
        keep_hands([case.pk], DUTIES[act], [who], cause="act/1")
        return
    by_official = {"oneself": who, "for a colleague": who, "by a colleague": colleague}
    kind, number = ("person", str(by_official[way])) if way in by_official else ("batch", "1")
    CaseAct.objects.create(
        case=case, number=case.acts + 1, act=act, at=LATER, happened_on=day_of(LATER), by_kind=kind, by_id=number,
        details=details(way, who, colleague), ground=ACTS[act].ground,
    )  # fmt: skip


def first_hands(case: Case, act: str, way: str, who: int, colleague: int) -> Mapping[Duty, frozenset[int]]:
    """Give who has a hand in a case once somebody had one in this way; nothing is kept."""
    with transaction.atomic():
        did(case, act, way, who, colleague)
        found = hands_of(case.pk)
        transaction.set_rollback(True)
    return found


def combinations(colleague: int) -> Iterator[tuple[Tried, Allowed | Refused]]:
    """Try every combination; give it with the answer, put together as `access.may` does: first the role, then the hands.

    What follows from roles, and from the rows of acts, is asked of the database once for each.
    """
    staff, case = officials(), made.a_case()
    thing, every = thing_of(case), [act for duty in THREE for act in acts_of(duty)]
    by_role = {(key, act): allowed(by(one, LATER), ACTS[act].demand, thing, at=LATER)
               for key, one in staff.items() for act in every}  # fmt: skip
    ways = [(duty, way) for duty in THREE for way in first_ways(duty)]
    for (duty, way), ((roles, leave), who) in product(ways, staff.items()):
        first = acts_of(duty)[0]
        hands = first_hands(case, first, way, who.pk, colleague)
        for then, then_way in product(every, WAYS):
            if DUTIES[then] == duty:
                continue
            answer = by_role[(roles, leave), then] if then_way in OWN_ROLE else Allowed()
            if answer:  # who did the first act is enough to be refused, whoever else is in it
                found = barred(DUTIES[then], hands, {who.pk})
                answer = Allowed() if found is None else found
            yield Tried(first, way, then, then_way, who.pk, roles, leave), answer


def test_every_combination_is_refused(colleague: int) -> None:
    """In more than 10,000 combinations nobody gets two of the three; in thousands of them nothing but the other act is in the way."""
    found = list(combinations(colleague))
    assert len(found) == len({one for one, _ in found}) >= 10_000
    assert [one for one, answer in found if answer] == []
    because_of_hands = [one for one, answer in found if isinstance(answer, Refused) and answer.reason in OF_HANDS]
    assert len(because_of_hands) >= 10_000
    assert {(one.first_way, one.then_way) for one in because_of_hands} == set(product((*WAYS, BESIDE), WAYS))


def test_without_the_table_they_are_not(colleague: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where nothing bars anybody, every combination in which the roles are there is let through."""
    monkeypatch.setattr(access, "BARRED", dict.fromkeys(access.BARRED, ()))
    assert sum(bool(answer) for _, answer in combinations(colleague)) >= 10_000


@pytest.mark.parametrize("seed", range(4))
def test_the_commands_say_the_same(colleague: int, seed: int) -> None:
    """Drawn combinations are refused by `may` and by `perform` itself, also where a batch or a colleague does it."""
    every = sorted((one for one, _ in combinations(colleague)), key=repr)
    for one in random.Random(seed).sample(every, 25):
        case = made.a_case()
        did(case, one.first, one.first_way, one.who, colleague)
        actor = colleague if one.then_way == "by a colleague" else one.who
        told = details(one.then_way, one.who, colleague)
        who = BATCH if one.then_way in ("proposed", "released") else by(Person.objects.get(pk=actor), LATER)
        if isinstance(who, SignedIn):
            assert not may(who, one.then, case, at=LATER, also=set(told.values())), one
        with pytest.raises(NotAllowed):
            perform(case.pk, one.then, by=who, at=LATER, details=told)
        if isinstance(who, SignedIn) and actor == one.who:
            with pytest.raises(NotAllowed):
                note_decided(case.pk, one.then, by=who, at=LATER, details={"what": "x"})
