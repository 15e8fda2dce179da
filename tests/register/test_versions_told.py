"""What a provider said before: each version with its source and what it changed."""

from dataclasses import replace

import pytest

from doorleren.register import versions_told as module
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.entries import PricePart, Run
from doorleren.register.models import Activity, Delivery
from doorleren.register.versions_told import versions_told
from tests.register.commands.scene import ADMINISTRATOR, WELDING, day, receive

pytestmark = pytest.mark.django_db


def test_each_version_with_what_it_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newest first: the fields that changed with old and new; an undone delivery says so; the first has nothing before it."""
    receive(WELDING)
    dearer = replace(WELDING, prices=(PricePart("tuition", 125_000),), runs=(Run(place="Zeist"),))
    receive(dearer, at=day(2), source="folder")
    receive(replace(dearer, title="Lassen niveau 3"), at=day(3))
    undo_delivery(Delivery.objects.order_by("-pk")[0].pk, by=ADMINISTRATOR, at=day(4))
    last, middle, first = versions_told(Activity.objects.get().pk)
    assert (last.source, last.undone, middle.source, middle.undone) == ("school", True, "folder", False)
    assert last.changes == [{"field": "title", "old": "Lassen niveau 2", "new": "Lassen niveau 3"}]
    assert [one["field"] for one in middle.changes or ()] == ["prices", "runs"]
    assert first.changes is None
    monkeypatch.setattr(module, "MOST", 2)
    assert [one.changes for one in versions_told(Activity.objects.get().pk)] == [last.changes, middle.changes]


def test_nothing_is_told_of_what_there_is_not(db: None) -> None:
    """An activity that does not exist has no versions."""
    assert versions_told(0) == []
