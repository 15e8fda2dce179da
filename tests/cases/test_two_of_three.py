"""One person on two of the three acts assess, decide and pay: refused in every combination of roles, delegation, leave and absence."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from doorleren.cases import access
from doorleren.cases.access import DUTIES, barred, hands_of, may, stands_in_for, thing_of
from doorleren.cases.acts import ACTS, Duty
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import HAND_DUTIES, Case, CaseAct
from doorleren.core.days import day_of
from doorleren.people.access import Allowed, Held, NotAllowed, Refused, allowed
from doorleren.people.acts import DEMANDS
from doorleren.people.models import Absence, Body, Person, RoleKind
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
DEPUTY = "by the deputy"
"""A colleague who stands in for who did the first act, and so does in that one's case what only counts as their own."""
NOBODY, FIRST, COLLEAGUE = "nobody", "who did the first", "a colleague"
AWAY = (NOBODY, FIRST, COLLEAGUE)
"""Who is away meanwhile, and has the case: nobody, who did the first act (a colleague stands in), or a colleague (for whom that one does)."""
OF_HANDS = ("assessed_it", "decided_it", "paid_it", "stood_in")
KEY = tuple[tuple[RoleKind, ...], str]
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
    away: str


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


def officials() -> Mapping[KEY, Person]:
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


def stand_in(person: int, deputy: int) -> None:
    """Let somebody be away today, and another take their cases."""
    day = day_of(LATER)
    Absence.objects.create(body=people.body(), person_id=person, deputy_id=deputy, starts_on=day, ends_on=day, made_by_id=person, made_at=AT)  # fmt: skip


@contextmanager
def absent(away: str, staff: Mapping[KEY, Person], colleague: int) -> Iterator[None]:
    """Let each official, or a colleague of each, be away; it is undone afterwards."""
    with transaction.atomic():
        for one in staff.values() if away != NOBODY else ():
            stand_in(*((one.pk, colleague) if away == FIRST else (colleague, one.pk)))
        yield
        transaction.set_rollback(True)


def given_to(case: Case, away: str, who: int, colleague: int) -> Case:
    """The case as it is of who is away, if anybody is."""
    case.assigned_to_id = {NOBODY: None, FIRST: who, COLLEAGUE: colleague}[away]
    return case


def by_roles(
    staff: Mapping[KEY, Person], case: Case, colleague: int
) -> tuple[dict[tuple[str, KEY, str], Allowed | Refused], set[tuple[KEY, str]]]:
    """Give by absence, official and act whether the role of that one is enough; and where the colleague acts as the deputy of one."""
    every = [act for duty in THREE for act in acts_of(duty)]
    found, as_deputy = {}, set()
    for away in AWAY:
        with absent(away, staff, colleague):
            deputy = Held(colleague, day_of(LATER))
            for key, one in staff.items():
                held, theirs = Held(one.pk, day_of(LATER)), given_to(case, away, one.pk, colleague)
                for act in every:
                    found[away, key, act] = allowed(
                        by(one, LATER), ACTS[act].demand, thing_of(case), at=LATER, held=held
                    )
                    who = by(Person(pk=colleague), LATER)
                    if away == FIRST and stands_in_for(who, act, theirs, at=LATER, held=deputy) == one.pk:
                        as_deputy.add((key, act))
    return found, as_deputy


def combinations(colleague: int) -> Iterator[tuple[Tried, Allowed | Refused]]:
    """Try every combination; give it with the answer, put together as `access.may` does: first the role, then the hands.

    What follows from roles and absences, and from the rows of acts, is asked of the database once for each.
    """
    staff, case = officials(), made.a_case()
    by_role, as_deputy = by_roles(staff, case, colleague)
    every = [act for duty in THREE for act in acts_of(duty)]
    ways = [(duty, way) for duty in THREE for way in first_ways(duty)]
    for (duty, way), (key, who) in product(ways, staff.items()):
        first = acts_of(duty)[0]
        hands = first_hands(case, first, way, who.pk, colleague)
        for then in every:
            if DUTIES[then] == duty:
                continue
            found = barred(DUTIES[then], hands, {who.pk})
            for away, then_way in product(AWAY, WAYS):
                answer = by_role[away, key, then] if then_way in OWN_ROLE else Allowed()
                if answer and found is not None:  # who did the first act is enough to be refused, whoever else is in it
                    answer = found
                yield Tried(first, way, then, then_way, who.pk, *key, away), answer
            if (key, then) in as_deputy:
                answer = Allowed() if found is None else Refused("stood_in")
                yield Tried(first, way, then, DEPUTY, who.pk, *key, FIRST), answer


