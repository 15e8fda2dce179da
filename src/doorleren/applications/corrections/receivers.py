"""Who received what a request is about, as far as the tables tell: whoever is told when it is corrected (AVG, art. 19).

Organisations and bodies only, by name. Whoever else received it, an official adds.
"""

from doorleren.applications.models import (
    Application,
    CorrectionRequest,
    EnrolmentProof,
    EnteredFor,
    PartyKind,
    Registration,
)
from doorleren.people.models import Body, Organisation


def receivers(request: CorrectionRequest) -> tuple[str, ...]:
    """Name them in the order of the alphabet; none for what is about the account."""
    if request.application is None:
        return ()
    return tuple(sorted(_organisations(request.application) | _bodies(request.application, request.body)))


def _organisations(application: Application) -> set[str]:
    """Name the provider of the training, who confirmed an enrolment, the adviser's firm, who is paid and who reports."""
    numbers: set[int | None] = {
        *EnrolmentProof.objects.filter(application=application).values_list("organisation", flat=True),
        *Registration.objects.filter(application=application).values_list("organisation", flat=True),
        *(
            number
            for kind, number in (
                (application.payee_kind, application.payee_number),
                (application.reporter_kind, application.reporter_number),
            )
            if kind == PartyKind.ORGANISATION
        ),
    }
    found = set(Organisation.objects.filter(pk__in=[one for one in numbers if one]).values_list("name", flat=True))
    return found if application.activity is None else found | {application.activity.provider.name}


def _bodies(application: Application, own: Body) -> set[str]:
    """Name the desk that entered it, and the body that treats it, but for the one that answers."""
    numbers = set(EnteredFor.objects.filter(application=application).values_list("body", flat=True))
    numbers |= {application.round.body_id}
    return set(Body.objects.filter(pk__in=numbers - {own.pk}).values_list("name", flat=True))
