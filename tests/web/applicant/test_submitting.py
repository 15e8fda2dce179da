"""Submitting without a script: each answer of the intake has its sentence, and the receipt can be written again."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from doorleren.applications.answers import profile_of
from doorleren.applications.models import Application
from doorleren.applications.queries import submitted_answers
from doorleren.rounds.models import NUMBER_BITS, Batch, Gate, Round, Ticket
from doorleren.rounds.receipts import Entered, sign_batch, verify_receipt
from doorleren.rules.library import Library
from doorleren.server.intake.application import REFUSALS
from doorleren.web.applicant import intake, submitting
from tests.applications.made import AT
from tests.applications.offers.made import activity, school
from tests.web.applicant.test_apply import BIRTH, begin
from tests.web.provider.visitor import Visitor

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def place(nadia: Visitor, round_: Round) -> str:
    """The address of what stands ready."""
    address = begin(nadia, round_, **{"person.labour_market_link": "true", "training.price": "699,95", **BIRTH})
    nadia.post(f"{address}/ready", {"person.eu_citizen": "true"})
    return address


class Answering(BaseHTTPRequestHandler):
    """An intake that always says the same."""

    status, body = 201, b"{}"

    def do_POST(self) -> None:
        """Say it."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """Where that intake is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", ["again", "changed", "closed", "other_content", "second", "token"])
