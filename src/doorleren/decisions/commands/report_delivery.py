"""Reporting what was delivered, by the reporter, and the word of whom it was for, in their own channel. Awb 4:45 (recalled).

Who reports and who confirms are different people, unless somebody reports of what was for themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_file
from doorleren.applications.models import Application, Document
from doorleren.applications.parties import Named
from doorleren.audit.acts import record
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import Delivery, DeliveryWord
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, seal
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rules.versions import LATER_STAGES


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

    Raises NotAllowed, CaseRefused, DecisionRefused, which names the field.
    """
    with transaction.atomic():
        matter = matter_of(Case.objects.select_for_update(of=("self",)).get(pk=case))
        reporter = _reporter(matter.application)
        if party:
            ensure(may_file(by, reporter, at=at))
        _ensure_sound(matter, done, day_of(at))
        act = perform(
            case, "delivery_proven", by=by, at=at, party=party,
            details={"planned": done.planned, "realised": done.realised, "ended_on": done.ended_on.isoformat()},
        )  # fmt: skip
        return Delivery.objects.create(
            case=act.case, number=Delivery.objects.filter(case=case).count() + 1, act=act, started_on=done.started_on,
            ended_on=done.ended_on, planned=done.planned, realised=done.realised, evidence=list(done.evidence),
            documents=list(done.documents), own_word=reporter == beneficiary_of(matter.application),
            content=seal(Content(words=done.words.strip()), act.case, f"delivery-{act.number}", at),
        )  # fmt: skip


def say_of_delivery(case: int, *, confirmed: bool, words: str = "", by: SignedIn, at: datetime) -> DeliveryWord:
    """Confirm or deny the last report, as whom it was for; once. A denial needs words. Raises NotAllowed, DecisionRefused."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case)
        matter = matter_of(held)
        ensure(may_file(by, beneficiary_of(matter.application), at=at))
        row = Delivery.objects.select_related("act").filter(case=case).order_by("-number").first()
        if row is None or row.own_word or hasattr(row, "word"):
            raise refused(
                "nothing_to_confirm", "Er is niets dat u nog moet bevestigen.", "There is nothing for you to confirm."
            )
        if (row.act.by_kind, row.act.by_id) == (by.party.kind, by.party.id):
            raise NotAllowed(Refused("oneself"))
        if not confirmed and not words.strip():
            raise refused("words", "Schrijf op wat er niet klopt.", "Write down what is not right.", "words")
        content = seal(Content(words=words.strip()), held, f"delivery-word-{row.act.number}", at)
        word = DeliveryWord.objects.create(delivery=row, confirmed=confirmed, by_id=by.person, at=at, content=content)
        record("delivery_confirmed" if confirmed else "delivery_denied", party_of(held), by=by.party, at=at,
               details={"delivery": row.number})  # fmt: skip
    return word


def beneficiary_of(application: Application) -> Named:
    """Give whom it is for: the applicant where nobody else is named."""
    if not application.beneficiary_kind:
        return Named(application.applicant_kind, application.applicant_number)
    return Named(application.beneficiary_kind, application.beneficiary_number)


def asked_later(matter: Matter) -> tuple[str, ...]:
    """Name the evidence that the scheme asks after the grant, in the order of its file."""
    return tuple(
        one.id for one in matter.version.evidence if one.stage in LATER_STAGES and matter.track.id in one.tracks
    )


def _reporter(application: Application) -> Named:
    if not application.reporter_kind:
        return Named(application.applicant_kind, application.applicant_number)
    return Named(application.reporter_kind, application.reporter_number)


def _ensure_sound(matter: Matter, done: Done, today: date) -> None:
    if not done.started_on <= done.ended_on <= today:
        raise refused("days", "De activiteiten begonnen eerst, eindigden daarna, en uiterlijk vandaag.",
                      "The activities began first, ended after that, and today at the latest.", "ended_on")  # fmt: skip
    if done.planned < 1 or done.realised < 0:
        raise refused("units", "Gepland is 1 of meer; gedaan is 0 of meer.",
                      "Planned is 1 or more; realised is 0 or more.", "realised")  # fmt: skip
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
