"""Documents of the European Learning Model as JSON-LD, one node at a time."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from doorleren.register.outlets.elm_tree import NAMESPACES, PROPERTIES, Concept, Literal, Node, Reference, Text, Value
from doorleren.register.outlets.json_files import write_object
from doorleren.register.outlets.plain import clean

EUROPASS = "http://data.europa.eu/snb/"
VERSION_OF_LISTS = "25831c2"
ESCO = "http://data.europa.eu/esco/"

CONTEXT = {prefix: address for prefix, address in NAMESPACES.items() if prefix != "loq"}


def json_ld(node: Node) -> dict[str, Any]:
    """Give a node as JSON-LD, to be read with `CONTEXT`."""
    made: dict[str, Any] = ({"@id": node.address} if node.address else {}) | {"@type": node.type}
    for name, value in node.fields:
        made.setdefault(_property(name), []).append(_value(value))
    return made


def document(nodes: Iterable[Node]) -> dict[str, Any]:
    """Give a whole JSON-LD document."""
    return {"@context": CONTEXT, "@graph": [json_ld(one) for one in nodes]}


def write_json_ld(nodes: Iterable[Node], path: Path) -> None:
    """Write a whole JSON-LD document, node by node."""
    items: Iterator[dict[str, Any]] = (json_ld(one) for one in nodes)
    write_object(path, "@graph", items, {"@context": CONTEXT})


def _property(name: str) -> str:
    return PROPERTIES.get(name) or name.replace("loq:", "elm:", 1)


def _value(value: Value) -> Any:
    match value:
        case Text():
            return {"@value": clean(value.value), "@language": value.language}
        case Literal(type=""):
            return {"@value": clean(value.value)}
        case Literal():
            return {"@value": clean(value.value), "@type": f"xsd:{value.type}"}
        case Concept():
            scheme = {"@id": _scheme(value.address), "@type": "skos:ConceptScheme"}
            return {"@id": value.address, "@type": "skos:Concept", "skos:inScheme": scheme}
        case Reference():
            return {"@id": value.address}
        case Node():
            return json_ld(value)


def _scheme(address: str) -> str:
    """Give the list that a term belongs to: for the EU's authority tables its folder, for Europass a version of the list."""
    folder, _, _name = address.rpartition("/")
    if address.startswith(ESCO):
        return f"{ESCO}concept-scheme/{folder.removeprefix(ESCO)}s"
    return f"{folder}/{VERSION_OF_LISTS}" if address.startswith(EUROPASS) else folder
