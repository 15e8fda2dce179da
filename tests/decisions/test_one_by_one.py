"""One after another: what goes wrong with one is undone and said, and holds up no other."""

import pytest
from django.db import transaction

from doorleren.core.refusals import ActRefused
from doorleren.decisions.one_by_one import one_by_one
from doorleren.people.models import Body

pytestmark = pytest.mark.django_db


def _act(number: int) -> bool:
    """Keep a body, and then refuse the second, fail at the third and do nothing for the fourth."""
    with transaction.atomic():
        Body.objects.create(code=f"b{number}", name=f"Body {number}")
    if number == 2:
        raise ActRefused({"nl": "Dit mag niet.", "en": "Not allowed."})
    if number == 3:
        raise LookupError("no such\nthing")
    return number != 4


def test_what_goes_wrong_is_undone_and_said(caplog: pytest.LogCaptureFixture) -> None:
    """The refused and the failed are told of, with their number, and leave nothing; the others are done, and counted where something was."""
    assert one_by_one([1, 2, 3, 4, 5], _act, wrong="case %s went wrong") == 2
    assert sorted(Body.objects.filter(code__startswith="b").values_list("code", flat=True)) == ["b1", "b4", "b5"]
    assert caplog.messages == [
        "case 2 went wrong: ActRefused: Dit mag niet.",
        "case 3 went wrong: LookupError: no such thing",
    ]


def test_a_refusal_can_mean_not_now(caplog: pytest.LogCaptureFixture) -> None:
    """Where refusals are usual they are not said; what fails still is."""
    assert one_by_one([2, 3], _act, wrong="case %s went wrong", refusals=False) == 0
    assert caplog.messages == ["case 3 went wrong: LookupError: no such thing"]


def test_it_stops_when_asked() -> None:
    """Once the site stops no other is begun; what is not of one case goes on to the caller."""
    answers = iter([False, True])
    assert one_by_one([1, 5], _act, wrong="%s", stopped=lambda: next(answers)) == 1
    with pytest.raises(ZeroDivisionError):
        one_by_one([1], lambda number: number // 0, wrong="%s")
