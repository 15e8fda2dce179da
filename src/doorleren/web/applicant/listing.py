"""My applications: drafts, what stands ready, what was submitted, and where one takes part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.entered_for import ENTER
from doorleren.applications.models import Application, Member
from doorleren.applications.own_case import cases_of
from doorleren.applications.partnerships.financiers import paid_by
from doorleren.applications.partnerships.standing import memberships_of
from doorleren.applications.queries import applications_of
from doorleren.applications.rules import State, state_of
from doorleren.cases.rules import StateName
from doorleren.core.days import day_of
from doorleren.people.acts import DEMANDS
from doorleren.people.queries import roles_in_force
from doorleren.rounds.times import Closings, closings_of
from doorleren.web.applicant.delivery_word import awaited
from doorleren.web.applicant.file.told import states_told
from doorleren.web.applicant.file.words import state_told as became
from doorleren.web.applicant.own import asking
from doorleren.web.applicant.who_pays import parts_to_pay
from doorleren.web.applicant.words import (
    applicant_shown,
    applicants_named,
    round_shown,
    state_shown,
    training_named,
    written_day,
)

MOST_SHOWN = 200


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the applications of who asks and of their organisations."""
    own = asking(request)
    roles = roles_in_force(own.who.person, day_of(own.at))
    organisations = own.organisations()
    filed = applications_of(own.who.person, [one.pk for one in organisations]).select_related("activity__current")
    found = list(filed[:MOST_SHOWN])
    cases = cases_of(one.pk for one in found)
    states = states_told(cases.values())
    told = {number: (states[case.pk], case.procedure) for number, case in cases.items()}
    parts = list(paid_by(one.kvk for one in organisations)[:MOST_SHOWN])
    members = list(memberships_of(one.kvk for one in organisations)[:MOST_SHOWN])
    every = [*found, *(one.division.application for one in parts), *(one.application for one in members)]
    closings, applicants = closings_of(one.round for one in every), applicants_named(every)
    shown = [_shown(one, told, closings, applicants) for one in found]
    return render(request, "applicant/list.html", {
        "groups": [
            {"title": title, "applications": [one for one in shown if one["state"]["name"] in names]}
            for title, names in (
                (_("Nog niet ingediend"), ("draft", "ready")), (_("Ingediend"), ("submitted",)),
                (_("Ingetrokken"), ("withdrawn",)),
            )
        ],
        "any": bool(shown),
        "awaited": awaited(own),
        "advises": any(role.kind in DEMANDS["register_people"].roles for role in roles),
        "enters": any(role.kind in DEMANDS[ENTER].roles for role in roles),
        "parts": parts_to_pay({one.kvk: one.name for one in organisations}, parts, closings, applicants),
        "members": [_member(one, closings, applicants) for one in members],
    })  # fmt: skip


def _member(one: Member, closings: Closings, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "url": reverse("applications-membership", args=[one.application_id, one.number]),
        "number": one.application_id,
        "round": round_shown(one.application.round, closings),
        "lead": applicant_shown(one.application, names),
        "name": one.name,
    }


def _shown(
    one: Application, told: Mapping[int, tuple[StateName, str]], closings: Closings, names: Mapping[int, str]
) -> dict[str, Any]:  # fmt: skip
    """Describe one; what has a case (`told`: the state of each, as far as one was told, and its procedure) leads to its file and says what became of it."""
    submitted = bool(getattr(one, "submitted", False))
    state: State = state_of(frozen_at=one.frozen_at, withdrawn_at=one.withdrawn_at, ticket=submitted)
    return {
        "url": reverse("applications-file" if one.pk in told else "applications-one", args=[one.pk]),
        "number": one.pk,
        "round": round_shown(one.round, closings),
        "training": training_named(one),
        "for": applicant_shown(one, names),
        "state": state_shown(state),
        "became": became(*told[one.pk]) if one.pk in told else None,
        "started": written_day(one.started_at),
    }
