"""Opening a case: something that the authority must decide on came in. Its reference goes on every letter.

One for an official, or many for the site in a few statements: by the same rules, written by the same lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from doorleren.audit.acts import SITE, Detail, Party, ToRecord, record_all
from doorleren.cases import refusing
from doorleren.cases.commands.perform import actor, first, perform
from doorleren.cases.frameworks import decision_term as kind_of_term
from doorleren.cases.models import PROCEDURES, Case, CaseAct
from doorleren.cases.recording import party_of
from doorleren.cases.references import reference_of
from doorleren.cases.refusing import CaseRefused
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.schemes.queries import version_of


def open_case(
    version: int, subject: Party, *, body: int, received_on: date, by: SignedIn | Party, at: datetime,
    round_ended_on: date | None = None, decision_term: str = "", decision_weeks: int | None = None, weeks_source: str = "",
    entered_by: int | None = None, earlier: int | None = None,
) -> Case:  # fmt: skip
    """Open a case of a subject under a published version, and give it; the same subject again gives the case that there is.

    `round_ended_on`: the last day of the round, where the term for deciding counts from there. `decision_term`: another term
    than the framework's own; `decision_weeks`: the weeks that the scheme itself sets, with their source, before both (they
    stand on the act `opened`, which never changes). `entered_by`: the official who put it in for somebody. `earlier`: the case that it repeats.
    Raises NotAllowed, CaseRefused for a scheme without decisions, BadTerm, PublishedVersion.DoesNotExist.
    """
    asked = ToOpen(
        version, subject, body, received_on, round_ended_on, decision_term, decision_weeks, weeks_source, entered_by, earlier
    )  # fmt: skip
    _ensure(by, body, at)
    with transaction.atomic():
        return open_together((asked,), by=by, at=at)[0]


@dataclass(frozen=True, slots=True)
class ToOpen:
    """A case to open: as the arguments of `open_case`."""

    version: int
    subject: Party
    body: int
    received_on: date
    round_ended_on: date | None = None
    decision_term: str = ""
    decision_weeks: int | None = None
    weeks_source: str = ""
    entered_by: int | None = None
    earlier: int | None = None


def open_many(asked: Sequence[ToOpen], *, at: datetime) -> list[Case]:
    """Open cases for the site, all or none, in a few statements; give them in that order. Raises as `open_case`."""
    with transaction.atomic():
        return open_together(asked, by=SITE, at=at)


def open_together(asked: Sequence[ToOpen], *, by: SignedIn | Party, at: datetime) -> list[Case]:
    """Open cases within the transaction of the caller, who asked whether that may; a subject that has a case keeps that."""
    there = _there(asked)
    fresh = {one.subject: one for one in asked if one.subject not in there}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)", [len(fresh)]
        )
        numbers = sorted(number for (number,) in cursor.fetchall())
    made = [(one, _case(one, number, at)) for one, number in zip(fresh.values(), numbers, strict=True)]
    rows = [first(case, by=by, at=at, details=_own(one)) for one, case in made]
    Case.objects.bulk_create([case for _, case in made])
    CaseAct.objects.bulk_create(rows)
    record_all([
        ToRecord("opened", party_of(case), actor(by), at,
                 {"subject_kind": one.subject.kind, "subject_id": one.subject.id})
        for one, case in made
    ])  # fmt: skip
    there |= {one.subject: case for one, case in made}
    for one, case in made:
        if one.entered_by is not None:
            told: dict[str, Detail] = {"entered_by": one.entered_by}
            there[one.subject] = perform(case.pk, "entered", by=SITE, at=at, details=told).case
    return [there[one.subject] for one in asked]


def _there(asked: Sequence[ToOpen]) -> dict[Party, Case]:
    """Give the cases that there are of subjects; nobody opens one for any of them until this transaction ends."""
    names = sorted(f"case {one.subject.kind} {one.subject.id}" for one in asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(name)) FROM unnest(%s::text[]) AS name", [names])
    found: dict[Party, Case] = {}
    for kind in {one.subject.kind for one in asked}:
        rows = Case.objects.filter(subject_kind=kind, subject_id__in=[one.subject.id for one in asked])
        found |= {Party(kind, case.subject_id): case for case in rows}
    return found


def _case(asked: ToOpen, number: int, at: datetime) -> Case:
    law = version_of(asked.version)
    if law.procedure not in PROCEDURES:
        raise CaseRefused(refusing.NO_PROCEDURE, "opened")
    return Case(
        id=number, reference=reference_of(number), version_id=asked.version, scheme=law.id, body_id=asked.body,
        framework=law.framework, procedure=law.procedure, subject_kind=asked.subject.kind, subject_id=asked.subject.id,
        earlier_id=asked.earlier, received_on=asked.received_on, round_ended_on=asked.round_ended_on,
        decision_term=kind_of_term(law.framework, asked.decision_term), opened_at=at, last_act_at=at,
    )  # fmt: skip


def _own(asked: ToOpen) -> dict[str, Detail]:
    return {"decision_weeks": asked.decision_weeks, "source": asked.weeks_source} if asked.decision_weeks else {}


def _ensure(by: SignedIn | Party, body: int, at: datetime) -> None:
    if isinstance(by, SignedIn):
        ensure(by, "prepare_case", Thing("case", "", body=body), at=at)
    elif by.kind == "person":
        raise NotAllowed(Refused("not_signed_in"))
