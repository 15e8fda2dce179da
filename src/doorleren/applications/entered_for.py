"""Who may enter applications for others and work on them: desk advisers for any round, assessors in rounds of their own body.

Access to what was entered belongs to the body where it was: a colleague can go on. Rests on people/access.py.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from doorleren.applications.answers import Counted
from doorleren.applications.models import Answer, Application, Channel, EnteredFor, Origin
from doorleren.core.days import day_of
from doorleren.people.access import AGAIN, Allowed, NotAllowed, Refused, Thing, allowed
from doorleren.people.acts import DEMANDS
from doorleren.people.models import RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round, Ticket

ENTER = "enter_application_for"
NOT_DIGITAL = "not_digital"
"""The part of a ceiling that a scheme's file may set apart for people who cannot apply digitally."""


def bodies_to_enter_at(who: SignedIn, *, at: datetime) -> tuple[int, ...]:
    """Give the bodies at which somebody has a role to enter applications, the first held first."""
    roles = roles_in_force(who.person, day_of(at))
    return tuple(dict.fromkeys(one.body_id for one in roles if one.kind in DEMANDS[ENTER].roles and one.body_id))


def body_to_enter_at(who: SignedIn, round_: Round, *, at: datetime) -> int:
    """Give the body at which somebody may enter for this round. Raises NotAllowed with the reason.

    It is the round's own, or else the body where who asks is a desk adviser.
    """
    answer = allowed(who, ENTER, Thing("application", "", body=round_.body_id), at=at)
    if answer:
        return round_.body_id
    if isinstance(answer, Refused) and answer.reason == "other_place":
        for role in roles_in_force(who.person, day_of(at)):
            if role.kind == RoleKind.DESK_ADVISER and role.body_id is not None:
                answer = allowed(who, ENTER, Thing("application", "", body=role.body_id), at=at)
                if answer:
                    return role.body_id
    assert isinstance(answer, Refused)
    raise NotAllowed(answer)


def or_as_official(
    answer: Allowed | Refused, who: SignedIn | None, application: Application, *, at: datetime
) -> Allowed | Refused:
    """Give an answer about an application, or leave where who asks may work on what their body entered for somebody.

    A refusal that signing in again can take away is told; any other stays the answer that it was.
    """
    if answer or who is None:
        return answer
    body = EnteredFor.objects.filter(application=application.pk).values_list("body", flat=True).first()
    if body is None:
        return answer
    found = allowed(who, ENTER, Thing("application", str(application.pk), body=body), at=at)
    return found if found or (isinstance(found, Refused) and found.reason in AGAIN) else answer


def is_entered(application: Application) -> bool:
    """Say whether an official entered it for its applicant."""
    return EnteredFor.objects.filter(application=application.pk).exists()


def received_on_paper(application: Application, answers: Iterable[Counted]) -> date | None:
    """Give the day on which these answers were received on paper, signed; None where they were not.

    Not where who applies answered in it: that did not stand on the paper. A call or a visit is entered while it lasts, so
    it counts when it is submitted.
    """
    row = EnteredFor.objects.filter(application=application.pk, channel=Channel.PAPER).first()
    if row is None or any(one.origin == Origin.SELF for one in answers):
        return None
    return max(row.received_on, row.signed_on)


def took_part(application: int) -> frozenset[int]:
    """Give the people who entered an application for somebody or answered in it as officials: none of them may decide on it."""
    return took_part_together((application,))[application]


def took_part_together(applications: Collection[int]) -> dict[int, frozenset[int]]:
    """Give the same for applications, by number."""
    found: dict[int, set[int]] = {one: set() for one in applications}
    entered = EnteredFor.objects.filter(application__in=applications).values_list("application", "entered_by")
    answers = Answer.objects.filter(application__in=applications, origin=Origin.OFFICIAL, by_kind="person")
    told = answers.values_list("application", "by_id").distinct()
    for number, person in (*entered, *((number, int(by)) for number, by in told if by.isdecimal())):
        found[number].add(person)
    return {number: frozenset(people) for number, people in found.items()}


def entered_at(bodies: tuple[int, ...]) -> QuerySet[EnteredFor]:
    """Give what was entered at these bodies, the newest first; `submitted` says whether there is a ticket."""
    ticket = Ticket.objects.filter(round=OuterRef("application__round"), key=OuterRef("application__key"))
    rows = EnteredFor.objects.filter(body__in=bodies).annotate(submitted=Exists(ticket))
    return rows.select_related("application__round__version", "entered_by").order_by("-pk")
