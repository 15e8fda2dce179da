"""The page that says what is kept: every row of the table in plain words, in both languages, with every term."""

import pytest
from django.test import Client

from doorleren.cases.frameworks import frameworks, law_of_terms
from doorleren.core.term_steps import written
from doorleren.people.personal_content import personal_content
from tests.web.markup import Markup


@pytest.mark.parametrize(("address", "language"), [("/privacy", "nl"), ("/en/privacy", "en")])
def test_every_row_stands_there(client: Client, address: str, language: str) -> None:
    """What, why and how long of every row, and the term of every framework, in the language of the page."""
    page = Markup(client.get(address).content.decode())
    assert page.faults == []
    told = [text for row in personal_content().rows for text in (row.texts, row.purpose, row.ground, row.kept.texts)]
    said = [text[language] for text in told] + [one.name[language] for one in frameworks().values()]
    assert [text for text in said if " ".join(text.split()) not in page.words] == []
    assert ("10 jaar" if language == "nl" else "10 years") in page.words
    backups = written(law_of_terms().kinds["retention-backup"].length, language)
    assert backups in page.words


def test_the_foot_of_every_page_leads_there(client: Client) -> None:
    """From the terms page one gets to it."""
    assert "/privacy" in Markup(client.get("/terms").content.decode()).links
