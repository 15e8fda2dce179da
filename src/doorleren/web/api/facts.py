"""GET /facts: the vocabulary in which a question about funding is asked."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from doorleren.rules.vocabulary import DECIMALS, Fact, Vocabulary, load_vocabulary
from doorleren.shipped import folder
from doorleren.web.api import shapes_of_schemes as shapes
from doorleren.web.api.answers import published
from doorleren.web.api.asking import only_parameters

router = Router(tags=["facts"])


@router.get("/facts", response=list[shapes.Fact], operation_id="listFacts", summary="The vocabulary")
def facts(request: HttpRequest) -> HttpResponseBase:
    """Every fact that a profile may have, with its type, values and unit, and the question for it in both languages."""
    only_parameters(request, ())
    words = vocabulary()
    return published(request, [_fact(one, words.tables[one.table]) for one in words.facts.values()])


def vocabulary() -> Vocabulary:
    """Give the project's vocabulary; it needs no scheme to be readable."""
    return load_vocabulary(folder("schemes") / "facts.toml")


def _fact(fact: Fact, table_label: dict[str, str]) -> dict[str, Any]:
    return {
        "name": fact.name,
        "table": fact.table,
        "table_label": table_label,
        "type": fact.type,
        "values": list(fact.values),
        "value_labels": fact.value_labels,
        "pattern": fact.pattern or None,
        "allowed": fact.allowed or None,
        "ordered": fact.ordered,
        "unit": fact.unit or None,
        "decimals": DECIMALS.get(fact.type),
        "sensitive": fact.sensitive,
        "audience": list(fact.audience),
        "question": fact.ask,
        "help": fact.help or None,
        "label": fact.label,
    }
