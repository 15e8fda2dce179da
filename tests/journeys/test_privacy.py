"""Answers are the visitor's own: they travel in the body of a request and in the link that the visitor copies, nowhere else."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.finder import Finder
from tests.journeys.profiles import EMPLOYEE, STAP_DAY

STAP = "stap-budget"


def test_a_shared_link_brings_the_outcome_back(visit):
    """The link carries the answers behind the #; who opens it sees the same outcome, and the answers leave the address bar."""
    first = visit(permissions=["clipboard-read", "clipboard-write"])
    finder = Finder.answered(first, EMPLOYEE, STAP_DAY)
    finder.press("Link met mijn antwoorden")
    expect(finder.page.locator("[data-share-said]")).to_contain_text("klembord")
    link = finder.page.evaluate("navigator.clipboard.readText()")
    assert urlsplit(link).query == ""
    assert "person.birth_date.year=1985" in urlsplit(link).fragment

    second = visit()
    again = Finder.opened(second, link)
    assert "#" not in second.page.url
    assert again.outcome == finder.outcome
    assert again.left_to_pay == finder.left_to_pay


def test_no_answer_stands_in_an_address_or_in_what_the_server_writes(visit, site):
    """After a whole journey, a mistake, a shared link and a switch of language, no address, header or log holds an answer."""
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    without_price = {name: value for name, value in EMPLOYEE.items() if name != "training.price"}
    finder = Finder.answered(one, without_price, STAP_DAY)
    finder.press("Vul de prijs in")
    expect(finder.page.locator("input[name=shown]")).to_have_value("training.price")
    finder.fill("training.price", "een-geheim-bedrag")
    finder.press("Verder")
    expect(finder.page.locator(".dl-error-summary")).to_be_visible()
    finder.answer({"training.price": "1.617,89"})
    finder.press("Link met mijn antwoorden")
    expect(finder.page.locator("[data-share-said]")).to_contain_text("klembord")
    one.open(finder.page.evaluate("navigator.clipboard.readText()"))
    expect(finder.page.locator(f"#group-get #scheme-{STAP}")).to_be_visible()
    finder.turn_to_language("English", "en")

    told = re.compile(r"1985|1617|geheim|birth_date|work_status=|person\.|answers=")
    for request in one.requests:
        sent = [urlsplit(request.url)._replace(fragment="").geturl(), *request.all_headers().values()]
        assert not [text for text in sent if told.search(text)], request.url
        assert not urlsplit(request.url).query, request.url
    assert any("birth_date" in (request.post_data or "") for request in one.requests)
    assert not told.search(site.output)
    assert one.context.cookies() == []
    assert one.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
