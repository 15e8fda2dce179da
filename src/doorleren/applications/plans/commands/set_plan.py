"""Setting the plan of a partnership: a new version each time. After submission it adjusts, with a reason, what was submitted."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_edit
from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, Plan, PlanPath
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.refusing import NO_PARTNERSHIP
from doorleren.applications.partnerships.totals import together
from doorleren.applications.plans.paths import LONGEST_REASON, Path, digest_of, faults_of, sectors_of
from doorleren.applications.plans.refusing import CHANGED_MEANWHILE, NO_PATH, NONE_SUBMITTED, REASON
from doorleren.applications.plans.standing import adjustments, last_number, plan_applied_with
from doorleren.applications.queries import submitted_as_of, ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import WITHDRAWN, ApplicationRefused
from doorleren.audit.acts import Detail, record
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library


def set_plan(
    application: int, paths: Sequence[Path], *, reason: str = "", seen: int, library: Library, by: SignedIn, at: datetime
) -> Plan | None:  # fmt: skip
    """Keep a plan as a new version; None where it is the plan that there was. Without paths a draft has no plan any more.

    `seen` is the number of the last version that who writes has seen (0: none). Raises NotAllowed, or ApplicationRefused
    with the field ("most-0": the highest number of the first path). Once submitted it is an adjustment: that needs a
    `reason` (kept with the version; the record of acts takes no free text) and changes nothing of what was submitted.
    """
    with transaction.atomic():
        found = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        ensure(may_edit(by, found, at=at))
        _ensure_can_be(found)
        submitted = ticket_of(found) is not None
        now = _plan_now(found, submitted=submitted)
        _ensure_right(found, paths, seen, library, may_be_empty=bool(now) and not submitted)
        why = " ".join(reason.split()) if submitted else ""
        if submitted and not 0 < len(why) <= LONGEST_REASON:
            raise ApplicationRefused(REASON, ("reason",))
        if tuple(paths) == now:
            return None
        return _keep(found, paths, why, by, at)


def _ensure_can_be(found: Application) -> None:
    """Raise ApplicationRefused where no partnership takes part, or it was withdrawn."""
    if not together(track_of(found)):
        raise ApplicationRefused(NO_PARTNERSHIP)
    if found.withdrawn_at is not None:
        raise ApplicationRefused(WITHDRAWN)


def _plan_now(found: Application, *, submitted: bool) -> tuple[Path, ...]:
    """Give the paths as they are now. Raises ApplicationRefused where it was submitted without any."""
    applied = plan_applied_with(found.pk, submitted_as_of(found) if submitted else None)
    if submitted and applied is None:
        raise ApplicationRefused(NONE_SUBMITTED)
    adjusted = adjustments(found.pk) if submitted else []
    if adjusted:
        return adjusted[0].paths
    return applied.paths if applied else ()


def _ensure_right(
    found: Application, paths: Sequence[Path], seen: int, library: Library, *, may_be_empty: bool
) -> None:
    if seen != last_number(found.pk):
        raise ApplicationRefused(CHANGED_MEANWHILE, ("paths",))
    if not paths and not may_be_empty:
        raise ApplicationRefused(NO_PATH, ("paths",))
    for field, texts in faults_of(paths, sectors_of(library.vocabulary)).items():
        raise ApplicationRefused(texts, (field,))


def _keep(found: Application, paths: Sequence[Path], reason: str, by: SignedIn, at: datetime) -> Plan:
    made = Plan.objects.create(
        application=found,
        number=last_number(found.pk) + 1,
        reason=reason,
        by_kind=by.party.kind,
        by_id=by.party.id,
        at=at,
    )
    PlanPath.objects.bulk_create(
        PlanPath(
            plan=made, place=place, name=one.name, from_work=one.from_work, to_work=one.to_work,
            components=list(one.components), fewest=one.fewest, most=one.most, cents=one.cents, people=one.people,
            vacancies=one.vacancies, from_sector=one.from_sector, to_sector=one.to_sector,
        )
        for place, one in enumerate(paths)
    )  # fmt: skip
    details: dict[str, Detail] = {"version": made.number, "paths": len(paths), "content": digest_of(paths)}
    if reason:
        record("adjusted_plan", party(found), by=by.party, at=at, details=details)
    else:
        changed(found, "set_plan", by=by, at=at, details=details)
    return made
