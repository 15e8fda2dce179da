"""What holds for every answer: its headers, its methods, its silence about the one who asks."""

import logging

import pytest
from django.test import Client

from doorleren.web import known
from doorleren.web.api import API_VERSION
from tests.web.api.asked import get, post, problem

READABLE = ["/schemes", "/instruments", "/facts", "/openapi.json"]
MISSING = ["/", "/nothing", "/schemes/", "/facts/", "/checks/x", "/schemes/a/b", "/admin"]


@pytest.mark.parametrize("path", [*READABLE, *MISSING, "/checks", "/plans", "/schemes?on=x"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_version_is_in_every_answer(api: Client, path: str, method: str) -> None:
    """Every answer, refusals included, tells the version, may be read from any site and sets no cookie."""
    response = api.generic(method, f"/api/v1{path}")
    assert response.headers["API-Version"] == API_VERSION
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies
    if response.status_code >= 400 and method != "HEAD":
        problem(response, response.status_code)


@pytest.mark.parametrize("path", MISSING)
def test_nothing_there(api: Client, path: str) -> None:
    """An address with nothing behind it is a problem, not a page."""
    problem(get(api, path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"), [("GET", "/checks", "POST, OPTIONS"), ("POST", "/facts", "GET, HEAD, OPTIONS")]
)
def test_a_method_that_is_not_possible(api: Client, method: str, path: str, allowed: str) -> None:
    """A wrong method is a 405 that says which are possible."""
    response = api.generic(method, f"/api/v1{path}")
    problem(response, 405)
    assert response.headers["Allow"] == allowed


def test_a_page_elsewhere_may_ask(api: Client) -> None:
    """A browser that asks beforehand hears that it may post JSON from any site."""
    response = api.options(
        "/api/v1/checks", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


@pytest.mark.parametrize("path", READABLE)
def test_what_is_unchanged_is_not_sent_again(api: Client, path: str) -> None:
    """An answer may be kept; asked again with its entity tag it is a 304 without content."""
    first = get(api, path)
    assert "public" in first.headers["Cache-Control"]
    again = get(api, path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["API-Version"] == API_VERSION


@pytest.mark.parametrize("path", READABLE)
def test_the_head_of_an_answer(api: Client, path: str) -> None:
    """HEAD gives the headers of GET and no content."""
    whole, head = get(api, path), api.head(f"/api/v1{path}")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_an_answer_about_a_person_is_not_kept(api: Client) -> None:
    """Verdicts are told not to be stored on the way."""
    assert post(api, "/checks", {"profile": {}}).headers["Cache-Control"] == "no-store"


def test_nothing_of_a_profile_is_logged(api: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a profile that is read nor one that is refused leaves a word in any log."""
    caplog.set_level(logging.DEBUG)
    for table in ({"region": "zuid-zebra"}, {"birth_date": "zuid-zebra"}, {"zuid-zebra": 1}):
        post(api, "/checks", {"profile": {"person": table}})
    assert "zebra" not in "".join(record.getMessage() + (record.exc_text or "") for record in caplog.records)


def test_a_fault_of_ours(api: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen fault is a problem with status 500; the log names its kind and place, not its words."""

    def broken() -> None:
        raise RuntimeError("zuid-zebra")

    monkeypatch.setattr(known, "library", broken)
    told = problem(post(api, "/checks", {"profile": {}}), 500)
    assert "zebra" not in str(told)
    assert "zebra" not in caplog.text
    assert "RuntimeError" in caplog.text
