"""POST /sign-ins, GET /applications and /applications/{id}: who asks, and how one's own applications stand. Reads only but for signing in."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from doorleren.applications.access import ensure, may_file, may_view_as_party
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.parties import Named
from doorleren.applications.queries import applications_of, last_freeze, receipt_of, ticket_of
from doorleren.applications.rules import state_of
from doorleren.core.days import day_of
from doorleren.core.money import euros
from doorleren.people.access import Refused
from doorleren.people.models import Organisation, Person
from doorleren.people.queries import mandates_in_force, roles_in_force
from doorleren.rounds.models import Ticket
from doorleren.rounds.queries import place_now
from doorleren.web.api import shapes_of_applications as shapes
from doorleren.web.api import shapes_of_bundles
from doorleren.web.api.answers import told
from doorleren.web.api.asker import NOT_THEIRS, Asker, asker
from doorleren.web.api.asking import only_parameters
from doorleren.web.api.problems import bad_input

router = Router()

ON_A_PAGE = 50
LARGEST_NUMBER = 2**63 - 1
LANGUAGE = "nl"


@router.post(
    "/sign-ins", response={201: shapes_of_bundles.SignIn}, operation_id="signIn", summary="Sign in with the token",
    tags=["sign-ins"],
)  # fmt: skip
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become known here by the token, and keep the mandate for today that it vouches for; there is no session.

    Once per token is enough, and only for who begins with reading: handing in a bundle does this by itself.
    """
    own = asker(request, writes=True, anew=True)
    only_parameters(request, ())
    mandates = mandates_in_force(own.who.person, day_of(own.at))
    response = told({
        "person": own.who.person, "name": Person.objects.get(pk=own.who.person).name,
        "assurance": own.who.assurance.value, "second_factor": own.who.second_factor,
        "organisations": sorted({one.organisation.kvk for one in mandates}),
    }, LANGUAGE)  # fmt: skip
    response.status_code = 201
    return response


@router.get(
    "/applications", response=shapes.Applications, operation_id="listApplications", summary="My applications",
    tags=["applications"],
)  # fmt: skip
def applications(request: HttpRequest, after: str = "") -> HttpResponse:
    """The applications of who asks and of the organisations that one has a role and a mandate for, the newest first."""
    own = _own(request)
    only_parameters(request, ("after",))
    found = applications_of(own.who.person, _organisations(own))
    if after:
        if not (after.isascii() and after.isdecimal()):
            raise bad_input("after", after, "the key of a page, as an earlier answer gave it")
        found = found.filter(pk__lt=min(int(after[:20]), LARGEST_NUMBER))
    rows = list(found[: ON_A_PAGE + 1])
    last = str(rows[ON_A_PAGE - 1].pk) if len(rows) > ON_A_PAGE else None
    kvks = _kvks(rows)
    items = [_summary(one, kvks, submitted=bool(getattr(one, "submitted", False))) for one in rows[:ON_A_PAGE]]
    return told({"items": items, "after": last}, LANGUAGE)


@router.get(
    "/applications/{id}", response=shapes.ApplicationShape, operation_id="readApplication", summary="One application",
    tags=["applications"],
)  # fmt: skip
def application(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """How one application stands: its place, its receipt, and until when something can still be done."""
    own = _own(request)
    only_parameters(request, ())
    rows = Application.objects.select_related("round__version", "round__gate")
    number = min(int(id), LARGEST_NUMBER) if id.isascii() and id.isdecimal() and len(id) < 20 else 0
    found = rows.filter(pk=number).first()
    answer = may_view_as_party(own.who, found, at=own.at) if found else None
    if found is None or (isinstance(answer, Refused) and answer.reason in NOT_THEIRS):
        raise bad_input("id", "another", "the id of an application from /applications", status=404)
    if answer is not None:
        ensure(answer)
    return told(_in_full(found), LANGUAGE)


def _own(request: HttpRequest) -> Asker:
    own = asker(request)
    ensure(may_file(own.who, Named(PartyKind.PERSON, own.who.person), at=own.at))
    return own


def _organisations(own: Asker) -> list[int]:
    """Give the organisations that who asks may file for now."""
    roles = roles_in_force(own.who.person, day_of(own.at))
    numbers = dict.fromkeys(role.organisation_id for role in roles if role.organisation_id)
    return [one for one in numbers if may_file(own.who, Named(PartyKind.ORGANISATION, one), at=own.at)]


def _summary(one: Application, kvks: Mapping[int, str], *, submitted: bool) -> dict[str, Any]:
    state = state_of(frozen_at=one.frozen_at, withdrawn_at=one.withdrawn_at, ticket=submitted)
    return {
        "application": one.pk, "round_id": one.round_id, "scheme": one.round.version.scheme,
        "version": one.round.version.version, "round": one.round.code, "track": one.track, "status": state,
        "applicant": kvks[one.applicant_number] if one.applicant_kind == PartyKind.ORGANISATION else None,
        "started_at": one.started_at.isoformat(), "withdrawn_at": _moment(one.withdrawn_at),
    }  # fmt: skip


def _kvks(rows: Iterable[Application]) -> dict[int, str]:
    """Give the KvK numbers of the organisations that apply; nothing of a person."""
    numbers = {one.applicant_number for one in rows if one.applicant_kind == PartyKind.ORGANISATION}
    return dict(Organisation.objects.filter(pk__in=numbers).values_list("pk", "kvk"))


def _in_full(one: Application) -> dict[str, Any]:
    ticket = ticket_of(one)
    received = receipt_of(one, bytes(settings.DOORLEREN_RECEIPT_KEY)) if ticket else None
    return _summary(one, _kvks([one]), submitted=ticket is not None) | {
        "number": ticket.number if ticket else None,
        "place": _place(ticket) if ticket else None,
        "receipt": json.loads(received.receipt) if received else None,
        "terms": _terms(one),
    }


def _place(ticket: Ticket) -> dict[str, Any] | None:
    place = place_now(ticket)
    if place is None:
        return None
    return {"outcome": place.outcome, "reserved": euros(place.cents), "reason": place.reason or None}


def _terms(one: Application) -> dict[str, Any]:
    ready = last_freeze(one)
    return {
        "opens_at": one.round.opens_at.isoformat(), "closes_at": _moment(one.round.closes_at),
        "closed_at": _moment(one.round.gate.closed_at), "ready_until": _moment(ready.until if ready else None),
    }  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
