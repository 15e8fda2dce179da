"""Deciding on an objection, by somebody who took no part in the first decision: everything is looked at anew. Awb 7:11 and 7:12.

Upheld, a new decision takes the place of the old one, judged against the pot of the first decision (Awb 4:25(3)). Who did
what is kept apart by cases/access.py. The letter says the reason; appeal is open, objection no longer. An objection goes about
what took the place of the decision that it names too (Awb 6:19), so the one in force is what is replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.given_days import still_waits
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.core.texts import in_language
from doorleren.decisions import letter_values
from doorleren.decisions.activities import activities_in, last_day
from doorleren.decisions.advance_plan import plan
from doorleren.decisions.advances import begun
from doorleren.decisions.commands.keep_decision import Made, keep_decision
from doorleren.decisions.commands.lift_recovery import lift_above
from doorleren.decisions.commands.take_up_objection import take_up_next
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.contested import Late, late_win
from doorleren.decisions.decision_words import of_objection
from doorleren.decisions.double_funding import Lowered
from doorleren.decisions.joining import goes_about, withdrawal_in_force
from doorleren.decisions.late_objections import is_late
from doorleren.decisions.late_wins import Left, left_now, pot_at
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import Assessment, Decision, Hearing, Objection, ObjectionDecision
from doorleren.decisions.objections import ensure_open, first_decision, hearing_of, question_to_repair
from doorleren.decisions.other_money import cost_shares, left_by_other_money
from doorleren.decisions.pots import Snapshot
from doorleren.decisions.queries import assessment_in_force, decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.rules import outcome_of
from doorleren.decisions.sealed import Content, Row, content_of, seal
from doorleren.decisions.settling import settled_later
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.take_late import take_late
from doorleren.rounds.models import Allocation
from doorleren.rounds.queries import pot_of
from doorleren.rules.provisions import Provision, provision_of

APPEAL = {"objection_open": False, "appeal_open": True}


@dataclass(frozen=True, slots=True)
class Heard:
    """On what a decision on an objection rests: its reasons in `words`, and why nobody was heard (Awb 7:3; empty: they were).

    `excused`: why an objection that came too late is treated all the same (Awb 6:11). `objection`: its number in the case,
    where more than one is open.
    """

    words: str
    without_hearing: str = ""
    excused: str = ""
    objection: int | None = None


def uphold(
    case: int, heard: Heard, *, by: SignedIn, at: datetime, activities_until: date | None = None
) -> ObjectionDecision:
    """Uphold an objection against a decision on the application: what the new assessment gives is granted now.

    Wholly where that is all that was asked, else partly. The ceiling refuses only so far as it had to at the first
    decision; what the round has not left today goes above the ceiling. `activities_until`:
    their last day, if it is another than the decision before or the application says. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        first, before = first_decision(case), decision_in_force(case)
        if first is None or before is None or not goes_about(objection, before.act_id):
            raise refused("other_act", "Dit bezwaar gaat niet over het besluit op de aanvraag.",
                          "This objection is not about the decision on the application.")  # fmt: skip
        ensure_not_withdrawn(matter.case)
        _ensure_not_settled(matter.case)
        assessment = _assessed_anew(objection, matter.case)
        Allocation.objects.select_for_update().get(pk=matter.round.pk)
        fill_freed(matter.round.pk, at=at)  # what waits for others is not left
        now = left_now(matter)
        won = _won(matter, first, before, assessment, now)
        outcome = "objection_upheld" if won.cents == matter.ticket.cents else "objection_partly_upheld"
        details: dict[str, Detail] = {"objection": objection.number, "cents": won.cents, "above_ceiling": won.above}
        act = perform(case, outcome, by=by, at=at, details=details, held=matter.case)
        _take(matter, won.cents - before.amount_cents - won.above, now, at)
        lifted = lift_above(matter.case, won.cents, act, heard.words, by, at)
        until = last_day(content_of(assessment), activities_until or before.activities_until)
        row = keep_decision(matter, _made(matter, first, before, assessment, won, until, day_of(at)), by=by, at=at)
        pot, content = pot_at(first), content_of(row)
        kept = Kept(objection, hearing, heard, instead=row.act, decision=row, numbers={
            "waiting_cents": pot.waiting, "room_cents": pot.room, "left_now_cents": now.cents if now else None, "awarded_cents": won.cents,
            "above_ceiling_cents": won.above, "lifted_cents": lifted,
        })  # fmt: skip
        return keep(act, matter, kept, content, at)


