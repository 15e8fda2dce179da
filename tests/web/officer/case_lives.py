"""Cases as they stand before an act, for the tests of forms: each life built by the product's own commands, some weeks ago."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE, Party
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.note import note_contact, note_post_returned
from doorleren.cases.commands.note_appeal import note_appeal
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.suspend_term import suspend_term
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.advance_plan import PROGRESS
from doorleren.decisions.commands.act_by_letter import ask_by_letter
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.check_delivery import draw_sample
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.decisions.commands.hear_objection import call_to_hearing
from doorleren.decisions.commands.note_representative import note_guardian_of
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.recover import decide_recovery, remind
from doorleren.decisions.commands.repair_objection import ask_to_repair
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.settle import Weighed, settle_lower
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.models import AdvancePart
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.commands.post_decisions import post_decisions
from doorleren.people.models import Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.web.surroundings import now
from tests.decisions import made
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import NO, applicant, granted, next_moment, objected, refused, went
from tests.web.officer.cases_made import Bureau
from tests.web.officer.desk import Desk

WORDS = "dit is de reden"
WEIGHED = Weighed("u was er niet", "u kunt het in delen terugbetalen")


@dataclass
class Life:
    """A case with its officials by duty, who act so many days ago and then minute after minute."""

    bureau: Bureau
    sanne: Desk = field(init=False)
    staff: dict[str, Person] = field(init=False)

    def __post_init__(self) -> None:
        """Let a second decider come in."""
        self.sanne = self.bureau.desk(RoleKind.DECIDER, "Sanne")
        people = {"assessor": self.bureau.fatima, "decider": self.bureau.joost, "second": self.sanne,
                  "paymaster": self.bureau.pim}  # fmt: skip
        self.staff = {name: desk.person for name, desk in people.items() if desk.person is not None}

    @property
    def case(self) -> Case:
        """Give the case as it is now."""
        return self.bureau.again()

    def began(self, days_ago: int) -> None:
        """Let the next act be so many days ago, or right after the case was opened."""
        at = max(made.later(), now() - timedelta(days=days_ago))
        note_contact(self.case.pk, channel="phone", by=self.as_("assessor", at), at=at)

    def as_(self, duty: str, at: datetime) -> SignedIn:
        """Let the official of a duty be signed in."""
        return by(self.staff[duty], at)

    def did(self, duty: str, command: Callable[..., Any], *given: Any, days: int = 0, **named: Any) -> Any:
        """Let an official do a command on the case, a minute after the last act or so many days after it."""
        at = next_moment(self.case, days)
        return command(self.case.pk, *given, by=self.as_(duty, at), at=at, **named)

    def day(self, days: int) -> date:
        """Give a day so many days after the last act."""
        return day_of(next_moment(self.case, days))


def _asked(life: Life) -> None:
    life.began(40)
    went(life.did("assessor", ask_by_letter, until=life.day(14), parts={"training.price": "de prijs"}))


def _suspended(life: Life) -> None:
    life.did("assessor", suspend_term, reason="consent")


def _assessed(life: Life) -> None:
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))


def _intended(life: Life) -> None:
    life.began(40)
    assessed(life.case, life.bureau.known, life.staff["assessor"], NO, at=next_moment(life.case))
    went(life.did("decider", notify_intent, "other-facts", until=life.day(14)))


def _repeated(life: Life) -> None:
    life.began(3)
    earlier = a_case(life.bureau.known, life.bureau.round, "Omar")
    refused(earlier, life.bureau.known, life.staff)
    who = Application.objects.get(pk=int(earlier.subject_id)).applicant_number
    Application.objects.filter(pk=int(life.case.subject_id)).update(applicant_number=who)


def _granted(life: Life, days_ago: int = 3) -> None:
    """Grant another case first, and draw it, so that a fifth of the checks is by lot."""
    other = a_case(life.bureau.known, life.bureau.round, "Omar")
    granted(other, life.bureau.known, life.staff)
    draw_sample(life.bureau.round.pk, 1, by=life.as_("assessor", now()), at=now())
    life.began(days_ago)
    granted(life.case, life.bureau.known, life.staff)


def _came_back(life: Life) -> None:
    _granted(life)
    life.did("assessor", note_post_returned, of=life.case.decisions.get().act.number)


def _payment_suspended(life: Life) -> None:
    _granted(life)
    life.did("decider", suspend_payment, grounds=WORDS)


def _payment_suspended_and_objected(life: Life) -> None:
    _payment_suspended(life)
    objected(life.case)


def _revoking(life: Life) -> None:
    _granted(life, 40)
    went(life.did("decider", intend_to_revoke, "not-done", 0, WORDS, until=life.day(14)))


def _reported(life: Life) -> None:
    _granted(life)
    at = next_moment(life.case)
    done = Done(day_of(made.AT), day_of(made.AT), 10, 10)
    report_delivery(life.case.pk, done, by=applicant(life.case, at), at=at, party=True)


def _progressed(life: Life) -> None:
    """Let a report of progress come in, of a grant of which a part of the advance waits for it (put there by hand)."""
    _granted(life)
    decision = life.case.decisions.get()
    AdvancePart.objects.create(decision=decision, number=1, cents=decision.advance_cents, after=PROGRESS)
    life.did("assessor", report_progress, WORDS)


def _questioned(life: Life, days_ago: int = 40) -> None:
    _granted(life, days_ago)
    went(life.did("assessor", ask_delivery, "Bent u geweest?", until=life.day(14), reason="signal").act)


def _announced(life: Life) -> None:
    _questioned(life, 60)
    went(life.did("decider", intend_to_settle, 0, WORDS, days=15, until=life.day(29)))


def _settled_lower(life: Life, days_ago: int = 60) -> None:
    """Pay all of the grant by the ledger, and settle at 400.00 of it."""
    _granted(life, days_ago)
    at = next_moment(life.case)
    post_decisions(at=at)
    for act in ("order_payment", "confirm_payment"):
        subject = Party("case", str(life.case.pk))
        post(Event(act, subject, 69_995, f"{act}/1", life.case.body_id, life.bureau.round.pk), by=SITE, at=at)
    life.did("paymaster", perform, "advance_paid")
    went(life.did("assessor", ask_delivery, "Bent u geweest?", until=life.day(14), reason="signal").act)
    went(life.did("decider", intend_to_settle, 40_000, WORDS, days=15, until=life.day(29)))
    life.did("decider", settle_lower, 40_000, WEIGHED, days=15)
    post_afterwards(at=next_moment(life.case), most=10)


def _settled_lower_and_objected(life: Life) -> None:
    _settled_lower(life)
    objected(life.case)


def _recovered(life: Life) -> None:
    _settled_lower(life, 150)
    went(life.did("decider", decide_recovery, 29_995, WEIGHED, paid_cents=69_995).act)
    post_afterwards(at=next_moment(life.case), most=10)


def _reminded(life: Life) -> None:
    _recovered(life)
    went(life.did("assessor", remind, 29_995, days=60).act)


def _owed_elsewhere(life: Life) -> None:
    """Grant the same recipient in another case too, which is still to be paid."""
    _recovered(life)
    other = a_case(life.bureau.known, life.bureau.round, "Piet")
    made.of_the_same(other, life.case)
    granted(other, life.bureau.known, life.staff)
    post_decisions(at=next_moment(life.case))


def _objected(life: Life) -> None:
    life.began(3)
    refused(life.case, life.bureau.known, life.staff)
    objected(life.case)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))


def _repair_asked(life: Life) -> None:
    _objected(life)
    life.did("decider", ask_to_repair, "Zet uw naam eronder.", until=life.day(14))


def _called(life: Life) -> None:
    life.began(40)
    refused(life.case, life.bureau.known, life.staff)
    objected(life.case)
    went(life.did("second", call_to_hearing, heard_at=next_moment(life.case, 14)))


def _represented(life: Life) -> None:
    life.did("assessor", note_guardian_of, "B. Bewind", "Kerkstraat 1, Voorbeeldstad")


def _granted_and_objected(life: Life) -> None:
    """Let a report of progress come in of a grant that is objected to."""
    _progressed(life)
    went(life.case.decisions.get().act)
    objected(life.case)


def _appealed(life: Life) -> None:
    _granted(life)
    life.did("assessor", note_appeal, life.case.decisions.get().act.number)


def _late(life: Life) -> None:
    """Give notice of default long enough ago that the penalty grows no more."""
    life.began(80)
    life.did("assessor", give_notice_of_default, on=life.day(0))


def _penalised(life: Life) -> None:
    _late(life)
    at = now()
    fix_penalty(life.case.pk, by=life.as_("decider", at), at=at)
    post_afterwards(at=at, most=10)


def _revoked_and_objected(life: Life) -> None:
    _revoking(life)
    life.did("decider", revoke, WEIGHED, days=15)
    objected(life.case)


def _recovered_and_objected(life: Life) -> None:
    _recovered(life)
    objected(life.case)


def _penalised_and_objected(life: Life) -> None:
    """Decide after twenty days, so that the penalty is not the highest, and object to it."""
    life.began(80)
    life.did("assessor", give_notice_of_default, on=life.day(0))
    at = next_moment(life.case, 30)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=at)
    granted(life.case, life.bureau.known, life.staff)
    life.did("decider", fix_penalty)
    objected(life.case)


def _closed(life: Life) -> None:
    _granted(life)
    life.did("assessor", close_case)


LIVES: Mapping[str, Callable[[Life], None]] = {
    "received": lambda life: None, "asked": _asked, "suspended": _suspended, "assessed": _assessed, "intended": _intended,
    "repeated": _repeated, "granted": _granted, "came back": _came_back, "payment suspended": _payment_suspended, "revoking": _revoking,
    "reported": _reported, "progressed": _progressed, "questioned": _questioned, "announced": _announced, "settled lower": _settled_lower,
    "settled lower and objected": _settled_lower_and_objected, "recovered": _recovered, "reminded": _reminded, "owed elsewhere": _owed_elsewhere, "objected": _objected,
    "repair asked": _repair_asked, "called": _called, "represented": _represented, "granted and objected": _granted_and_objected, "appealed": _appealed, "late": _late, "penalised": _penalised,
    "closed": _closed, "revoked and objected": _revoked_and_objected, "recovered and objected": _recovered_and_objected,
    "penalised and objected": _penalised_and_objected, "payment suspended and objected": _payment_suspended_and_objected,
}  # fmt: skip
"""By name, what happened before."""


@dataclass(frozen=True)
class How:
    """How a form is filled in: after which life, by whom (an attribute of the life or its bureau), and with what."""

    life: str
    who: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def typed(days: int) -> str:
    """Write a day so many days from now as an official types it."""
    return (day_of(now()) + timedelta(days=days)).strftime("%d-%m-%Y")


ON = {"on": typed(0)}
WEIGHING = {"grounds": WORDS, "weighing": WORDS}
REPRESENTED = {"represented_by": "de erven van N. Voorbeeld", "represented_at": "Kerkstraat 1, Voorbeeldstad"}
JUDGED = {"words": WORDS, "without_hearing": "waived"}

HOW: Mapping[str, How] = {
    "ask": How("received", "fatima", {"parts": ["training.price"], "lacking": "lacks", "until": typed(14)}),
    "assign": How("received", "fatima", {"to": "joost"}),
    "extend": How("received", "fatima", {"until": typed(40), "grounds": WORDS}),
    "suspend": How("received", "fatima", ON | {"suspending": "consent"}),
    "contact": How("received", "pim", ON | {"channel": "phone", "words": WORDS}),
    "complaint": How("received", "fatima", ON | {"words": WORDS}),
    "guardian": How("received", "fatima", ON | REPRESENTED),
    "end-representing": How("represented", "fatima", ON),
    "death": How("received", "fatima", ON | REPRESENTED),
    "default": How("received", "fatima", ON),
    "withdraw": How("received", "fatima", ON),
    "forward": How("received", "fatima", {"body": "right", "grounds": WORDS}),
    "advice": How("received", "fatima", ON | {"advice": "positive", "words": WORDS}),
    "hardship": How("received", "joost", {"weighing": WORDS}),
    "complete": How("asked", "fatima", ON),
    "leave-out": How("asked", "joost", {"words": WORDS}),
    "resume": How("suspended", "fatima", ON),
    "grant": How("assessed", "joost", {"note": WORDS}),
    "intent": How("assessed", "joost", {"ground": "other-facts", "until": typed(14)}),
    "refuse": How("intended", "joost", {"ground": "other-facts"}),
    "view": How("intended", "fatima", ON | {"text": WORDS}),
    "repeat": How("repeated", "fatima", {"earlier": "omar", "words": WORDS}),
    "intend-to-revoke": How("granted", "joost", {"ground": "obligations", "cents": "100", "until": typed(14), "words": WORDS}),
    "amend": How("granted", "joost", WEIGHING | {"ground": "own-request", "cents": "100,50"}),
    "budget-reservation": How("granted", "joost", {"adopted_on": typed(-7), "cents": "0", "words": WORDS}),
    "slip": How("granted", "joost", {"words": WORDS}),
    "suspend-payment": How("granted", "joost", {"grounds": WORDS}),
    "progress": How("granted", "fatima", ON | {"words": WORDS}),
    "delivered": How("granted", "fatima", {"started_on": "12-3-2026", "ended_on": "12-3-2026", "planned": "10", "realised": "8"}),
    "ask-delivery": How("questioned", "fatima", {"question": WORDS, "until": typed(14)}),
    "check": How("granted", "fatima", {"reason": "signal"}),
    "request-settlement": How("granted", "fatima", ON),
    "objection": How("granted", "fatima", {"against": "granted", "words": WORDS, "received_on": typed(0), "committee": "no"}),
    "appeal": How("granted", "fatima", ON | {"against": "granted"}),
    "post-returned": How("granted", "fatima", ON | {"of": "granted"}),
    "send-again": How("came back", "fatima", {"returned": "post_returned", "why": "wrong_address", "channel": "print", "envelope": ["yes"]}),
    "close": How("granted", "fatima"),
    "release-payment": How("payment suspended", "joost", {"grounds": WORDS}),
    "revoke": How("revoking", "joost", WEIGHING),
    "accept-progress": How("progressed", "joost"),
    "settle": How("reported", "joost"),
    "intend-lower": How("questioned", "joost", {"cents": "400", "until": typed(14), "words": WORDS}),
    "settle-lower": How("announced", "joost", WEIGHING | {"cents": "400"}),
    "settle-nil": How("announced", "joost", WEIGHING),
    "recover": How("settled lower", "joost", WEIGHING | {"cents": "299,95", "instalments": "6"}),
    "uphold-settlement": How("settled lower and objected", "sanne", JUDGED | {"cents": "500"}),
    "remind": How("recovered", "fatima"),
    "waive": How("recovered", "joost", {"cents": "100", "weighing": WORDS}),
    "defer": How("recovered", "joost", {"instalments": "3", "first_by": typed(30), "interest_free": "no"}),
    "writ": How("reminded", "joost", ON),
    "set-off": How("owed elsewhere", "joost", {"other_case": "piet", "cents": "100"}),
    "ask-repair": How("objected", "sanne", {"question": WORDS, "until": typed(14), "reason": "signal"}),
    "extend-objection": How("objected", "sanne", {"grounds": WORDS}),
    "call": How("objected", "sanne", {"heard_at": f"{typed(30)} 10.00"}),
    "uphold": How("objected", "sanne", JUDGED),
    "reject": How("objected", "sanne", JUDGED),
    "dismiss": How("objected", "sanne", JUDGED | {"reason": "no_interest"}),
    "withdraw-objection": How("objected", "fatima"),
    "repaired": How("repair asked", "fatima", ON),
    "hear": How("called", "sanne", {"report": WORDS}),
    "judgment": How("appealed", "fatima", ON),
    "appeal-ended": How("appealed", "fatima", ON | {"judgment": "unfounded"}),
    "uphold-revocation": How("revoked and objected", "sanne", JUDGED),
    "uphold-recovery": How("recovered and objected", "sanne", JUDGED | {"cents": "100"}),
    "uphold-penalty": How("penalised and objected", "sanne", JUDGED | {"days": "42"}),
    "uphold-suspension": How("payment suspended and objected", "sanne", JUDGED),
    "penalty": How("late", "joost"),
    "penalty-paid": How("penalised", "pim", ON | {"evidence": WORDS, "reason": WORDS}),
    "reopen": How("closed", "fatima", {"reopening": "mistake"}),
}  # fmt: skip
"""Every form, filled in right."""
