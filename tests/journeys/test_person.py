"""A person asks what there is, with and without script."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.finder import Finder, gets
from tests.journeys.profiles import EMPLOYEE, STAP_DAY

STAP = "stap-budget"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_one_question_at_a_time_leads_to_an_amount_and_a_plan(visit, script):
    """On the first day of STAP an employee finds 1,000 euros, and 600 left of 1,600, with the same steps without script."""
    finder = Finder(visit(java_script_enabled=script), on=STAP_DAY)
    finder.answer_until(gets(STAP), EMPLOYEE)
    assert finder.outcome[STAP] == ("get", "€ 1.000")
    assert finder.left_to_pay == "€ 600"
    card = finder.page.locator(f"#scheme-{STAP}")
    expect(card).to_contain_text("open tot en met 30 april 2022")
    expect(card).to_contain_text("via het STAP-portaal van UWV")


def test_answers_can_be_skipped_taken_back_and_corrected(visit):
    """Skipping is remembered, going back shows the last answer, correcting the price changes the plan, nothing else is lost."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    skipped = finder.answer({})
    expect(finder.page.locator("#skipped summary")).to_contain_text("1 vraag overgeslagen")
    finder.press("Terug")
    expect(finder.page.locator("input[name=shown]")).to_have_value(skipped)
    finder.answer({})
    finder.correct("prijs met btw", {"training.price": "900"})
    assert finder.outcome[STAP] == ("get", "€ 900")
    assert finder.left_to_pay == "€ 0"
    given = finder.page.locator(".dl-answers__item").filter(has_text="geboortedatum")
    expect(given).to_contain_text("1 april 1985")


def test_questions_stop_when_nothing_can_change(visit):
    """After the last question that matters the finder says that it has asked enough, and the focus is there."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    finder.answer_all({})
    expect(finder.page.get_by_text("Wij hebben genoeg gevraagd.")).to_be_visible()
    expect(finder.page.locator("#asked-nothing")).to_be_focused()
    assert len(finder.asked) == len(set(finder.asked)), "a question came twice"


def test_all_questions_on_one_page_update_while_answering(visit):
    """On one page the outcome follows each answer without a button, and the questions keep what was typed."""
    finder = Finder(visit(), on=STAP_DAY)
    page = finder.page
    finder.turn_to_all_at_once()
    for name, value in EMPLOYEE.items():
        finder.fill(name, value)
    finder.field("training.price").press("Tab")
    expect(page.locator(f"#group-get #scheme-{STAP}")).to_be_visible()
    expect(page.locator(".dl-plan .dl-amount__value")).to_have_text("€\N{NO-BREAK SPACE}600")
    assert finder.field("training.price").input_value() == EMPLOYEE["training.price"]
    expect(page.locator("input[name='person.work_status'][value=employee]")).to_be_checked()
    finder.field("training.price").fill("900")
    finder.field("training.price").press("Tab")
    expect(page.locator(".dl-plan .dl-amount__value")).to_have_text("€\N{NO-BREAK SPACE}0")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_bad_input_is_named_linked_and_kept(visit, script):
    """A birthday that does not exist: a summary that links to the field, with what was typed and all other answers kept."""
    finder = Finder(visit(java_script_enabled=script), on=STAP_DAY)
    finder.answer_until(lambda one: one.shown == "person.birth_date", EMPLOYEE)
    before = finder.outcome
    finder.fill("person.birth_date", "1985-13-45")
    finder.press("Verder")
    summary = finder.page.locator(".dl-error-summary")
    expect(summary).to_be_visible()
    if script:
        expect(summary).to_be_focused()
    assert finder.page.locator("input[name='person.birth_date.month']").input_value() == "13"
    assert finder.outcome == before
    summary.get_by_role("link").click()
    expect(finder.page.locator("input[name='person.birth_date.day']")).to_be_focused()
    finder.answer(EMPLOYEE)
    expect(summary).to_have_count(0)


def test_the_answers_can_be_kept_as_a_file_that_the_command_line_reads(visit, tmp_path):
    """The file that the page gives leads `doorleren check` to the same verdicts and amounts."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    finder.unfold("Andere dag of andere manier")
    with finder.page.expect_download() as download:
        finder.press("Bewaar mijn antwoorden als bestand")
    file = tmp_path / "profile.json"
    download.value.save_as(file)
    words = [sys.executable, "-m", "doorleren", "check", str(file), "--on", STAP_DAY, "--json"]
    told = json.loads(subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    verdicts = {one["scheme"]: one for one in told["verdicts"]}
    assert verdicts[STAP]["amount"] == "1000.00"
    for scheme, (group, _) in finder.outcome.items():
        verdict = verdicts[scheme]["verdict"]
        assert (verdict == "not_eligible") == (group == "not"), scheme
        assert verdict == "eligible" or group != "get", scheme


def test_the_other_language_keeps_the_answers(visit):
    """Switching to English and back keeps every answer and the outcome; only the words change."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    before = finder.outcome
    finder.turn_to_language("English", "en")
    assert finder.page.url.endswith("/en/finder/person")
    assert {scheme: group for scheme, (group, _) in finder.outcome.items()} == {
        scheme: group for scheme, (group, _) in before.items()
    }
    assert finder.outcome[STAP] == ("get", "€1,000")
    finder.turn_to_language("Nederlands", "nl")
    assert finder.outcome == before


def test_going_to_a_scheme_and_back_loses_nothing(visit):
    """A person reads about a scheme, goes back, and finds all answers there."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    before = finder.outcome
    finder.page.locator(f"#scheme-{STAP} h3 a").click()
    expect(finder.page.locator("h1")).to_contain_text("STAP")
    finder.page.go_back()
    expect(finder.page.locator(f"#group-get #scheme-{STAP}")).to_be_visible()
    assert finder.outcome == before


def test_what_was_unfolded_stays_unfolded(visit):
    """The conditions that a person reads stay open when the next answer changes the page around them."""
    finder = Finder(visit(), on=STAP_DAY)
    fold = finder.page.locator(f"#scheme-{STAP}-conditions")
    fold.locator("summary").click()
    finder.answer(EMPLOYEE)
    finder.answer(EMPLOYEE)
    expect(fold).to_have_attribute("open", "")


def test_on_paper_everything_is_unfolded_and_no_button_is_left(visit):
    """Printed: the answers, every condition with its source, and nothing to press."""
    finder = Finder.answered(visit(), EMPLOYEE, STAP_DAY)
    page = finder.page
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    folded = page.locator("#outcome details:not([open])")
    assert folded.count() > 10
    assert (
        page.evaluate(
            """[...document.querySelectorAll('#outcome .dl-condition__text')].filter(one => !one.getClientRects().length).length"""
        )
        == 0
    )
    expect(page.get_by_text("1 april 1985")).to_be_visible()
