"""Sessions: fifteen minutes idle, another key at signing in, ended here or everywhere, and cookies that stay closed."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.people.models import Person, Session
from doorleren.web import surroundings
from tests.web.people.browsers import Browser

LED_TO_SIGN_IN = "/sign-in?next=%2Faccount"


def open_account(browser: Browser) -> str:
    """Where opening the account leads: "account" when one is signed in."""
    reply = browser.client.get("/account")
    return "account" if reply.status_code == 200 else reply["Location"]


def idle(seconds: float) -> None:
    """Let the time since the last request pass, by moving the end of every session."""
    for one in Session.objects.all():
        one.expire_date -= timedelta(seconds=seconds)
        one.save()


def test_fifteen_minutes_idle_end_a_session(browser: Browser) -> None:
    """Just before the quarter one is still signed in, and just after it not any more."""
    browser.sign_in("nadia")
    idle(15 * 60 - 5)
    assert open_account(browser) == "account"
    idle(15 * 60 + 5)
    assert open_account(browser) == LED_TO_SIGN_IN


def test_a_request_begins_the_idle_time_anew(browser: Browser) -> None:
    """Who looks at a page every ten minutes stays signed in for an hour."""
    browser.sign_in("nadia")
    for _ in range(6):
        idle(600)
        assert open_account(browser) == "account"


def test_a_visitor_costs_the_database_nothing(browser: Browser, django_assert_num_queries) -> None:
    """The finder asks nothing for who has no session, and for who is signed in the session, the person and the roles."""
    with django_assert_num_queries(0):
        assert browser.client.get("/").status_code == 200
    browser.sign_in("nadia")
    with CaptureQueriesContext(connection) as told:
        assert browser.client.get("/").status_code == 200
    assert len([one for one in told if one["sql"].startswith("SELECT")]) == 3


def test_a_page_with_the_menu_of_somebody_is_kept_by_no_cache_for_others(browser: Browser) -> None:
    """With a session the answer is private and depends on the cookie; without one it is the same for everybody."""
    assert not browser.client.get("/").has_header("Cache-Control")
    browser.sign_in("nadia")
    reply = browser.client.get("/")
    assert "private" in reply["Cache-Control"]
    assert "Cookie" in reply["Vary"]


def test_signing_in_changes_the_key(browser: Browser) -> None:
    """The key from before signing in is worth nothing after it, and signing in once more changes it again."""
    keys = []
    for _ in range(2):
        way_back = browser.choose(browser.leave(way="demo"), "nadia")
        keys.append(browser.client.cookies["doorleren"].value)
        browser.come_back(way_back)
        keys.append(browser.client.cookies["doorleren"].value)
    assert len(set(keys)) == 3  # leaving for a renewal keeps the key, coming back changes it
    old = Client(headers={"host": "localhost"})
    for key in keys[:-1]:
        old.cookies["doorleren"] = key
        assert old.get("/account").status_code == 302
    assert Session.objects.filter(person__isnull=False).count() == 1


def test_another_person_in_the_same_browser_takes_nothing_over(browser: Browser) -> None:
    """Signing in as another ends the first session in that browser."""
    browser.sign_in("nadia")
    browser.sign_in("tom")
    assert "Tom de Wit" in browser.client.get("/account").content.decode()
    assert Session.objects.filter(person__isnull=False).count() == 1


def test_signing_out_ends_this_session_only(browser: Browser) -> None:
    """Signing out here leaves another browser signed in, and is recorded."""
    other = Browser()
    browser.sign_in("nadia")
    other.sign_in("nadia")
    assert browser.client.post("/account/sign-out")["Location"] == "/sign-in"
    assert (open_account(browser), open_account(other)) == (LED_TO_SIGN_IN, "account")
    assert Act.objects.latest("id").act == "signed_out"


def test_signing_out_everywhere(browser: Browser) -> None:
    """Signing out everywhere ends all sessions of the person and of nobody else, and is recorded with how many."""
    others, stranger = [Browser(), Browser()], Browser()
    for one in (browser, *others):
        one.sign_in("nadia")
    stranger.sign_in("tom")
    assert browser.client.post("/account/sign-out-everywhere")["Location"] == "/sign-in"
    assert [open_account(one) for one in (browser, *others)] == [LED_TO_SIGN_IN] * 3
    assert open_account(stranger) == "account"
    act = Act.objects.latest("id")
    assert (act.act, act.details) == ("signed_out_everywhere", {"sessions": 3})


def test_signing_out_is_a_button() -> None:
    """A link, which a mail or another site can hold, signs nobody out."""
    client = Client(headers={"host": "localhost"})
    assert client.get("/account/sign-out").status_code == 405
    assert client.get("/account/sign-out-everywhere").status_code == 405


def test_another_site_cannot_press_the_button(browser: Browser) -> None:
    """A form of another site, which lacks the token, neither signs out nor begins to sign in."""
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    browser.sign_in("nadia")
    strict.cookies = browser.client.cookies
    for place in ("/account/sign-out", "/account/sign-out-everywhere", "/sign-in"):
        assert strict.post(place).status_code == 403
    assert open_account(browser) == "account"


def test_who_is_blocked_is_out_at_once(browser: Browser) -> None:
    """Blocking a person ends their access with the next request."""
    browser.sign_in("nadia")
    Person.objects.filter(name="Nadia Bakker").update(is_active=False)
    assert open_account(browser) == LED_TO_SIGN_IN


def test_a_role_that_ended_is_no_longer_shown(browser: Browser) -> None:
    """The account shows the roles and mandates of today only."""
    browser.sign_in("sanne")
    page = browser.client.get("/account").content.decode()
    assert "opleider" in page
    assert "90000018" in page
    sanne = Person.objects.get(name="Sanne Visser")
    yesterday = day_of(surroundings.now()) - timedelta(days=2)
    sanne.roles.update(ends_on=yesterday)
    sanne.mandates.update(ends_on=yesterday)
    page = browser.client.get("/account").content.decode()
    assert "U hebt nu geen rol." in page
    assert "90000018" not in page


def test_the_cookie_is_closed(browser: Browser) -> None:
    """Scripts cannot read the cookie, other sites cannot send it along, and it ends with the browser."""
    browser.sign_in("nadia")
    cookie = browser.client.cookies["doorleren"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == cookie["expires"] == ""


@pytest.mark.parametrize(
    ("hosts", "name", "secure"),
    [("doorleren.example", "__Host-doorleren", "True"), ("localhost", "doorleren", "False")],
)
def test_the_cookie_has_the_name_of_a_host_where_there_is_https(hosts: str, name: str, secure: str) -> None:
    """Under a name of its own the site wants https and says so in the names of its cookies; on loopback it cannot."""
    code = (
        "from doorleren.server import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE)"
    )
    surroundings = {**os.environ, "DOORLEREN_HOSTS": hosts}
    said = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [name, secure, f"{name}-csrf", secure]
