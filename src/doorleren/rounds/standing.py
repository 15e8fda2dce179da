"""How a round stands: open or not, how many came in, what is used and what is left. For pages, API and command line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Sum

from doorleren.rounds.fell_back import FellBack, fell_back_of, last_fall_back
from doorleren.rounds.forecast import FEWEST, Forecast, Part, forecast, still_fit
from doorleren.rounds.models import Gate, PotPart, Round, RoundProposal, Sample, Ticket
from doorleren.rounds.pot import nothing_left
from doorleren.rounds.queries import announced_for, in_turn, outcomes_now, pot_from
from doorleren.rounds.times import OTHER_ENDS

KEPT = timedelta(hours=1)
"""The window of the pace; of before it only the samples on the hour are kept, for the forecast, and after LONGEST none."""
LONGEST = timedelta(days=14)
SHORTEST_SECONDS = 10.0
"""The shortest look from which a pace is told."""


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round now. Amounts are whole cents; None is no ceiling of that kind. `state`: announced, open or closed.

    `ended`, `gone`: see Counters.
    """

    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    ended: str | None
    gone: bool
    tickets: int
    asked_cents: int
    inside: int
    outside: int
    waiting: int
    reserved_cents: int
    left_cents: int | None
    left_number: int | None


def standing_of(round_: Round) -> RoundStanding:
    """Look how a round stands."""
    gate = Gate.objects.get(pk=round_.pk)
    came_in = Ticket.objects.filter(round=round_).aggregate(cents=Sum("cents"))["cents"] or 0
    tickets = Ticket.objects.filter(round=round_).count()
    outcomes, _ = outcomes_now(round_.pk)
    parts = list(PotPart.objects.filter(round=round_))
    return RoundStanding(
        state="announced" if gate.opened_at is None else "open" if gate.closed_at is None else "closed",
        opened_at=gate.opened_at, closed_at=gate.closed_at, ended=gate.ended or None,
        gone=_gone(round_, gate, parts), tickets=tickets, asked_cents=came_in,
        inside=outcomes["inside"], outside=outcomes["outside"], waiting=tickets - outcomes["inside"] - outcomes["outside"],
        reserved_cents=sum(part.cents for part in parts),
        left_cents=_left([(part.ceiling_cents, part.cents) for part in parts]),
        left_number=_left([(part.ceiling_number, part.number) for part in parts]),
    )  # fmt: skip


