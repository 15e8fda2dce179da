"""The case of an application, for its applicant: which one, who may read it, and who may act in it.

Only who files may: the applicant, and who has a role and a mandate in the organisation that applies. Its other parties, and
an official who entered it for somebody, see the application and not the file.
"""

from collections.abc import Iterable
from datetime import datetime

from doorleren.applications.access import applicant_of, may_edit, may_file, thing_of
from doorleren.applications.models import Application
from doorleren.applications.recording import KIND, party
from doorleren.cases.models import Case
from doorleren.people.access import Allowed, Refused, allowed
from doorleren.people.signed_in import SignedIn


def case_of(application: Application) -> Case | None:
    """Give the case of an application; None while none was opened."""
    about = party(application)
    found = Case.objects.filter(subject_kind=about.kind, subject_id=about.id)
    return found.select_related("body", "version").first()


def cases_of(applications: Iterable[int]) -> dict[int, Case]:
    """Give the cases of applications, by application; one that has none is not among them."""
    found = Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in applications])
    return {int(one.subject_id): one for one in found}


def with_case(applications: Iterable[int]) -> frozenset[int]:
    """Give those of these applications that have a case."""
    asked = [str(one) for one in applications]
    found = Case.objects.filter(subject_kind=KIND, subject_id__in=asked).values_list("subject_id", flat=True)
    return frozenset(int(one) for one in found)


def may_open(who: SignedIn | None, application: Application, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may read the file: as the applicant, or for the organisation that applies."""
    return allowed(who, "view_application", thing_of(applicant_of(application), str(application.pk)), at=at)


def may_act(who: SignedIn | None, application: Application, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may act in it: who may file, and was not asked by a colleague to look only."""
    answer = may_file(who, applicant_of(application), at=at)
    return may_edit(who, application, at=at) if answer else answer
