"""Between a session and who is signed in: kept at the call-back, read by every page, touched after each request."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from doorleren.people.access import Held
from doorleren.people.claims import Claims
from doorleren.people.models import Assurance, Person
from doorleren.people.sessions import SessionStore
from doorleren.people.signed_in import SignedIn
from doorleren.web.people.unsent import drop_unsent
from doorleren.web.surroundings import machine_now, on_the_site

_PROOF = "proof"
_HELD = "_doorleren_held"


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Give who asks; None for a visitor who is not signed in."""
    person, proof = request.user, request.session.get(_PROOF)
    if not isinstance(person, Person) or not proof:
        return None
    return SignedIn(
        person.pk,
        Assurance(proof["assurance"]),
        bool(proof["second_factor"]),
        on_the_site(datetime.fromisoformat(proof["proven_at"])),
    )


def held_in(request: HttpRequest, who: SignedIn, day: date) -> Held:
    """Give what somebody holds on a day, read once for everything that this request shows."""
    kept = request.__dict__.get(_HELD)
    if not isinstance(kept, Held) or (kept.person, kept.day) != (who.person, day):
        kept = request.__dict__[_HELD] = Held(who.person, day)
    return kept


def was_held_in(request: HttpRequest, who: SignedIn, day: date) -> frozenset[str] | None:
    """Give the kinds of role that `held_in` read for this request; None where nobody asked it."""
    kept = request.__dict__.get(_HELD)
    if not isinstance(kept, Held) or (kept.person, kept.day) != (who.person, day):
        return None
    return frozenset(role.kind for role in kept.roles) if kept.active else frozenset()


def keep(request: HttpRequest, person: Person, claims: Claims, *, at: datetime) -> None:
    """Let the browser be signed in from now on, under a new key, so that a key from before is worth nothing.

    `at` is by the clock of the machine, as the proof of the provider is.
    """
    auth.login(request, person)
    request.session.cycle_key()  # Django keeps the key of who was signed in already
    drop_unsent(request, but_of=person.pk)
    proven = min(claims.proven_at or at, at)
    request.session[_PROOF] = {
        "assurance": claims.assurance.value,
        "second_factor": claims.second_factor,
        "proven_at": proven.isoformat(),
    }


def touch_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request that looked at its session begins its idle time anew, and its answer is for nobody else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        if session.accessed:
            patch_cache_control(response, private=True)
        if isinstance(session, SessionStore) and session.accessed and not session.modified:
            session.touch(machine_now())
        return response

    return answer
