"""The register as Open Onderwijs API: pages, one by one, and questions that are refused."""

import pytest
from django.test import Client

ROOT = "/ooapi/v5"


def test_courses_page_by_page_and_one_by_one(client: Client, demo: None) -> None:
    """All courses and programs stand on the pages once, by name; each reads the same by its identifier, with its offerings."""
    every: set[str] = set()
    for kind in ("course", "program"):
        first = client.get(f"{ROOT}/{kind}s?pageSize=50").json()
        pages = [first] + [
            client.get(f"{ROOT}/{kind}s?pageSize=50&pageNumber={number}").json()
            for number in range(2, first["totalPages"] + 1)
        ]
        assert [one["hasNextPage"] for one in pages] == [True] * (len(pages) - 1) + [False]
        found = [one for page in pages for one in page["items"]]
        assert [one["name"][0]["value"] for one in found] == sorted(one["name"][0]["value"] for one in found)
        identifiers = [one[f"{kind}Id"] for one in found]
        assert len(set(identifiers)) == len(found) > 0
        assert not every & set(identifiers)
        every |= set(identifiers)
        one = found[7]
        assert client.get(f"{ROOT}/{kind}s/{identifiers[7]}").json() == one
        offered = client.get(f"{ROOT}/{kind}s/{identifiers[7]}/offerings").json()["items"]
        assert offered
        for each in offered:
            assert client.get(f"{ROOT}/offerings/{each['offeringId']}").json() == each
        whole = client.get(f"{ROOT}/offerings/{offered[0]['offeringId']}?expand={kind},organization").json()
        assert whole[kind] == one
        assert whole["organization"]["organizationId"] == one["organization"]
        other = {"course": "program", "program": "course"}[kind]
        assert client.get(f"{ROOT}/{other}s/{identifiers[7]}").status_code == 404
    assert len(every) == 184


def test_what_a_provider_offers(client: Client, demo: None) -> None:
    """The courses, programs and offerings of a provider are those of the whole register that name it."""
    provider = client.get(f"{ROOT}/organizations").json()["items"][0]["organizationId"]
    for kind in ("courses", "programs"):
        every = [
            one
            for number in (1, 2, 3, 4)
            for one in client.get(f"{ROOT}/{kind}?pageSize=50&pageNumber={number}").json()["items"]
            if one["organization"] == provider
        ]
        assert client.get(f"{ROOT}/organizations/{provider}/{kind}?pageSize=250").json()["items"] == every != []
    page = client.get(f"{ROOT}/organizations/{provider}/offerings?since=2000-01-01&pageSize=250").json()
    days = [one["startDate"] for one in page["items"]]
    assert days == sorted(days) != []
    assert {one["organization"] for one in page["items"]} == {provider}
    assert {one["offeringType"] for one in page["items"]} == {"course", "program"}
    later = client.get(f"{ROOT}/organizations/{provider}/offerings?since={days[-1]}&pageSize=250").json()["items"]
    assert later == [one for one in page["items"] if one["startDate"] == days[-1]]
    assert client.get(f"{ROOT}/organizations/nobody/courses").status_code == 404


def test_lists_are_narrowed_and_turned_round(client: Client, demo: None) -> None:
    """Language and way of giving narrow a list, and sort orders it; what the standard does not know is a 400 by name."""
    online = client.get(f"{ROOT}/courses?modeOfDelivery=online&pageSize=250").json()["items"]
    assert {one["modeOfDelivery"][0] for one in online} == {"online"}
    assert client.get(f"{ROOT}/courses?teachingLanguage=nld").json()["items"]
    assert not client.get(f"{ROOT}/courses?teachingLanguage=deu").json()["items"]
    up, down = (
        client.get(f"{ROOT}/programs?pageSize=250&sort={sort}").json()["items"] for sort in ("programId", "-programId")
    )
    assert up == down[::-1]
    for asked in ("modeOfDelivery=thuis", "teachingLanguage=nl", "sort=price", "since=morgen"):
        answer = client.get(
            f"{ROOT}/organizations/{online[0]['organization']}/offerings?{asked}"
            if "since" in asked
            else f"{ROOT}/courses?{asked}"
        )
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith(asked.partition("=")[0])
    assert client.get(f"{ROOT}/courses/{online[0]['courseId']}?expand=alles").status_code == 400


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


@pytest.mark.parametrize(
    "path",
    ["courses/nothing", "courses/0/offerings", "organizations/x", "programs/7", "offerings/7", "persons", "courses/"],
)
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
