"""Whether an objection came too late as its case stands now, and what became of the letter from which its term runs. Reads only.

Awb 6:7 to 6:9; assumption: Awb 3:41(1), recalled and not read. What was noted when it came in can change: a letter that came back and
went again to the right address moves the term (cases/given_days.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import RETURNED, sendings, sent_on
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.decisions.models import Objection


@dataclass(frozen=True, slots=True)
class Contested:
    """Until when one could object to what an objection is against, and its letter: sent, come back, sent again; None where it was not.

    `late`: the objection came after that.
    """

    last_day: date | None
    late: bool
    sent: date | None
    back: date | None
    again: date | None


def contested_by(objection: Objection, acts: Sequence[CaseAct] | None = None) -> Contested:
    """Say how the decision that an objection is against stands now; `acts`: all acts of the case, where they were read."""
    acts = acts_of(objection.case_id) if acts is None else acts
    number, counts = objection.against.number, sent_on(objection.against, acts)
    sent = sendings(number, acts)
    back = [one.happened_on for one in acts if one.act == RETURNED and one.details.get("of") == number]
    again = [one.happened_on for one in sent if one.details.get("returned")]
    last_day = objection.last_day if counts is None else law_of_terms().reckon("objection", counts).last
    late = objection.late and last_day is not None and objection.received_on > last_day
    return Contested(
        last_day,
        late,
        min((one.happened_on for one in sent), default=None),
        max(back, default=None),
        max(again, default=None),
    )


def is_late(objection: Objection) -> bool:
    """Say whether an objection came too late, by the dispatch that counts now."""
    return objection.late and contested_by(objection).late