def test_every_combination_is_refused(colleague: int) -> None:
    """In more than 10,000 combinations nobody gets two of the three; in thousands of them nothing but the other act is in the way."""
    found = list(combinations(colleague))
    assert len(found) == len({one for one, _ in found}) >= 10_000
    assert [one for one, answer in found if answer] == []
    because_of_hands = [one for one, answer in found if isinstance(answer, Refused) and answer.reason in OF_HANDS]
    assert len(because_of_hands) >= 10_000
    tried = {(one.first_way, one.then_way, one.away) for one in because_of_hands}
    firsts = (*WAYS, BESIDE)
    assert tried == {*product(firsts, WAYS, AWAY), *product(firsts, (DEPUTY,), (FIRST,))}


def test_who_is_stood_in_for_is_who_works_here(colleague: int) -> None:
    """A colleague acts as the deputy of each official whose own role, in force here today, does that act; of no other."""
    staff = officials()
    _, as_deputy = by_roles(staff, made.a_case(), colleague)
    every = [act for duty in THREE for act in acts_of(duty)]
    assert as_deputy == {
        (key, act) for key, act in product(staff, every)
        if key[1] == "here" and set(key[0]) & set(DEMANDS[ACTS[act].demand].roles)
    }  # fmt: skip


def test_without_the_table_they_are_not(colleague: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where nothing bars anybody, every combination in which the roles are there is let through."""
    monkeypatch.setattr(access, "BARRED", dict.fromkeys(access.BARRED, ()))
    through = [one for one, answer in combinations(colleague) if answer]
    assert len(through) >= 10_000
    assert {one.away for one in through} == set(AWAY)
    assert sum(one.then_way == DEPUTY for one in through) >= 500


@pytest.mark.parametrize("seed", range(4))
def test_the_commands_say_the_same(colleague: int, seed: int) -> None:
    """Drawn combinations are refused by `may` and by `perform` itself, also where a batch or a colleague does it."""
    every = [one for one, _ in combinations(colleague)]
    drawn = random.Random(seed)
    for one in drawn.sample(every, 25) + drawn.sample([one for one in every if one.then_way == DEPUTY], 5):
        case = made.a_case()
        did(case, one.first, one.first_way, one.who, colleague)
        with transaction.atomic():
            held_to_it(one, case, colleague)
            transaction.set_rollback(True)


def held_to_it(one: Tried, case: Case, colleague: int) -> None:
    """Try a combination through `may` and the commands."""
    if one.away != NOBODY:
        stand_in(*((one.who, colleague) if one.away == FIRST else (colleague, one.who)))
        Case.objects.filter(pk=case.pk).update(assigned_to=given_to(case, one.away, one.who, colleague).assigned_to_id, assigned_at=AT)  # fmt: skip
    actor = colleague if one.then_way in ("by a colleague", DEPUTY) else one.who
    told = {} if one.then_way == DEPUTY else details(one.then_way, one.who, colleague)
    who = BATCH if one.then_way in ("proposed", "released") else by(Person.objects.get(pk=actor), LATER)
    if isinstance(who, SignedIn):
        assert not may(who, one.then, case, at=LATER, also=set(told.values())), one
    with pytest.raises(NotAllowed):
        perform(case.pk, one.then, by=who, at=LATER, details=told)
    if isinstance(who, SignedIn) and (actor == one.who or one.then_way == DEPUTY):
        with pytest.raises(NotAllowed):
            note_decided(case.pk, one.then, by=who, at=LATER, details={"what": "x"})
