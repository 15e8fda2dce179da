"""Reminding who did not claim in time what was reserved for them, by the site; what happens otherwise stands in the same letter.

The letter is a question about what was done and a notice of intent (Awb 4:8 and 4:46(2)): until its last day the recipient can
still claim, or say what they think of it. Nothing lapses by itself: after that two officials decide (lapse.py), or one (settle.py).
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.core.days import day_of
from doorleren.core.looks import AT_ONCE, Looked, looked
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import DeliveryQuestion
from doorleren.decisions.one_by_one import one_by_one
from doorleren.decisions.said_with_acts import keep_words
from doorleren.decisions.unclaimed import REMINDED, ensure_to_remind, to_remind

LETTER = "claim_reminded"
ASKED = "U hebt nog niet gedeclareerd wat voor u is gereserveerd. Laat weten wat er is gedaan, met het bewijs."


def remind_of_claim(case: int, *, at: datetime) -> DeliveryQuestion:
    """Remind, and give notice that the grant is to be settled at nil; again where the letter of that went out too late.

    Raises CaseRefused, DecisionRefused where it was claimed.
    """
    with transaction.atomic():
        matter, today = matter_held(case), day_of(at)
        decision, last = ensure_to_remind(matter.case, today)
        until = law_of_terms().reckon("claim-reminder", today).last
        details: dict[str, Detail] = {"what": REMINDED, "until": until.isoformat(), "settled_cents": 0}
        act = perform(case, "intent_notified", by=SITE, at=at, details=details, ground="Awb, art. 4:46(2)")
        keep_words(act, ASKED, at=at)
        values = {"granted_cents": decision.amount_cents, "claim_until": last, "respond_until": until}
        write_letter(act, LETTER, values, matter, at=at)
        number = DeliveryQuestion.objects.filter(case=case).count() + 1
        return DeliveryQuestion.objects.create(case=act.case, number=number, act=act, asked_on=today, until=until)


def remind_unclaimed(
    now: Callable[[], datetime], *, after: int = 0, most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> Looked:
    """Remind in the next cases, at most so many; what goes wrong is said in the log, and what cannot be is for an official."""
    rows = to_remind(day_of(now())).filter(case__gt=after).order_by("case")
    found = list(rows.values_list("case", flat=True)[:most])
    wrong = "in case %s nobody could be reminded to claim"
    done = one_by_one(found, lambda case: remind_of_claim(case, at=now()), wrong=wrong, stopped=stopped, refusals=False)
    return looked(done, found, most)
