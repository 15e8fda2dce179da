"""The case that a page is about: of one's own body, and on one's own list or opened with a reason.

Every page of a case begins here. What is not of one's body is not found; what is not on one's list leads to the page that
asks why (case.look).
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from doorleren.cases.access import VIEW, ensure_may_view
from doorleren.cases.looking import lies_open
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of, case_by_reference
from doorleren.cases.recording import party_of
from doorleren.cases.references import NotAReference
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.file_keys import Destroyed, keys_of
from doorleren.web.officer.official import Official, official
from doorleren.web.officer.rounds import own_bodies


@dataclass(frozen=True)
class AtHand:
    """A case, and the official who may look at it now; what of it several parts of a page ask is read once."""

    asking: Official
    case: Case

    @cached_property
    def matter(self) -> Matter | None:
        """Give the application that it is about; None where it is about something else."""
        return submitted(self.case)

    @cached_property
    def acts(self) -> list[CaseAct]:
        """Give the acts on it, in order."""
        return acts_of(self.case.pk)

    def key(self) -> bytes:
        """Give the key of its content. Raises Destroyed, every time."""
        if isinstance(self._key, Destroyed):
            raise self._key
        return self._key

    @cached_property
    def _key(self) -> bytes | Destroyed:
        about = party_of(self.case)
        return keys_of((about,), at=self.case.last_act_at)[about]

    @cached_property
    def url(self) -> str:
        """Give the address of its page."""
        return reverse("officer-case", args=[self.case.reference])


def at_hand(request: HttpRequest, reference: str) -> AtHand | HttpResponse:
    """Give the case of an address, or the way to the page that asks why one opens it. Raises Http404, NotAllowed.

    Of a destroyed file there is one page, which says so; it asks no reason, as nothing is left to read.
    """
    found = of_own_body(request, reference)
    return HttpResponseRedirect(found.url) if found.case.destroyed_at is not None else opened(found)


def opened(found: AtHand) -> AtHand | HttpResponse:
    """Give the case where it lies open to who asks, or the way to the page that asks why one opens it."""
    if lies_open(found.asking.who, found.case, at=found.asking.at, held=found.asking.held):
        return found
    return HttpResponseRedirect(reverse("officer-case-look", args=[found.case.reference]))


def of_own_body(request: HttpRequest, reference: str) -> AtHand:
    """Give the case of an address, whoever's list it is on. Raises Http404, NotAllowed."""
    asking = official(request, VIEW)
    case = case_of(asking, VIEW, reference)
    ensure_may_view(asking.who, case, at=asking.at, held=asking.held)
    return AtHand(asking, case)


def case_of(asking: Official, act: str, reference: str) -> Case:
    """Give the case of an address, of a body in which somebody has a role for an act. Raises Http404."""
    try:
        case = case_by_reference(reference)
    except (NotAReference, Case.DoesNotExist) as nothing:
        raise Http404 from nothing
    if case.body_id not in own_bodies(asking, act):
        raise Http404
    return case


def submitted(case: Case) -> Matter | None:
    """Give the application that a case is about; None where it is about something else."""
    try:
        return matter_of(case)
    except DecisionRefused:
        return None
