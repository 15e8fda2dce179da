"""What `make bench-cases` measures, in small: cases go all the way by the product's own commands, and pages are asked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.cases import Watch, check, letters
from bench.cases_lists import CASE_BAR, LIST_BAR, barred, due, pages_of, processed
from bench.cases_made import Scene, a_scene, library_in
from bench.measuring import Report
from bench.pages import tell
from bench.rush_site import NotMeasured
from bench.visits import Ask
from doorleren.decisions.models import Decision
from doorleren.letters.commands import make_letter
from doorleren.payments.models import PaymentHandover
from doorleren.people.national_number import new_keys
from doorleren.server.clock import now

CASES = 40


@pytest.fixture
def scene(db: None, settings: Any, tmp_path: Path) -> Scene:
    """A round of a few dozen applications, keys of this test only and an outbox of its own."""
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_OUTBOX = new_keys(), tmp_path / "outbox"
    return a_scene(library_in(tmp_path / "schemes"), CASES, at=now())


@pytest.mark.filterwarnings("ignore:No directory at:UserWarning")  # nothing was collected for a site that is not served
def test_a_small_round_goes_all_the_way(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every case is decided on, told and paid, letters and database are counted apart; a round with a case more fails the check."""
    monkeypatch.setattr(make_letter, "as_pdf", make_letter.as_pdf)  # what is put around it goes with this test
    total = letters(Report(), scene, Watch()).total()
    kinds = sorted(Decision.objects.values_list("kind", flat=True))
    assert kinds == ["granted"] * 38 + ["partly_granted", "refused"]
    assert PaymentHandover.objects.count() == 1
    assert 0 < total.letters < total.python < total.processor
    assert "figure letters 40" in capsys.readouterr().out
    with pytest.raises(NotMeasured, match="of 41 cases 40 were decided on"):
        check(replace(scene, number=CASES + 1))
    report = Report()
    pages = pages_of(scene, 120)
    processed(report, pages, turns=1, asked=2)
    due(report, scene, 120)
    told = capsys.readouterr().out
    assert list(barred(pages)) == ["list", "list_filtered", "list_sorted", "case"]
    assert all(f"figure cases_page_{name}_processor_against_empty " in told for name in barred(pages))


def test_the_bars_are_on_what_visitors_wait() -> None:
    """A case page that takes eight times the empty page in the slowest of twenty is within its bar, a list of thirteen times is not."""
    report, bars = Report(), {"list": LIST_BAR, "case": CASE_BAR}
    spent = {"empty": [[1.0] * 19 + [2.0]], "list": [[1.0] * 19 + [26.0]], "case": [[1.0] * 19 + [16.0]]}
    tell(report, spent, bars, "cases_page")
    assert report.missed == ["cases_page_list_p95_against_empty 13 <=12"]
    assert b"\r\nCookie: one=two\r\n" in Ask("/", cookie="one=two").as_bytes()
