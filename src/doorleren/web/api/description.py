"""The OpenAPI description: what ninja knows of the operations, with the errors, headers and questions added to it."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from ninja import Schema

from doorleren.register.search.asking import PAGE_SIZES
from doorleren.web.api import description_signed as signed
from doorleren.web.api.asking import LANGUAGES
from doorleren.web.api.facts import vocabulary
from doorleren.web.api.finding import CHECK_FIELDS, PLAN_FIELDS
from doorleren.web.api.interface import api
from doorleren.web.api.overview import FILTERS, values_of
from doorleren.web.api.problems import MEDIA_TYPE, as_json, bad_input
from doorleren.web.api.profile_schema import EXAMPLE, profile_schemas
from doorleren.web.api.shapes_of_answers import AccessProblem, InputProblem, Problem

SERVER = "/api/v1"
CONTACT = {"name": "Doorleren", "url": "https://doorleren.example.org", "email": "api@doorleren.example.org"}
TAGS = {
    "finder": "Verdicts and plans for a profile",
    "schemes": "The schemes, each from one file",
    "instruments": "Every instrument of the papers, computed or not",
    "facts": "The vocabulary of a profile",
    "register": "The training register: providers and training activities",
    "rounds": "Rounds in which one can apply: what is left in them, and until when",
    **signed.TAGS,
}
ON = {
    "type": "string",
    "description": "A day, or a moment (in Amsterdam unless it names its zone); today if absent.",
    "examples": ["2020-08-15", "2023-03-17T10:00"],
}
LANGUAGE = {"type": "string", "enum": list(LANGUAGES), "default": "nl", "description": "The language of the texts."}
SEARCH: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "maxLength": 200, "description": "Words to search for; everything if absent."},
    "postcode": {"type": "string", "pattern": "^[1-9][0-9]{3}.*$", "description": "Where distances are from."},
    "size": {"type": "string", "enum": [str(size) for size in PAGE_SIZES], "description": "How many on a page."},
    "after": {"type": "string", "description": "The key of the page after the one that gave it; the first if absent."},
}
ERRORS: dict[str, tuple[str, str, type[Schema]]] = {
    "400": ("InputRefused", "The input cannot be read; the problem names what, and what is allowed.", InputProblem),
    "404": ("NotFound", "There is no such thing.", Problem),
    "411": ("LengthUnknown", "The body comes without Content-Length.", Problem),
    "413": ("TooLarge", "The body is larger than is allowed here.", Problem),
    "415": ("NotJson", "The body is not application/json.", Problem),
    "500": ("Failed", "A fault of ours.", Problem),
    "503": ("IndexAbsent", "The index of the register is being built; ask again later.", Problem),
}
FIELDS: dict[str, dict[str, Any]] = {
    "profile": {"$ref": "#/components/schemas/Profile"},
    "on": {**ON, "type": ["string", "null"]},
    "schemes": {
        "type": ["array", "null"], "items": {"type": "string"}, "minItems": 1,
        "description": "Only these schemes, in force or not; all that are in force if absent.",
    },
    "language": {**LANGUAGE, "type": ["string", "null"], "enum": [*LANGUAGES, None]},
}  # fmt: skip
QUESTIONS = {"/checks": ("CheckQuestion", CHECK_FIELDS), "/plans": ("PlanQuestion", PLAN_FIELDS)}


def as_bytes() -> bytes:
    """Give the description as it is published, written once per process."""
    return _written(settings.DOORLEREN_OIDC_ISSUER)


@lru_cache(maxsize=2)
def _written(issuer: str | None) -> bytes:
    return as_json(description(issuer))


def description(issuer: str | None = None) -> dict[str, Any]:
    """Give the OpenAPI 3.1 description as a dictionary; `issuer` is where access tokens come from."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=""))
    made["info"] |= {"contact": CONTACT, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}
    made["servers"] = [{"url": SERVER, "description": "This site"}]
    made["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    made["components"] = _components(made["components"]["schemas"], issuer)
    return made


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to one operation its parameters in full, its body, its headers and its errors."""
    operation["parameters"] = [_parameter(one) for one in operation.get("parameters", ())]
    headers = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
    kept, has_body = (
        method == "get" and not signed.is_signed(path),
        method == "post" and path not in signed.WITHOUT_BODY,
    )
    errors = ["400", "411", "413", "415", "500"] if has_body else ["400", "500"]
    if kept:
        headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    if "{" in path:
        errors.append("404")
    if path == "/activities":
        errors.append("503")
    responses = {str(status): told | {"headers": headers} for status, told in operation["responses"].items()}
    if kept:
        responses["304"] = {"description": "Unchanged since the answer with this entity tag", "headers": headers}
    if has_body:
        operation["requestBody"] = _body(path)
    known = dict(ERRORS)
    if signed.is_signed(path):
        known |= signed.ERRORS
        errors += signed.errors_of(path, method)
        operation["security"] = [{signed.SCHEME: []}]
        operation["parameters"] += [signed.KEY] if (path, method) == ("/bundles", "post") else []
    responses |= {status: {"$ref": f"#/components/responses/{known[status][0]}"} for status in errors}
    operation["responses"] = dict(sorted(responses.items()))


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    name = given["name"]
    schema: dict[str, Any] = {"type": "string"}
    if given["in"] == "path":
        schema["description"] = "An id from the list."
    elif name in FILTERS:
        schema |= {"enum": list(values_of(name)), "description": f"Only those of this {name}."}
    else:
        schema = {"on": ON, "language": LANGUAGE, **SEARCH}.get(name) or schema | {
            "description": "The id of a version of the scheme."
        }
    shape = {key: value for key, value in schema.items() if key != "description"}
    return {
        "name": name,
        "in": given["in"],
        "required": given["required"],
        "description": schema["description"],
        "schema": shape,
    }


def _body(path: str) -> dict[str, Any]:
    name, example = signed.QUESTION, {"adviser": {"summary": "One participant", "value": signed.EXAMPLE}}
    if path in QUESTIONS:
        name, example = QUESTIONS[path][0], {"employee": {"summary": "An employee", "value": EXAMPLE}}
    content = {"schema": {"$ref": f"#/components/schemas/{name}"}, "examples": example}
    return {"required": True, "content": {"application/json": content}}


def _components(schemas: dict[str, Any], issuer: str | None) -> dict[str, Any]:
    for model in (Problem, InputProblem, AccessProblem):
        schemas[model.__name__] = model.model_json_schema(mode="serialization")
    schemas |= profile_schemas(vocabulary()) | signed.bundle_schemas()
    for name, fields in QUESTIONS.values():
        properties = {field: FIELDS[field] for field in fields}
        schemas[name] = {
            "type": "object",
            "properties": properties,
            "required": ["profile"],
            "additionalProperties": False,
        }
    version = {"description": "The full version of the interface", "schema": {"type": "string"}, "example": api.version}
    tag = {"description": "Names this content; send it back in If-None-Match", "schema": {"type": "string"}}
    return {
        "schemas": dict(sorted(schemas.items())),
        "headers": {"ApiVersion": version, "ETag": tag},
        "responses": {name: _error(words, model) for name, words, model in [*ERRORS.values(), *signed.ERRORS.values()]},
        "securitySchemes": signed.security(issuer),
    }


def _error(words: str, model: type[Schema]) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}
    if model is InputProblem:
        content["example"] = bad_input(
            "training.price", "a lot", "a number with at most 2 decimals, such as 699.95"
        ).content()
    return {
        "description": words,
        "headers": {"API-Version": {"$ref": "#/components/headers/ApiVersion"}},
        "content": {MEDIA_TYPE: content},
    }
