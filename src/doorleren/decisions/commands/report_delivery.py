"""Reporting what was delivered, by the reporter, and the word of whom it was for, in their own channel. Awb 4:45 (recalled).

Who reports and who confirms are different people, unless somebody reports of what was for themselves.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_report, may_say_of_delivery
from doorleren.applications.delivering import beneficiary_of, reporter_of
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Application, Document
from doorleren.applications.own_case import case_of
from doorleren.audit.acts import Detail, record
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.recording import party_of
from doorleren.cases.stops import said
from doorleren.core.days import day_of
from doorleren.decisions.checkable import ensure_asked_if_settled
from doorleren.decisions.commands.check_delivery import ON_DELIVERY
from doorleren.decisions.delivered import lacking
from doorleren.decisions.delivering import ensure_open_to_report, standing_proofs
from doorleren.decisions.matters import Matter, matter_held, matter_of
from doorleren.decisions.models import GIVING, Delivery, DeliveryWord
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.decisions.sealed import Content, seal
from doorleren.decisions.settlement_terms import of_term
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rules.versions import LATER_STAGES

DENIED = "delivery_denied"
PROOFS = "proofs"
"""The detail of the act that says how much evidence came with a report."""
NOT_RIGHT = said("Schrijf op wat er niet klopt.", "Write down what is not right.")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: from when to when, how many of the planned units, and what proves it (ids of the scheme's evidence)."""

    started_on: date
    ended_on: date
    planned: int
    realised: int
    evidence: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    words: str = ""


def report_delivery(case: int, done: Done, *, by: SignedIn, at: datetime, party: bool = False) -> Delivery:
    """Report, as the reporter of the application (`party`) or entered by an official. A later report takes its place.

    What an official enters is nobody's own word: whom it was for still says in their own channel whether it is right.
    Raises NotAllowed, CaseRefused, DecisionRefused, which names the field.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if party:
            ensure(may_report(by, matter.application, at=at))
        ensure_asked_if_settled(matter.case)
        _ensure_sound(matter, done, day_of(at))
        told: dict[str, Detail] = {
            "planned": done.planned,
            "realised": done.realised,
            "ended_on": done.ended_on.isoformat(),
            PROOFS: len(done.evidence),
        }
        act = perform(case, "delivery_proven", by=by, at=at, party=party, details=told | _term(matter, day_of(at)))
        return Delivery.objects.create(
            case=act.case, number=Delivery.objects.filter(case=case).count() + 1, act=act, started_on=done.started_on,
            ended_on=done.ended_on, planned=done.planned, realised=done.realised, evidence=list(done.evidence),
            documents=list(done.documents), own_word=party and _for_oneself(matter),
            content=seal(Content(words=done.words.strip()), act.case, f"delivery-{act.number}", at),
        )  # fmt: skip


def _for_oneself(matter: Matter) -> bool:
    return reporter_of(matter.application) == beneficiary_of(matter.application)


def _term(matter: Matter, today: date) -> dict[str, Detail]:
    """Say the term for settling where it is paid on delivery: from the first report since the grant, as from a request."""
    decision = decision_in_force(matter.case.pk)
    if decision is None or decision.kind not in GIVING or decision.settle_how != ON_DELIVERY:
        return {}
    if Delivery.objects.filter(case=matter.case, act__number__gt=decision.act.number).exists():
        return {}
    return of_term(matter.handled(decision.amount_cents), today)


def report_with_documents(application: int, done: Done, *, by: SignedIn, at: datetime) -> Delivery:
    """Report as the reporter of a granted application; which evidence there is, the documents say that the reporter gave.

    Where evidence lacks, words say why. Raises NotAllowed, CaseRefused, DecisionRefused, which names the field.
    """
    with transaction.atomic():
        found = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        ensure(may_report(by, found, at=at))
        case = ensure_open_to_report(case_of(found))
        given = standing_proofs(found)
        evidence = tuple(dict.fromkeys(one.document.evidence for one in given))
        if not done.words.strip() and lacking(required_later(matter_of(case)), evidence):
            raise refused("words", "Geef al het bewijs, of schrijf op waarom het er niet is.",
                          "Give all the proof, or write down why it is not there.", "words")  # fmt: skip
        documents = tuple(one.document.pk for one in given)
        return report_delivery(case.pk, replace(done, evidence=evidence, documents=documents), by=by, at=at, party=True)


def say_of_delivery(case: int, *, confirmed: bool, words: str = "", by: SignedIn, at: datetime) -> DeliveryWord:
    """Confirm or deny the last report, as whom it was for; once. A denial needs words, and stands in the case as a contact.

    Nothing follows from it by itself: an official asks the reporter. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        held = locked_case(case)
        matter = matter_of(held)
        ensure(may_say_of_delivery(by, matter.application, at=at))
        row = Delivery.objects.select_related("act").filter(case=case).order_by("-number").first()
        if row is None or row.own_word or hasattr(row, "word"):
            raise refused(
                "nothing_to_confirm", "Er is niets dat u nog moet bevestigen.", "There is nothing for you to confirm."
            )
        if (row.act.by_kind, row.act.by_id) == (by.party.kind, by.party.id):
            raise NotAllowed(Refused("oneself"))
        if not confirmed:
            ensure_said(words, "words", NOT_RIGHT)
            perform(case, "contact_noted", by=by, at=at, party=True, details={"what": DENIED, "delivery": row.number})
        content = seal(Content(words=words.strip()), held, f"delivery-word-{row.act.number}", at)
        word = DeliveryWord.objects.create(delivery=row, confirmed=confirmed, by_id=by.person, at=at, content=content)
        record("delivery_confirmed" if confirmed else "delivery_denied", party_of(held), by=by.party, at=at,
               details={"delivery": row.number})  # fmt: skip
    return word


