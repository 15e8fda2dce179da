"""The shape of a profile, made from the vocabulary: one schema per table of facts, and an example."""

from typing import Any

from doorleren.core.texts import in_language
from doorleren.rules.vocabulary import DECIMALS, Fact, Vocabulary

NOT_APPLICABLE = "n/a"
EXAMPLE = {
    "profile": {
        "asker": {"role": "person"},
        "person": {"birth_date": "1985-04-01", "labour_market_link": True},
        "training": {"price": "699.95"},
    },
    "on": "2020-08-15",
    "language": "en",
}


def profile_schemas(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Give the schemas by name: `Profile`, and for each of its tables one such as `PersonFacts`."""
    made: dict[str, dict[str, Any]] = {}
    for table, words in vocabulary.tables.items():
        facts = [fact for fact in vocabulary.facts.values() if fact.table == table]
        properties = {fact.name.partition(".")[2]: _schema(fact) for fact in facts}
        made[_name(table)] = {
            "type": "object",
            "description": f"Facts {words.get('en', table)}",
            "properties": properties,
            "additionalProperties": False,
        }
    tables = {
        table: {"anyOf": [{"$ref": f"#/components/schemas/{_name(table)}"}, {"type": "null"}]}
        for table in vocabulary.tables
    }
    made["Profile"] = {
        "type": "object",
        "description": 'What is known of who asks. Absent or null is unknown; "n/a" does not apply, and is no unknown.',
        "properties": tables,
        "additionalProperties": False,
        "examples": [EXAMPLE["profile"]],
    }
    return made


def _name(table: str) -> str:
    return table.replace("_", " ").title().replace(" ", "") + "Facts"


def _schema(fact: Fact) -> dict[str, Any]:
    """Give the schema of one fact: its values, or null, or "n/a"."""
    words = in_language(fact.ask, "en") or fact.name
    return {"description": f"{words} ({fact.unit})" if fact.unit else words} | _allowed(fact)


def _allowed(fact: Fact) -> dict[str, Any]:
    match fact.type:
        case "bool":
            return {"enum": [True, False, NOT_APPLICABLE, None]}
        case "date":  # the format is a note here, as OpenAPI has it: "n/a" is no day, but allowed
            return {"type": ["string", "null"], "format": "date", "pattern": r"^(\d{4}-\d{2}-\d{2}|n/a)$"}
        case "set":
            members: dict[str, Any] = {"type": "string", **({"enum": list(fact.values)} if fact.values else {})}
            return {"anyOf": [{"type": "array", "items": members}, {"enum": [NOT_APPLICABLE, None]}]}
        case "enum" | "code" if fact.values:
            return {"enum": [*fact.values, NOT_APPLICABLE, None]}
        case "enum" | "code":
            pattern = f"^(?:{fact.pattern}|{NOT_APPLICABLE})$" if fact.pattern else "."
            return {"type": ["string", "null"], "pattern": pattern}
    decimals = DECIMALS[fact.type]
    pattern = rf"^(\d+(\.\d{{1,{decimals}}})?|n/a)$" if decimals else r"^(\d+|n/a)$"
    return {"type": ["number" if decimals else "integer", "string", "null"], "minimum": 0, "pattern": pattern}
