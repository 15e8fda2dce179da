"""The register as Open Onderwijs API: pages, one by one, and questions that are refused."""

import pytest
from django.test import Client

ROOT = "/ooapi/v5"


def test_courses_page_by_page_and_one_by_one(client: Client, demo: None) -> None:
    """All courses stand on the pages once, by name; each reads the same by its identifier, with its offerings."""
    first = client.get(f"{ROOT}/courses?pageSize=100").json()
    second = client.get(f"{ROOT}/courses?pageSize=100&pageNumber=2").json()
    found = first["items"] + second["items"]
    assert (first["hasNextPage"], second["hasNextPage"], first["totalPages"]) == (True, False, 2)
    assert len({one["courseId"] for one in found}) == len(found) == 184
    one = found[7]
    assert client.get(f"{ROOT}/courses/{one['courseId']}").json() == one
    offered = client.get(f"{ROOT}/courses/{one['courseId']}/offerings").json()
    assert offered["items"]


def test_a_needle_narrows(client: Client, demo: None) -> None:
    """The question q looks in the name, primaryCode in the code of the provider itself."""
    found = client.get(f"{ROOT}/courses?q=HEFTRUCK").json()["items"]
    assert len(found) == 4
    assert all("Heftruck" in one["name"][0]["value"] for one in found)
    assert len(client.get(f"{ROOT}/courses?primaryCode=heftruck").json()["items"]) == 4


def test_organizations(client: Client, demo: None) -> None:
    """Providers are listed by name and each is found by its identifier."""
    found = client.get(f"{ROOT}/organizations?pageSize=20").json()["items"]
    assert len(found) == 16
    assert client.get(f"{ROOT}/organizations/{found[2]['organizationId']}").json() == found[2]


@pytest.mark.parametrize("asked", ["pageSize=7", "pageNumber=0", "pageNumber=x", "pageNumber=1e3"])
def test_a_page_that_cannot_be_is_refused(client: Client, db: None, asked: str) -> None:
    """A size that the standard does not have, or a page that is no number from 1, is a 400 that names the parameter."""
    answer = client.get(f"{ROOT}/courses?{asked}")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(asked.partition("=")[0])


@pytest.mark.parametrize("path", ["courses/nothing", "courses/0/offerings", "organizations/x", "programs", "courses/"])
def test_what_is_not_there_is_told(client: Client, db: None, path: str) -> None:
    """An identifier of nothing, and an address that the register does not have, is a 404 with a problem, not a page."""
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_service_and_its_document(client: Client, db: None) -> None:
    """The root tells where the description is, and the description is there; nothing can be written."""
    told = client.get(f"{ROOT}/").json()
    assert client.get(told["specification"].removeprefix("http://testserver")).json()["openapi"].startswith("3.1")
    assert client.post(f"{ROOT}/courses").status_code == 405
