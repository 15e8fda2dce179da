"""What an applicant sees of the register's decisions: why one cannot go on, and the right that stays."""

from datetime import timedelta
from typing import Any

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.models import Application, Freeze
from doorleren.people.models import Person
from doorleren.register.models import AdmissionDecision
from doorleren.rounds.models import Gate, Round, Ticket
from doorleren.rules.library import Library
from doorleren.web.applicant.registered import right_shown
from tests.applications import made as applications
from tests.applications.made import AT, KEY, TODAY
from tests.applications.offers import made
from tests.web.provider.visitor import Visitor


def suspend() -> None:
    """Suspend the short training from today."""
    AdmissionDecision.objects.create(
        activity=made.activity("kort"), act="suspended", effective_on=TODAY + timedelta(days=1), reason="klachten",
        decided_at=AT, decided_by="person:2",
    )  # fmt: skip


def ready(known: Library, draft: Application) -> Freeze:
    """Put it ready."""
    by = applications.signed_in(Person.objects.get(name="Nadia"))
    return freeze_draft(draft.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=by, at=AT)


def test_a_suspended_training(draft: Application, nadia: Visitor, settings: Any) -> None:
    """Who comes after it reads why, has no button to put ready, and a posted form is refused with the same words."""
    suspend()
    settings.DOORLEREN_DAY = TODAY + timedelta(days=1)
    for page in ("?group=training", "/ready"):
        words = nadia.open(f"/applications/{draft.pk}{page}").words
        assert "Rekenen voor de baan: De opleiding is geschorst sinds 11-03-2026." in words
        assert "Alles klopt, zet klaar" not in words
    assert "geschorst sinds 11-03-2026" in nadia.send(f"/applications/{draft.pk}/ready").words
    assert nadia.status == 409
    assert not Freeze.objects.exists()


def test_the_right_that_stays(known: Library, draft: Application, nadia: Visitor, settings: Any) -> None:
    """Who stood ready before it, reads that the right stays, can go on to the button, and reads it beside the receipt."""
    told = ready(known, draft)
    suspend()
    settings.DOORLEREN_DAY = TODAY + timedelta(days=1)
    words = nadia.open(f"/applications/{draft.pk}/ready").words
    assert "U houdt uw recht" in words
    assert "De aanvraag was er al en houdt haar recht." in words
    assert "Dien nu in" in nadia.open(f"/applications/{draft.pk}/submit").words
    id_ = draft.round_id << 32 | 1
    Ticket.objects.create(
        id=id_, round=draft.round, key=draft.key, person=told.person, content=told.content, cents=told.cents,
        kind=told.kind, batch=id_, arrived_at=AT,
    )  # fmt: skip
    assert "houdt haar recht" in right_shown(draft)["kept"]


def test_a_price_above_the_register(draft: Application, nadia: Visitor) -> None:
    """A typed price above the registered one comes back at its field, with both amounts."""
    page = nadia.send(f"/applications/{draft.pk}", shown="training.price", training__price="250", group="training")
    assert nadia.status == 422
    assert "De gevraagde prijs is € 250,00; in het register staat € 200,00." in page.words


def test_what_stands_ready_and_may_no_longer_go(
    known: Library, draft: Application, round_: Round, nadia: Visitor
) -> None:  # fmt: skip
    """What stood ready before the opening, for a training that was removed before it, leads from submitting to the reason."""
    ready(known, draft)
    AdmissionDecision.objects.create(
        activity=made.activity("kort"), act="removed", effective_on=TODAY, reason="klachten",
        decided_at=AT + timedelta(minutes=5), decided_by="person:2",
    )  # fmt: skip
    Gate.objects.filter(pk=round_.pk).update(opened_at=AT + timedelta(hours=1))
    nadia.open(f"/applications/{draft.pk}/submit")
    assert (nadia.status, nadia.place) == (302, f"/applications/{draft.pk}/ready")
    words = nadia.open(f"/applications/{draft.pk}/ready").words
    assert "De opleiding is verwijderd sinds 10-03-2026." in words
    assert "Naar indienen" not in words
