"""Asking the interface and holding its answers against what it publishes."""

import json
from functools import lru_cache
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from doorleren.web.api import API_VERSION
from doorleren.web.api.description import description

EMPLOYEE = {
    "asker": {"role": "person"},
    "person": {"birth_date": "1985-04-01", "labour_market_link": True, "work_status": "employee"},
    "training": {"price": "699.95", "kind": "course"},
}


def post(api: Client, path: str, content: Any, **headers: Any) -> Any:
    """Post JSON; text and bytes go as they are."""
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    return api.post(f"/api/v1{path}", body, content_type="application/json", **headers)


def get(api: Client, path: str, **headers: Any) -> Any:
    """Get an address."""
    return api.get(f"/api/v1{path}", headers=headers)


def fits(content: Any, shape: dict[str, Any] | str) -> None:
    """Hold content against a published schema, by name or as it stands; members that it does not name are refused."""
    wanted = {"$ref": f"#/components/schemas/{shape}"} if isinstance(shape, str) else shape
    validator = Draft202012Validator({**wanted, "components": {"schemas": closed()}}, format_checker=FormatChecker())
    faults = [f"{list(one.absolute_path)}: {one.message[:300]}" for one in validator.iter_errors(content)]
    assert faults == []


@lru_cache(maxsize=1)
def closed() -> dict[str, Any]:
    """The published schemas, closed for members that they do not name."""
    schemas: dict[str, Any] = description()["components"]["schemas"]
    return {
        name: {"additionalProperties": False, **schema} if "properties" in schema else schema
        for name, schema in schemas.items()
    }


def problem(response: Any, status: int) -> dict[str, Any]:
    """Give the problem that an answer holds, after holding it against its shape."""
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["API-Version"] == API_VERSION
    content: dict[str, Any] = response.json()
    fits(content, "InputProblem" if "fact" in content else "Problem")
    assert content["status"] == status
    assert content["detail"]
    return content
