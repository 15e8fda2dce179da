"""Following rounds, places and decisions in the ledger. Pulled: nothing below knows of money; asking again posts nothing twice.

First the ceiling of each round as it is now, then what places reserve for cases, then what decisions grant. Each cause has
its key (`ceiling:round/3/2`, `place:ticket/9/0`, `decision/12/grant`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum

from doorleren.audit.acts import SITE, Party
from doorleren.decisions.models import Decision, RecoveryStep, Revocation, Settlement
from doorleren.payments.balances import Subject, round_standing, standings_of
from doorleren.payments.commands.post import Event, post, post_all
from doorleren.payments.following import Told, follows
from doorleren.payments.loan_moves import remitted_before, repaid_before
from doorleren.payments.models import FollowedDecision, Transaction
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.standings import NEW, Standing
from doorleren.rounds.freed import INCOMPLETE, REFUSED
from doorleren.rounds.models import PlaceChange, PotPart, Round
from doorleren.rules.frameworks import ON_REPAYMENT

AT_ONCE = 1000
TAKEN_BACK = (INCOMPLETE, REFUSED)
"""Why the place that a decision rests on can be gone: it was left out of treatment, or refused."""

_PLACES = """
SELECT c.id, c.body_id, t.round_id, t.id, coalesce(change.turn, 0), coalesce(change.cents, p.cents)
FROM cases_case c
JOIN applications_application a ON a.id = CASE c.subject_kind WHEN 'application' THEN c.subject_id::bigint END
JOIN rounds_ticket t ON t.round_id = a.round_id AND t.key = a.key
JOIN rounds_place p ON p.ticket_id = t.id
LEFT JOIN LATERAL (
    SELECT turn, cents FROM rounds_placechange x WHERE x.ticket_id = t.id ORDER BY turn DESC LIMIT 1
) change ON true
WHERE c.id > %s AND (coalesce(change.cents, p.cents) > 0 OR change.turn > 0)
AND NOT EXISTS (SELECT FROM payments_transaction k
                WHERE k.key = 'place:ticket/' || t.id || '/' || coalesce(change.turn, 0))
AND NOT EXISTS (SELECT FROM payments_followeddecision f JOIN decisions_decision d ON d.id = f.decision_id
                WHERE d.case_id = c.id)
ORDER BY c.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class After:
    """How far somebody is who follows all that waits: the last case and the last decision looked at; None: there are no more."""

    case: int | None = 0
    decision: int | None = 0

    @property
    def nothing(self) -> bool:
        """Say whether nothing is left to look at."""
        return self.case is None and self.decision is None


@dataclass(frozen=True, slots=True)
class Followed:
    """What was done: ceilings set, places reserved (or given back), decisions followed; and what still waits or was refused.

    `after`: where to go on, so that nothing is looked at twice.
    """

    ceilings: int
    places: int
    decisions: int
    waiting: int
    refused: tuple[int, ...]
    after: After = After()

    def and_then(self, other: "Followed") -> "Followed":
        """Add what was done after this."""
        return Followed(
            self.ceilings + other.ceilings, self.places + other.places, self.decisions + other.decisions,
            self.waiting + other.waiting, self.refused + other.refused, other.after,
        )  # fmt: skip


NOTHING = Followed(0, 0, 0, 0, ())


def post_decisions(*, at: datetime, most: int = AT_ONCE, after: After = NOTHING.after) -> Followed:
    """Follow ceilings, at most so many places and so many decisions, those after some; give what was done.

    `refused` are decisions that the ledger does not take; `waiting` those whose place it does not have yet.
    """
    ceilings = _ceilings(at)
    places, case = (0, None) if after.case is None else _places(at, most, after.case)
    found = _unfollowed(most, after.decision)
    decisions, waiting, refused = _decisions(found, at)
    return Followed(
        ceilings, places, decisions, waiting, refused, After(case, found[-1].pk if len(found) == most else None)
    )


