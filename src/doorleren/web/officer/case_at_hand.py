"""The case that a page is about: of one's own body, and on one's own list or opened with a reason.

Every page of a case begins here. What is not of one's body is not found; what is not on one's list leads to the page that
asks why (case.look).
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from doorleren.cases.access import VIEW, ensure_may_view
from doorleren.cases.looking import lies_open
from doorleren.cases.models import Case
from doorleren.cases.queries import case_by_reference
from doorleren.cases.references import NotAReference
from doorleren.web.officer.official import Official, official
from doorleren.web.officer.rounds import own_bodies


@dataclass(frozen=True, slots=True)
class AtHand:
    """A case, and the official who may look at it now."""

    asking: Official
    case: Case

    @property
    def url(self) -> str:
        """Give the address of its page."""
        return reverse("officer-case", args=[self.case.reference])


def at_hand(request: HttpRequest, reference: str) -> AtHand | HttpResponse:
    """Give the case of an address, or the way to the page that asks why one opens it. Raises Http404, NotAllowed."""
    found = of_own_body(request, reference)
    if lies_open(found.asking.who, found.case, at=found.asking.at):
        return found
    return HttpResponseRedirect(reverse("officer-case-look", args=[found.case.reference]))


def of_own_body(request: HttpRequest, reference: str) -> AtHand:
    """Give the case of an address, whoever's list it is on. Raises Http404, NotAllowed."""
    asking = official(request, VIEW)
    try:
        case = case_by_reference(reference)
    except (NotAReference, Case.DoesNotExist) as nothing:
        raise Http404 from nothing
    if case.body_id not in own_bodies(asking, VIEW):
        raise Http404
    ensure_may_view(asking.who, case, at=asking.at)
    return AtHand(asking, case)
