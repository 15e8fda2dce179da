"""Who may do what with an application: its applicant, who has a role and a mandate in the applicant's organisation, and,
to look only, its other parties. Everybody else is refused. Rests on people/access.py.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from doorleren.applications.delivering import beneficiary_of, given_by_reporter, proves_later, reporter_of
from doorleren.applications.entered_for import or_as_official
from doorleren.applications.models import PARTIES, Application, CorrectionRequest, Document, Member, PartyKind
from doorleren.applications.parties import Named
from doorleren.applications.partnerships.standing import only_looks
from doorleren.applications.queries import ticket_of
from doorleren.people.access import AGAIN, Allowed, Held, NotAllowed, Refused, Thing, allowed
from doorleren.people.models import Organisation, RoleKind
from doorleren.people.signed_in import SignedIn

ROLE_TO_FILE: Mapping[str, RoleKind] = {
    "employer": RoleKind.EMPLOYER, "partnership": RoleKind.LEAD_PARTNER, "career_adviser": RoleKind.CAREER_ADVISER,
    "training_provider": RoleKind.PROVIDER, "education_institution": RoleKind.PROVIDER,
    "region": RoleKind.LEAD_PARTNER,
}  # fmt: skip
"""Which role somebody has in an organisation that files as this kind of applicant.

A region is no organisation itself: one of its municipalities files for it, as its lead partner.
"""

VIEW_EVIDENCE = "view_evidence"


def thing_of(party: Named, number: str = "") -> Thing:
    """Give what belongs to a party as something that is acted upon."""
    person = party.number if party.kind == PartyKind.PERSON else None
    organisation = party.number if party.kind == PartyKind.ORGANISATION else None
    return Thing("application", number, person=person, organisation=organisation)


def may_file(who: SignedIn | None, party: Named, *, at: datetime, held: Held | None = None) -> Allowed | Refused:
    """Say whether somebody may file as a party: oneself, or an organisation that one has a role and a mandate for."""
    return allowed(who, "file_application", thing_of(party), at=at, held=held)


def may_edit(
    who: SignedIn | None, application: Application, *, at: datetime, held: Held | None = None
) -> Allowed | Refused:
    """Say whether somebody may answer, freeze, submit and withdraw: whoever may file as the applicant.

    A colleague whom another one asked to look only may not.
    """
    answer = allowed(
        who, "file_application", thing_of(applicant_of(application), str(application.pk)), at=at, held=held
    )
    if answer and who is not None and only_looks(application.pk, who.person):
        return Refused("view_only")
    return or_as_official(answer, who, application, at=at)


def may_confirm(who: SignedIn | None, member: Member, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may say for a member that it takes part: who has a role and a mandate in it, and no other."""
    organisation = Organisation.objects.filter(kvk=member.kvk).values_list("pk", flat=True).first()
    return allowed(who, "file_application", Thing("member", str(member.pk), organisation=organisation), at=at)


