"""A last day that a letter gave: it counts only once that letter was sent, in time. Ground: Awb 3:40 and 3:41 (recalled), 6:8.

Pure, and the one place that says so: for completing, a view, a question, paying. A dispatch that failed starts nothing, and what
waits for a letter that came back waits until that letter was sent again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Protocol, TypeVar

from doorleren.cases.acts import ACTS
from doorleren.cases.stops import said
from doorleren.core.texts import Texts

DISPATCHED, RETURNED = "dispatched", "post_returned"
WRONG_ADDRESS, NOT_TAKEN = "wrong_address", "not_taken"
"""Why a letter that came back goes again (`why` of that dispatch): it was addressed wrongly, or rightly and nobody took it."""
WITH_A_NOTE = "contact_noted"
"""The act that a letter of no act of its own goes with: a question about what was done, a reminder to pay."""
_NOTES: Mapping[str, Texts] = {
    "proof_asked": said("vraag over wat er is gedaan", "question about what was done"),
    "claim_reminded": said("herinnering om te declareren", "reminder to claim"),
    "reminded": said("aanmaning", "reminder to pay"),
    "loan_plan": said("brief met het terugbetaalplan", "letter with the plan of repayment"),
    "loan_remitted": said("kwijtschelding van de lening", "remission of the loan"),
    "loan_reminded": said("aanmaning over de lening", "reminder of the loan"),
}


class Done(Protocol):
    """An act on a case, as its row has it."""

    @property
    def number(self) -> int:
        """Give its number in the case."""
        ...

    @property
    def act(self) -> str:
        """Name the kind."""
        ...

    @property
    def happened_on(self) -> date:
        """Give the day that counts."""
        ...

    @property
    def details(self) -> Mapping[str, object]:
        """Give ids, codes, days and amounts."""
        ...


Act = TypeVar("Act", bound=Done)


@dataclass(frozen=True, slots=True)
class GivenDay:
    """The last day that a letter gave, what that letter is called, when it was written, and when sent, as counts (None: it was not).

    `back`: it came back and was not sent again.
    """

    letter: Texts
    written: date
    last: date
    sent: date | None
    back: bool = False


def goes_by_letter(done: Done) -> bool:
    """Say whether an act goes by a letter from which something follows once it was sent."""
    return ACTS[done.act].letter or (done.act == WITH_A_NOTE and done.details.get("what") in _NOTES)


def sendings(number: int, acts: Iterable[Act]) -> list[Act]:
    """Give the dispatches of the letter of an act (its number), in order."""
    return [one for one in acts if one.act == DISPATCHED and one.details.get("of") == number]


def counting(number: int, acts: Iterable[Act]) -> Act | None:
    """Give the dispatch that counts for the letter of an act (its number), by the acts of its case in order; None: it was not sent.

    The first, or the last that went again because the address was wrong: what went to a wrong address was not published
    (Awb 6:8(1); assumption: Awb 3:41(1), recalled and not read). One that nobody took counts all the same: what goes after that is
    a copy, and a copy that went to a wrong address moves nothing.
    """
    sent = sendings(number, acts)
    again = (one for one in sent if one.details.get("why"))
    anew = list(takewhile(lambda one: one.details["why"] == WRONG_ADDRESS, again))
    return anew[-1] if anew else min(sent, key=lambda one: one.happened_on, default=None)


def lying_back(acts: Sequence[Act]) -> list[Act]:
    """Give the notes that a letter came back which nobody sent again, the last first; not of a copy of one that nobody took."""
    answered = {one.details.get("returned") for one in acts if one.act == DISPATCHED}
    published = {one.details.get("of") for one in acts if one.act == DISPATCHED and one.details.get("why") == NOT_TAKEN}
    return [
        one for one in reversed(acts)
        if one.act == RETURNED and one.number not in answered and one.details.get("of") not in published
    ]  # fmt: skip


def sent_on(done: Done, acts: Iterable[Done]) -> date | None:
    """Give the day on which the letter of an act was sent, by the dispatch that counts; None where it was not."""
    found = counting(done.number, acts)
    return None if found is None else found.happened_on


def given_by(done: Done, last: date, acts: Sequence[Done]) -> GivenDay:
    """Give the last day that the letter of an act gave, by the acts of its case."""
    name = _NOTES.get(str(done.details.get("what")), ACTS[done.act].texts)
    back = any(one.details.get("of") == done.number for one in lying_back(acts))
    return GivenDay(name, done.happened_on, last, sent_on(done, acts), back)


def still_waits(given: GivenDay, today: date, time_left: Texts) -> Texts | None:
    """Give the sentence why what follows must wait; None where the letter went out and its last day is over.

    `time_left` says that the day is yet to pass. Example: asked on 1 March until 15 March. Not sent: forbidden on 16 March too.
    Sent on 16 March: forbidden, as nobody had time. Sent on 2 March: possible from 16 March.
    """
    return not_in_time(given) or (time_left if today <= given.last else None)


def not_in_time(given: GivenDay) -> Texts | None:
    """Give the sentence why a last day does not count: its letter did not go out, only when the day was there, or is back; else None."""
    if given.sent is None:
        return said(
            f"De brief ‘{given.letter['nl']}’ van {given.written:%d-%m-%Y} is nog niet verzonden. De tijd die u daarin gaf, loopt "
            "pas als de brief weg is.",
            f"The letter ‘{given.letter['en']}’ of {given.written} has not been sent yet. The time that it gave runs only once it has.",
        )  # fmt: skip
    if given.back:
        return said(
            f"De brief ‘{given.letter['nl']}’ van {given.written:%d-%m-%Y} kwam terug. Stuur hem eerst opnieuw.",
            f"The letter ‘{given.letter['en']}’ of {given.written} came back. Send it again first.",
        )
    if given.sent >= given.last:
        return said(
            f"De brief ‘{given.letter['nl']}’ van {given.written:%d-%m-%Y} is pas verzonden op {given.sent:%d-%m-%Y}, toen de "
            f"gegeven tijd (tot en met {given.last:%d-%m-%Y}) op was. Stuur een nieuwe brief, met een latere dag.",
            f"The letter ‘{given.letter['en']}’ of {given.written} was sent only on {given.sent}, when the time that it gave (until "
            f"{given.last}) was over. Send another letter, with a later day.",
        )  # fmt: skip
    return None
