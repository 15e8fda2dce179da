"""The public pages of a round say what follows a failed opening: announced beforehand, and after it happened."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from doorleren.core.texts import cited
from doorleren.rules.versions import Fallback
from doorleren.web import known
from tests.rounds.made import AT, a_round, announced
from tests.rounds.test_two_people import together
from tests.web.rounds.test_public import real

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fallback", "order", "words"),
    [
        (None, "arrival", ("Hierover is vooraf niets bekendgemaakt", "heeft in elk geval ingediend")),
        (
            Fallback("keep_places", 30, 4, 48),
            "arrival",
            ("eerste 4 uur ten minste 30 minuten", "2 dagen", "U houdt uw plaats"),
        ),
        (
            Fallback("treat_alike", 1, 4, 5),
            "random_present",
            ("1 minuut lang", "5 uur na het besluit", "in dezelfde loting"),
        ),
        (Fallback("treat_alike", 30, 4, 24), "draw", ("1 dag na", "telt net zo mee")),
        (Fallback("extend", 30, 4), "draw", ("langer open: ten minste zo lang als niemand kon indienen",)),
    ],
    ids=str,
)
def test_what_happens_if_the_opening_fails(
    visit: Any, fallback: Fallback | None, order: str, words: tuple[str, ...]
) -> None:
    """Before anything happened the page says what counts as failed, who decides so, what follows, and what a receipt is worth."""
    row = a_round(replace(announced(order, cents=100), fallback=fallback))
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    for one in ("Als de opening mislukt", *words, *(("twee medewerkers van Body",) if fallback else ())):
        assert one in page.words, one
    assert "besloten dit op" not in page.words


def test_after_the_opening_failed(visit: Any) -> None:
    """Then everybody reads what two people decided and why, when it opens anew, and that a receipt holds; the list has it as planned."""
    row, at = (
        a_round(replace(announced(cents=100), fallback=Fallback("keep_places", 30, 4, 48))),
        AT + timedelta(hours=1),
    )
    opens = at + timedelta(days=3)
    real(row)
    together("fall_back", row, known.library(), at, opens=opens.isoformat(), until=None)
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    for words in ("De opening is mislukt", "opnieuw open op 4 maart 2026, 11:00 uur", "Nodig.", "hoeft u niet opnieuw in te dienen",
                  "Gaat open op 4 maart 2026, 11:00 uur", "Twee medewerkers van Body besloten dit op 1 maart 2026, 11:00 uur"):  # fmt: skip
        assert words in page.words, words
    told = Client(headers={"host": "localhost"}).get(f"/rounds/{row.pk}/announced.json")
    assert hashlib.sha256(told.content).hexdigest() == row.announced_hash
    assert told.json()["fallback"] == {
        "then": "keep_places",
        "silent_minutes": 30,
        "within_hours": 4,
        "notice_hours": 48,
    }
    assert told.json()["opens_at"] == AT.isoformat()


def test_the_page_of_a_scheme_says_what_follows_a_failed_opening(visit: Any) -> None:
    """Where a scheme's file announces something for it, its page says so, with the source or that it is an assumption."""
    scheme, version = next(
        (scheme, version)
        for scheme in known.library().schemes.values()
        for version in scheme.versions
        if any(one.fallback for one in version.rounds)
    )
    _, page = visit(f"/schemes/{scheme.id}?on={version.starts}")
    assert page.faults == []
    told = next(one.fallback for one in version.rounds if one.fallback)
    for words in ("Als de opening mislukt", "Hebt u een ontvangstbewijs?", cited(str(told.citation), "nl")[:60]):
        assert words in page.words, words
