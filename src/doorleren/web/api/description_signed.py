"""What the OpenAPI description says of the addresses that ask for an access token: its scheme, errors, and the body of a bundle."""

from typing import Any

from ninja import Schema

from doorleren.applications.models.registrations import MOST_ROWS, REFERENCE
from doorleren.web.api.bundles import KEY_HEADER, KEY_WRITTEN
from doorleren.web.api.shapes_of_answers import AccessProblem, Problem

TAGS = {
    "sign-ins": "Who a token of the sign-in service stands for",
    "bundles": "Registering people as a career adviser, up to 10,000 at once",
    "applications": "One's own applications and how they stand",
}
_BEGIN = tuple(f"/{name}" for name in TAGS)
SCHEME = "accessToken"
_WHAT = (
    "An access token of the OpenID provider with which people sign in on the pages, made for this site: a signed one "
    "(RFC 9068), or one that the provider vouches for (RFC 7662). Cookies mean nothing here."
)
ERRORS: dict[str, tuple[str, str, type[Schema]]] = {
    "401": ("NotSignedIn", "There is no access token, or it is not accepted; WWW-Authenticate says why.", Problem),
    "403": ("NotAllowed", "Who asks may not do this; `reason` says why.", AccessProblem),
    "409": ("NotNow", "The bundle is not taken now, for the reason told.", Problem),
    "422": ("KeyUsed", "The key belongs to another bundle.", Problem),
    "429": ("TooOften", "Too many requests; Retry-After says how many seconds to wait.", Problem),
    "503": ("NotReached", "The sign-in service cannot be reached, or it is too busy; ask again later.", Problem),
}
WITHOUT_BODY = frozenset({"/sign-ins"})
"""Where a POST takes no body."""
KEY: dict[str, Any] = {
    "name": KEY_HEADER, "in": "header", "required": True, "description": f"Names this bundle: {KEY_WRITTEN}.",
    "schema": {"type": "string", "minLength": 16, "maxLength": 66},
}  # fmt: skip
QUESTION = "BundleQuestion"
EXAMPLE = {
    "round": 1,
    "rows": [
        {
            "reference": "client-1", "national_number": "999990019", "name": "Nadia Bakker", "birth_date": "1985-04-01",
            "person.labour_market_link": True,
        }
    ],
}  # fmt: skip


def security(issuer: str | None) -> dict[str, dict[str, Any]]:
    """Say where access tokens come from; of a site without a provider only that they are asked."""
    if not issuer:
        return {SCHEME: {"type": "http", "scheme": "bearer", "description": _WHAT}}
    place = issuer.rstrip("/") + "/.well-known/openid-configuration"
    return {SCHEME: {"type": "openIdConnect", "openIdConnectUrl": place, "description": _WHAT}}


def is_signed(path: str) -> bool:
    """Say whether an address asks for an access token."""
    return path.startswith(_BEGIN)


def errors_of(path: str, method: str) -> list[str]:
    """Give the statuses of refusals that belong to such an address, besides those that any has."""
    return ["401", "403", "429", "503", *(["409", "422"] if (path, method) == ("/bundles", "post") else [])]


def bundle_schemas() -> dict[str, dict[str, Any]]:
    """Give the shape of the body with which people are registered."""
    text = {"type": "string"}
    row = {
        "type": "object",
        "description": "A person. Besides these the facts that the scheme asks of a participant, by their full names.",
        "properties": {
            "reference": text | {"pattern": REFERENCE, "description": "Your own; no name and no national number"},
            "national_number": text | {"description": "Nine digits; it is never given back"},
            "name": text,
            "birth_date": text | {"format": "date"},
        },
        "required": ["reference", "name", "birth_date"],
        "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
    }
    question = {
        "type": "object",
        "properties": {
            "round": {"type": "integer", "minimum": 1, "description": "The id of a round from /rounds"},
            "kvk": {
                "type": ["string", "null"], "pattern": "^[0-9]{8}$",
                "description": "The number of your firm; not needed by who advises for one",
            },
            "rows": {
                "type": "array", "items": {"$ref": "#/components/schemas/BundleQuestionRow"}, "minItems": 1,
                "maxItems": MOST_ROWS,
            },
        },
        "required": ["round", "rows"],
        "additionalProperties": False,
        "examples": [EXAMPLE],
    }  # fmt: skip
    return {"BundleQuestionRow": row, QUESTION: question}