def test_every_refusal_has_its_sentence(
    name: str, nadia: Visitor, place: str, origin: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the intake refuses is said in a sentence of our own, and the application stays ready."""
    status, detail = REFUSALS[name]
    told = {"type": f"urn:doorleren:intake:{name}", "status": status, "detail": detail}
    monkeypatch.setattr(Answering, "status", status)
    monkeypatch.setattr(Answering, "body", json.dumps(told).encode())
    settings.DOORLEREN_INTAKE = origin
    page = nadia.post(f"{place}/submit", {})
    assert nadia.status == (503 if name == "again" else 409)
    assert 'role="alert"' in page.page
    assert "klaar om in te dienen" in page.words
    assert ("Probeer het nog een keer" in page.words) is (name == "again")


@pytest.mark.parametrize(("status", "body"), [(500, b"<html>"), (404, b"{}"), (200, b""), (409, b"[]")])
def test_an_answer_that_is_none(origin: str, status: int, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is no receipt and no refusal that we know counts as no answer, so that one asks again."""
    monkeypatch.setattr(Answering, "status", status)
    monkeypatch.setattr(Answering, "body", body)
    assert intake.submitted(origin, "token") == "unreachable"
    assert intake.submitted("http://127.0.0.1:1", "token") == "unreachable"
    assert intake.submitted(None, "token") == "unreachable"


def entered(application: Application, content: str) -> None:
    """Enter the ticket of an application as the second of its commit, as the intake does."""
    first = application.round_id << NUMBER_BITS
    some = [
        Entered(application.round_id, 1, "key-of-somebody-else", "0" * 64, 5, ""),
        Entered(application.round_id, 2, application.key, content, 69995, ""),
    ]
    signed, _tree = sign_batch(some, first + 1, AT.isoformat(), SIGNING)
    Batch.objects.create(id=first + 1, at=signed.at, size=2, root=signed.root, signature=signed.signature)
    Ticket.objects.bulk_create(
        Ticket(
            id=first + one.number, round_id=one.round, key=one.key, person=f"{one.number:064x}", content=one.content,
            cents=one.cents, kind="", batch=first + 1, arrived_at=AT,
        )
        for one in some
    )  # fmt: skip


def test_the_receipt_is_written_again(nadia: Visitor, place: str, settings: Any, known: Library) -> None:
    """The receipt verifies with the key of the site; nothing can be changed any more, and every page leads to the receipt."""
    settings.DOORLEREN_RECEIPT_KEY = SIGNING.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    application = Application.objects.get()
    entered(application, application.frozen_content)
    page = nadia.open(f"{place}/receipt")
    assert "Uw aanvraag is ingediend." in page.words
    file = nadia.client.get(f"{place}/receipt.json")
    assert verify_receipt(json.loads(file.content), settings.DOORLEREN_RECEIPT_KEY).number == 2
    for address in ("", "/ready", "/submit"):
        nadia.open(place + address)
        assert nadia.place == f"{place}/receipt"
    assert nadia.client.post(place, {"shown": "training.price", "training.price": "1"}).status_code == 409
    assert nadia.client.post(f"{place}/ready", {"person.eu_citizen": "true"}).status_code == 409
    nadia.post(f"{place}/withdraw", {"sure": "1"})
    assert "U hebt deze aanvraag ingetrokken." in nadia.open(f"{place}/receipt").words
    assert nadia.client.post(f"{place}/undo").status_code == 409


def test_what_was_submitted_is_not_withdrawn_by_one_click(
    nadia: Visitor, place: str, settings: Any, known: Library
) -> None:
    """The receipt leads to a page that asks; neither looking nor the button of a page from before withdraws, the one on it does."""
    settings.DOORLEREN_RECEIPT_KEY = SIGNING.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    application = Application.objects.get()
    entered(application, application.frozen_content)
    assert f"{place}/withdraw" in nadia.open(f"{place}/receipt").links
    for page in (nadia.open(f"{place}/withdraw"), nadia.post(f"{place}/withdraw", {})):
        assert nadia.status == 200
        assert "gaat uw plaats naar een ander" in page.words
        assert "U kunt dit niet terugdraaien." in page.words
        assert 'name="sure"' in page.page
    assert Application.objects.get().withdrawn_at is None
    nadia.post(f"{place}/withdraw", {"sure": "1"})
    assert Application.objects.get().withdrawn_at is not None
    nadia.open(f"{place}/withdraw")
    assert (nadia.status, nadia.place) == (302, place)


def test_a_draft_says_that_it_can_be_brought_back(nadia: Visitor, place: str) -> None:
    """Of what was not submitted the same page says that it can be undone, and its button needs no second one."""
    page = nadia.open(f"{place}/withdraw")
    assert ("U kunt dit terugdraaien" in page.words, "niet terugdraaien" in page.words) == (True, False)
    nadia.post(f"{place}/withdraw", {})
    nadia.post(f"{place}/undo", {})
    assert Application.objects.get().withdrawn_at is None


def test_a_page_that_was_open_when_something_changed(nadia: Visitor, place: str, known: Library) -> None:
    """Who submits from a page of before a change hears that it must be put ready again; a look only leads there."""
    nadia.post(place, {"group": "training", "shown": "training.price", "training.price": "500"})
    page = nadia.post(f"{place}/submit", {})
    assert (nadia.status, "Zet haar opnieuw klaar" in page.words) == (409, True)
    nadia.open(f"{place}/submit")
    assert nadia.place == f"{place}/ready"
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    application = Application.objects.get()
    entered(application, application.frozen_content)
    assert profile_of(submitted_answers(application, known))["training.price"] == 50000


@pytest.mark.parametrize("opened", [False, True], ids=["announced", "open"])
def test_before_the_opening_the_button_is_there_and_hidden(
    opened: bool, nadia: Visitor, place: str, round_: Round, settings: Any
) -> None:
    """Before the opening the page has the token and asks the waiting room, so nobody has to load it again; after it, not."""
    if not opened:
        Gate.objects.filter(pk=round_.pk).update(opened_at=None)
    settings.DOORLEREN_INTAKE_PUBLIC = "http://127.0.0.1:9001"
    settings.DOORLEREN_WAITING_PUBLIC = "http://127.0.0.1:9002"
    reply = nadia.client.get(f"{place}/submit")
    page = reply.content.decode()
    room = f"http://127.0.0.1:9002/waiting/{round_.pk}"
    assert (f'data-waiting-room="{room}"' in page) is not opened
    assert ("data-needs-script hidden>Laat deze pagina open." in page) is not opened
    assert ('<div class="dl-flow" data-state="open" hidden><form' in page) is not opened
    assert 'data-token="' in page
    assert ("http://127.0.0.1:9002" in reply["Content-Security-Policy"]) is not opened


def test_without_a_waiting_room_an_announced_round_has_no_button(
    nadia: Visitor, place: str, round_: Round, settings: Any
) -> None:
    """Where no script can hear of the opening, the page says when it is and shows nothing to press."""
    Gate.objects.filter(pk=round_.pk).update(opened_at=None)
    settings.DOORLEREN_INTAKE_PUBLIC = settings.DOORLEREN_WAITING_PUBLIC = None
    page = nadia.open(f"{place}/submit")
    assert "Nog niet open" in page.words
    assert f"/rounds/{round_.pk}/waiting" in page.links
    assert "Laat deze pagina open" not in page.words
    assert f'action="{place}/submit"' not in page.page


def test_the_page_says_what_one_submits(nadia: Visitor, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the button stand the scheme, the track, the training and the amount that stood ready, and the list names it so too."""
    school()
    Application.objects.update(activity=activity("kort"))
    monkeypatch.setattr(
        submitting, "in_the_way_shown", lambda *_asked: {"reasons": []}
    )  # what the register says of it is another test
    words = nadia.open(f"{place}/submit").words.replace("\xa0", " ")
    told = words[words.index("Dit dient u in") : words.index("Dien nu in")]
    for said in ("Regeling Proefregeling leren: ", "Opleiding Rekenen voor de baan", "Bedrag € "):
        assert said in told, told
    number = place.rpartition("/")[2]
    listed = nadia.open("/applications").words
    assert "Proefregeling leren: Rekenen voor de baan" in listed
    assert re.search(rf"Aanvraag {number}, begonnen op \d+ \w+ \d{{4}}\.", listed)
