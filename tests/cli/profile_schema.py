"""Makes the JSON Schema of a profile from the vocabulary; `python -m tests.cli.profile_schema` writes it anew."""

import json
from pathlib import Path
from typing import Any

from doorleren.rules.vocabulary import Fact, Vocabulary, load_vocabulary
from doorleren.shipped import folder

PLACE = Path(__file__).parents[2] / "docs" / "contract" / "profile.schema.json"
DECIMALS = {"money": 2, "decimal": 6}


def profile_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Give the schema: a table of facts per subject, nothing else, each fact of its type, "n/a" or null."""
    tables: dict[str, dict[str, Any]] = {}
    for fact in vocabulary.facts.values():
        tables.setdefault(fact.table, {})[fact.name.partition(".")[2]] = _fact(fact)
    properties = {
        table: {"type": ["object", "null"], "properties": facts, "additionalProperties": False}
        for table, facts in tables.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:doorleren:contract:profile",
        "title": "A profile: what is known of who asks, for `doorleren check` and `doorleren plan`",
        "description": 'Absent or null is unknown; "n/a" is "does not apply". Numbers are read exactly, with no more decimals than the type has.',
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"anyOf": [*_values(fact), {"enum": ["n/a", None]}]}


def _values(fact: Fact) -> list[dict[str, Any]]:
    match fact.type:
        case "bool":
            return [{"type": "boolean"}]
        case "date":
            return [{"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}]
        case "enum":
            return [{"enum": list(fact.values)}]
        case "set":
            member: dict[str, Any] = {"enum": list(fact.values)} if fact.values else {"type": "string"}
            return [{"type": "array", "items": member}]
        case "code":
            return [{"type": "string", "minLength": 1}]
        case "int":
            return [{"type": "integer", "minimum": 0, "maximum": 10**12}]
    pattern = f"^[0-9]+([.][0-9]{{1,{DECIMALS[fact.type]}}})?$"
    return [{"type": "number", "minimum": 0, "maximum": 10**12}, {"type": "string", "pattern": pattern}]


def written(schema: dict[str, Any]) -> str:
    """Give the text of the file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PLACE.write_text(written(profile_schema(load_vocabulary(folder("schemes") / "facts.toml"))), "utf-8")
