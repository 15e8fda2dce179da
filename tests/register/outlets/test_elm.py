"""The European Learning Model: XML against the schema, RDF against the SHACL of the learning opportunities."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from lxml import etree
from rdflib import Graph, Literal, Namespace

from doorleren.register.outlets import elm
from doorleren.register.outlets.elm_rdf import document
from doorleren.register.outlets.elm_xml import write_xml
from doorleren.register.outlets.languages import THREE
from doorleren.register.outlets.listed import Listed
from tests.register.outlets.catalogue import (
    BARE,
    BARE_PROVIDER,
    BASE,
    FULL,
    FULL_PROVIDER,
    ODD,
    SPECS,
    listed,
    needs_specs,
    varied,
)  # fmt: skip

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib reads JSON-LD so

LOQ = "{http://data.europa.eu/snb/model/ap/loq-constraints/}"
SH = Namespace("http://www.w3.org/ns/shacl#")
PATTERN_OF_ADDRESSES = "^https?:"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """Read the schema of the learning opportunities."""
    return etree.XMLSchema(etree.parse(SPECS / "elm" / "xsd_loq" / "loq.xsd"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Read the shapes; the patterns of addresses are in the regular expressions of Java, and become one that Python reads."""
    graph = Graph().parse(SPECS / "elm" / "rdf" / "LOQ-constraints.ttl")
    for subject, _, pattern in list(graph.triples((None, SH.pattern, None))):
        if "(?i)" in pattern or "\\p{" in pattern:
            graph.set((subject, SH.pattern, Literal(PATTERN_OF_ADDRESSES)))
    return graph


def violations(activities: Iterable[Listed], shapes: Graph, change: dict[str, Any] | None = None) -> list[str]:
    """Give what the shapes have against the JSON-LD of these activities, read as RDF."""
    made = document(elm.nodes(activities, BASE))
    for node in made["@graph"]:
        if node["@type"] == "elm:LearningOpportunity":
            node |= change or {}
    graph = Graph().parse(data=json.dumps(made), format="json-ld")
    assert len(graph) > 20
    conforms, _graph, words = pyshacl.validate(graph, shacl_graph=shapes)
    return [] if conforms else [line for line in words.splitlines() if "Message" in line or "Path" in line]


@needs_specs
def test_the_document_is_valid(schema: etree.XMLSchema, tmp_path: Path) -> None:
    """All activities in one document, whatever is told or not, keep to the schema with its keys and references."""
    path = tmp_path / "register.xml"
    assert elm.write(iter(varied(60)), path, BASE) == len(varied(60))
    schema.assertValid(etree.parse(path))


@needs_specs
def test_the_schema_is_awake(schema: etree.XMLSchema, tmp_path: Path) -> None:
    """A reference to a node that is left out is found out."""
    nodes = [one for one in elm.nodes([listed(FULL, FULL_PROVIDER)], BASE) if one.type != "elm:Organisation"]
    write_xml(nodes, tmp_path / "broken.xml")
    assert not schema.validate(etree.parse(tmp_path / "broken.xml"))


@needs_specs
def test_an_empty_register_is_valid(schema: etree.XMLSchema, tmp_path: Path) -> None:
    """No activity at all gives a valid document."""
    elm.write([], tmp_path / "empty.xml", BASE)
    schema.assertValid(etree.parse(tmp_path / "empty.xml"))


@needs_specs
def test_every_language_is_known(schema: etree.XMLSchema, tmp_path: Path) -> None:
    """Each language that an entry can name is one of the EU's own list."""
    activities = [
        listed(replace(BARE, code=one, language=one), BARE_PROVIDER, place) for place, one in enumerate(THREE)
    ]
    elm.write(activities, tmp_path / "languages.xml", BASE)
    schema.assertValid(etree.parse(tmp_path / "languages.xml"))


@needs_specs
def test_the_graph_conforms(shapes: Graph) -> None:
    """The barest, the fullest and the oddest activity as RDF keep to the shapes."""
    assert violations(varied(0)[:3], shapes) == []


@needs_specs
def test_terms_are_of_the_lists_that_are_asked() -> None:
    """Each term is of the controlled list that the profile names; ESCO skills aside, whose list the shapes misname."""
    shapes = Graph().parse(SPECS / "elm" / "rdf" / "LOQ-constraints-mdr.ttl")
    assert violations([listed(replace(FULL, skills=()), FULL_PROVIDER), listed(BARE, BARE_PROVIDER, 8)], shapes) == []


@needs_specs
def test_the_shapes_are_awake(shapes: Graph) -> None:
    """An opportunity with an address that is none, and without a title, is found out."""
    page = {"@type": "elm:WebResource", "elm:contentUrl": {"@value": "ftp:nowhere", "@type": "xsd:anyURI"}}
    found = violations([listed(BARE, BARE_PROVIDER)], shapes, {"dc:title": [], "foaf:homepage": page})
    assert any("dc:title" in one or "dcterms:title" in one or "dc1:title" in one for one in found)
    assert any("homepage" in one for one in found)


@needs_specs
@pytest.mark.long
def test_the_whole_graph_conforms(shapes: Graph) -> None:
    """A few hundred varied activities as RDF keep to the shapes."""
    assert violations(varied(200), shapes) == []


def test_both_forms_tell_the_same(tmp_path: Path) -> None:
    """What the XML says of an opportunity, its specification and price is in the JSON-LD too."""
    elm.write([listed(FULL, FULL_PROVIDER)], tmp_path / "one.xml", BASE)
    elm.write([listed(FULL, FULL_PROVIDER)], tmp_path / "one.jsonld", BASE)
    tree = etree.parse(tmp_path / "one.xml")
    graph = json.loads((tmp_path / "one.jsonld").read_text("utf-8"))["@graph"]
    in_xml = {one.get("id") for one in tree.iter() if one.get("id")}
    assert in_xml == {one["@id"] for one in graph}
    values = [one.text for one in tree.iter(f"{LOQ}value")]
    spoken = [
        one["elm:amount"][0]["rdf:value"][0]["@value"] for node in graph for one in node.get("elm:priceDetail", [])
    ]
    assert values == spoken == ["121.00", "50.05", "10.90", "0.00"] * 3


def test_one_opportunity_per_run(tmp_path: Path) -> None:
    """Each run is an opportunity of its own, and they share what is learned."""
    found = [one for one in elm.nodes([listed(FULL, FULL_PROVIDER)], BASE) if one.type == "elm:LearningOpportunity"]
    assert [one.address.rpartition("#")[2] for one in found] == ["run-1", "run-2", "run-3"]
    shared = {value for one in found for name, value in one.fields if name == "loq:learningAchievementSpecification"}
    assert len(shared) == 1


@needs_specs
def test_odd_words_survive(tmp_path: Path) -> None:
    """Signs of markup come back as they were; signs that XML cannot hold become one that says so."""
    elm.write([listed(replace(BARE, title=ODD), BARE_PROVIDER)], tmp_path / "odd.xml", BASE)
    title = etree.parse(tmp_path / "odd.xml").find(f".//{LOQ}learningOpportunity/{LOQ}title")
    assert title is not None
    assert title.text == ODD.replace("\r\n", "\n").replace("\x00\x0b", "\ufffd\ufffd").replace("\ud800", "\ufffd")
