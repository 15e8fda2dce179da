"""Releasing what another official proposed for a round: the second of two. Here the act takes effect, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.access import RELEASE, ensure_another, ensure_may
from doorleren.rounds.acting import possible
from doorleren.rounds.answers import refused
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.commands.fall_back import fall_back
from doorleren.rounds.commands.move_money import move_money, raise_number
from doorleren.rounds.commands.open_gate import close_gate, open_gate, reopen_gate
from doorleren.rounds.models import Allocation, Gate, Round, RoundProposal
from doorleren.rules.library import Library

ASK_OF_PLACES = ("reopen", "fall_back")
"""Acts that are possible only while no places were given or there is money left: nobody gives any until the commit."""

Effect = Callable[[Round, Mapping[str, Any], Party, datetime], None]


def release_act(proposal: int, *, library: Library, by: SignedIn, at: datetime) -> RoundProposal:
    """Release a proposal and do what it says. Raises NotAllowed, RoundRefused, DoesNotExist.

    An opening that is released before its time takes effect at that time (server/rounds_keeper.py).
    """
    with transaction.atomic():
        row = RoundProposal.objects.select_for_update(of=("self",)).get(pk=proposal)
        ensure_may(by, RELEASE, row.body_id, row.round_id, at=at)
        ensure_another(by, row)
        if not row.waits:
            raise refused("Over dit voorstel is al beslist.", "This proposal has been decided already.")
        target = row.round or _announced(library, row, by, at)
        if row.round_id is not None:
            Gate.objects.select_for_update().get(pk=row.round_id)
            if row.act in ASK_OF_PLACES:
                Allocation.objects.select_for_update().get(pk=row.round_id)
            possible(row.act, target, row.details, at=at)
            EFFECTS[row.act](target, row.details, by.party, at)
        row.round, row.released_by_id, row.released_at = target, by.person, at
        row.save(update_fields=["round", "released_by", "released_at"])
        subject = Party("round_proposal", str(row.pk))
        record("released", subject, by=by.party, at=at, details={"act": row.act, "round": target.pk})
    return row


def _announced(library: Library, row: RoundProposal, by: SignedIn, at: datetime) -> Round:
    try:
        made = announce_from_scheme(library, row.details["scheme"], row.details["code"], by=by.party, at=at)
    except (KeyError, ValueError) as error:
        raise refused(
            "Dit tijdvak staat niet (meer) zo in het bestand van de regeling.",
            "This round does not stand in the file of the scheme like this (any more).",
        ) from error
    if made.body_id != row.body_id:
        raise refused("Een andere instantie voert deze regeling uit.", "Another authority executes this scheme.")
    return made


def _open(target: Round, _: Mapping[str, Any], by: Party, at: datetime) -> None:
    if target.opens_at <= at:
        open_gate(target.pk, by=by, at=at)


def _close(target: Round, _: Mapping[str, Any], by: Party, at: datetime) -> None:
    close_gate(target.pk, by=by, at=at)


def _reopen(target: Round, _: Mapping[str, Any], by: Party, at: datetime) -> None:
    reopen_gate(target.pk, by=by, at=at)


def _move(target: Round, told: Mapping[str, Any], by: Party, at: datetime) -> None:
    move_money(target.pk, told["part"], told["to_round"], told["to_part"], told["cents"], by=by, at=at)


def _raise(target: Round, told: Mapping[str, Any], by: Party, at: datetime) -> None:
    raise_number(target.pk, told["part"], told["number"], by=by, at=at)


def _fall_back(target: Round, told: Mapping[str, Any], by: Party, at: datetime) -> None:
    fall_back(target.pk, told, by=by, at=at)


EFFECTS: Mapping[str, Effect] = {
    "open": _open, "close": _close, "reopen": _reopen, "move_money": _move, "raise_number": _raise,
    "fall_back": _fall_back,
}  # fmt: skip
