"""What must be true of who stands in for whom, and of the end of retention: what is destroyed is gone, after its time, by two people."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q

from doorleren.applications.models import Answer, Application, CorrectionRequest, Document
from doorleren.cases.acts import ACTS
from doorleren.cases.models import Case, CaseAct, DestructionItem, DestructionList
from doorleren.core.days import add_months, day_of
from doorleren.decisions.models import Decision
from doorleren.payments.models import PayeeAccount, PaymentFile, PaymentLine
from doorleren.people.absences import on_day
from doorleren.people.acts import DEMANDS
from doorleren.people.models import Absence, FileKey, Person, RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.rounds.models import Ticket
from doorleren.simulation.deciding import FOR_A_COLLEAGUE
from doorleren.simulation.holding import DECIDING_NOTES, Violation
from doorleren.simulation.world import Season

Found = Iterator[Violation]
MONTHS_KEPT, YEARS_OF_BOOKS = 120, 7
"""How long the framework of the schemes keeps a file after its closing: ten years; and how long accounts and files for the bank are kept."""


# --- who is away


def hold_absences(season: Season) -> Found:
    """On no day has somebody two deputies, or stands in for a colleague while away."""
    rows = list(Absence.objects.filter(body=season.body, ended_at=None).order_by("pk"))
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            at_once = one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
            if at_once and (one.person_id in (other.person_id, other.deputy_id) or one.deputy_id == other.person_id):
                yield Violation("deputies", f"absence {one.pk}", f"at the same time as absence {other.pk}")


def hold_deputies(rows: Sequence[CaseAct], season: Season) -> Found:
    """What somebody did in a case of a colleague for whom they stand in says so, where it must lie in other hands."""
    for row in rows:
        decides = row.details.get("what") in DECIDING_NOTES
        if row.by_kind != "person" or int(row.by_id) not in season.officials or not (ACTS[row.act].duty or decides):
            continue
        owner, day = Case.objects.values_list("assigned_to", flat=True).get(pk=row.case_id), day_of(row.at)
        away = on_day(day).filter(person=owner, body=season.body, deputy=int(row.by_id)) if owner else None
        if owner is None or away is None or not away.exists():
            continue
        asked = DEMANDS["decide_case" if decides else ACTS[row.act].demand].roles
        told = row.details.get("on_behalf_of")
        acts_so = roles_in_force(owner, day).filter(body=season.body, kind__in=list(asked)).exists()
        if acts_so and (told is None or (told != owner and row.act not in FOR_A_COLLEAGUE)):
            yield Violation("deputies", f"case {row.case_id}, act {row.number} ({row.act})", f"done for person {owner}, who is away, and told is {told}")  # fmt: skip


# --- the end of retention


def hold_destroyed(season: Season) -> Found:
    """Hold what must be true of what is destroyed of a season, and of what is not."""
    yield from _by_two(season)
    cases = list(Case.objects.filter(body=season.body).order_by("pk"))
    gone = {str(one.pk) for one in cases if one.destroyed_at}
    for one in cases:
        if one.destroyed_at and (
            one.closed_at is None or day_of(one.destroyed_at) <= _kept_until(day_of(one.closed_at))
        ):
            yield Violation(
                "retention", f"case {one.pk}", f"closed at {one.closed_at}, destroyed at {one.destroyed_at}"
            )
    keys = FileKey.objects.filter(about_kind="case", about_id__in=[str(one.pk) for one in cases])
    for about, under in keys.values_list("about_id", "destroyed_under"):
        if (under is not None) != (about in gone):
            yield Violation("retention", f"case {about}", f"its key is {'gone' if under else 'there'}")
    yield from _applications(season, [int(one.subject_id) for one in cases if one.destroyed_at])


def _kept_until(closed: date) -> date:
    return add_months(closed, MONTHS_KEPT)


def _by_two(season: Season) -> Found:
    """Each case that was destroyed stands on a list that two administrators agreed on; nothing of another list was."""
    for one in DestructionList.objects.filter(body=season.body):
        people = [(one.proposed_by_id, one.proposed_at)]
        people += [(one.released_by_id, one.released_at)] if one.released_by_id and one.released_at else []
        held = [roles_in_force(who, day_of(at)).filter(body=season.body, kind=RoleKind.ADMINISTRATOR).exists() for who, at in people]  # fmt: skip
        if not all(held) or one.released_by_id == one.proposed_by_id:
            yield Violation("roles", f"list {one.pk} to destroy", f"proposed and released by {people}")
    done = DestructionItem.objects.filter(list__body=season.body, act__isnull=False)
    for number in done.filter(list__released_at=None).values_list("case", flat=True):
        yield Violation("different hands", f"case {number}", "destroyed by a list that nobody released")
    there = Case.objects.filter(body=season.body, destroyed_at__isnull=False).order_by("pk")
    destroyed, listed = list(there.values_list("pk", flat=True)), sorted(done.values_list("case", flat=True))
    if destroyed != listed:
        yield Violation(
            "retention", f"body {season.body}", f"destroyed are cases {destroyed}, on lists as done stand {listed}"
        )


def _applications(season: Season, gone: Sequence[int]) -> Found:
    """Nothing of people is left of an application that was destroyed; only those of such cases were, and what nobody decides on."""
    rows = Application.objects.filter(round__in=season.ceilings)
    for table in (Answer, Document, CorrectionRequest):
        left = table._default_manager.filter(application__in=rows.exclude(destroyed_at=None))
        for number in left.values_list("application", flat=True)[:1]:
            yield Violation(
                "retention", f"application {number}", f"destroyed, with a row left in {table._meta.db_table}"
            )
    for number in (
        rows.filter(pk__in=gone).filter(Q(destroyed_at=None) | ~Q(applicant_number=0)).values_list("pk", flat=True)
    ):
        yield Violation("retention", f"application {number}", "its case was destroyed, and it was not")
    submitted = Ticket.objects.filter(round__in=season.ceilings).values("key")
    early = rows.exclude(destroyed_at=None).exclude(pk__in=gone).filter(withdrawn_at=None, key__in=submitted)
    for number in early.values_list("pk", flat=True):
        yield Violation("retention", f"application {number}", "it was submitted, and destroyed without its case")
    nobody = Person.objects.filter(is_active=False, name="")
    for number in rows.filter(destroyed_at=None, applicant_number__in=nobody.values("pk")).values_list("pk", flat=True):
        yield Violation("retention", f"application {number}", "it is kept, and the account of who applied is gone")


def hold_payments_destroyed(season: Season) -> Found:
    """Of accounts and files for the bank nothing of anybody is left once they were destroyed: after seven years, and of nobody whose case is kept."""
    files = PaymentFile.objects.filter(run__body=season.body).order_by("pk")
    for run, sealed, made, gone in files.values_list("pk", "sealed", "made_at", "destroyed_at"):
        if bool(sealed) == (gone is not None) or (gone and day_of(gone) <= _of_the_books(made)):
            yield Violation("retention", f"file of run {run}", f"made at {made}, destroyed at {gone}")
    accounts = PayeeAccount.objects.filter(body=season.body).order_by("pk")
    for one in accounts.filter(Q(destroyed_at=None, sealed="") | Q(destroyed_at__isnull=False)):
        last = max(at for at in (one.proposed_at, one.confirmed_at, one.effective_at, one.stopped_at) if at)
        if one.sealed or one.sealed_name or one.reason or one.destroyed_at is None:
            yield Violation("retention", f"account {one.pk}", f"destroyed at {one.destroyed_at}, and something of it is there or lacks")  # fmt: skip
        elif day_of(one.destroyed_at) <= _of_the_books(last) or _needed(one, season):
            yield Violation("retention", f"account {one.pk}", f"last used at {last}, destroyed at {one.destroyed_at}, and perhaps needed")  # fmt: skip


def _of_the_books(at: datetime) -> date:
    return add_months(day_of(at), 12 * YEARS_OF_BOOKS)


def _needed(one: PayeeAccount, season: Season) -> bool:
    """Say whether a case or application that is kept names whose account it is, or it was paid on for one."""
    paid = PaymentLine.objects.filter(account=one, case__destroyed_at=None)
    named = Decision.objects.filter(
        payee_kind=one.payee_kind, payee_id=one.payee_id, case__body=season.body, case__destroyed_at=None
    )
    applied = Application.objects.filter(round__in=season.ceilings, destroyed_at=None, applicant_kind=one.payee_kind)
    return paid.exists() or named.exists() or applied.filter(applicant_number=int(one.payee_id)).exists()
