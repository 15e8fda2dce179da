"""Taking a member out and back, and a member's own organisation confirming that it takes part."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_confirm
from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import Application, Member, MemberMark, MemberStep
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.refusing import LEAD_STAYS
from doorleren.applications.partnerships.standing import standings
from doorleren.applications.partnerships.totals import LEAD
from doorleren.applications.queries import ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import SUBMITTED, WITHDRAWN, ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.signed_in import SignedIn


def remove_member(application: int, number: int, *, by: SignedIn, at: datetime) -> bool:
    """Take a member out; gives whether it took part. Raises NotAllowed, ApplicationRefused, Member.DoesNotExist."""
    if number == LEAD:
        raise ApplicationRefused(LEAD_STAYS)
    return _mark(application, number, MemberStep.REMOVED, by, at)


def put_back_member(application: int, number: int, *, by: SignedIn, at: datetime) -> bool:
    """Take a member back that was taken out, with all that was told of it. Raises as `remove_member`."""
    return _mark(application, number, MemberStep.BACK, by, at)


def _mark(application: int, number: int, step: MemberStep, by: SignedIn, at: datetime) -> bool:
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        member = Member.objects.get(application=draft, number=number)
        present = next(one.present for one in standings(draft.pk) if one.member.pk == member.pk)
        if present == (step == MemberStep.BACK):
            return False
        _write(member, step, by, at)
        changed(draft, f"member_{step.value}", by=by, at=at, details={"member": number})
    return True


def confirm_member(application: int, number: int, *, by: SignedIn, at: datetime) -> bool:
    """Say for a member that it takes part; gives whether that is new. It changes nothing of what stands ready.

    Raises NotAllowed unless it is one's own organisation, ApplicationRefused, Member.DoesNotExist (also when taken out).
    """
    with transaction.atomic():
        draft = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        one = next((one for one in standings(draft.pk) if one.member.number == number and one.present), None)
        if one is None:
            raise Member.DoesNotExist
        ensure(may_confirm(by, one.member, at=at))
        if draft.withdrawn_at is not None:
            raise ApplicationRefused(WITHDRAWN)
        if ticket_of(draft) is not None:
            raise ApplicationRefused(SUBMITTED)
        if one.confirmed_at is not None:
            return False
        _write(one.member, MemberStep.CONFIRMED, by, at)
        record("member_confirmed", party(draft), by=by.party, at=at, details={"member": number})
    return True


def _write(member: Member, step: MemberStep, by: SignedIn, at: datetime) -> None:
    MemberMark.objects.create(member=member, step=step, by_kind=by.party.kind, by_id=by.party.id, at=at)