def _left(parts: list[tuple[int | None, int]]) -> int | None:
    """Add up what is left of the parts that have a ceiling; the rest of a round without one has none."""
    known = [ceiling - spent for ceiling, spent in parts if ceiling is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a ceiling is used, in cents or in applications; `percent` is whole and rounded down: 100 is all of it."""

    total: int
    used: int

    @property
    def left(self) -> int:
        """Give what is left."""
        return self.total - self.used

    @property
    def percent(self) -> int:
        """Give the part that is used; of a ceiling of nothing that is all."""
        return self.used * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class PartStanding:
    """What is left of one part of the pot; `part` is the kind of applicant that it is set apart for, or empty."""

    part: str
    left_cents: int | None
    left_number: int | None
    ceiling_cents: int | None
    ceiling_number: int | None
    closed: bool

    @property
    def money(self) -> Use | None:
        """Give how much of its money is used; None where it has no ceiling in money."""
        return _use([(self.ceiling_cents, self.left_cents)])

    @property
    def number(self) -> Use | None:
        """Give how many of its applications are used; None where it has no ceiling in number."""
        return _use([(self.ceiling_number, self.left_number)])


@dataclass(frozen=True, slots=True)
class Counters:
    """A round now, from what is counted along with it: no ticket is looked at, however many there are.

    `state`: announced, open or closed. `closes_at`: when it closes by itself, as announced or as it was reopened.
    `received` is a few seconds behind the tickets. `window_tickets` came in during the `window_seconds` until now.
    `waiting` tickets have no place yet, `placed` have one: inside (`reserved_number`) or not. `forecast` is None where nobody can tell.
    `ended`: why it was closed, by its time, its ceiling or an act; None where it is not, or where that was not kept.
    `gone`: nobody who comes after can get anything, open or closed; never where all divide the pot in proportion.
    `fell_back`: what was decided last because its opening failed; None where it did not.
    """

    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    ended: str | None
    gone: bool
    closes_at: datetime | None
    received: int
    waiting: int
    placed: int
    reserved_cents: int
    reserved_number: int
    left_cents: int | None
    left_number: int | None
    parts: tuple[PartStanding, ...]
    window_tickets: int
    window_seconds: float
    forecast: Forecast | None
    fell_back: FellBack | None

    @property
    def money(self) -> Use | None:
        """Give how much of the money of all parts together is used; None where none has a ceiling in money."""
        return _use([(one.ceiling_cents, one.left_cents) for one in self.parts])

    @property
    def number(self) -> Use | None:
        """Give how many applications of all parts together are used; None where none has a ceiling in number."""
        return _use([(one.ceiling_number, one.left_number) for one in self.parts])

    @property
    def an_hour(self) -> int | None:
        """Give the pace in tickets an hour."""
        if self.window_seconds < SHORTEST_SECONDS:
            return None
        return round(self.window_tickets * 3600 / self.window_seconds)


def counted(rows: QuerySet[Round], at: datetime) -> QuerySet[Round]:
    """Take along what `counters` reads: two questions of the database, however many rounds."""
    samples = Sample.objects.filter(round=OuterRef("pk"), at__lte=at).order_by("at")
    reopened = RoundProposal.objects.filter(round=OuterRef("pk"), act__in=OTHER_ENDS, released_at__isnull=False)
    reopened = reopened.order_by("-released_at")
    return (
        rows.select_related("version", "body", "gate", "allocation", "draw")
        .defer("version__content", "draw__file", "draw__sealed_secret")
        .prefetch_related("parts")
        .annotate(reopened_until=Subquery(reopened.values("details__until")[:1]))
        .annotate(sampled_at=ArraySubquery(samples.values("at")), sampled=ArraySubquery(samples.values("tickets")))
        .annotate(fell_back=Subquery(last_fall_back(OuterRef("pk"))))
    )


def counters(row: Round, at: datetime) -> Counters:
    """Give how a round of `counted` stands at that moment."""
    gate, allocation, parts = row.gate, row.allocation, sorted(row.parts.all(), key=lambda one: one.part)
    received, placed = max(allocation.received, allocation.position), allocation.position
    left_cents = _left([(part.ceiling_cents, part.cents) for part in parts])
    left_number = _left([(part.ceiling_number, part.number) for part in parts])
    cents, number = sum(part.cents for part in parts), sum(part.number for part in parts)
    state = "announced" if gate.opened_at is None else "open" if gate.closed_at is None else "closed"
    until: str | None = getattr(row, "reopened_until", None)
    seen = _seen(row, received, at) if state == "open" else []
    tickets, seconds = _window(seen, at)
    foreseen = None
    if state == "open" and in_turn(row):
        mean = cents // number if number >= FEWEST else None
        needed = still_fit(left_cents, left_number, mean, received - placed)
        if needed is not None:
            foreseen = forecast(at=at, parts=_parts(seen), needed=needed)
    return Counters(
        state=state, opened_at=gate.opened_at, closed_at=gate.closed_at, ended=gate.ended or None,
        gone=_gone(row, gate, parts),
        closes_at=datetime.fromisoformat(until) if until else row.closes_at, received=received, waiting=received - placed, placed=placed,
        reserved_cents=cents, reserved_number=number, left_cents=left_cents, left_number=left_number,
        parts=tuple(_part(one) for one in parts), window_tickets=tickets, window_seconds=seconds, forecast=foreseen,
        fell_back=fell_back_of(getattr(row, "fell_back", None)),
    )  # fmt: skip


def _seen(row: Round, received: int, at: datetime) -> list[tuple[datetime, int]]:
    """Give how many had come in at which moments since the opening, oldest first and now last.

    At the opening that is nobody, unless it opened anew: then who was in before does not count to its pace.
    """
    opened = row.gate.opened_at
    assert opened is not None
    pairs = zip(getattr(row, "sampled_at", None) or [], getattr(row, "sampled", None) or [], strict=True)
    seen = [(moment, tickets) for moment, tickets in pairs if opened < moment < at]
    first = [] if getattr(row, "fell_back", None) or at - opened > LONGEST else [(opened, 0)]
    return [*first, *seen, (at, received)]


def _window(seen: list[tuple[datetime, int]], at: datetime) -> tuple[int, float]:
    """Give how many came in, and in how many seconds: since the opening, or since the oldest look of the last hour."""
    recent = [one for one in seen if one[0] >= at - KEPT]
    if not recent:
        return 0, 0.0
    return recent[-1][1] - recent[0][1], (at - recent[0][0]).total_seconds()


def _parts(seen: list[tuple[datetime, int]]) -> list[Part]:
    """Give seconds and tickets between the looks."""
    return [
        ((last - first).total_seconds(), max(0, after - before))
        for (first, before), (last, after) in pairwise(seen)
        if last > first
    ]


def _use(parts: list[tuple[int | None, int | None]]) -> Use | None:
    """Add up ceilings and what is left of them; parts without one do not count."""
    known = [(ceiling, left) for ceiling, left in parts if ceiling is not None and left is not None]
    return Use(sum(one for one, _ in known), sum(one - left for one, left in known)) if known else None


def _gone(row: Round, gate: Gate, parts: list[PotPart]) -> bool:
    """Say whether nobody who comes after can get anything of the pot of a round that was opened."""
    if gate.opened_at is None or row.order == "pro_rata":
        return False
    return nothing_left(pot_from(announced_for(row).pot, parts))


def _part(one: PotPart) -> PartStanding:
    return PartStanding(
        one.part,
        None if one.ceiling_cents is None else one.ceiling_cents - one.cents,
        None if one.ceiling_number is None else one.ceiling_number - one.number,
        one.ceiling_cents, one.ceiling_number, one.missed,
    )  # fmt: skip