def asked_later(matter: Matter) -> tuple[str, ...]:
    """Name the evidence that the scheme asks after the grant, in the order of its file."""
    return tuple(
        one.id for one in matter.version.evidence if one.stage in LATER_STAGES and matter.track.id in one.tracks
    )


def required_later(matter: Matter) -> tuple[str, ...]:
    """Name those of them without which it is not settled as granted: what says that it was completed is one way of two."""
    ways = {one.id for one in matter.version.evidence if one.completes}
    return tuple(one for one in asked_later(matter) if one not in ways)


def standing_of_report(report: Delivery) -> tuple[str, ...]:
    """Name the evidence of a report that still stands: of what rested on documents, at least one was not taken away."""
    given = [given_of(one) for one in Document.objects.filter(pk__in=report.documents).prefetch_related("steps")]
    rested = {one.document.evidence for one in given}
    stands = {one.document.evidence for one in given if one.standing == "uploaded"}
    return tuple(one for one in report.evidence if one in stands or one not in rested)


def completed(matter: Matter, report: Delivery) -> bool:
    """Say whether a report rests on evidence that says that it was completed, so that no share is asked."""
    stands = standing_of_report(report)
    return any(one.completes and one.id in stands for one in matter.version.evidence)


def _ensure_sound(matter: Matter, done: Done, today: date) -> None:
    if not done.started_on <= done.ended_on <= today:
        raise refused("days", "De activiteiten begonnen eerst, eindigden daarna, en uiterlijk vandaag.",
                      "The activities began first, ended after that, and today at the latest.", "ended_on")  # fmt: skip
    if done.planned < 1 or done.realised < 0:
        raise refused("units", "Gepland is 1 of meer; gedaan is 0 of meer.",
                      "Planned is 1 or more; realised is 0 or more.", "realised")  # fmt: skip
    if done.realised > done.planned:
        raise refused("units", f"Gedaan is hooguit wat er was gepland: 0 tot en met {done.planned}. U gaf: {done.realised}.",
                      f"What was done is at most what was planned: 0 to {done.planned}. You gave: {done.realised}.", "realised")  # fmt: skip
    asked = asked_later(matter)
    strange = [one for one in done.evidence if one not in asked]
    if strange:
        allowed = ", ".join(asked) or "-"
        raise refused("evidence", f"Dit bewijs vraagt de regeling niet: {strange[0]}. Kies uit: {allowed}.",
                      f"The scheme does not ask this evidence: {strange[0]}. Choose from: {allowed}.", "evidence")  # fmt: skip
    own = Document.objects.filter(application=matter.application.pk).values_list("pk", flat=True)
    if set(done.documents) - set(own):
        raise refused("document", "Dit bewijsstuk hoort bij een andere aanvraag.",
                      "This document belongs to another application.", "documents")  # fmt: skip
