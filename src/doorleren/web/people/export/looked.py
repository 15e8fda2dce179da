"""From the record and the log: what somebody did and looked at, and who looked at what is theirs, by role and never by name."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from doorleren.applications.models import CorrectionRequest, Document, Enrolment, Registration
from doorleren.applications.recording import KIND
from doorleren.audit.models import Act, View
from doorleren.cases.models import Case
from doorleren.letters.models import Letter
from doorleren.payments.models import BankAnswer, PayeeAccount, PaymentLine
from doorleren.web.applicant.file.seen import viewers
from doorleren.web.people.export.me import Me

ABOUT_NOBODY: Mapping[str, str] = {
    "activity_prices": "prices of an activity in the register", "log_of_views": "the whole log, by ids",
    "payable": "a body, beside each case of it (payable_case)", "provider_file": "a provider in the register",
    "record_of_acts": "the whole record, by ids",
}  # fmt: skip
"""What pages name to the log of views that is about no one person, and what it is."""
MOST = 20_000
"""How many acts, and how many looks, an archive has at most: the newest."""


def acts(me: Me) -> list[dict[str, Any]]:
    """List the acts of who asks and those about this person, the newest first; of what else they were about, only its kind."""
    own = Q(actor_kind=me.party.kind, actor_id=me.party.id) | Q(subject_kind=me.party.kind, subject_id=me.party.id)
    return [
        {
            "at": one.at.isoformat(), "act": one.act, "about": one.subject_kind,
            "by_you": (one.actor_kind, one.actor_id) == (me.party.kind, me.party.id),
        }
        for one in Act.objects.filter(own).order_by("-id")[:MOST]
    ]  # fmt: skip


def looks(me: Me) -> list[dict[str, Any]]:
    """List what who asks looked at, the newest first, by the kind of what it was and the page."""
    own = View.objects.filter(viewer_kind=me.party.kind, viewer_id=me.party.id).order_by("-id")[:MOST]
    return [{"at": one.at.isoformat(), "what": one.subject_kind, "page": one.page} for one in own]


def seen_by(me: Me) -> list[dict[str, Any]]:
    """List who else looked at what is about who asks, the newest first; lists with others in them count too."""
    found = Q()
    for kind, ids in about(me).items():
        found |= Q(subject_kind=kind, subject_id__in=[str(one) for one in ids])
    viewer_of = viewers()
    others = View.objects.filter(found).exclude(viewer_kind=me.party.kind, viewer_id=me.party.id)
    return [
        {"at": one.at.isoformat(), "who": viewer_of(one).words, "what": one.subject_kind, "page": one.page}
        for one in others.order_by("-id")[:MOST]
    ]


def about(me: Me) -> dict[str, list[Any]]:
    """Name what is about this person as the log of views names it: a kind, and the ids. A test holds the kinds to all that pages name."""
    cases = Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in me.files])
    paid = {"payee_kind": me.party.kind, "payee_id": me.party.id}
    letters = Letter.objects.filter(recipient_kind=me.party.kind, recipient_id=me.party.id)
    return {
        "application": sorted(me.files),
        "application_evidence": sorted(me.files),
        "person_roles": [me.person],
        "acts_of_person": [me.person],
        "case": _all(cases, "pk"),
        "case_name": _all(cases, "pk"),
        "case_export": _all(cases, "body"),
        "letter": _all(letters, "pk"),
        "correction": _all(CorrectionRequest.objects.filter(person=me.person), "pk"),
        "evidence": _all(Document.objects.filter(application__in=me.files), "pk"),
        "registered_people": _all(Registration.objects.filter(pk__in=me.registrations), "round"),
        "enrolled_people": _all(Enrolment.objects.filter(pk__in=me.enrolments), "round"),
        "enrolments": _all(Enrolment.objects.filter(pk__in=me.enrolments), "application"),
        "payee_account": _all(PayeeAccount.objects.filter(**paid), "pk"),
        "payment_run": _all(PaymentLine.objects.filter(**paid), "run"),
        "payment_file": _all(PaymentLine.objects.filter(**paid), "run"),
        "payable_case": sorted({*_all(cases, "pk"), *_all(PaymentLine.objects.filter(**paid), "case")}),
        "bank_message": sorted({
            *_all(BankAnswer.objects.filter(line__in=PaymentLine.objects.filter(**paid)), "entry__message"),
            *_all(BankAnswer.objects.filter(case__in=cases), "entry__message"),
        }),
        "round_evidence": _all(Document.objects.filter(application__in=me.files), "application__round"),
    }  # fmt: skip


def _all(found: Any, field: str) -> list[Any]:
    return list(found.order_by().values_list(field, flat=True).distinct())
