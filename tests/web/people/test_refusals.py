"""What somebody sees who may not: the reason, and what would help."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from doorleren.people.access import REASONS, NotAllowed, Refused
from doorleren.server import urls
from tests.web.markup import Markup
from tests.web.people.browsers import Browser


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    raise NotAllowed(Refused(reason))  # type: ignore[arg-type]


urlpatterns = [path("refuse/<str:reason>", refuse), path("api/refuse/<str:reason>", refuse), *urls.urlpatterns]
handler403 = urls.handler403

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize("reason", sorted(set(REASONS) - {"not_signed_in"}))
def test_every_reason_is_said_on_the_page(reason: str) -> None:
    """The page is well made, has status 403 and says the reason; it offers signing in where that helps."""
    reply = Browser().client.get(f"/refuse/{reason}")
    page = Markup(reply.content.decode())
    assert (reply.status_code, page.faults) == (403, [])
    assert REASONS[reason]["nl"] in page.words  # type: ignore[index]
    again = [link for link in page.links if link.startswith("/sign-in") and "renew=1" in link]
    assert bool(again) is (reason in {"assurance_too_low", "second_factor", "renewal"})
    assert all(f"next=%2Frefuse%2F{reason}" in link for link in again)


def test_who_is_not_signed_in_is_led_there() -> None:
    """A visitor who opens a page that needs signing in is led to it, and back afterwards."""
    reply = Browser().client.get("/refuse/not_signed_in")
    assert (reply.status_code, reply["Location"]) == (302, "/sign-in?next=%2Frefuse%2Fnot_signed_in")
    assert Browser().client.post("/account/sign-out-everywhere").status_code == 403


def test_a_program_gets_a_problem() -> None:
    """Under the address of the API the same refusal is a problem with the reason, never a page or a redirect."""
    reply = Browser().client.get("/api/refuse/not_signed_in")
    assert (reply.status_code, reply["Content-Type"]) == (403, "application/problem+json")
    assert reply.json()["reason"] == "not_signed_in"


def test_signing_in_with_a_higher_level_asks_for_it(browser: Browser) -> None:
    """The way that a refusal shows leads to the form that asks the provider for more."""
    link = next(
        link
        for link in Markup(browser.client.get("/refuse/assurance_too_low").content.decode()).links
        if link.startswith("/sign-in") and "renew=1" in link
    )
    page = browser.client.get(link).content.decode()
    assert '<input type="hidden" name="renew" value="1">' in page
    assert '<input type="hidden" name="level" value="substantial">' in page
