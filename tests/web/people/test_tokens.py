"""What comes back from a provider is believed only if everything about it is right."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from doorleren.people.models import Person, Session
from tests.web.people.browsers import Browser
from tests.web.people.forger import CLIENT, Forger


def sign_in(forger: Forger, browser: Browser | None = None, **pressed: str) -> str:
    """Leave for the forging provider, come back with its code, and give where the site sends one then."""
    browser = browser or Browser()
    asked = parse_qs(urlsplit(browser.leave(**(pressed or {"way": "digid"}))).query)
    forger.nonce = forger.nonce or asked["nonce"][0]
    reply = browser.client.get("/sign-in/callback", {"code": "code", "state": asked["state"][0]})
    assert reply.status_code == 302
    return reply["Location"]


def test_a_token_that_is_right(forger: Forger) -> None:
    """The forging provider is believed when it forges nothing."""
    assert sign_in(forger) == "/account"
    assert Person.objects.get().name == "Nadia"


LONG_AGO = int(time.time()) - 3600
WRONG: dict[str, dict[str, Any]] = {
    "made for another site": {"aud": "another-site"},
    "made for nobody": {"aud": None},
    "made for us and another, to be used by the other": {"aud": [CLIENT, "another"], "azp": "another"},
    "made for us and another, not said by whom to be used": {"aud": [CLIENT, "another"]},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "expired": {"exp": LONG_AGO},
    "without an end": {"exp": None},
    "not yet valid": {"nbf": LONG_AGO + 7200},
    "issued in the future": {"iat": LONG_AGO + 7200},
    "without a moment": {"iat": None},
    "of nobody": {"sub": None},
    "with another nonce": {"nonce": "another"},
    "without a nonce": {"nonce": None},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_token_that_is_wrong_signs_nobody_in(forger: Forger, change: dict[str, Any]) -> None:
    """Each wrong or lacking claim is refused, and nobody becomes known."""
    forger.change = change
    assert sign_in(forger) == "/sign-in?refused=token"
    nobody_came_in()


def nobody_came_in() -> None:
    assert not Person.objects.exists()
    assert not Session.objects.filter(person__isnull=False).exists()


def test_a_token_for_several_that_names_us(forger: Forger) -> None:
    """A token for us and another is right when it says that it is to be used by us."""
    forger.change = {"aud": ["another", CLIENT], "azp": CLIENT}
    assert sign_in(forger) == "/account"


def test_a_token_with_another_signature(forger: Forger) -> None:
    """A token signed with a key that the provider does not publish is refused."""
    forger.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert sign_in(forger) == "/sign-in?refused=token"
    nobody_came_in()


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_with_a_weaker_algorithm(forger: Forger, algorithm: str) -> None:
    """A token without a signature, or with one that anybody can make, is refused."""
    forger.algorithm = algorithm
    assert sign_in(forger) == "/sign-in?refused=token"
    nobody_came_in()


def test_a_token_of_an_unknown_key(forger: Forger) -> None:
    """Outside the demo a token must name a key that the provider publishes."""
    forger.kid = "another"
    assert sign_in(forger) == "/sign-in?refused=token"


def test_claims_of_somebody_else(forger: Forger) -> None:
    """What the provider tells beside the token must be about the same subject."""
    forger.userinfo = {"sub": "somebody else", "name": "Eva"}
    assert sign_in(forger) == "/sign-in?refused=token"
    nobody_came_in()


def test_the_signed_token_goes_before_what_is_told_beside_it(forger: Forger) -> None:
    """A level told outside the token does not raise the level inside it."""
    forger.userinfo = {"sub": "abc", "acr": "high", "amr": ["mfa"]}
    forger.change = {"acr": "low", "amr": ["pwd"]}
    browser = Browser()
    assert sign_in(forger, browser) == "/account"
    page = browser.client.get("/account").content.decode()
    assert "Betrouwbaarheidsniveau: laag." in page
    assert "Zonder tweede factor." in page


def test_a_number_that_fails_the_test(forger: Forger) -> None:
    """A national number that fails the 11-test signs nobody in, and the page says whose fault it is."""
    forger.change = {"bsn": "999990018"}
    assert sign_in(forger) == "/sign-in?refused=claims"
    nobody_came_in()


def test_a_code_that_the_provider_refuses(forger: Forger) -> None:
    """When the provider gives no token for the code, the visitor is told to try later."""
    forger.status = 400
    assert sign_in(forger) == "/sign-in?refused=provider"


def test_an_issuer_under_another_name(forger: Forger, settings) -> None:
    """A provider that says it is another than the one that was configured is not used."""
    settings.DOORLEREN_OIDC_ISSUER = forger.issuer.replace("127.0.0.1", "localhost")
    reply = Browser().client.post("/sign-in", {"way": "digid"})
    assert "De inlogdienst geeft geen antwoord" in reply.content.decode()


def test_an_open_line_to_elsewhere(db, settings) -> None:
    """A provider that is not on this machine must be spoken to over https."""
    settings.DOORLEREN_OIDC_ISSUER = "http://broker.example"
    reply = Browser().client.post("/sign-in", {"way": "digid"})
    assert "De inlogdienst geeft geen antwoord" in reply.content.decode()


@pytest.mark.parametrize(
    ("seconds_ago", "place"),
    [(0, "/account"), (3600, "/sign-in?refused=not_renewed"), (None, "/sign-in?refused=not_renewed")],
)
def test_a_renewal_must_be_a_renewal(forger: Forger, seconds_ago: int | None, place: str) -> None:
    """When proof anew was asked, a provider that tells old proof, or not when, signs nobody in."""
    forger.change = {"auth_time": None if seconds_ago is None else int(time.time()) - seconds_ago}
    assert sign_in(forger, way="digid", renew="1") == place


def test_a_renewal_is_asked_for(forger: Forger) -> None:
    """A renewal asks the provider to let the visitor prove who they are again."""
    asked = parse_qs(urlsplit(Browser().leave(way="digid", renew="1", level="high")).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert asked["acr_values"] == ["http://eidas.europa.eu/LoA/high"]
