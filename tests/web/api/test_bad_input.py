"""Whatever cannot be read is refused with a problem that names it, what was given and what is allowed."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.web.api.asked import EMPLOYEE, get, post, problem

PROFILES: list[tuple[Any, str, str]] = [
    ({"persoon": {}}, "persoon", "person"),
    ({"person": 5}, "person", "a table of facts"),
    ({"person": []}, "person", "a table of facts"),
    ({"person": {"birthdate": "1985-04-01"}}, "person.birthdate", "did you mean person.birth_date"),
    ({"person": {"birth_date": "1985"}}, "person.birth_date", "YYYY-MM-DD"),
    ({"person": {"birth_date": "1985-02-30"}}, "person.birth_date", "YYYY-MM-DD"),
    ({"person": {"birth_date": 1985}}, "person.birth_date", "YYYY-MM-DD"),
    ({"person": {"labour_market_link": "yes"}}, "person.labour_market_link", "true, false"),
    ({"asker": {"role": "king"}}, "asker.role", "employer"),
    ({"training": {"price": "a lot"}}, "training.price", "2 decimals"),
    ({"training": {"price": 699.951}}, "training.price", "2 decimals"),
    ({"training": {"price": -1}}, "training.price", "zero or more"),
    ({"training": {"price": True}}, "training.price", "2 decimals"),
    ({"training": {"price": {"euro": 5}}}, "training.price", "2 decimals"),
    ({"training": {"price": "1e400"}}, "training.price", "1000000000000"),
    ({"training": {"components": "training"}}, "training.components", "a list of"),
    ({"training": {"components": ["dancing"]}}, "training.components", "a list of"),
]

BODIES: list[tuple[str | bytes, str]] = [
    (" ", "body"),
    ("{", "body"),
    ("[]", "body"),
    ('"profile"', "body"),
    (b'{"profile": {"person": {"region": "\xff"}}}', "body"),
    ("[" * 100_000, "body"),
    ('{"profile": {"training": {"price": NaN}}}', "body"),
    ('{"profile": {"training": {"price": 1e99999999999999999999}}}', "body"),
    ('{"profile": {"training": {"price": ' + "9" * 5000 + "}}}", "body"),
    ("{}", "profile"),
    ('{"profile": null}', "profile"),
    ('{"profile": []}', "profile"),
    ('{"profile": {}, "profile": {}}', "profile"),
    ('{"profile": {"training": {"price": 1, "price": 2}}}', "price"),
    ('{"profile": {}, "colour": "red"}', "colour"),
    ('{"profile": {}, "language": "fr"}', "language"),
    ('{"profile": {}, "language": 5}', "language"),
    ('{"profile": {}, "on": "yesterday"}', "on"),
    ('{"profile": {}, "on": 20200815}', "on"),
    ('{"profile": {}, "on": "9999-12-31"}', "on"),
    ('{"profile": {}, "on": "0001-01-01T00:00"}', "on"),
    ('{"profile": {}, "schemes": "all"}', "schemes"),
    ('{"profile": {}, "schemes": []}', "schemes"),
    ('{"profile": {}, "schemes": [5]}', "schemes"),
    ('{"profile": {}, "schemes": ["../../etc/passwd"]}', "schemes"),
]

ADDRESSES = [
    ("/schemes?on=tomorrow", "on"),
    ("/schemes?on=", "on"),
    ("/schemes?on=2020-08-15&on=2020-08-16", "on"),
    ("/schemes?day=2020-08-15", "day"),
    ("/schemes?language=fr", "language"),
    ("/instruments?kind=miracle", "kind"),
    ("/facts?x=1", "x"),
]


@pytest.mark.parametrize("path", ["/checks", "/plans"])
@pytest.mark.parametrize(("profile", "fact", "allowed"), PROFILES, ids=[json.dumps(one[0]) for one in PROFILES])
def test_a_profile_that_cannot_be_read(api: Client, path: str, profile: Any, fact: str, allowed: str) -> None:
    """A bad profile is a 400 that names the fact and what is allowed."""
    told = problem(post(api, path, {"profile": profile, "on": "2022-03-01"}), 400)
    assert told["fact"] == fact
    assert allowed in told["allowed"]


def test_a_number_is_shown_as_it_was_given(api: Client) -> None:
    """The problem repeats a number without quotes and without rounding."""
    told = problem(post(api, "/checks", '{"profile": {"training": {"price": 699.9510}}}'), 400)
    assert told["given"] == "699.9510"


@pytest.mark.parametrize(("body", "fact"), BODIES, ids=[str(one[0][:50]) for one in BODIES])
def test_a_body_that_cannot_be_read(api: Client, body: str | bytes, fact: str) -> None:
    """A bad body is a 400 that names the field."""
    assert problem(post(api, "/checks", body), 400)["fact"] == fact


@pytest.mark.parametrize(("address", "name"), ADDRESSES)
def test_parameters_that_cannot_be_read(api: Client, address: str, name: str) -> None:
    """A parameter that is wrong, unknown or there twice is a 400 that names it."""
    assert problem(get(api, address), 400)["fact"] == name


def test_a_body_that_is_too_large(api: Client) -> None:
    """A body over 256 KiB is a 413; one of exactly that size is read."""
    start, end = b'{"profile": {}, "on": "2022-03-01"', b"}"
    fitting = start + b" " * (256 * 1024 - len(start) - len(end)) + end
    assert post(api, "/checks", fitting).status_code == 200
    problem(post(api, "/checks", fitting + b" "), 413)


def test_a_body_of_unknown_length(api: Client) -> None:
    """A body that comes in pieces, without its length, is a 411: it could not be told from an empty one."""
    problem(api.generic("POST", "/api/v1/checks", CONTENT_TYPE="application/json"), 411)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_body_that_is_not_json(api: Client, kind: str) -> None:
    """A body of another kind, or of none, is a 415."""
    problem(api.generic("POST", "/api/v1/checks", json.dumps({"profile": {}}), content_type=kind), 415)


def test_a_body_that_is_compressed(api: Client) -> None:
    """A compressed body is a 415."""
    problem(post(api, "/checks", b"\x1f\x8b", headers={"Content-Encoding": "gzip"}), 415)


def test_a_charset_is_no_hindrance(api: Client) -> None:
    """Content-Type may name UTF-8."""
    body = json.dumps({"profile": EMPLOYEE})
    response = api.generic("POST", "/api/v1/checks", body, content_type="application/json; charset=utf-8")
    assert response.status_code == 200


def test_what_was_given_is_shortened(api: Client) -> None:
    """A long value comes back shortened, half a surrogate pair as its escape."""
    told = problem(post(api, "/checks", {"profile": {"asker": {"role": "\ud800" + "x" * 5000}}}), 400)
    assert len(told["given"]) <= 200
    assert told["given"].startswith("\ud800x")