def may_see_as_financier(who: SignedIn | None, kvk: str, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may see the part of a cost that an organisation pays: who has a role and a mandate in it."""
    return _for_payer(who, "view_application", kvk, at)


def may_say_as_financier(who: SignedIn | None, kvk: str, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may say for an organisation whether it pays a part: who has a role and a mandate in it."""
    return _for_payer(who, "file_application", kvk, at)


def _for_payer(who: SignedIn | None, act: str, kvk: str, at: datetime) -> Allowed | Refused:
    organisation = Organisation.objects.filter(kvk=kvk).values_list("pk", flat=True).first()
    if organisation is None:
        return Refused("not_yours")
    return allowed(who, act, Thing("financier", kvk, organisation=organisation), at=at)


def may_view(who: SignedIn | None, application: Application, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may look: whoever may act for one of the parties. The reason is that of the applicant's."""
    return or_as_official(may_view_as_party(who, application, at=at), who, application, at=at)


def may_view_as_party(who: SignedIn | None, application: Application, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may look as one of the parties or with a mandate of one; officials may not by this.

    Who is paid or reports of a person's own application does not look: what such an organisation knows of that person is
    the enrolment, and what it gave itself.
    """
    answers = [
        allowed(who, "view_application", thing_of(one, str(application.pk)), at=at)
        for one in parties_known(application)
        if application.applicant_kind == PartyKind.ORGANISATION or one.kind == PartyKind.PERSON
    ]
    return next((one for one in answers if one), answers[0])


def may_treat(who: SignedIn | None, application: Application, act: str, *, at: datetime) -> Allowed | Refused:
    """Say whether an official may do an act with an application: of a round of their body, and once it was submitted.

    What was not submitted is nobody's to treat, whatever one's role is; the answer is that of an application that one has
    nothing to do with, so that no address tells of a draft.
    """
    if ticket_of(application) is None:
        return Refused("not_yours")
    return allowed(who, act, Thing("application", str(application.pk), body=application.round.body_id), at=at)


def may_see_documents(who: SignedIn | None, application: Application, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may open documents: who may look at the application, and officials who may treat it."""
    answer = may_view(who, application, at=at)
    if answer:
        return answer
    official = may_treat(who, application, VIEW_EVIDENCE, at=at)
    return official if official or (isinstance(official, Refused) and official.reason in AGAIN) else answer


def may_see_document(who: SignedIn | None, document: Document, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may open one document: who may open all; who reports, what the reporter gave; and whom it is
    for, what proves that it was delivered.
    """
    answer = may_see_documents(who, document.application, at=at)
    if answer:
        return answer
    if given_by_reporter(document) and (reporting := may_report(who, document.application, at=at)):
        return reporting
    later = proves_later(document.application, document.evidence)
    own = may_say_of_delivery(who, document.application, at=at) if later else answer
    return own if own else answer


def may_report(
    who: SignedIn | None, application: Application, *, at: datetime, held: Held | None = None
) -> Allowed | Refused:
    """Say whether somebody may report what was delivered: the reporter, and who has a role and a mandate in it.

    A colleague whom another one asked to look only may not.
    """
    reporter = reporter_of(application)
    if reporter == applicant_of(application):
        answer = may_file(who, reporter, at=at, held=held)
        return may_edit(who, application, at=at, held=held) if answer else answer
    return may_file(who, reporter, at=at, held=held)


def may_say_of_delivery(
    who: SignedIn | None, application: Application, *, at: datetime, held: Held | None = None
) -> Allowed | Refused:
    """Say whether somebody may say whether a report is right: whom it was for, and nobody else."""
    return may_file(who, beneficiary_of(application), at=at, held=held)


def may_give_evidence(
    who: SignedIn | None, application: Application, evidence: str, *, at: datetime
) -> Allowed | Refused:
    """Say whether somebody may give a document: who may edit; the reporter too, of what is asked after the grant."""
    answer = may_edit(who, application, at=at)
    if answer or not proves_later(application, evidence):
        return answer
    reporting = may_report(who, application, at=at)
    return reporting if reporting else answer


def may_change_document(who: SignedIn | None, document: Document, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may go on with a document, or take it away: what the reporter gave is the reporter's alone."""
    if given_by_reporter(document):
        return may_report(who, document.application, at=at)
    return may_edit(who, document.application, at=at)


def may_see_own_correction(who: SignedIn | None, request: CorrectionRequest, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may see a request to correct, and take it back: who asked, and nobody else."""
    return allowed(who, "ask_correction", Thing("correction", str(request.pk), person=request.person_id), at=at)


def may_treat_correction(
    who: SignedIn | None, request: CorrectionRequest, act: str, *, at: datetime
) -> Allowed | Refused:
    """Say whether an official may do an act in a request to correct: of the body that was asked, and not one's own request."""
    if who is not None and who.person == request.person_id:
        return Refused("oneself")
    return allowed(who, act, Thing("correction", str(request.pk), body=request.body_id), at=at)


def ensure(answer: Allowed | Refused) -> None:
    """Raise NotAllowed with the reason unless it is allowed."""
    if isinstance(answer, Refused):
        raise NotAllowed(answer)


def applicant_of(application: Application) -> Named:
    """Give who files."""
    return Named(application.applicant_kind, application.applicant_number)


def parties_known(application: Application) -> Iterator[Named]:
    """Give the parties that are known, the applicant first."""
    for name in PARTIES:
        kind, number = getattr(application, f"{name}_kind"), getattr(application, f"{name}_number")
        if kind:
            yield Named(kind, number)