def reject(case: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Reject an objection after looking at everything anew: the decision stays. Raises as `uphold`."""
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        act = perform(case, "objection_rejected", by=by, at=at, details={"objection": objection.number})
        assessment = assessment_in_force(case)
        content = Content() if assessment is None else content_of(assessment)
        return keep(act, matter, Kept(objection, hearing, heard), content, at)


def dismiss(case: int, reason: str, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Leave an objection untreated, for a reason of law/objecting.toml that follows from the case. Raises as `uphold`."""
    with transaction.atomic():
        known = law_of_objection().inadmissible
        if reason not in known:
            raise refused("reason", f"Deze reden bestaat niet: {reason}. Kies uit: {', '.join(known)}.",
                          f"There is no such reason: {reason}. Choose from: {', '.join(known)}.", "reason")  # fmt: skip
        matter, objection, hearing = ready(case, heard, by, treated=False)
        if not can_be_for(reason, objection, at):
            raise refused(
                "reason", "Deze reden volgt niet uit de zaak.", "This reason does not follow from the case.", "reason"
            )
        details: dict[str, Detail] = {"objection": objection.number, "reason": reason}
        act = perform(case, "objection_inadmissible", by=by, at=at, details=details, ground=known[reason].article)
        return keep(act, matter, Kept(objection, hearing, heard, reason=reason), Content(), at)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a decision on an objection besides its act and words; `numbers`: the cents of the pot; `told`: more for its letter."""

    objection: Objection
    hearing: Hearing | None
    heard: Heard
    reason: str = ""
    instead: CaseAct | None = None
    decision: Decision | None = None
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def ready(case: int, heard: Heard, by: SignedIn, *, treated: bool = True) -> tuple[Matter, Objection, Hearing | None]:
    """Give the case with its objection and hearing, if the decision is reasoned and nobody should still be heard."""
    matter = matter_held(case)
    if by.person in took_part(matter.application.pk):
        raise NotAllowed(Refused("entered_it"))
    objection = ensure_open(case, heard.objection)
    hearing = hearing_of(objection)
    if not heard.words.strip():
        raise refused("words", "Schrijf op waarom u zo beslist.", "Write down why you decide so.", "words")
    exceptions = law_of_objection().without_hearing
    if hearing is None and heard.without_hearing not in exceptions:
        raise refused(
            "not_heard", f"Hoor eerst wie bezwaar maakte, of kies waarom dat niet hoeft: {', '.join(exceptions)}.",
            f"Hear the objector first, or choose why that is not needed: {', '.join(exceptions)}.", "without_hearing",
        )  # fmt: skip
    if treated and not heard.excused.strip() and is_late(objection):
        raise refused("late", "Dit bezwaar kwam te laat. Schrijf op waarom dat is te verontschuldigen.",
                      "This objection came too late. Write down why that is excused.", "excused")  # fmt: skip
    return matter, objection, hearing


def _assessed_anew(objection: Objection, case: Case) -> Assessment:
    """Give the assessment that was made since the objection, if it lets the application be granted."""
    found = assessment_in_force(case.pk)
    if found is None or found.act.number < objection.act.number:
        raise refused("not_assessed", "Laat de aanvraag eerst opnieuw beoordelen, na het bezwaar.",
                      "Let the application be assessed anew first, after the objection.")  # fmt: skip
    if found.amount_cents is None or (
        outcome_of(content_of(found).results) != "meets" and not case.hardship_applied_at
    ):
        raise refused("open", "De beoordeling laat nog voorwaarden of het bedrag open, of er is een voorwaarde niet vervuld.",
                      "The assessment leaves conditions or the amount open, or a condition is not met.")  # fmt: skip
    return found


def _won(matter: Matter, first: Decision, before: Decision, assessment: Assessment, left: Left | None) -> Late:
    """Say what is granted now. Raises DecisionRefused where that is no more than before: then it is rejected."""
    other = _other_money(matter, assessment)
    won = late_win(
        scheme=other.cents, asked=matter.ticket.cents, before=before.amount_cents, pot=pot_at(first),
        left_now=left.cents if left else None, partly=pot_of(matter.round).rules.partly,
    )  # fmt: skip
    if won.cents <= before.amount_cents:
        if won.cut:
            raise refused("ceiling", "Het plafond was al bereikt bij het eerste besluit. Het bezwaar kan niet tot meer leiden.",
                          "The ceiling was reached at the first decision already. The objection cannot lead to more.")  # fmt: skip
        raise refused("no_more", "De nieuwe beoordeling geeft niet meer dan het besluit van eerst.",
                      "The new assessment gives no more than the first decision.")  # fmt: skip
    return won


def _take(matter: Matter, within: int, left: Left | None, at: datetime) -> None:
    """Take from the pot what is granted more within the ceiling, so that nobody else gets it; and a place, where those are counted."""
    cents = within if left is None else left.from_pot(within)
    if cents or pot_of(matter.round).rules.ceiling.number is not None:
        take_late(matter.ticket, cents, at=at)


def _other_money(matter: Matter, assessment: Assessment) -> Lowered:
    """Say what other money leaves of what the scheme gives, on the day of the new assessment."""
    found = content_of(assessment)
    return left_by_other_money(matter, found, assessment.amount_cents or 0, assessment.act.happened_on)


def _made(
    matter: Matter, first: Decision, before: Decision, assessment: Assessment, won: Late, until: date | None, on: date
) -> Made:
    """Make the decision that takes the place of the old one; the pot on it is that of the first."""
    found, handled = content_of(assessment), matter.handled(won.cents)
    called = provision_of(matter.version.procedure)
    rows = (
        *found.calculation,
        *_other_money(matter, assessment).rows,
        *_before(before, won, called),
        Row(called.gets, won.cents, total=True),
    )
    begins = begun(matter.case.pk, activities_in(found).starts)
    advance = plan(handled.advance, won.cents, decided=on, starts=begins, ends=until)
    values = letter_values.of_grant(
        matter, handled, found.results, rows, cents=won.cents, advance=advance, until=until, on=on,
        language=LANGUAGE,
    )  # fmt: skip
    place = Snapshot(
        "inside" if first.place_cents else "outside", first.place_cents or 0, first.position or 0, first.ceiling_cents,
        first.ceiling_number, first.granted_before_cents, first.granted_before_number,
    )  # fmt: skip
    kind = "granted" if won.cents == matter.ticket.cents else "partly_granted"
    values |= APPEAL | {"court": court(), "grounds": "dit volgt uit de nieuwe beoordeling na uw bezwaar"}
    return Made(
        kind, values, Content(found.results, found.seen, rows), place, assessment=assessment, cents=won.cents, handled=handled,
        advance=advance, activities_until=until, shares=cost_shares(matter, found, won.cents),
    )  # fmt: skip


def _before(before: Decision, won: Late, called: Provision) -> tuple[Row, ...]:
    cut = {
        "nl": "het plafond liet bij het eerste besluit niet meer toe",
        "en": "the ceiling allowed no more at the first decision",
    }
    given = called.filled({"nl": "eerder {granted}", "en": "{granted} before"})
    return (
        *((Row(given, before.amount_cents),) if before.amount_cents else ()),
        *((Row(cut, won.cents),) if won.cut else ()),
    )


def can_be_for(reason: str, objection: Objection, at: datetime) -> bool:
    """Say whether an objection can be left untreated for a reason: too late and not repaired follow from the case."""
    if reason == "late":
        return is_late(objection)
    return reason != "not_repaired" or _unrepaired(objection, at)


def _unrepaired(objection: Objection, at: datetime) -> bool:
    """Say whether it was asked to be repaired by a letter that was sent, the day for that is over, and it was not."""
    asked = question_to_repair(objection)
    return asked is not None and still_waits(asked, day_of(at), {}) is None


def keep(act: CaseAct, matter: Matter, kept: Kept, found: Content, at: datetime) -> ObjectionDecision:
    """Keep what was decided with its reasons sealed, and write the letter; what else is open is taken up."""
    heard, unheard = kept.heard, law_of_objection().unheard(act.act)
    if kept.hearing is None and heard.without_hearing not in unheard:
        raise refused(
            "unheard", f"Deze reden om niet te horen past niet bij deze uitkomst (Awb artikel 7:3). Kies uit: {', '.join(unheard)}, of hoor eerst.",
            f"This reason not to hear does not fit this outcome (Awb 7:3). Choose from: {', '.join(unheard)}, or hear first.",
            "without_hearing",
        )  # fmt: skip
    told = {"excused": heard.excused.strip()} if heard.excused.strip() else {}
    row = ObjectionDecision.objects.create(
        objection=kept.objection, number=kept.objection.answers.count() + 1, act=act, outcome=act.act, reason=kept.reason, hearing=kept.hearing,
        without_hearing="" if kept.hearing else heard.without_hearing, instead=kept.instead, decision=kept.decision,
        content=seal(Content(words=heard.words.strip(), told=told), act.case, f"objection-decision-{act.number}", at),
        **kept.numbers,
    )  # fmt: skip
    values: dict[str, Any] = {
        "grounds": heard.words.strip(), "reasons": letter_values.reasons(matter, found.results, LANGUAGE),
        "calculation": letter_values.sums(found.calculation, LANGUAGE), "court": court(),
        **of_objection(kept.objection, act.case, LANGUAGE),
        **(letter_values.of_joined(kept.instead, LANGUAGE) if kept.instead else {}),
    }  # fmt: skip
    write_letter(act, act.act, values | APPEAL | dict(kept.told), matter, at=at)
    take_up_next(act.case_id, at=at)
    return row


def ensure_not_withdrawn(case: Case) -> None:
    """Raise DecisionRefused where a withdrawal stands, which an objection about more than that one leaves nothing of."""
    if withdrawal_in_force(case) is not None:
        raise refused(
            "revoked", "Wat was toegekend, is daarna ingetrokken, en dit bezwaar gaat ook daarover. Beslis of de intrekking doorgaat.",
            "What was granted was withdrawn after that, and this objection goes about that too. Decide whether the withdrawal stands.",
        )  # fmt: skip


def _ensure_not_settled(case: Case) -> None:
    if (why := settled_later(case)) is not None:
        raise DecisionRefused(why, code="settled")


def court() -> str:
    """Name the court of appeal, in the language of letters."""
    return in_language(law_of_objection().court, LANGUAGE)
