"""The one question on the page of results, and what the page understood of the words: with and without answers."""

import re
from typing import Any

from django.test import Client

from doorleren.web.public import applying
from tests.web.markup import Markup
from tests.web.portal import stand_in

ASKED = "person.work_status"


def posted(address: str, **given: Any) -> Markup:
    """What comes back when a form without other answers is sent, without a token."""
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    return Markup(
        client.post(address, {name.replace("__", "."): value for name, value in given.items()}).content.decode()
    )


def test_the_results_ask_one_question_in_the_form_for_answers(visit):
    """Without answers every field of the question, and its button, belongs to the form that posts: none to the search."""
    status, page = visit("/trainings?q=lassen")
    assert (status, page.faults) == (200, [])
    assert "Eén vraag die het meest helpt" in page.words
    fields = re.findall(rf'<input[^>]*name="{ASKED}"[^>]*>', page.page)
    assert len(fields) > 3
    assert all(' form="answers"' in one for one in fields)
    assert re.search(r'<form id="answers" method="post"', page.page)
    assert '<button class="nl-button nl-button--primary" type="submit" form="answers">' in page.page


def test_the_question_is_not_on_the_first_page(visit):
    """Before anything is searched nothing is asked."""
    assert 'id="one-question"' not in visit("/trainings")[1].page


def test_an_answer_shows_prices_and_the_next_question():
    """The answer posts to the address of the search, the results stay, prices are after funding, and one goes on asking."""
    page = posted("/trainings?q=lassen", person__work_status="employee")
    assert page.faults == []
    assert "12 opleidingen gevonden." in page.words
    assert "nog te betalen" in page.words
    assert "Nog één vraag" in page.words
    assert f'type="hidden" name="{ASKED}" value="employee"' in page.page
    assert 'name="person.birth_date.day"' in page.page
    assert ' form="answers" value=' not in page.page


def test_who_does_not_know_gets_another_question():
    """A skipped question goes along as unknown, and the next is asked."""
    page = posted("/trainings?q=lassen", person__work_status="employee", skip="person.birth_date")
    assert 'type="hidden" name="person.birth_date" value="unknown"' in page.page
    assert 'name="person.labour_market_link"' in page.page


def test_an_answer_that_cannot_be_read_is_asked_again():
    """The page names the field above the form, keeps what was typed, and asks nothing else."""
    page = posted(
        "/trainings?q=lassen",
        person__birth_date__day="40",
        person__birth_date__month="4",
        person__birth_date__year="1985",
    )
    assert page.faults == []
    assert "Kijk dit nog eens na" in page.words
    assert 'value="40"' in page.page
    assert f'name="{ASKED}"' not in page.page


def test_nothing_found_asks_nothing(visit):
    """Where there is no training there is nothing to reckon with."""
    assert 'id="one-question"' not in visit("/trainings?q=onvindbaar")[1].page


def test_what_was_understood_is_told_and_can_be_undone(visit):
    """The page says for what a word was taken; the link beside it looks for the word itself, and the form keeps that."""
    page = visit("/trainings?q=lassen+leiden")[1]
    assert "Wij zochten in Leiden en tot 25 km daaromheen." in page.words
    assert "?q=lassen+leiden&literal=leiden" in page.links
    literal = visit("/trainings?q=lassen+leiden&literal=leiden")[1]
    assert "Wij zochten in Leiden" not in literal.words
    assert '<input type="hidden" name="literal" value="leiden">' in literal.page
    with_answers = posted("/trainings?q=lassen+leiden", person__work_status="employee")
    assert 'name="go" value="q=lassen+leiden&amp;literal=leiden"' in with_answers.page
    assert (
        "Wij zochten in Leiden"
        not in posted(
            "/trainings",
            person__work_status="employee",
            q="lassen leiden",
            literal="leiden",
            here="q=lassen+leiden&literal=leiden",
        ).words
    )


def test_a_title_in_another_language_says_so(visit, monkeypatch):
    """On the English page the Dutch titles say that they are Dutch; on the Dutch page nothing does."""
    assert ' lang="nl">Lassen' in visit("/en/trainings?q=lassen")[1].page
    assert ' lang="nl">' not in visit("/trainings?q=lassen")[1].page.partition("<ol")[2].partition("</ol>")[0]


def test_an_application_begins_where_there_is_a_round(visit, monkeypatch):
    """A training leads to the round with itself named; with answers a button of their form leads to the scheme's rounds."""
    assert "Begin een aanvraag" not in visit("/trainings/5")[1].words
    paid = stand_in._to_pay(stand_in.listing(5), {}).schemes
    monkeypatch.setattr(applying, "rounds", lambda: dict.fromkeys(paid, applying.Ways((7,))))
    page = visit("/trainings/5")[1]
    assert page.faults == []
    assert "/applications/new?round=7&activity=5" in page.links
    monkeypatch.setattr(applying, "rounds", lambda: dict.fromkeys(paid, applying.Ways((7, 8))))
    assert any(one.startswith("/applications/new?scheme=") for one in visit("/trainings/5")[1].links)
    with_answers = posted("/trainings/5", person__work_status="employee")
    assert 'form="answers" formaction="/applications/new?scheme=' in with_answers.page
