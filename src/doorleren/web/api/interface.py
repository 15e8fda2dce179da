"""The interface as one: its operations, and which problem each kind of refusal becomes."""

import logging

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from doorleren.people.access import NotAllowed
from doorleren.rules.faults import ProfileFault
from doorleren.web.api import API_VERSION, applications, bundles, facts, finding, overview, register, rounds
from doorleren.web.api.asker import of_refused
from doorleren.web.api.problems import Refused, bad_input, of_fault

log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Doorleren",
    version=API_VERSION,
    description="Public funding of lifelong learning in the Netherlands: what you can get, why, and from which rule."
    " Nothing of a profile is stored or logged. Bundles and applications ask for an access token of the sign-in service.",
    urls_namespace="doorleren-api",
    openapi_url=None,
    docs_url=None,
)
for part in (finding, overview, facts, register, rounds, bundles, applications):
    api.add_router("", part.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer with the problem that was raised."""
    return refusal.response()


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """Answer what people/access.py refuses with the reason why."""
    return of_refused(error.refused).response()


@api.exception_handler(ProfileFault)
def profile_refused(request: HttpRequest, fault: ProfileFault) -> HttpResponse:
    """Answer a profile that cannot be read with the fact, what was given and what is allowed."""
    return of_fault(fault).response()


@api.exception_handler(ValidationError)
def parameter_refused(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Answer a parameter that has no place in its type."""
    first = fault.errors[0]
    return bad_input(str(first["loc"][-1]), first.get("input"), str(first["msg"])).response()


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault of ours; the log gets its kind and place, not its words, which may hold part of a profile."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "an unknown place"
    log.error("%s %s failed with %s at %s", request.method, request.path, type(error).__name__, place)
    return Refused(500, "Something went wrong on our side. Nothing of the question was kept.").response()
