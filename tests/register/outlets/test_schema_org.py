"""schema.org in a page, against the published SHACL."""

import json
from typing import Any

import pyshacl
import pytest
from rdflib import Graph

from doorleren.register.outlets import schema_org
from tests.register.outlets.catalogue import (
    BARE,
    BARE_PROVIDER,
    BASE,
    FULL,
    FULL_PROVIDER,
    SPECS,
    listed,
    needs_specs,
    varied,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib reads JSON-LD so


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Read the shapes of schema.org."""
    return Graph().parse(SPECS / "schemaorg_v14.shacl", format="turtle")


def violations(courses: list[dict[str, Any]], shapes: Graph) -> list[str]:
    """Give what the shapes have against these courses, all in one graph."""
    graph = Graph()
    for one in courses:
        graph.parse(data=json.dumps(one), format="json-ld")
    assert "http://schema.org/Course" in {str(one) for one in graph.objects()}
    conforms, _graph, words = pyshacl.validate(graph, shacl_graph=shapes)
    return [] if conforms else [line for line in words.splitlines() if "Path" in line]


@needs_specs
def test_every_course_conforms(shapes: Graph) -> None:
    """Whatever is told or not, the course keeps to the shapes of schema.org."""
    assert violations([json.loads(schema_org.script_text(one, BASE)) for one in varied()], shapes) == []


@needs_specs
def test_the_shapes_are_awake(shapes: Graph) -> None:
    """A course whose run is not a CourseInstance but words is found out."""
    course = schema_org.course(listed(BARE, BARE_PROVIDER), BASE) | {"hasCourseInstance": "in May"}
    assert violations([course], shapes) != []


def test_no_sign_can_end_the_script() -> None:
    """Whatever a provider typed, the text holds no sign that a page reads as markup, and says the same when read."""
    for one in varied():
        words = schema_org.script_text(one, BASE)
        assert not set("<>&\u2028\u2029") & set(words)
        assert json.loads(words) == schema_org.course(one, BASE)


def test_what_a_reader_finds() -> None:
    """Price, parts, runs, provider and skills are there; only days that were told are told."""
    course = schema_org.course(listed(FULL, FULL_PROVIDER), BASE)
    assert (course["offers"]["price"], course["offers"]["priceCurrency"]) == ("181.95", "EUR")
    assert [one.get("endDate") for one in course["hasCourseInstance"]] == [None, "2025-01-31", None]
    assert course["provider"]["identifier"] == "KvK 12345678"
    assert len([one for one in course["teaches"] if "@id" in one]) == 2


def test_what_nobody_told_is_left_out() -> None:
    """A bare activity has no offer, run, load or credential."""
    assert set(schema_org.course(listed(BARE, BARE_PROVIDER), BASE)) == {
        "@context", "@id", "@type", "name", "identifier", "url", "inLanguage", "provider", "dateModified",
    }  # fmt: skip
