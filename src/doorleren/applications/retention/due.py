"""What is due to be destroyed on a day: closed cases after their retention, what nobody submitted, refused
rows of bundles, unused accounts.

Terms: for cases `cases/retention.py`, for the rest `law/terms.toml`. Reads only.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Greatest

from doorleren.applications.corrections.standing import open_about, open_of
from doorleren.applications.models import PARTIES, Application, Bundle, BundleRow, CorrectionRequest, PartyKind
from doorleren.applications.recording import party
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.retention import latest_begun, long_closed, retention_of
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of, midnight
from doorleren.people.models import Identity, Mandate, Person, Role, Session
from doorleren.rounds.models import Ticket

DRAFT, ACCOUNT = "retention-draft", "retention-account"
KIND, BUNDLE = "application", "bundle"


@dataclass(frozen=True, slots=True)
class Due:
    """A case, application or person (by number) with the day that its term began and the last day of it; and which term."""

    kind: str
    number: int
    began_on: date
    kept_until: date
    term: str
    source: str


def kept_until(case: Case, asked: Collection[int] | None = None) -> Due | None:
    """Give until when a case is kept; None while it cannot be destroyed: open, reopened, contested, or destroyed.

    Neither while somebody asks to correct something in it. `asked`: of which applications, where that was read.
    """
    if case.closed_at is None or why_not("destroyed", moments_of(case)) is not None:
        return None
    if case.subject_kind == KIND and _is_asked_about(int(case.subject_id), asked):
        return None
    kept, began = retention_of(case), day_of(case.closed_at)
    if kept.of_scheme:
        return Due("case", case.pk, began, kept.length.after(began), kept.term, kept.source)
    return due_after("case", case.pk, case.closed_at, kept.term, kept.source)


def due_cases(on: date, body: int | None = None) -> Iterator[Due]:
    """Give the cases whose retention ended before a day, the longest closed first; of a body where one is named."""
    closed, asked = Case.objects.filter(long_closed(on), destroyed_at__isnull=True), frozenset(_asked())
    for case in (closed if body is None else closed.filter(body=body)).order_by("closed_at", "pk").iterator():
        found = kept_until(case, asked)
        if found is not None and found.kept_until < on:
            yield found


def _is_asked_about(application: int, asked: Collection[int] | None) -> bool:
    return _asked().filter(application=application).exists() if asked is None else application in asked


def _asked() -> QuerySet[CorrectionRequest, int]:
    """Give the applications of which somebody asks to correct something."""
    return open_about().filter(application__isnull=False).values_list("application", flat=True)


def due_unsubmitted(on: date) -> Iterator[Due]:
    """Give the applications that nobody decides on whose term ended before a day: not submitted, withdrawn, a rehearsal.

    The term runs from the closing of the round, or from the last answer or the withdrawal where that came later.
    """
    case = Case.objects.filter(subject_kind=KIND, subject_id=Cast(OuterRef("pk"), CharField()))
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    rows = (
        Application.objects.filter(~Exists(case), destroyed_at__isnull=True)
        .filter(~Exists(ticket) | Q(withdrawn_at__isnull=False) | Q(round__rehearsal=True))
        .exclude(pk__in=_asked())
        .annotate(shut=Coalesce("round__gate__closed_at", "round__closes_at"))
        .filter(shut__lt=midnight(on))
        .annotate(answered=Max("answers__at"))
        .annotate(last=Greatest("shut", "started_at", "withdrawn_at", "answered"))
        .filter(last__lt=latest_begun_of(DRAFT, on))
    )
    for number, last in rows.order_by("pk").values_list("pk", "last"):
        found = due_after(KIND, number, last, DRAFT)
        if found.kept_until < on:
            yield found


def due_bundles(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the bundles with refused rows whose term ended before a day: that of what nobody submitted, as such a row became nothing."""
    refused = BundleRow.objects.filter(bundle=OuterRef("pk"), registration__isnull=True)
    rows = Bundle.objects.all() if only is None else Bundle.objects.filter(pk=only)
    found = (
        rows.filter(Exists(refused))
        .annotate(shut=Coalesce("round__gate__closed_at", "round__closes_at"))
        .filter(shut__lt=midnight(on))
        .annotate(last=Greatest("shut", "at"))
        .filter(last__lt=latest_begun_of(DRAFT, on))
    )
    for number, last in found.order_by("pk").values_list("pk", "last"):
        due = due_after(BUNDLE, number, last, DRAFT)
        if due.kept_until < on:
            yield due


def due_accounts(on: date) -> Iterator[Due]:
    """Give the people who have not signed in for the term, without a file, a role, a mandate or a session."""
    latest = latest_begun_of(ACCOUNT, on)
    rows = (
        _with_an_account()
        .annotate(last=Coalesce(Max("identities__last_used_at"), "created_at"))
        .filter(last__lt=latest)
    )
    for person, last in rows.order_by("pk").values_list("pk", "last"):
        found = due_after("person", person, last, ACCOUNT)
        if found.kept_until < on and not bound(person, on):
            yield found


def bound(person: int, on: date) -> bool:
    """Say whether an account is still needed: a file that is not destroyed, a role or mandate not over, a session."""
    whose = Q()
    for name in PARTIES:
        whose |= Q(**{f"{name}_kind": PartyKind.PERSON, f"{name}_number": person})
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return (
        Application.objects.filter(whose, destroyed_at__isnull=True).exists()
        or Role.objects.filter(running, person=person).exists()
        or Mandate.objects.filter(running, person=person).exists()
        or Session.objects.filter(person=person).exists()
        or open_of(person).exists()
        or Case.objects.filter(assigned_to=person).exclude(state__in=("closed", "destroyed")).exists()
    )


def case_of(application: Application) -> Case | None:
    """Give the case about an application; None where there is none."""
    about = party(application)
    return Case.objects.filter(subject_kind=about.kind, subject_id=about.id).first()


def _with_an_account() -> QuerySet[Person]:
    known = Identity.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(~Q(name="") | ~Q(notice_email="") | Q(is_active=True) | Exists(known))


def due_after(kind: str, number: int, began: datetime, term: str, source: str = "") -> Due:
    """Count a term of law/terms.toml from the day of a moment."""
    day = day_of(began)
    counted = law_of_terms().reckon(term, day)
    return Due(kind, number, day, counted.last, term, source or counted.term.length.source)


def latest_begun_of(term: str, on: date) -> datetime:
    """Give the moment before which a term of law/terms.toml began that ended before a day."""
    return latest_begun(law_of_terms().kinds[term].length, on)
