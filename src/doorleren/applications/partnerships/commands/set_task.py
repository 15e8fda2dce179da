"""Saying what a member of a partnership is responsible for, and what it reports when it is delivered."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import Member, MemberTask
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.refusing import TASK_LACKS, TASK_LONG
from doorleren.applications.partnerships.standing import standings, tasks_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.signed_in import SignedIn

LONGEST = 500


def set_task(application: int, number: int, does: str, reports: str, *, by: SignedIn, at: datetime) -> bool:
    """Keep what a member does, and what it reports ("": the lead partner reports for it); gives whether that is new.

    Raises NotAllowed, Member.DoesNotExist (also when taken out), ApplicationRefused with the field ("does", "reports").
    """
    told = {"does": " ".join(does.split()), "reports": " ".join(reports.split())}
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        member = next((one.member for one in standings(draft.pk) if one.present and one.member.number == number), None)
        if member is None:
            raise Member.DoesNotExist
        if not 0 < len(told["does"]) <= LONGEST:
            raise ApplicationRefused(TASK_LACKS, ("does",))
        if len(told["reports"]) > LONGEST:
            raise ApplicationRefused(TASK_LONG, ("reports",))
        before = tasks_of(draft.pk).get(number)
        if before is not None and {"does": before.does, "reports": before.reports} == told:
            return False
        MemberTask.objects.create(member=member, **told, by_kind=by.party.kind, by_id=by.party.id, at=at)
        changed(draft, "member_task", by=by, at=at, details={"member": number})
    return True
