"""Opening a case: something that the authority must decide on came in. Its reference goes on every letter."""

from datetime import date, datetime

from django.db import connection, transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases import refusing
from doorleren.cases.commands.perform import open_first, perform
from doorleren.cases.frameworks import decision_term as kind_of_term
from doorleren.cases.models import PROCEDURES, Case
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
    _ensure(by, body, at)
    law = version_of(version)
    if law.procedure not in PROCEDURES:
        raise CaseRefused(refusing.NO_PROCEDURE, "opened")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"case {subject.kind} {subject.id}"])
            before = Case.objects.filter(subject_kind=subject.kind, subject_id=subject.id).first()
            if before is not None:
                return before
            cursor.execute("SELECT nextval(pg_get_serial_sequence('cases_case', 'id'))")
            number = int(cursor.fetchone()[0])
        case = Case(
            id=number, reference=reference_of(number), version_id=version, scheme=law.id, body_id=body,
            framework=law.framework, procedure=law.procedure, subject_kind=subject.kind, subject_id=subject.id,
            earlier_id=earlier, received_on=received_on, round_ended_on=round_ended_on,
            decision_term=kind_of_term(law.framework, decision_term), opened_at=at, last_act_at=at,
        )  # fmt: skip
        own: dict[str, Detail] = {"decision_weeks": decision_weeks, "source": weeks_source} if decision_weeks else {}
        open_first(case, by=by, at=at, details=own)
        actor = by.party if isinstance(by, SignedIn) else by
        record(
            "opened", party_of(case), by=actor, at=at, details={"subject_kind": subject.kind, "subject_id": subject.id}
        )
        if entered_by is not None:
            case = perform(number, "entered", by=Party("site", ""), at=at, details={"entered_by": entered_by}).case
    return case


def _ensure(by: SignedIn | Party, body: int, at: datetime) -> None:
    if isinstance(by, SignedIn):
        ensure(by, "prepare_case", Thing("case", "", body=body), at=at)
    elif by.kind == "person":
        raise NotAllowed(Refused("not_signed_in"))
