"""The page of a provider for everybody, and what a comparison marks."""

from dataclasses import replace
from datetime import date

import pytest

from doorleren.register.models import Activity
from doorleren.register.portal import Portal
from doorleren.register.queries import offered_by
from doorleren.web import known
from tests.register.commands.scene import KVK, SCHOOL, WELDING, receive


def test_a_provider_has_a_page_with_its_trainings(visit):
    """Name, address, number and recognitions stand there, with a link to each of its trainings, in both languages."""
    for language in ("", "/en"):
        status, page = visit(f"{language}/providers/P3")
        assert (status, page.faults) == (200, [])
        for told in ("School P3 & Zn <b>", "Straat 1, 3511 Utrecht", "12345678", "NRTO"):
            assert told in page.words
        assert f"{language}/trainings/3" in page.links
    assert "/providers/P5" in visit("/trainings/5")[1].links


def test_with_answers_the_way_on_takes_them_along(post):
    """Who answered questions keeps the answers on the way to a training of this provider."""
    status, page = post("/providers/P3")
    assert (status, page.faults) == (200, [])
    assert 'form="answers" formaction="/trainings/3"' in page.page
    assert 'name="person.birth_date.year" value="1985"' in page.page


@pytest.mark.parametrize("code", ["P99", "x" * 101, "%00", "P3/x"])
def test_a_provider_that_is_not_there_has_a_page_that_says_so(visit, code):
    """A code that nobody has is a 404 in the house style."""
    status, page = visit(f"/providers/{code}")
    assert (status, page.faults) == (404, [])


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_cannot_be_is_no_error(visit, page):
    """A page number that makes no sense shows the first page, one beyond the last says that it is gone."""
    assert visit(f"/providers/P3?page={page}")[0] == 200
    assert "Deze bladzijde is er niet meer." in visit("/providers/P3?page=9")[1].words


@pytest.mark.django_db
def test_what_is_not_to_be_seen_is_not_listed():
    """A training that is not published on the day is neither counted nor named; the rest comes by title, some at a time."""
    hidden = replace(WELDING, code="L2", title="Aftekenen", published_from=date(2027, 1, 1))
    receive(WELDING, hidden, replace(WELDING, code="L3", title="Boren"))
    found = offered_by(KVK, date(2026, 5, 3), start=0, size=1)
    assert found is not None
    assert (found[0], [one.entry.title for one in found[1]], found[2]) == (SCHOOL, ["Boren"], 2)
    assert offered_by("nobody", date(2026, 5, 3), start=0, size=1) is None


@pytest.mark.django_db
def test_a_training_that_is_not_to_be_seen_has_no_page(tmp_path):
    """Before its first day and after its last a training is not there, whatever link somebody kept."""
    receive(replace(WELDING, published_from=date(2027, 1, 1), published_until=date(2027, 2, 1)))
    key = Activity.objects.get().pk
    portal = Portal(known.library(), tmp_path)
    for today in (date(2026, 12, 31), date(2027, 2, 2)):
        assert portal.activity(key, profile={}, today=today) is None


def test_a_comparison_marks_what_differs(visit, monkeypatch):
    """A row in which the trainings are not the same says so in words; one in which they are does not."""
    page = visit("/trainings/compare?with=1&with=2")[1]
    assert "Opleider verschilt" in page.words
    assert "Soort verschilt" not in page.words
    assert "verschilt" not in visit("/trainings/compare?with=1")[1].words


def test_an_advice_keeps_what_fits(post):
    """An adviser's words are cut at fifteen lines with a word about it, and a sheet with much on it is set smaller."""
    status, page = post("/advice", notes="\n".join(f"regel {number}" for number in range(40)))
    assert status == 200
    assert "regel 14" in page.words
    assert "regel 15" not in page.words
    assert "Het einde is weggelaten." in page.words
    assert "dl-sheet--dense" in page.page
    assert "dl-sheet--dense" not in post("/advice", notes="kort")[1].page
