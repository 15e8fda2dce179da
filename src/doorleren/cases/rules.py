"""What follows from the moments of a case's acts: its state, what is possible now, and why something else is not.

Pure. The database says the same: its generated column `state` and its constraints are written from the same tables
(`models/guards.py`), and tests hold them against what stands here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from doorleren.cases.acts import ACTS, ActKind
from doorleren.cases.given_days import GivenDay, still_waits
from doorleren.cases.stops import IN_HAND, OVERTURNED, STOPS, UNCLOSED, said
from doorleren.cases.terms.facts import CaseTerm
from doorleren.core.texts import Texts

Moments = Mapping[str, datetime | None]
"""The latest moment of each act and family by name ("asked_to_complete", "decided"); what never happened is None or absent."""

StateName = Literal[
    "received", "incomplete", "being_assessed", "assessed", "granted", "refused", "left_out", "settled", "revoked",
    "objection", "withdrawn", "forwarded", "closed", "destroyed",
]  # fmt: skip
STATE_NAMES: tuple[StateName, ...] = get_args(StateName)
FINAL: frozenset[StateName] = frozenset({"closed", "destroyed"})
"""States in which nothing waits for the authority."""


@dataclass(frozen=True, slots=True)
class State:
    """A case is in this state when one of `any_of` stands: it happened, and none of `until` happened later than it."""

    name: StateName
    any_of: tuple[str, ...]
    until: tuple[str, ...] = ()


STATES: tuple[State, ...] = (
    State("destroyed", ("destroyed",)),
    State("closed", ("closed",), UNCLOSED),
    State("forwarded", ("forwarded",)),
    State("withdrawn", ("withdrawn",)),
    State("objection", IN_HAND, ("objection_decided", "objection_withdrawn")),
    State("revoked", ("revoked",), OVERTURNED),
    State("settled", ("settled",), OVERTURNED),
    State("granted", ("granted", "partly_granted"), ("refused", "left_out")),
    State("refused", ("refused",), ("granted", "partly_granted", "left_out")),
    State("left_out", ("left_out",), ("granted", "partly_granted", "refused")),
    State("incomplete", ("asked_to_complete",), ("completed",)),
    State("assessed", ("assessed",), ("completed",)),
    State("being_assessed", ("assigned",)),
)
"""The first that holds is the state; "received" where none does."""
_MET_BY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "decision": ("decided", ("completed", "judgment_noted")),
    "leave-out": ("decided", ("completed", "judgment_noted")),
    "objection-decision": ("objection_decided", ("objection_received", "judgment_noted")),
    "settlement": ("settled", OVERTURNED),
    "decision-anew": ("decided", ("judgment_noted",)),
    "objection-decision-anew": ("objection_decided", ("objection_taken_up",)),
}
"""With what act each term of the authority is met once its letter is sent, and after what it must be met anew."""


def stands(moments: Moments, act: str, until: Iterable[str] = ()) -> bool:
    """Say whether an act happened and none of `until` happened later than it. Example: asked on 1 March, completed on 5 March: no."""
    since = moments.get(act)
    return since is not None and not any((later := moments.get(one)) is not None and later > since for one in until)


def is_left_out(moments: Moments) -> bool:
    """Say whether the decision to leave an application out of treatment stands, whatever came after it (an objection, the closing)."""
    return stands(moments, "left_out", ("granted", "partly_granted", "refused", *OVERTURNED))


def is_revoked(moments: Moments) -> bool:
    """Say whether the withdrawal of a grant stands, whatever came after it (an objection, the closing); `models.REVOKED` says it in SQL."""
    return stands(moments, "revoked", OVERTURNED)


def settled_at_once(moments: Moments) -> bool:
    """Say whether a settlement stands that was made in the decision on the grant itself: two acts at one moment (ADR 0031)."""
    return stands(moments, "settled", OVERTURNED) and moments.get("settled") == moments.get("decided")


def only_unsent(term: str, moments: Moments) -> bool:
    """Say whether what must be done within a term of the authority (its id) was done, so that only its letter is still to be sent."""
    act, until = _MET_BY.get(term, ("", ()))
    return stands(moments, act, until)


def state_of(moments: Moments, *, without: StateName | None = None) -> StateName:
    """Give the state that follows from the moments. `without`: as if that state was none, to see what it lies over."""
    for state in STATES:
        if state.name != without and any(stands(moments, act, state.until) for act in state.any_of):
            return state.name
    return "received"


def why_not(act: str, moments: Moments) -> Texts | None:
    """Give the sentence why an act is forbidden as the case stands; None where it is possible. Raises KeyError."""
    kind = ACTS[act]
    if kind.once and moments.get(act) is not None:
        return done_before(kind)
    stop = stopped(kind.stopped_by, moments)
    if stop is not None:
        return stop
    for after in kind.after:
        if all(moments.get(one) is None for one in after.any_of):
            return after.texts
    if kind.answers and not stands(moments, kind.answers, (act,)):
        return nothing_open(kind)
    return None


def stopped(by: Iterable[str], moments: Moments) -> Texts | None:
    """Give the sentence of the first of these stops that holds; None where none does. Raises KeyError."""
    held = (stop for stop in map(STOPS.__getitem__, by) if stands(moments, stop.by, stop.until))
    return next((stop.texts for stop in held), None)


ANSWERED_INTENT = ("decided", "settled", "revoked", "amended", "budget_reservation_invoked")
"""What may follow on notice of intent, so that a view comes too late."""
NOTHING_MEANT = said(
    "Er is geen voornemen waarover nog moet worden beslist.",
    "There is no notice of intent that still waits for a decision.",
)


def nothing_to_view(moments: Moments) -> Texts | None:
    """Give the sentence why there is nothing to give a view on: no intent, or the decision was taken; None where there is."""
    return None if stands(moments, "intent_notified", ANSWERED_INTENT) else NOTHING_MEANT


def possible(moments: Moments) -> tuple[str, ...]:
    """Name the acts that are possible as the case stands, in the order of its life."""
    return tuple(act for act in ACTS if why_not(act, moments) is None)


def done_before(kind: ActKind) -> Texts:
    """Say that an act happens once and has happened."""
    return said(
        f"Dit is al gebeurd ({kind.texts['nl']}) en kan maar één keer.",
        f"This has been done ({kind.texts['en']}) and can be done only once.",
    )


def nothing_open(kind: ActKind) -> Texts:
    """Say that what an act answers is not open."""
    asked = ACTS[kind.answers].texts
    return said(
        f"Er staat niets open om dit op te laten volgen ({asked['nl']}).",
        f"Nothing is open that this would follow on ({asked['en']}).",
    )


# --- what time forbids

HARMFUL = frozenset({"refused", "revoked", "settled_lower", "settled_at_nil"})
"""Decisions that wait for a view where notice of intent was given (Awb 4:7, 4:8)."""
NEEDS_INTENT = ("Awb, art. 4:35",)
"""Grounds of a refusal that is never made without notice of intent (Awb 4:12(2))."""


WITH_A_LAST_DAY = ("asked_to_complete", "intent_notified")
"""Acts whose letter gives a last day, for which something else waits."""
COMPLETING = said(
    "De aanvrager heeft nog tijd om de aanvraag aan te vullen.",
    "The applicant still has time to complete the application.",
)
VIEWING = said("De aanvrager heeft nog tijd voor een zienswijze.", "The applicant still has time to give a view.")


def too_early(act: str, moments: Moments, given: Mapping[str, GivenDay], today: date, ground: str = "") -> Texts | None:
    """Give the sentence why an act must wait for a day; None where it need not.

    `given` has the last day that was given to complete ("asked_to_complete") and to give a view ("intent_notified").
    An application is left out of treatment only after the day to complete it (Awb 4:5(1)); a decision that harms waits
    for the view or its last day. A day counts once its letter was sent. Example: asked to complete until 10 March; on 10 March
    leaving out is refused.
    """
    asked, told = given.get("asked_to_complete"), given.get("intent_notified")
    if act == "left_out" and asked is not None:
        return still_waits(asked, today, COMPLETING)
    if act == "refused" and ground.startswith(NEEDS_INTENT) and moments.get("intent_notified") is None:
        return ACTS["revoked"].after[1].texts
    waits = act in HARMFUL and stands(moments, "intent_notified", ("view_received",))
    return still_waits(told, today, VIEWING) if waits and told is not None else None


def not_lapsed(kind: ActKind, terms: Iterable[CaseTerm], today: date) -> Texts | None:
    """Give the sentence why the site cannot do an act alone: the term of the law that ends it is not over; None where it is."""
    last = next((one.last for one in terms if one.id == kind.lapses), None)
    if last is not None and last < today:
        return None
    return said(
        "De termijn van de wet waarna dit vanzelf eindigt, is nog niet voorbij.",
        "The term of the law after which this ends by itself is not over yet.",
    )


def too_late(act: str, last: date | None, today: date) -> Texts | None:
    """Give the sentence why an application can no longer be left out of treatment: its four weeks are over (Awb 4:5(4)).

    `last`: the last day of that term; None while it has not begun.
    """
    if act != "left_out" or last is None or today <= last:
        return None
    return said(
        f"Buiten behandeling laten kon tot en met {last:%d-%m-%Y} (Awb artikel 4:5, lid 4). Beoordeel de aanvraag en beslis, of vraag "
        "opnieuw om aanvulling.",
        f"It could be left out of treatment until {last} (Awb 4:5(4)). Assess the application and decide, or ask to complete it again.",
    )  # fmt: skip
