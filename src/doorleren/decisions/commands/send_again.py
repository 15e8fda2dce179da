"""Sending a letter again that came back: as it was made, by a way that an official chooses, once for each time that it came back.

Ground: Awb 6:8(1); assumption: Awb 3:41(1), recalled and not read. Where the address was wrong the terms run from this dispatch; where it was
right they run from the one before, and this is a service. An attempt that fails starts nothing, and can be made again.
What must go by post goes by post again (docs/adr/0045), and after a wrong address in an envelope with the right one: the letter stays as it was.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail, record
from doorleren.cases.access import ensure_may
from doorleren.cases.commands.perform import perform
from doorleren.cases.given_days import DISPATCHED, NOT_TAKEN, WRONG_ADDRESS, sendings
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import moments_of, party_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.returned import NONE_BACK, came_back
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import ActLetter
from doorleren.decisions.refusing import refused
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.models import Channel, Dispatch, Letter
from doorleren.people.signed_in import SignedIn

WHY = (WRONG_ADDRESS, NOT_TAKEN)
ENVELOPE = "envelope"
"""The field in which an official says that the letter goes in an envelope with the right address."""


def send_again(
    case: int, returned: int, *, channel: str, why: str, by: SignedIn, at: datetime, envelope: bool = False
) -> Dispatch:
    """Try once to send the letter that act number `returned` noted as come back; give the attempt, which may have failed.

    `envelope`: it goes in an envelope with the right address, which after a wrong one it must. Raises NotAllowed; CaseRefused,
    DecisionRefused with the field where nothing came back or what was chosen is none of what can be.
    """
    _ensure_chosen(why, channel, envelope)
    with transaction.atomic():
        held = locked_case(case)
        ensure_may(by, DISPATCHED, held, at=at)
        stopped, rows = why_not(DISPATCHED, moments_of(held)), acts_of(case)
        back = next((one for one in came_back(rows) if one.number == returned), None)
        if stopped is not None or back is None:
            raise CaseRefused(stopped or NONE_BACK, DISPATCHED, "" if stopped else "returned")
        of = int(str(back.details["of"]))
        letter = _letter(case, of)
        _ensure_by_post(held, letter, channel)
        made = send_letter(letter, at=at, channel=Channel(channel), turn=len(sendings(of, rows)) + 1)
        if made.sent:
            told: dict[str, Detail] = {
                "of": of, "letter": str(letter), "channel": channel, "returned": returned, "why": why,
                **({ENVELOPE: True} if envelope else {}),
            }  # fmt: skip
            perform(case, DISPATCHED, by=by, at=at, on=day_of(at), details=told, held=held)
        else:
            record("letter_retried", party_of(held), by=by.party, at=at, details={"letter": letter, "sent": False})
    return made


def letters_back(case: Case) -> list[tuple[CaseAct, CaseAct]]:
    """Give the notes of letters that came back and were not sent again, each with the act of its letter, the last first."""
    rows = acts_of(case.pk) if case.post_returned_at else []
    acts = {one.number: one for one in rows}
    return [(one, acts[int(str(one.details["of"]))]) for one in came_back(rows)]


def none_back(case: Case) -> Texts | None:
    """Give the sentence why nothing can be sent again; None where a letter came back."""
    return None if letters_back(case) else NONE_BACK


def ways_again(case: Case) -> list[Channel]:
    """Give the ways by which a letter of a case that came back can go again: by post alone where none may go otherwise."""
    of = [one.number for _, one in letters_back(case)]
    letters = ActLetter.objects.filter(act__case=case, act__number__in=of).values_list("letter", flat=True)
    return [Channel.PRINT] if all(_only_by_post(case, one) for one in letters) else list(Channel)


def _only_by_post(case: Case, letter: int) -> bool:
    """Say whether a letter must go by post: it did so at first, or all letters of the case must now."""
    return Letter.objects.filter(pk=letter, channel=Channel.PRINT).exists() or matter_of(case).by_post


def _ensure_by_post(case: Case, letter: int, channel: str) -> None:
    if channel != Channel.PRINT and _only_by_post(case, letter):
        raise refused("only_by_post", "Deze brief kan alleen per post weg: de aanvraag kwam op papier, of iemand handelt voor de aanvrager.",
                      "This letter can go by post only: the application came on paper, or somebody acts for the applicant.", "channel")  # fmt: skip


def _ensure_chosen(why: str, channel: str, envelope: bool) -> None:
    if why not in WHY:
        raise _no_choice("why", why, WHY)
    if channel not in Channel.values:
        raise _no_choice("channel", channel, Channel.values)
    if why == WRONG_ADDRESS and channel == Channel.PRINT and not envelope:
        raise refused("envelope", "Op de brief staat niet het goede adres. Zorg voor een envelop met het goede adres, en kruis dat aan.",
                      "The right address is not on the letter. See to an envelope with the right address, and tick that.", ENVELOPE)  # fmt: skip


def _letter(case: int, of: int) -> int:
    """Give the number of the letter of an act. Raises DecisionRefused where it was not made here."""
    found = ActLetter.objects.filter(act__case=case, act__number=of).values_list("letter", flat=True).first()
    if found is None:
        raise refused("no_letter", "Deze brief is niet hier gemaakt, en kan dus niet opnieuw weg.",
                      "This letter was not made here, so it cannot be sent again.", "returned")  # fmt: skip
    return found


def _no_choice(field: str, given: str, allowed: tuple[str, ...] | list[str]) -> Exception:
    names = ", ".join(allowed)
    return refused(
        "no_choice",
        f"Kies een van: {names}. Gegeven is: {given or '-'}.",
        f"Choose one of: {names}. Given is: {given or '-'}.",
        field,
    )
