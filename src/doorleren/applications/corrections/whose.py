"""What of a person can be corrected: the files that are theirs, the answers in one, the fields of the account. Reads only."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from doorleren.applications.answers import Counted, counted_answers
from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.models import Application, PartyKind, Word
from doorleren.people.models import Body
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library


def files_of(person: int) -> QuerySet[Application]:
    """Give the applications that somebody filed or that are for them, registrations of them among them.

    Not those of which they said "this is not me". An application of an organisation is the organisation's.
    """
    registrations = registrations_for(person)
    another = registrations.filter(confirmation__word=Word.NOT_ME)
    own = Q(applicant_kind=PartyKind.PERSON, applicant_number=person)
    own |= Q(beneficiary_kind=PartyKind.PERSON, beneficiary_number=person)
    own |= Q(pk__in=registrations.exclude(pk__in=another.values("pk")).values("application"))
    return Application.objects.filter(own).exclude(pk__in=another.values("application"))


def submitted_files_of(person: int) -> QuerySet[Application]:
    """Give those of them that were submitted and are not destroyed, the newest first; a draft one changes oneself."""
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    found = files_of(person).filter(Exists(ticket), destroyed_at__isnull=True)
    return found.select_related("round__version", "round__body").order_by("-pk")


def answers_to_correct(application: Application, person: int, library: Library) -> list[Counted]:
    """Give the answers about the application itself that a person may ask to correct, each as it is now.

    Who is not the applicant but the one whom it is for asks what is said of them as a person, and no more.
    """
    facts = library.vocabulary.facts
    own = (application.applicant_kind, application.applicant_number) == (PartyKind.PERSON, person)
    return [
        one
        for one in counted_answers(application.pk, library)
        if one.number and not one.subject_number and (own or facts[one.fact].table == "person")
    ]


def answer_now(application: Application, fact: str, library: Library) -> Counted | None:
    """Give what an application says now of a fact about itself; None where it says nothing."""
    found = counted_answers(application.pk, library)
    return next((one for one in found if one.fact == fact and not one.subject_number), None)


def bodies_to_ask() -> QuerySet[Body]:
    """Give the bodies that can be asked: those that execute a scheme here."""
    return Body.objects.filter(pk__in=Round.objects.values("body")).order_by("name", "pk")
