"""Settling a grant: as granted, lower, or at nil. Ground: Awb 4:46 and 4:47, and 3:4 for weighing the interests.

As granted where it was delivered, or ex officio where it was not drawn to be checked. Lower only after a question and
notice of intent, with the interests weighed in words, and never below what was announced.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.core.texts import Texts, in_language
from doorleren.decisions import letter_values
from doorleren.decisions.commands.check_delivery import ON_DELIVERY
from doorleren.decisions.commands.keep_decision import party_of_batch, people_of_batch
from doorleren.decisions.commands.report_delivery import completed, required_later, standing_of_report
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.delivered import enough_done, lacking
from doorleren.decisions.loans import ensure_no_loan, ensure_repaid
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import BatchItem, Check, Decision, Delivery, Settlement
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content, Row, content_of, seal
from doorleren.decisions.settlement_proofs import ensure_proven, ensure_requested, lacking_proofs, requested
from doorleren.decisions.settling import (
    answered,
    could_be_drawn,
    ensure_granted,
    ensure_to_settle,
    ensure_undisturbed,
    intent_after,
    last_delivery,
    settlement_in_force,
)
from doorleren.people.signed_in import SignedIn
from doorleren.rules.frameworks import ON_REPAYMENT
from doorleren.rules.provisions import provision_of


@dataclass(frozen=True, slots=True)
class Judged:
    """The proofs (ids of law/frameworks.toml) that were found in order, and those that were set aside."""

    there: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()

    def told(self) -> dict[str, Detail]:
        """Say them in the record."""
        there = {f"proof_{number}": one for number, one in enumerate(self.there, 1)}
        return {**there, **{f"set_aside_{number}": one for number, one in enumerate(self.set_aside, 1)}}


NOTHING_JUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why less is settled, and how the interests of the recipient were weighed; both in words for the letter."""

    grounds: str
    weighing: str

    def ensure(self, texts: Texts) -> None:
        """Raise DecisionRefused with the sentence, at its field, where one of them is not said."""
        for name, told in (("grounds", self.grounds), ("weighing", self.weighing)):
            if not told.strip():
                raise DecisionRefused(texts, name, name)


LOWER = {
    "nl": "Schrijf op waarom u lager vaststelt en hoe u de belangen hebt afgewogen.",
    "en": "Write down why you settle lower and how you weighed the interests.",
}


def settle_as_granted(
    case: int, *, words: str = "", proofs: Sequence[str] = (), by: SignedIn, at: datetime
) -> Settlement:  # fmt: skip
    """Settle at the amount of the grant. `words`: why, where what was reported or a proof lacks something.

    `proofs`: those that the arrangement asks besides the report, and that the official found in order. Without a report only
    ex officio: after the last day of the activities, when a sample was drawn that this case was not in, when the recipient
    did not ask to settle, or for a loan that was repaid. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        return _as_granted(matter_held(case), words, proofs, by, at)


def settle_listed(item: BatchItem, *, at: datetime) -> Settlement:
    """Settle as a batch lists it, for the two people of the batch: without a word of anybody, so only where nothing lacks.

    Ex officio, or on a claim where a sample was drawn that this case was not in.

    Raises NotAllowed, CaseRefused, DecisionRefused, also where it would become another amount than was released.
    """
    with transaction.atomic():
        matter = matter_held(item.case_id)
        decision = ensure_granted(matter.case)
        claimed = decision.settle_how == ON_DELIVERY
        ensure_undisturbed(matter.case, reported=claimed)
        if claimed and not could_be_drawn(decision):
            raise not_drawn()
        if decision.amount_cents != item.cents:
            raise refused("other_outcome", "De uitkomst zou een andere zijn dan die is vrijgegeven.",
                          "The outcome would be another than what was released.")  # fmt: skip
        return _as_granted(matter, "", (), item, at)


def _as_granted(
    matter: Matter, words: str, proofs: Sequence[str], by: SignedIn | BatchItem, at: datetime
) -> Settlement:  # fmt: skip
    decision, report = ensure_to_settle(matter.case), last_delivery(matter.case.pk)
    ensure_repaid(decision)
    ensure_requested(matter, decision, day_of(at))
    lacking = lacking_proofs(matter, decision, report, proofs)
    if report is None and decision.settle_how != ON_REPAYMENT:
        _ensure_ex_officio(decision, at)
    elif report is not None and not words.strip() and (why := not_whole(matter, decision, report)):
        raise why
    ensure_proven(lacking, words)
    judged = Judged(tuple(sorted(proofs)), lacking)
    return settle_now(
        matter, decision, report, "settled_as_granted", decision.amount_cents, Weighed(words, ""), None, by, at,
        judged=judged,
    )  # fmt: skip


def settle_lower(case: int, cents: int, weighed: Weighed, *, by: SignedIn, at: datetime) -> Settlement:
    """Settle below the grant, at nil for 0 cents, after a question and notice of intent; not below what that announced.

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        decision, today = ensure_to_settle(matter.case), day_of(at)
        ensure_no_loan(decision)
        ensure_requested(matter, decision, today)
        intent = intent_after(answered(matter.case, decision, today))
        least = int(str(intent.details["settled_cents"]))
        if not least <= cents < decision.amount_cents:
            low, high = in_words(least), in_words(decision.amount_cents)
            raise refused("cents", f"Kies een bedrag vanaf {low['nl']}, lager dan {high['nl']}, zoals u liet weten.",
                          f"Choose an amount from {low['en']}, below {high['en']}, as announced.", "cents")  # fmt: skip
        weighed.ensure(LOWER)
        kind = "settled_lower" if cents else "settled_at_nil"
        return settle_now(matter, decision, last_delivery(case), kind, cents, weighed, intent, by, at)


