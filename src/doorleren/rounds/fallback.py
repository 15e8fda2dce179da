"""When two people may say that the opening of a round failed, and what then follows, as it was announced beforehand.

What was announced (rules/fallback.py) is all that there is to choose from: the people say that it happened and name moments
within it. A receipt holds whatever they decide. The act itself: commands/fall_back.py.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import Any

from doorleren.core.days import day_of
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Allocation, Gate, Round, RoundDraw, Ticket
from doorleren.rounds.ordering import AS_THEY_COME
from doorleren.rounds.queries import AT_ONCE, announced_for, ids_of
from doorleren.rules.versions import Fallback


def ensure_failed(row: Round, gate: Gate, *, at: datetime) -> Fallback:
    """Give what was announced for a failed opening, where it can be said now that this one failed. Raises RoundRefused."""
    rule = announced_for(row).fallback
    if rule is None:
        raise refused(
            "Voor dit tijdvak is niet vooraf bekendgemaakt wat er gebeurt als de opening mislukt. Achteraf kan dat niet meer.",
            "Nothing was announced beforehand for a failed opening of this round. Afterwards that is no longer possible.",
        )
    if gate.closed_at is not None and (gate.ended != "act" or rule.then == "extend"):
        raise refused("Dit tijdvak is al gesloten.", "This round has been closed already.")
    if RoundDraw.objects.filter(pk=row.pk).exists() or (
        row.order not in AS_THEY_COME and Allocation.objects.get(pk=row.pk).position
    ):
        raise refused(
            "De loting is al begonnen of de plaatsen zijn al gegeven.", "The draw has begun or places have been given."
        )
    if gate.opened_at is None and day_of(at) < day_of(row.opens_at):
        raise refused("Dit kan vanaf de dag van de opening.", "This is possible from the day of the opening on.")
    if gate.opened_at is not None:
        _ensure_silent(row, gate, rule, gate.opened_at, at)
    return rule


def ensure_moments(row: Round, gate: Gate, rule: Fallback, details: Mapping[str, Any], *, at: datetime) -> None:
    """Raise RoundRefused unless the moments that were chosen are within what was announced. `details`: see propose_act."""
    until, extends = _moment(details, "until"), rule.then == "extend"
    if extends and (row.closes_at is None or "opens" in details):
        raise refused("Dit tijdvak kan alleen langer open blijven.", "This round can only stay open for longer.")
    if row.closes_at is not None and (until is None or until < row.closes_at):
        raise refused(
            "Vul in tot wanneer het open is. Dat is niet eerder dan was bekendgemaakt.",
            "Say until when it is open. That is not earlier than was announced.", "until",
        )  # fmt: skip
    if extends:
        _ensure_longer(row, gate, rule, until, at)
        return
    opens, first = _moment(details, "opens"), at + timedelta(hours=rule.notice_hours)
    if opens is None or opens < first:
        raise refused(
            f"Kies een moment dat ten minste {rule.notice_hours} uur na de vrijgave is, zoals is bekendgemaakt.",
            f"Choose a moment at least {rule.notice_hours} hours after the release, as was announced.", "opens",
        )  # fmt: skip
    if until is not None and until <= opens:
        raise refused("Een tijdvak sluit na de opening.", "A round closes after its opening.", "until")


def longest_silence(row: Round, gate: Gate, within: timedelta, *, at: datetime) -> timedelta:
    """Give for how long at a stretch nobody submitted, from the announced opening on and up to so long after the real one.

    Only as long as the gate stood open: what somebody shut is not silent.
    """
    if gate.opened_at is None:
        return max(timedelta(), at - row.opens_at)
    begins, ends = min(gate.opened_at, row.opens_at), min(at, gate.closed_at or at, gate.opened_at + within)
    came = Ticket.objects.filter(id__range=ids_of(row.pk), arrived_at__range=(begins, ends)).order_by("id")
    moments = chain([begins], came.values_list("arrived_at", flat=True).iterator(AT_ONCE), [ends])
    return max((after - before for before, after in pairwise(moments)), default=timedelta())


def _ensure_silent(row: Round, gate: Gate, rule: Fallback, opened: datetime, at: datetime) -> None:
    within, least = timedelta(hours=rule.within_hours), timedelta(minutes=rule.silent_minutes)
    if at > opened + within:
        raise refused(
            f"Dit kan tot {rule.within_hours} uur na de opening.",
            f"This is possible until {rule.within_hours} hours after the opening.",
        )
    silent = longest_silence(row, gate, within, at=at)
    if silent < least:
        minutes = -(-silent // timedelta(minutes=1))
        raise refused(
            f"Er kwamen aanvragen binnen: het was nooit langer dan {minutes} minuten stil. Bekendgemaakt is: ten minste {rule.silent_minutes} minuten.",
            f"Applications came in: it was never silent for longer than {minutes} minutes. Announced is: at least {rule.silent_minutes} minutes.",
        )


def _ensure_longer(row: Round, gate: Gate, rule: Fallback, until: datetime | None, at: datetime) -> None:
    silent = longest_silence(row, gate, timedelta(hours=rule.within_hours), at=at)
    if until is None or row.closes_at is None or until < row.closes_at + silent or until <= at:
        hours = -(-silent // timedelta(hours=1))
        raise refused(
            f"Het tijdvak blijft ten minste zo lang langer open als niemand kon indienen: {hours} uur.",
            f"The round stays open for at least as long as nobody could submit: {hours} hours.", "until",
        )  # fmt: skip


def _moment(details: Mapping[str, Any], field: str) -> datetime | None:
    told = details.get(field)
    try:
        found = None if told is None else datetime.fromisoformat(told)
        wrong = found is not None and found.tzinfo is None
    except (TypeError, ValueError):
        wrong = True
    if wrong:
        raise refused("Vul een dag en een tijd in.", "Give a moment with its zone.", field)
    return found
