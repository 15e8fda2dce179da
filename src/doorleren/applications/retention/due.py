"""What is due to be destroyed on a day: closed cases after their retention, what nobody submitted, refused
rows of bundles, unused accounts.

Terms: for cases `cases/retention.py`, for the rest `law/terms.toml`. Reads only.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest

from doorleren.applications.corrections.standing import open_about
from doorleren.applications.models import PARTIES, Answer, Application, Bundle, BundleRow, CorrectionRequest, PartyKind
from doorleren.applications.recording import party
from doorleren.applications.retention.by_rule import NOT_HELD, Due, Rule, due_after, latest_begun_of
from doorleren.cases.appeals import appeals_running
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.retention import long_closed, retention_of
from doorleren.cases.rules import why_not
from doorleren.core.days import day_of
from doorleren.people.models import Identity, Mandate, Person, Role, Session
from doorleren.rounds.models import Ticket

DRAFT, ACCOUNT = "retention-draft", "retention-account"
KIND, BUNDLE = "application", "bundle"


def kept_until(case: Case, asked: Collection[int] | None = None) -> Due | None:
    """Give until when a case is kept; None while it cannot be destroyed: open, reopened, contested (before a court too), or destroyed.

    Neither while somebody asks to correct something in it. `asked`: of which applications, where that was read.
    """
    if case.closed_at is None or why_not("destroyed", moments_of(case)) is not None:
        return None
    if appeals_running(case):
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
    """Give the applications that nobody decides on whose term ended before a day."""
    return UNSUBMITTED.due(on)


def due_bundles(on: date, only: int | None = None) -> Iterator[Due]:
    """Give the bundles with refused rows whose term ended before a day."""
    return BUNDLES.due(on, only)


def due_accounts(on: date) -> Iterator[Due]:
    """Give the people who have not signed in for the term, and whose account nothing needs."""
    return ACCOUNTS.due(on)


def bound(person: int, on: date) -> bool:
    """Say whether an account is still needed: a file that is not destroyed, a role or mandate not over, a session."""
    return Person.objects.filter(reduce(or_, _needs(on)), pk=person).exists()


def _unsubmitted(on: date) -> QuerySet[Any]:
    """Give the applications that nobody decides on: not submitted, withdrawn, a rehearsal.

    The term runs from the closing of the round, or from the last answer or the withdrawal where that came later.
    """
    case = Case.objects.filter(subject_kind=KIND, subject_id=Cast(OuterRef("pk"), CharField()))
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    answers = Answer.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return (
        Application.objects.filter(~Exists(case), destroyed_at__isnull=True)
        .filter(~Exists(ticket) | Q(withdrawn_at__isnull=False) | Q(round__rehearsal=True))
        .exclude(pk__in=_asked())
        .annotate(shut=_SHUT)
        .filter(shut__lt=latest_begun_of(DRAFT, on))
        .annotate(answered=Subquery(answers.annotate(last=Max("at")).values("last")), held=NOT_HELD)
        .annotate(last=Greatest("shut", "started_at", "withdrawn_at", "answered"))
        .filter(last__lt=latest_begun_of(DRAFT, on))
    )


def _bundles(on: date) -> QuerySet[Any]:
    """Give the bundles with refused rows: their term is that of what nobody submitted, as such a row became nothing."""
    refused = BundleRow.objects.filter(bundle=OuterRef("pk"), registration__isnull=True)
    return (
        Bundle.objects.filter(Exists(refused))
        .annotate(shut=_SHUT, held=NOT_HELD)
        .filter(shut__lt=latest_begun_of(DRAFT, on))
        .annotate(last=Greatest("shut", "at"))
        .filter(last__lt=latest_begun_of(DRAFT, on))
    )


def _accounts(on: date) -> QuerySet[Any]:
    """Give the people without a file, a role, a mandate or a session, with the day on which their last role or mandate ended.

    The term runs from the last time of signing in.
    """
    used = Identity.objects.filter(person=OuterRef("pk")).order_by("-last_used_at").values("last_used_at")
    roles, mandates = (
        table.objects.filter(person=OuterRef("pk"), ends_on__isnull=False).order_by("-ends_on").values("ends_on")
        for table in (Role, Mandate)
    )
    return (
        _with_an_account()
        .annotate(last=Coalesce(Subquery(used[:1]), "created_at"))
        .filter(*(~need for need in _needs(on)), last__lt=latest_begun_of(ACCOUNT, on))
        .annotate(held=Greatest(Subquery(roles[:1]), Subquery(mandates[:1])))
    )


def _needs(on: date) -> tuple[Exists, ...]:
    """Give what needs the account of a person on a day."""
    whom, files = OuterRef("pk"), Application.objects.filter(destroyed_at__isnull=True)
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return (
        *(Exists(files.filter(**{f"{name}_kind": PartyKind.PERSON, f"{name}_number": whom})) for name in PARTIES),
        Exists(Role.objects.filter(running, person=whom)),
        Exists(Mandate.objects.filter(running, person=whom)),
        Exists(Session.objects.filter(person=whom)),
        Exists(open_about().filter(person=whom)),
        Exists(Case.objects.filter(assigned_to=whom).exclude(state__in=("closed", "destroyed"))),
    )


def case_of(application: Application) -> Case | None:
    """Give the case about an application; None where there is none."""
    about = party(application)
    return Case.objects.filter(subject_kind=about.kind, subject_id=about.id).first()


def _with_an_account() -> QuerySet[Person]:
    known = Identity.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(~Q(name="") | ~Q(notice_email="") | Q(is_active=True) | Exists(known))


_SHUT = Coalesce("round__gate__closed_at", "round__closes_at")
"""When the round of a row closed, or will."""
UNSUBMITTED = Rule(KIND, "answers", DRAFT, _unsubmitted)
BUNDLES = Rule(BUNDLE, "registrations", DRAFT, _bundles)
ACCOUNTS = Rule("person", "account", ACCOUNT, _accounts, act="account_destroyed")
BY_RULE = (UNSUBMITTED, BUNDLES, ACCOUNTS)
"""What run_daily (commands/run_destruction.py) destroys by rule alone; of payments: payments/retention.py."""
