"""The page that counts a term of law: its last day with every step, and errors that name the field."""

import pytest


def test_the_last_day_stands_there_with_its_steps(client):
    """An objection against a decision of 13 November 2026 can be made until 28 December, for 25 December is no working day."""
    page = client.get("/terms?kind=objection&day=2026-11-13").content.decode()
    assert "28 december 2026" in page
    assert "Eerste kerstdag" in page
    assert "Awb, art. 6:7 and 6:8" in page


def test_the_page_speaks_english(client):
    """In English the steps are English, the holiday too."""
    page = client.get("/en/terms?kind=objection&day=2026-11-13").content.decode()
    assert "The first one after it is 28 December 2026" in page
    assert "Christmas" in page


def test_without_a_day_there_is_a_form_and_no_outcome(client):
    """Who has asked nothing sees no error and no outcome."""
    answer = client.get("/terms")
    assert answer.status_code == 200
    assert "q-day-error" not in answer.content.decode()
    assert 'role="status"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("kind=objection&day=", "day"),
        ("kind=objection&day=13-11-2026", "day"),
        ("kind=objection&day=1066-10-14", "day"),
        ("kind=forever&day=2026-11-13", "kind"),
        ("kind=objection&day=2026-11-13&extended=true", "extended"),
        ("kind=decision&day=2026-11-13&asked=2026-11-20", "ended"),
        ("kind=decision&day=2026-11-13&asked=2026-11-20&ended=2026-11-19", "ended"),
        ("kind=decision&day=2026-11-13&asked=2025-11-20&ended=2025-11-21", "asked"),
    ],
    ids=["no-day", "other-order", "long-ago", "kind", "extended", "no-end", "end-first", "outside"],
)
def test_a_mistake_names_the_field(client, asked, field):
    """The error stands beside the field and links to it; what was typed is still there."""
    answer = client.get(f"/terms?{asked}")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#q-{field}"' in page
    assert f'id="q-{field}-error"' in page
