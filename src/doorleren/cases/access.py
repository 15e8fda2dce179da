"""Who may do which act on a case, and why not. Roles come from people/acts.py; here stands what must lie in different hands.

Called by `perform`, and by pages for what they show. Who did what is read from the rows of acts.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import cast

from doorleren.audit.rows import rows_of
from doorleren.cases.acts import ACTS, Duty
from doorleren.cases.models import Case, CaseAct, Hand
from doorleren.people.access import Allowed, Held, NotAllowed, Reason, Refused, Thing, allowed, ensure, held_on
from doorleren.people.acts import DEMANDS
from doorleren.people.signed_in import SignedIn

VIEW = "view_cases"

DUTIES: Mapping[str, Duty] = {one.name: one.duty for one in ACTS.values() if one.duty is not None}
"""The duty that an act belongs to; most belong to none."""

BARRED: Mapping[Duty, tuple[Duty, ...]] = {
    "enter": (),
    "assess": ("enter", "decide", "pay"),
    "decide": ("enter", "assess", "pay"),
    "hear": ("enter", "assess", "decide"),
    "decide_objection": ("enter", "assess", "decide", "pay"),
    "pay": ("assess", "decide", "decide_objection"),
}
"""Who did one of these in a case does not do that duty in it.

Assessing, deciding and paying: three people. Who entered an application for somebody neither assesses nor decides. An
objection is heard and decided by others than who took part in the decision (Awb 7:5; 10:3(3) is recalled and not read).
"""

_REASONS: Mapping[Duty, Reason] = {
    "enter": "entered_it", "assess": "assessed_it", "decide": "decided_it", "hear": "assessed_it",
    "decide_objection": "decided_it", "pay": "paid_it",
}  # fmt: skip

PEOPLE_IN_DETAILS = ("proposed_by", "released_by", "on_behalf_of", "entered_by")
"""Details of an act that name a person who has a hand in it: of a batch, or a deputy's principal."""


Hands = Collection[tuple[Duty, int]]
"""Who has a hand in which duty."""


def thing_of(case: Case) -> Thing:
    """Name a case as access knows it: it belongs to its body."""
    return Thing("case", str(case.pk), body=case.body_id)


def may(
    who: SignedIn | None, act: str, case: Case, *, at: datetime, also: Collection[int] = (), held: Held | None = None
) -> Allowed | Refused:  # fmt: skip
    """Say whether an official may do an act on a case. `also`: others who have a hand in it. Raises KeyError for no act."""
    answer = allowed(who, ACTS[act].demand, thing_of(case), at=at, held=held)
    if not answer or who is None:
        return answer
    away = stands_in_for(who, act, case, at=at, held=held)
    other_hands = separated(case, act, {who.person, *also})
    if other_hands is None and away is not None and separated(case, act, {away}) is not None:
        other_hands = Refused("stood_in")
    return answer if other_hands is None else other_hands


def stands_in_for(who: SignedIn, act: str, case: Case, *, at: datetime, held: Held | None = None) -> int | None:
    """Give the colleague in whose place somebody does an act: the case is theirs, they are away, and their role does such acts.

    None for one's own case, and for an act that nothing must keep in other hands.
    """
    owner = case.assigned_to_id
    if act not in DUTIES or owner is None or owner == who.person:
        return None
    kinds = held_on(who, at, held).stands_in.get((owner, case.body_id), frozenset())
    return owner if kinds & {str(one) for one in DEMANDS[ACTS[act].demand].roles} else None


def ensure_may(who: SignedIn, act: str, case: Case, *, at: datetime, also: Collection[int] = ()) -> None:
    """Raise NotAllowed with the reason unless it is allowed."""
    answer = may(who, act, case, at=at, also=also)
    if isinstance(answer, Refused):
        raise NotAllowed(answer)


def ensure_may_view(who: SignedIn | None, case: Case, *, at: datetime, held: Held | None = None) -> SignedIn:
    """Give who asks back if they may look at a case. Raises NotAllowed."""
    return ensure(who, VIEW, thing_of(case), at=at, held=held)


def ensure_may_list(who: SignedIn | None, body: int, *, at: datetime, held: Held | None = None) -> SignedIn:
    """Give who asks back if they may see the work lists of a body. Raises NotAllowed."""
    return ensure(who, VIEW, Thing("cases", "", body=body), at=at, held=held)


def separated(
    case: Case, act: str, people: Iterable[int], rows: Iterable[CaseAct] | None = None, before: Hands | None = None
) -> Refused | None:
    """Give the reason why one of these people may not do an act because of what they did before; None where all may.

    `rows`: all acts of the case, and `before`: the hands in it before an act said so, where the caller has read them.
    """
    duty, given = DUTIES.get(act), frozenset(people)
    return barred(duty, hands_of(case.pk, rows, before), given) if duty is not None and given else None


def barred(duty: Duty, hands: Mapping[Duty, frozenset[int]], people: Iterable[int]) -> Refused | None:
    """Say the same from who did what. Pure. Example: deciding, by the one who assessed: refused as "assessed_it"."""
    given = frozenset(people)
    for other in BARRED[duty]:
        if given & hands.get(other, frozenset()):
            return Refused(_REASONS[other])
    return None


def hands_of(
    case: int, rows: Iterable[CaseAct] | None = None, before: Hands | None = None
) -> Mapping[Duty, frozenset[int]]:
    """Give for each duty the people (ids) who had a hand in it in a case, by an act of that duty or beside one.

    `rows`: all acts of the case, and `before`: what `hands_before` gave for it, where they were read.
    """
    if rows is None:
        return hands_in((case,)).get(case, {})
    told = [(one.act, one.by_kind, one.by_id, one.details) for one in rows if one.act in DUTIES]
    return _hands(told, hands_before((case,)).get(case, ()) if before is None else before)


def hands_in(cases: Collection[int]) -> dict[int, Mapping[Duty, frozenset[int]]]:
    """Give the same for many cases at once; those in which nobody had a hand are left out."""
    told: dict[int, list[tuple[str, str, str, Mapping[str, object]]]] = {}
    rows = CaseAct.objects.filter(case__in=cases, act__in=list(DUTIES))
    for case, act, kind, number, details in rows.values_list("case", "act", "by_kind", "by_id", "details"):
        told.setdefault(case, []).append((act, kind, number, details))
    beside = hands_before(cases)
    return {case: _hands(told.get(case, ()), beside.get(case, ())) for case in told.keys() | beside.keys()}


def _hands(
    acts: Iterable[tuple[str, str, str, Mapping[str, object]]], beside: Hands
) -> Mapping[Duty, frozenset[int]]:  # fmt: skip
    hands: dict[Duty, set[int]] = {}
    for duty, person in beside:
        hands.setdefault(duty, set()).add(person)
    for act, kind, number, details in acts:
        people = people_in(details) | ({int(number)} if kind == "person" else set())
        hands.setdefault(DUTIES[act], set()).update(people)
    return {duty: frozenset(people) for duty, people in hands.items()}


def hands_before(cases: Collection[int]) -> dict[int, list[tuple[Duty, int]]]:
    """Give by case who has a hand in which duty that no act of that duty tells (models.Hand)."""
    found: dict[int, list[tuple[Duty, int]]] = {}
    for one in rows_of(Hand, "case_id = ANY(%s)", [list(cases)]):
        found.setdefault(one.case_id, []).append((cast(Duty, one.duty), one.person_id))
    return found


def people_in(details: Mapping[str, object]) -> set[int]:
    """Give the people that the details of an act name."""
    return {value for name in PEOPLE_IN_DETAILS if isinstance(value := details.get(name), int)}
