"""The decisions on admission of a provider or activity, newest first: what, when, why, which checks, and how to object."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format

from doorleren.core.days import day_of
from doorleren.people.models import RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.register.admission import STANDINGS
from doorleren.register.models import AdmissionDecision
from doorleren.register.objection import how_to_object
from doorleren.register.quality import CHECKS
from doorleren.web.provider.words import checks_named
from doorleren.web.public.questions import in_language


def decisions_told(decisions: Iterable[AdmissionDecision]) -> list[dict[str, Any]]:
    """Describe decisions in words: act, on, effective, reason, checks, most, objection, and by whom as it was kept."""
    claims = {check.name: in_language(check.claim) for check in CHECKS}
    return [_told(one, claims) for one in sorted(decisions, key=lambda one: (one.decided_at, one.pk), reverse=True)]


def _told(one: AdmissionDecision, claims: dict[str, str]) -> dict[str, Any]:
    day = day_of(one.decided_at)
    try:
        objection = in_language(how_to_object(one.act, day, *authority(one.decided_by, day)) or {})
    except LookupError:
        objection = ""
    return {
        "act": in_language(STANDINGS[one.act]),
        "kind": one.act,
        "on": date_format(day, "j F Y"),
        "effective": date_format(one.effective_on, "j F Y"),
        "reason": one.reason,
        "checks": checks_named(one.checks, claims),
        "most": str(one.grants_a_year or ""),
        "objection": objection,
        "by": one.decided_by,
    }


def authority(decided_by: str, day: date) -> tuple[str, str]:
    """Name the body in which whoever decided had that role on the day, with its address; and its page for objections.

    Both are empty where nobody can tell; the address is that of now, to which one writes.
    """
    kind, _colon, number = decided_by.partition(":")
    if kind != "person" or not number.isdecimal():
        return "", ""
    role = roles_in_force(int(number), day).filter(kind=RoleKind.DECIDER, body__isnull=False).first()
    if role is None or role.body is None:
        return "", ""
    return ", ".join(filter(None, (role.body.name, role.body.address))), role.body.objection_url
