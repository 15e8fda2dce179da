"""Which act on a round is possible as it stands: asked when it is proposed, and again when it is released."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorleren.rounds.answers import RoundRefused, refused
from doorleren.rounds.commands.move_money import possible_move, possible_raise
from doorleren.rounds.fallback import ensure_failed, ensure_moments
from doorleren.rounds.models import Allocation, Gate, Round, RoundDraw, RoundProposal
from doorleren.rounds.ordering import AS_THEY_COME
from doorleren.rounds.times import at_the_ceiling
from doorleren.rules.versions import Fallback


def possible(act: str, row: Round, details: Mapping[str, Any], *, at: datetime) -> None:
    """Raise RoundRefused with the reason where an act cannot be done now. `details`: see propose_act."""
    gate = Gate.objects.get(pk=row.pk)
    match act:
        case "open":
            _openable(row, gate, at)
        case "close" if gate.opened_at is None or gate.closed_at is not None:
            raise refused("Dit aanvraagtijdvak is niet open.", "This round is not open.")
        case "reopen":
            _reopenable(row, gate, details, at)
        case "move_money":
            possible_move(
                row.pk, str(details["part"]), int(details["to_round"]), str(details["to_part"]), int(details["cents"])
            )
        case "raise_number":
            possible_raise(row.pk, str(details["part"]), int(details["number"]))
        case "fall_back":
            ensure_moments(row, gate, _failed(row, gate, at), details, at=at)
        case "close":
            pass
        case _:
            raise refused("Deze handeling bestaat niet.", "This act does not exist.")


def why_not(act: str, row: Round, details: Mapping[str, Any], *, at: datetime) -> RoundRefused | None:
    """Give the reason why an act cannot be done now; None where it can."""
    try:
        possible(act, row, details, at=at)
    except RoundRefused as fault:
        return fault
    return None


def _openable(row: Round, gate: Gate, at: datetime) -> None:
    if gate.opened_at is not None:
        raise refused("Dit aanvraagtijdvak is al geopend.", "This round has been opened already.")
    if row.closes_at is not None and row.closes_at <= at:
        raise refused("Het moment van sluiting is voorbij.", "The moment at which it closes has passed.")
    if RoundProposal.objects.filter(round=row, act="open", released_at__isnull=False).exists():
        raise refused("De opening is al vrijgegeven.", "The opening has been released already.")


def _failed(row: Round, gate: Gate, at: datetime) -> Fallback:
    rule = ensure_failed(row, gate, at=at)
    if row.order in AS_THEY_COME and at_the_ceiling(Round.objects.get(pk=row.pk), at):
        raise refused(
            "De pot is leeg: wie na een nieuwe opening komt, krijgt niets meer.",
            "The pot is empty: who comes after a new opening gets nothing.",
        )
    return rule


def _reopenable(row: Round, gate: Gate, details: Mapping[str, Any], at: datetime) -> None:
    if gate.closed_at is None:
        raise refused("Dit aanvraagtijdvak is niet gesloten.", "This round is not closed.")
    if RoundDraw.objects.filter(pk=row.pk).exists() or (
        row.order not in AS_THEY_COME and Allocation.objects.get(pk=row.pk).position
    ):
        raise refused(
            "De loting is al begonnen of de plaatsen zijn al gegeven. Wie nu komt, kan niet meer meedoen.",
            "The draw has begun or places have been given. Who comes now can no longer take part.",
        )
    until = details.get("until")
    if until is None and row.closes_at is not None:
        raise refused("Vul in tot wanneer het open is.", "Say until when it is open.", "until")
    if until is not None and datetime.fromisoformat(until) <= at:
        raise refused("Kies een moment dat nog komt.", "Choose a moment that is yet to come.", "until")
    if row.order in AS_THEY_COME and at_the_ceiling(Round.objects.get(pk=row.pk), at):
        raise refused(
            "De pot is leeg: het tijdvak zou meteen weer sluiten. Verplaats eerst geld of verhoog het aantal. "
            "Wie buiten viel, gaat dan voor; wat er daarna over is, is voor wie nieuw komt.",
            "The pot is empty: the round would close again at once. Move money or raise the number first. "
            "Who fell outside goes before; what is left after that is for who comes new.",
        )
