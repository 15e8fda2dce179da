"""Establishing that an application repeats an earlier one without new facts, so that it can be refused by reference. Awb 4:6."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.applications.models import Application
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.matters import KIND, Matter, matter_held
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said, keep_words
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn

NEGATIVE = ("refused", "partly_granted")
"""Decisions after which an application asks for the same again."""
NO_NEW_FACTS = {
    "nl": "Schrijf op waarom er geen nieuwe feiten zijn.", "en": "Write down why there are no new facts.",
}  # fmt: skip


def establish_repeat(case: int, earlier: int, words: str, *, by: SignedIn, at: datetime) -> CaseAct:
    """Establish that a case repeats case `earlier` of the same applicant; `words` say why nothing in it is new. Gives the act.

    Raises NotAllowed (also for who entered the application), CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if by.person in took_part(matter.application.pk):
            raise NotAllowed(Refused("entered_it"))
        if earlier not in {one.pk for one in earlier_cases(matter)}:
            raise refused("earlier", "Kies een eerdere aanvraag van dezelfde aanvrager, die is afgewezen.",
                          "Choose an earlier application of the same applicant that was refused.", "earlier")  # fmt: skip
        told = ensure_said(words, "words", NO_NEW_FACTS)
        act = perform(case, "repeat_established", by=by, at=at, details={"earlier": earlier})
        keep_words(act, told, at=at)
    return act


def earlier_cases(matter: Matter) -> list[Case]:
    """Give the cases of the same applicant and scheme, opened before this one, that were refused wholly or partly."""
    own = matter.application
    others = Application.objects.filter(
        applicant_kind=own.applicant_kind, applicant_number=own.applicant_number
    ).exclude(pk=own.pk)
    found = Case.objects.filter(
        subject_kind=KIND, subject_id__in=[str(one) for one in others.values_list("pk", flat=True)],
        body=matter.case.body_id, scheme=matter.case.scheme, opened_at__lte=matter.case.opened_at, decided_at__isnull=False,
    ).exclude(pk=matter.case.pk)  # fmt: skip
    return [
        one for one in found.order_by("pk") if (made := decision_in_force(one.pk)) is not None and made.kind in NEGATIVE
    ]