def _ensure_ex_officio(decision: Decision, at: datetime) -> None:
    """Raise DecisionRefused unless it may be settled without a report; that nobody asked to settle was looked at before."""
    if decision.settle_how == "on_request" and not requested(decision.case_id):
        return
    if decision.settle_how != "ex_officio" or Check.objects.filter(case=decision.case_id).exists():
        raise refused(
            "not_reported", "Er is nog niet verantwoord wat er is gedaan.", "What was done has not been reported yet."
        )
    if decision.activities_until is None:
        raise refused("no_last_day", "Bij dit besluit is de laatste dag van de activiteiten niet bekend. Wijzig het besluit en noem die dag.",
                      "The last day of the activities of this decision is not known. Amend the decision and give that day.")  # fmt: skip
    if day_of(at) <= decision.activities_until:
        raise refused("too_soon", "De activiteiten zijn nog niet voorbij.", "The activities are not over yet.")
    if not could_be_drawn(decision):
        raise not_drawn()


def not_drawn() -> DecisionRefused:
    """Give the refusal to settle without a sample."""
    return refused("not_drawn", "Trek eerst een steekproef van deze ronde.", "Draw a sample of this round first.")


def _named(matter: Matter, missing: Iterable[str], language: str) -> str:
    """Name evidence in the words of the scheme's file."""
    texts = {one.id: in_language(one.text, language) for one in matter.version.evidence}
    return ", ".join(texts.get(one, one) for one in missing)


def not_whole(matter: Matter, decision: Decision, report: Delivery) -> Exception | None:
    """Say what a report lacks: evidence that still stands, the word of whom it was for, or enough that was done."""
    missing = lacking(required_later(matter), standing_of_report(report))
    if missing:
        return refused(
            "evidence",
            f"Er ontbreekt bewijs: {_named(matter, missing, 'nl')}.",
            f"Evidence lacks: {_named(matter, missing, 'en')}.",
        )
    word = getattr(report, "word", None)
    if not report.own_word and (word is None or not word.confirmed):
        return refused(
            "not_confirmed", "Voor wie het was, heeft dit niet bevestigd.", "Whom it was for has not confirmed this."
        )
    share = matter.handled(decision.amount_cents).delivered
    if not completed(matter, report) and not enough_done(report.planned, report.realised, share):
        return refused(
            "not_enough", "Er is minder gedaan dan de regeling vraagt.", "Less was done than the scheme asks."
        )
    return None


def settle_now(
    matter: Matter, decision: Decision, report: Delivery | None, kind: str, cents: int, weighed: Weighed,
    intent: CaseAct | None, by: SignedIn | BatchItem, at: datetime, *, values: Mapping[str, Any] = MappingProxyType({}),
    judged: Judged = NOTHING_JUDGED,
) -> Settlement:  # fmt: skip
    """Do the act, keep the settlement with its words sealed, and write the letter; its caller has looked whether it may be."""
    details: dict[str, Detail] = {"cents": cents, "granted": decision.amount_cents, "ex_officio": report is None}
    details |= judged.told()
    if isinstance(by, SignedIn):
        act = perform(matter.case.pk, kind, by=by, at=at, details=details)
    else:
        act = perform(matter.case.pk, kind, by=party_of_batch(by), at=at, details=details | people_of_batch(by))
    before, found = settlement_in_force(matter.case.pk), content_of(decision)
    called = provision_of(matter.version.procedure)
    rows = (
        Row(called.granted, decision.amount_cents),
        Row(called.settled, cents, total=True),
    )
    told = {"weighing": weighed.weighing.strip()}
    row = Settlement.objects.create(
        case=act.case, number=1 if before is None else before.number + 1, act=act, kind=kind, decision=decision,
        delivery=report, intent=intent, replaces=before, granted_cents=decision.amount_cents, settled_cents=cents,
        ex_officio=report is None and intent is None, weighed=bool(told["weighing"]),
        settled_on=day_of(at),
        content=seal(Content(calculation=rows, words=weighed.grounds.strip(), told=told), act.case, f"settlement-{act.number}", at),
    )  # fmt: skip
    told_there: dict[str, Any] = {
        "settled_cents": cents, "calculation": letter_values.sums(rows, LANGUAGE), "grounds": weighed.grounds.strip(),
        "weighing": told["weighing"], "reasons": letter_values.reasons(matter, found.results, LANGUAGE),
        "pay_by": law_of_terms().reckon("payment", day_of(at)).last,
    }  # fmt: skip
    write_letter(act, kind, told_there | dict(values), matter, at=at)
    return row
