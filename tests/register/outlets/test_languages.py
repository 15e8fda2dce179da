"""The language of the texts, apart from the one of teaching, in every standard."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal

from doorleren.register.entries import Entry
from doorleren.register.intake.reading import read_file
from doorleren.register.outlets import edudex, elm, ooapi, schema_org
from doorleren.register.outlets.export import export
from doorleren.register.outlets.languages import text_tag
from tests.register.outlets.catalogue import BARE, BARE_PROVIDER, BASE, CHANGED_AT, ON, listed

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib reads JSON-LD so

TITLE = "Onderhandelen in het Engels"
TAUGHT_IN_ENGLISH = replace(
    BARE, title=TITLE, language="en", text_language="nl", learning_outcomes=("U onderhandelt.",)
)


@pytest.mark.parametrize(
    ("taught", "written", "tagged"),
    [("en", "nl", "nl"), ("en", "", "en"), ("", "", "nl"), ("", "de", "de"), ("nl", "qqq", "und"), ("qqq", "", "und")],
)
def test_the_tag_of_texts(taught: str, written: str, tagged: str) -> None:
    """Texts have the language that was told of them, else that of teaching, else Dutch; an unknown code is not guessed."""
    assert text_tag(replace(BARE, language=taught, text_language=written)) == tagged


@pytest.mark.parametrize("ending", ["xml", "jsonld"])
def test_elm_tags_the_texts(ending: str, tmp_path: Path) -> None:
    """A Dutch text of an English course is tagged Dutch in XML and in JSON-LD, and the course is still taught in English."""
    path = tmp_path / f"register.{ending}"
    elm.write([listed(TAUGHT_IN_ENGLISH, BARE_PROVIDER)], path, BASE)
    written = path.read_text()
    assert "/language/ENG" in written
    if ending == "xml":
        assert f'title language="nl">{TITLE}<' in written
    else:
        graph = Graph().parse(path, format="json-ld")
        assert {one for one in graph.objects() if str(one) == TITLE} == {Literal(TITLE, lang="nl")}


def test_ooapi_and_edudex_tag_the_texts() -> None:
    """Both name the language of a text beside it, and that of teaching in its own field."""
    one = listed(TAUGHT_IN_ENGLISH, BARE_PROVIDER)
    course = ooapi.course(one, BASE)
    assert (course["name"], course["teachingLanguage"]) == ([{"language": "nl", "value": TITLE}], "eng")
    program: Any = edudex.program(one, BASE, ON)
    assert program["programDescriptions"]["programName"] == {"nl": TITLE}
    assert program["programCurriculum"]["instructionLanguage"] == [{"languageCode": "en", "percentage": 100}]


def test_schema_org_tags_what_in_language_does_not_say() -> None:
    """The name is tagged where it is in another language than the lessons, and plain where it is in the same."""
    course = schema_org.course(listed(TAUGHT_IN_ENGLISH, BARE_PROVIDER), BASE)
    assert (course["inLanguage"], course["name"]) == ("en", {"@value": TITLE, "@language": "nl"})
    same = replace(TAUGHT_IN_ENGLISH, language="nl")
    assert schema_org.course(listed(same, BARE_PROVIDER), BASE)["name"] == TITLE


@pytest.mark.parametrize("form", ["ooapi", "edudex", "csv"])
def test_both_languages_come_back(form: str, tmp_path: Path) -> None:
    """What we write in a standard is read back with the language of the text that was picked."""
    path = tmp_path / f"register.{'csv' if form == 'csv' else 'json'}"
    export(form, [listed(TAUGHT_IN_ENGLISH, BARE_PROVIDER)], path, base_url=BASE, made_at=CHANGED_AT)
    (entry,) = (row.entry for row in read_file(path, form=form, today=date(2024, 5, 1)).rows())
    assert isinstance(entry, Entry)
    assert (entry.title, entry.language, entry.text_language) == (TITLE, "en", "nl")
