"""Giving a case to an official: taking it oneself, handing it over, giving out many at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.people.absences import deputy_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import IN_BODY
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn


def assign(case: int, *, to: int, by: SignedIn, at: datetime) -> CaseAct:
    """Give a case to an official (a person's id) with a role in its body; to their deputy while they are away.

    Who takes a case oneself gets it, away or not. Raises NotAllowed or CaseRefused.
    """
    with transaction.atomic():
        details: dict[str, Detail] = {"to": to}
        away = (
            None
            if to == by.person
            else deputy_of(to, Case.objects.values_list("body", flat=True).get(pk=case), day_of(at))
        )
        if away is not None:
            details, to = {"to": away, "instead_of": to}, away
        row = perform(case, "assigned", by=by, at=at, details=details)
        roles = roles_in_force(to, day_of(at))
        if not roles.filter(body=row.case.body_id, kind__in=IN_BODY).exists():
            raise CaseRefused(refusing.NOT_THERE, "assigned", "to")
        row.case.assigned_to_id = to
        row.case.save(update_fields=["assigned_to"])
    return row


def claim(case: int, *, by: SignedIn, at: datetime) -> CaseAct:
    """Take a case oneself. Raises NotAllowed or CaseRefused."""
    return assign(case, to=by.person, by=by, at=at)


def assign_many(
    cases: Sequence[int], *, to: int, by: SignedIn, at: datetime
) -> dict[int, ActRefused | NotAllowed | None]:
    """Give out many cases, each on its own; give per case why it was refused, None where it was done."""
    answers: dict[int, ActRefused | NotAllowed | None] = {}
    for case in sorted(set(cases)):
        try:
            assign(case, to=to, by=by, at=at)
        except (ActRefused, NotAllowed) as refused:
            answers[case] = refused
        except Case.DoesNotExist:
            continue
        else:
            answers[case] = None
    return answers
