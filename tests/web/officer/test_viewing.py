"""The log of who viewed is written for what was really shown, after the read-only part of the request, and never skipped."""

import pytest
from django.db import DatabaseError, InternalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from doorleren.audit.models import View
from doorleren.people.models import Body, RoleKind
from doorleren.server import urls
from doorleren.web import viewing
from doorleren.web.viewing import viewed
from tests.web.officer.desk import Desk, with_role


def show(request: HttpRequest) -> HttpResponse:
    viewed(request, "prices", 12, 13)
    viewed(request, "prices", 12)
    viewed(request, "whole_list")
    return HttpResponse("secret", status=int(request.GET.get("status", "200")))


def show_and_write(request: HttpRequest) -> HttpResponse:
    viewed(request, "prices", 14)
    Body.objects.create(code="b", name="B")
    return HttpResponse("secret")


urlpatterns = [
    path("show", show, name="show"),
    path("unnamed/<int:n>", lambda r, n: show(r)),
    path("write", show_and_write),
    *urls.urlpatterns,
]
handler403 = urls.handler403

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    """Somebody signed in."""
    return Desk(with_role(RoleKind.AUDITOR)).client


def fresh(since: int) -> list[tuple[str, str, str]]:
    return [(one.subject_kind, one.subject_id, one.page) for one in View.objects.order_by("id")[since:]]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_subject_is_noted_once(client: Client, method: str) -> None:
    """What a page names twice is one row, what it names without an id is the whole of a kind; GET and POST alike."""
    before = View.objects.count()
    assert client.generic(method, "/show").content == b"secret"
    assert fresh(before) == [("prices", "12", "show"), ("prices", "13", "show"), ("whole_list", "", "show")]


def test_a_page_without_a_name_is_noted_by_its_pattern(client: Client) -> None:
    """The row says on which page it was, whatever the page is called, and holds no number of the address."""
    before = View.objects.count()
    client.get("/unnamed/7")
    assert {page for *_, page in fresh(before)} == {"unnamed/<int:n>"}


@pytest.mark.parametrize("status", [302, 403, 404, 500])
def test_what_was_not_shown_is_not_noted(client: Client, status: int) -> None:
    """A redirect, a refusal and an error show nothing of the subject."""
    before = View.objects.count()
    client.get(f"/show?status={status}")
    assert View.objects.count() == before


@pytest.mark.parametrize("status", [409, 422])
def test_a_form_with_a_mistake_shows_what_it_shows(client: Client, status: int) -> None:
    """A page that is shown again because something was typed wrong is a view as any other."""
    before = View.objects.count()
    client.post(f"/show?status={status}")
    assert View.objects.count() == before + 3


def test_a_visitor_is_shown_nothing_sensitive() -> None:
    """A page that forgot to ask who is there refuses by itself, and nothing is noted."""
    before = View.objects.count()
    reply = Client(headers={"host": "localhost"}).get("/show")
    assert (reply.status_code, b"secret" in reply.content) == (302, False)
    assert View.objects.count() == before


def test_what_cannot_be_noted_is_not_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the log cannot be written, the answer does not leave the site."""

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(viewing, "note_views", broken)
    client.raise_request_exception = False
    reply = client.get("/show")
    assert (reply.status_code, b"secret" in reply.content) == (500, False)


@pytest.mark.django_db(transaction=True)
def test_the_page_itself_still_cannot_write(client: Client) -> None:
    """The exception is the log's alone: a page that views and writes is refused, and leaves neither."""
    before = View.objects.count()
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get("/write")
    assert (View.objects.count(), Body.objects.filter(code="b").exists()) == (before, False)
    assert client.get("/show").status_code == 200
    assert View.objects.count() == before + 3
