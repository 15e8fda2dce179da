"""Each step of a document has its own outcome and no other; the other constraints are tried with those of all tables."""

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.models import Application, DocumentKey
from tests.applications.evidence.wrong import HASH, step, stored

WHOLE = {
    "received without a kind": {"step": "received", "scan": "", "content": HASH},
    "received without a hash": {"step": "received", "scan": "", "kind": "pdf"},
    "refused without a reason": {"step": "refused", "scan": ""},
    "an unknown scan": {"scan": "probably"},
    "an unknown step": {"step": "lost", "scan": ""},
    "withdrawn with a reason": {"step": "withdrawn", "scan": "", "reason": "empty"},
}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_each_step_has_its_own_outcome(name: str, one: Application) -> None:
    """A step with the outcome of another, or without its own, is refused."""
    with pytest.raises(IntegrityError, match="whole"), transaction.atomic():
        step(one, **WHOLE[name]).save()


def test_right_rows_are_taken(one: Application) -> None:
    """The rows above are right but for what was said of them."""
    step(one).save()
    step(one, step="received", scan="", kind="pdf", content=HASH).save()
    DocumentKey.objects.create(document=stored(one), wrapped=b"k" * 60)