def _ceilings(at: datetime) -> int:
    """Bring the ceiling of each round to what its parts are together; a round with a part without one has none in money."""
    parts = PotPart.objects.values("round").annotate(
        cents=Sum("ceiling_cents"), without=Count("pk", filter=Q(ceiling_cents=None, part=""))
    )
    wanted = {one["round"]: one["cents"] for one in parts if not one["without"]}
    subjects = standings_of(("round", str(number)) for number in wanted)
    done = 0
    for row in Round.objects.filter(pk__in=wanted).order_by("pk"):
        turn, standing = subjects.get(("round", str(row.pk)), (0, NEW))
        if standing.amount("ceiling") == wanted[row.pk]:
            continue
        key = f"ceiling:round/{row.pk}/{turn + 1}"
        event = Event("set_ceiling", Party("round", str(row.pk)), wanted[row.pk], key, row.body_id, row.pk)
        post(event, by=SITE, at=at)
        done += 1
    return done


def _places(at: datetime, most: int, after: int) -> tuple[int, int | None]:
    """Reserve what places give, of the next cases; give how many, and after which case to go on."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [after, most])
        rows = cursor.fetchall()
    standings = standings_of(("case", str(row[0])) for row in rows)
    events = []
    for case, body, round_, ticket, turn, cents in rows:
        reserved = standings.get(("case", str(case)), (0, NEW))[1].amount("reserved")
        if cents == reserved:
            continue
        act = "reserve" if cents > reserved else "release_reservation"
        key = f"place:ticket/{ticket}/{turn}"
        events.append(Event(act, Party("case", str(case)), abs(cents - reserved), key, body, round_))
    post_all(events, by=SITE, at=at)
    return len(events), rows[-1][0] if len(rows) == most else None


def _unfollowed(most: int, after: int | None) -> list[Decision]:
    if after is None:
        return []
    gone = PlaceChange.objects.filter(ticket=OuterRef("ticket"), reason__in=TAKEN_BACK)
    rows = Decision.objects.filter(followed=None, pk__gt=after).select_related(
        "case", "act", "on_objection"
    ).annotate(taken_back=Exists(gone))  # fmt: skip
    return list(rows.prefetch_related("advance_parts").order_by("pk")[:most])


def _decisions(rows: Sequence[Decision], at: datetime) -> tuple[int, int, tuple[int, ...]]:
    """Follow decisions in their order; one that the ledger refuses stays, and holds up no other."""
    done = waiting = 0
    refused: list[int] = []
    for chunk in _one_of_a_case(rows):
        try:
            held, posted = _follow(chunk, at)
        except PaymentRefused:
            for one in chunk:
                try:
                    alone, posted = _follow([one], at)
                except PaymentRefused:
                    refused.append(one.pk)
                else:
                    done, waiting = done + posted, waiting + alone
        else:
            done, waiting = done + posted, waiting + held
    return done, waiting, tuple(refused)


def _one_of_a_case(rows: Sequence[Decision]) -> Iterator[list[Decision]]:
    """Divide decisions so that those of one case come one after the other, each starting from how the one before left it."""
    left = list(rows)
    while left:
        seen: set[int] = set()
        now: list[Decision] = []
        later: list[Decision] = []
        for one in left:
            (later if one.case_id in seen else now).append(one)
            seen.add(one.case_id)
        yield now
        left = later


def _follow(rows: Sequence[Decision], at: datetime) -> tuple[int, int]:
    """Post what these decisions lead to, all or none; give how many wait for their place, and how many were followed."""
    standings = standings_of(("case", str(one.case_id)) for one in rows)
    events: list[Event] = []
    followed: list[int] = []
    held = _rests_on_more(rows) | _not_ended_yet(rows, standings)
    for one in rows:
        standing = standings.get(("case", str(one.case_id)), (0, NEW))[1]
        if one.case_id in held:
            continue
        told = follows(_told(one), standing, _available(one))
        if told is None:
            continue
        followed.append(one.pk)
        subject, place = Party("case", str(one.case_id)), (one.case.body_id, one.round_id)
        events += [Event(act, subject, cents, f"decision/{one.pk}/{act}", *place) for act, cents in told]
    with transaction.atomic():
        post_all(events, by=SITE, at=at)
        FollowedDecision.objects.bulk_create(
            (FollowedDecision(decision_id=number, at=at) for number in followed), ignore_conflicts=True
        )
    return len(rows) - len(followed), len(followed)


def _rests_on_more(rows: Sequence[Decision]) -> set[int]:
    """Give the cases in which an objection was upheld, while a claim that fell by it is not posted.

    What came after the decision in its case does not count: that rests on the decision itself.
    """
    won = {one.case_id: one.act_id for one in rows if getattr(one, "on_objection", None) is not None}
    lifted = RecoveryStep.objects.filter(step="lifted", recovery__case__in=won)
    asked = ("pk", "recovery__case", "act")
    rests = [(f"lift/{step}", case, act) for step, case, act in lifted.filter(cents__gt=0).values_list(*asked)]
    waived = lifted.filter(waived_cents__gt=0).values_list(*asked)
    rests += [(f"lift_write_off/{step}", case, act) for step, case, act in waived]
    keys = {key: case for key, case, act in rests if act <= won[case]}
    posted = _posted(keys)
    return {case for key, case in keys.items() if key not in posted}


def _not_ended_yet(rows: Sequence[Decision], standings: Mapping[Subject, tuple[int, Standing]]) -> set[int]:
    """Give the cases in which a settlement or withdrawal came before the decision, and the ledger does not have it yet.

    Such a decision follows an objection or a judgment. One that changed nothing in the ledger is never posted, and holds up nothing.
    """
    own = {one.case_id: one.act_id for one in rows if one.replaces_id is not None}
    settled = Settlement.objects.filter(case__in=own).values_list("pk", "case", "act", "settled_cents")
    ends = [(f"settlement/{row}", case, act, cents) for row, case, act, cents in settled]
    withdrawn = Revocation.objects.filter(decision__case__in=own).values_list("act", "decision__case")
    ends += [(f"revocation/{act}", case, act, 0) for act, case in withdrawn]
    posted = _posted([key for key, *_ in ends])
    waiting = [(case, cents) for key, case, act, cents in ends if act <= own[case] and key not in posted]
    return {case for case, cents in waiting if not _ended_at(standings.get(("case", str(case)), (0, NEW))[1], cents)}


def _ended_at(standing: Standing, cents: int) -> bool:
    """Say whether a case has no obligation, and so many cents settled."""
    return not standing.amount("obligation") and standing.amount("settled") == cents


def _posted(keys: Collection[str]) -> set[str]:
    """Give those of these keys that are in the ledger."""
    return set(Transaction.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()


def _told(one: Decision) -> Told:
    """Say what of a decision counts. It was settled at once where both acts have one moment (a direct grant).

    An advance in parts is followed part by part (post_advances.py).
    """
    at_once = one.case.settled_as_granted_at == one.act.at
    won, loan = getattr(one, "on_objection", None), one.settle_how == ON_REPAYMENT
    anew = loan and one.replaces_id is not None
    advance = 0 if one.advance_parts.all() else one.advance_cents or 0
    return Told(
        one.kind, one.amount_cents, advance, one.place_cents, one.replaces_id is not None, at_once,
        won.above_ceiling_cents if won else 0, getattr(one, "taken_back", False), loan,
        repaid_before(one.case_id) if anew else 0, remitted_before(one.case_id) if anew else 0,
    )  # fmt: skip


def _available(one: Decision) -> int | None:
    """Give what the round has left, where another decision is to be paid from it."""
    if one.replaces_id is None or one.round_id is None:
        return None
    standing = round_standing(one.round_id)
    return standing.amount("available") if standing.amount("ceiling") else None
