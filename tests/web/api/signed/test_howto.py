"""The lines of docs/howto/use-the-api.md do what they say: each is taken from the page and asked, with the real demo provider."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from doorleren.applications.models import Qualification
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.models import Identity
from doorleren.rounds.models import Round
from doorleren.server.demo_provider import demo_provider
from tests.applications.made import AT
from tests.people.made import LONG_AGO
from tests.web.people.forger import CLIENT

PAGE = Path(__file__).resolve().parents[4] / "docs" / "howto" / "use-the-api.md"
ASKED = re.compile(r"curl -s (?P<rest>(?:-X (?P<method>POST) )?.*?)\$SITE/api/v1(?P<path>/[^ |)\n]*)")


@pytest.fixture(scope="module")
def demo_issuer() -> Iterator[str]:
    """The demo provider, started as `serve` does."""
    with demo_provider() as issuer:
        yield issuer


@pytest.fixture
def demo(round_: Round, demo_issuer: str, settings: Any) -> str:
    """A site with the demo: its people, of whom the adviser is qualified."""
    settings.DOORLEREN_DEMO_PROVIDER = settings.DOORLEREN_OIDC_ISSUER = demo_issuer
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, "demo"
    enrol_demo_people(at=AT)
    tom = Identity.objects.get(subject="tom").person
    Qualification.objects.create(
        adviser=tom, starts_on=LONG_AGO, ends_on=date(2030, 1, 1), given_by_kind="site", given_at=AT
    )
    return demo_issuer


def ask(method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None) -> tuple[str, str]:
    """Ask the provider; gives where it leads to and what it says."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    told = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    try:
        line.request(method, f"{parts.path}?{parts.query}", body, told | (headers or {}))
        answer = line.getresponse()
        said = answer.read().decode()
        assert answer.status < 400, said
        return answer.getheader("Location") or "", said
    finally:
        line.close()


def token(page: str, provider: str) -> str:
    """Follow the lines that get a token."""
    place = re.search(r'-d (sub=\w+) "\$PROVIDER(/oauth2/authorize[^"]*)"', page)
    user = re.search(r"-u (\w+:\w+) -d (grant_type=\w+)", page)
    assert place
    assert user
    back = "http://127.0.0.1/back"
    assert f"BACK={back}" in page
    address = place[2].replace("$RANDOM$RANDOM", "12345").replace("$BACK", back)
    link, _said = ask("POST", provider + address, place[1])
    code = parse_qs(urlsplit(link).query)["code"][0]
    form = f"{user[2]}&{urlencode({'code': code, 'redirect_uri': back})}"
    ourselves = "Basic " + base64.b64encode(user[1].encode()).decode()
    _link, said = ask("POST", provider + "/oauth2/token", form, {"Authorization": ourselves})
    return str(json.loads(said)["access_token"])


def test_the_documented_lines(demo: str, round_: Round, known: Any) -> None:
    """From the description to an application in full every documented request is answered, with what the page promises."""
    page, client = PAGE.read_text("utf-8"), Client(enforce_csrf_checks=True)
    description = client.get("/api/v1/openapi.json").json()
    place = description["components"]["securitySchemes"]["accessToken"]["openIdConnectUrl"]
    assert place == f"{demo}/.well-known/openid-configuration"
    values = {"$TOKEN": token(page, demo), "$ROUND": str(round_.pk)}
    told: dict[str, Any] = {}
    for found in ASKED.finditer(page):
        path, rest = filled(found["path"], values), filled(found["rest"].replace("'$ROUND'", "$ROUND"), values)
        answer = asked(client, found["method"] or "GET", path, rest)
        assert answer.status_code == (201 if found["method"] else 200), (path, answer.content)
        told[path] = answer.json()
        for name, kind in (("$BUNDLE", "bundle"), ("$APPLICATION", "application")):
            items = told[path].get("items") if isinstance(told[path], dict) else None
            if items and kind in items[0]:
                values[name] = str(items[0][kind])
    assert told["/sign-ins"]["organisations"] == ["90000029"]
    bundle = told[f"/bundles/{values['$BUNDLE']}"]
    assert [one["outcome"] for one in bundle["answers"]] == ["accepted", "refused"]
    assert told[f"/applications/{values['$APPLICATION']}"]["status"] == "submitted"


def filled(text: str, values: dict[str, str]) -> str:
    """Fill in what the shell would."""
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def asked(client: Client, method: str, path: str, rest: str) -> Any:
    """Ask what a line asks: its headers and its body."""
    headers = dict(one.split(": ", 1) for one in re.findall(r"-H [\"']([^\"']+)[\"']", rest))
    body = re.search(r" -d '(.*)' $", rest)
    kind = headers.pop("Content-Type", "application/json")
    if method == "GET":
        return client.get(f"/api/v1{path}", headers=headers)
    if body is None:
        return client.post(f"/api/v1{path}", headers=headers)
    return client.post(f"/api/v1{path}", body[1], kind, headers=headers)
