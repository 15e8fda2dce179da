"""The OpenAPI description says what the interface does, and its examples are true."""

import re
from typing import Any

import pytest
from django.test import Client

from doorleren.web.api.description_signed import security
from doorleren.web.api.profile_schema import EXAMPLE
from tests.web.api.asked import fits, get, post


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    return [(path, method, one) for path, methods in described["paths"].items() for method, one in methods.items()]


def resolved(described: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """What a reference points to."""
    for name in node.get("$ref", "#").split("/")[1:]:
        described = described[name]
    return described if "$ref" in node else node


def test_it_is_published(api: Client, described: dict[str, Any]) -> None:
    """The description is served as it is made, as OpenAPI 3.1, with contact, version and server."""
    assert get(api, "/openapi.json").json() == described
    assert described["openapi"].startswith("3.1.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])
    assert set(described["info"]["contact"]) == {"name", "url", "email"}
    assert described["servers"][0]["url"].endswith("/api/v1")


def test_all_is_described(described: dict[str, Any]) -> None:
    """All addresses stand there, each with the version header and, where input can be wrong, a 400."""
    assert set(described["paths"]) == {
        "/checks", "/plans", "/schemes", "/schemes/{id}", "/instruments", "/instruments/{id}", "/facts",
        "/activities", "/activities/{id}", "/providers", "/providers/{id}",
        "/rounds", "/rounds/{id}", "/sign-ins", "/bundles", "/bundles/{id}", "/applications", "/applications/{id}",
    }  # fmt: skip
    for _path, method, one in operations(described):
        assert one["responses"]["400"]
        for status, told in one["responses"].items():
            response = resolved(described, told)
            assert "API-Version" in response["headers"]
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
        assert ("requestBody" in one) is (method == "post" and one["operationId"] != "signIn")


def test_names_follow_the_design_rules(described: dict[str, Any]) -> None:
    """Schemas are UpperCamelCase, parameters camelCase, members snake_case, paths kebab-case without a last slash."""
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in described["components"]["schemas"])
    for path, _method, one in operations(described):
        assert re.fullmatch(r"(/[a-z-]+|/\{[a-z]+\})+", path)
        named = [parameter["name"] for parameter in one["parameters"] if parameter["in"] != "header"]
        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in named)
    for schema in described["components"]["schemas"].values():
        assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name) for name in schema.get("properties", {}))


def test_what_asks_a_token_says_so(described: dict[str, Any]) -> None:
    """What is for somebody in particular names the access token and its refusals, and may not be kept; nothing else does."""
    for path, _method, one in operations(described):
        signed = path.split("/")[1] in ("sign-ins", "bundles", "applications")
        assert ("security" in one) is signed, path
        assert ({"401", "403", "429"} <= set(one["responses"])) is signed, path
        assert not (signed and "304" in one["responses"]), path
    assert described["components"]["securitySchemes"]["accessToken"]["type"] == "http"
    place = "https://broker.example/.well-known/openid-configuration"
    scheme = security("https://broker.example/")["accessToken"]
    assert (scheme["type"], scheme["openIdConnectUrl"]) == ("openIdConnect", place)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    """No reference dangles."""
    for found in set(re.findall(r"'\$ref': '([^']+)'", str(described))):
        assert resolved(described, {"$ref": found})


@pytest.mark.parametrize("path", ["/checks", "/plans"])
def test_the_examples_of_questions_hold(api: Client, described: dict[str, Any], path: str) -> None:
    """An example question has the published shape and gets an answer in the published shape."""
    operation = described["paths"][path]["post"]
    body = operation["requestBody"]["content"]["application/json"]
    for example in body["examples"].values():
        fits(example["value"], body["schema"])
        response = post(api, path, example["value"])
        assert response.status_code == 200
        fits(response.json(), operation["responses"]["200"]["content"]["application/json"]["schema"])


def test_the_example_of_a_problem_holds(api: Client, described: dict[str, Any]) -> None:
    """The example of a refusal is what the interface says to that input."""
    example = described["components"]["responses"]["InputRefused"]["content"]["application/problem+json"]["example"]
    fits(example, "InputProblem")
    given = {"profile": {"training": {"price": example["given"]}}}
    assert post(api, "/checks", given).json() == example


def test_the_examples_of_schemas_hold(described: dict[str, Any]) -> None:
    """Every example in a schema fits that schema."""
    for name, schema in described["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            fits(example, name)
        for member in schema.get("properties", {}).values():
            for example in member.get("examples", ()):
                fits(example, member)


@pytest.mark.parametrize(
    ("table", "fact", "value"),
    [("person", "birth_date", "n/a"), ("person", "birth_date", None), ("training", "price", 699.95), ("training", "price", "n/a"),
     ("training", "components", ["training"]), ("training", "components", "n/a"), ("asker", "role", "employer")],
)  # fmt: skip
def test_the_shape_of_a_profile_allows_what_is_read(api: Client, table: str, fact: str, value: Any) -> None:
    """What the interface reads, the published shape of a profile allows; "n/a" in the place of a day is told apart."""
    profile = {table: {fact: value}}
    if fact != "birth_date" or value is None:
        fits({"profile": profile}, "CheckQuestion")
    assert post(api, "/checks", {"profile": profile, "on": EXAMPLE["on"]}).status_code == 200
