"""The public pages of rounds: what is left, when it runs out, what else there is, and never a look at the tickets."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.core.days import day_of
from doorleren.people.national_number import new_keys
from doorleren.rounds.commands.announce_draw import announce_draw
from doorleren.rounds.commands.hold_draw import hold_draw
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Allocation, Gate, PotPart, Round, Sample
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.queries import sealed_tickets
from doorleren.rounds.receipts import fingerprint
from doorleren.rules.caps import Cap
from doorleren.web import known
from tests.core.test_draw import OURS, pulse_of
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_two_people import decider
from tests.web.markup import Markup
from tests.web.officer.desk import counts

pytestmark = pytest.mark.django_db


def stand(row: Round, *, received: int, placed: int, cents: int, opened: timedelta = timedelta(minutes=30)) -> None:
    """Let a round stand like this, opened so long ago."""
    Gate.objects.filter(pk=row.pk).update(opened_at=datetime.now(UTC) - opened, tickets=received)
    Allocation.objects.filter(pk=row.pk).update(received=received, position=placed)
    PotPart.objects.filter(round=row, part="").update(cents=cents, number=placed)


def real(row: Round, scheme: str = "") -> Round:
    """Make it a round that counts, of a scheme."""
    Round.objects.filter(pk=row.pk).update(rehearsal=False)
    if scheme:
        row.version.scheme = scheme
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE schemes_publishedversion DISABLE TRIGGER USER")
            cursor.execute("UPDATE schemes_publishedversion SET scheme = %s WHERE id = %s", [scheme, row.version_id])
            cursor.execute("ALTER TABLE schemes_publishedversion ENABLE TRIGGER USER")
    return row


def test_without_rounds_the_page_says_where_to_look(visit: Any) -> None:
    """An empty site has a clear page with a way on, that every page links to."""
    status, page = visit("/rounds")
    assert (status, page.faults) == (200, [])
    assert "nog geen aanvraagtijdvak" in page.words
    assert "/schemes" in page.links
    _, home = visit("/")
    assert "/rounds" in home.links


def test_what_is_left_and_when_it_runs_out(visit: Any) -> None:
    """Money, places, pace, and the moment with the span in which it probably is."""
    row = real(a_round(announced(cents=100_000_00, number=500)))
    stand(row, received=120, placed=100, cents=50_000_00)
    status, page = visit(f"/rounds/{row.pk}")
    assert (status, page.faults) == (200, [])
    for words in (
        "€ 50.000 van € 100.000",
        "Geld gebruikt € 50.000 (50%)",
        "Nog plaats voor 400 van 500 aanvragen",
        "Plaatsen gebruikt 100 (20%)",
        "120 (waarvan 20 nog zonder plaats)",
        "nu ongeveer 240 aanvragen per uur (120 in de laatste 30 minuten)",
    ):
        assert words in page.words.replace("\xa0", " "), words
    assert "waarschijnlijk tussen" in page.words
    assert row.announced_hash in page.words
    assert 'hx-trigger="every 30s"' in page.page


@pytest.mark.parametrize(("received", "minutes"), [(29, 30), (900, 4)], ids=["few", "soon"])
def test_with_few_tickets_nothing_is_foreseen(visit: Any, received: int, minutes: int) -> None:
    """Twenty-nine applications are too few, and the first four minutes too short: the page says that it is too early."""
    row = real(a_round(announced(cents=1000_00)))
    stand(row, received=received, placed=received, cents=received * 10, opened=timedelta(minutes=minutes))
    _, page = visit(f"/rounds/{row.pk}")
    assert "nog te vroeg om te zeggen" in page.words
    assert "waarschijnlijk tussen" not in page.words


def test_the_pace_is_that_of_the_last_hour(visit: Any) -> None:
    """A rush of this morning does not count any more once the round has been open for longer than an hour."""
    row = real(a_round(announced(cents=100_000_00)))
    stand(row, received=5030, placed=5030, cents=90_000_00, opened=timedelta(hours=5))
    Sample.objects.create(round=row, at=datetime.now(UTC) - timedelta(minutes=59, seconds=59), tickets=5000)
    _, page = visit(f"/rounds/{row.pk}")
    assert "nu ongeveer 30 aanvragen per uur (30 in de laatste 60 minuten)" in page.words


def test_the_pace_of_a_short_time_is_not_that_of_an_hour(visit: Any) -> None:
    """Shortly after the opening the page says over how long it looked, so that nobody takes the pace for what came in."""
    row = real(a_round(announced(cents=100_000_00)))
    stand(row, received=41, placed=41, cents=41_000_00, opened=timedelta(minutes=13))
    _, page = visit(f"/rounds/{row.pk}")
    assert "(41 in de laatste 13 minuten)" in page.words
    assert "laatste uur" not in page.words


def test_when_the_money_is_gone(visit: Any) -> None:
    """An empty pot is said on both pages, with the next round of the scheme and with others of its pillar."""
    scheme = next(one for one in known.library().schemes.values() if one.versions[-1].rounds)
    row = real(a_round(announced(cents=100_00)), scheme.id)
    following = real(a_round(opened=False), scheme.id)
    Round.objects.filter(pk=following.pk).update(opens_at=AT + timedelta(days=400))
    stand(row, received=10, placed=10, cents=100_00)
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    assert "het geld is op" in page.words
    assert f"/rounds/{following.pk}" in page.links
    assert f"/schemes/{scheme.id}" in page.links
    assert "https://www.leerwerkloket.nl" in page.links
    _, listed = visit("/rounds")
    assert "het geld is op" in listed.words


@pytest.mark.parametrize(
    ("ended", "words"),
    [("ceiling", "omdat het geld op is"), ("time", "omdat de tijd om was"), ("act", "door een besluit van Body")],
)
def test_it_says_why_it_closed_and_what_to_do(visit: Any, ended: Any, words: str) -> None:
    """A closed round says by what it closed; with an empty pot also that the money is gone, and the ways on come first."""
    row = real(a_round(announced(cents=100_00)))
    stand(row, received=10, placed=10, cents=100_00)
    close_gate(row.pk, by=US, at=datetime.now(UTC), ended=ended)
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    assert words in page.words
    assert "het geld is op" in page.words
    assert page.words.index("Wat u nu kunt doen") < page.words.index("De stand om")
    assert "https://www.leerwerkloket.nl" in page.links
    assert "/schemes" in page.links
    _, listed = visit("/rounds")
    assert words in listed.words
    assert "het geld is op" in listed.words


def test_a_round_that_is_over_with_money_left(visit: Any) -> None:
    """Where the time was over and money was left, nobody says that it is gone; the ways on are there all the same."""
    row = real(a_round(announced(cents=100_00)))
    stand(row, received=10, placed=10, cents=90_00)
    close_gate(row.pk, by=US, at=datetime.now(UTC), ended="time")
    _, page = visit(f"/rounds/{row.pk}")
    assert "omdat de tijd om was" in page.words
    assert "geld is op" not in page.words
    assert "Wat u nu kunt doen" in page.words


def test_a_part_that_is_full_does_not_empty_the_rest(visit: Any) -> None:
    """Where only what is set apart for a few is used up, the round is not gone for everybody else."""
    row = real(a_round(announced(cents=1000_00, apart={"small": Ceiling(None, 5)})))
    stand(row, received=10, placed=10, cents=10_00)
    PotPart.objects.filter(round=row, part="small").update(number=5)
    _, page = visit(f"/rounds/{row.pk}")
    assert "geld is op" not in page.words


def test_where_speed_does_not_matter_it_says_so(visit: Any) -> None:
    """With a draw over all the page says that being fast does not help, and foresees no moment."""
    row = real(a_round(announced("draw", cents=100_00)))
    stand(row, received=100, placed=0, cents=0)
    _, page = visit(f"/rounds/{row.pk}")
    assert "Snel zijn helpt niet" in page.words
    assert "Naar verwachting op" not in page.words
    _, other = visit(f"/rounds/{real(a_round()).pk}")
    assert "Snel zijn helpt niet" not in other.words


def test_who_was_at_the_opening_is_drawn_and_who_comes_later_is_not(visit: Any) -> None:
    """Where only those at the opening are drawn the page says until when, and never that being last does not matter."""
    row = real(a_round(announced("random_present", cents=100_00)))
    _, page = visit(f"/rounds/{row.pk}")
    assert "Wie binnen 30 minuten na de opening indient, doet mee in dezelfde loting." in page.words
    assert "Wie later komt, is na hen aan de beurt." in page.words
    assert "Snel zijn helpt niet" not in page.words


@pytest.mark.parametrize(
    ("rules", "earlier"),
    [
        (announced(cents=100), True), (announced("none", number=1), True), (announced(cents=100, waiting_list=True), False),
        (announced(), False), (announced(apart={"small": Ceiling(5)}), False), (announced("draw", 100), False),
    ],
    ids=["by arrival", "without an order", "with a waiting list", "without a ceiling", "with a part only", "by a draw"],
)  # fmt: skip
def test_only_where_the_money_can_end_it_the_page_says_so(visit: Any, rules: Any, earlier: bool) -> None:
    """A round says that it may close before its day only where it would: not where people wait, nor without a ceiling for all."""
    row = real(a_round(rules))
    Round.objects.filter(pk=row.pk).update(closes_at=datetime.now(UTC) + timedelta(days=9))
    _, page = visit(f"/rounds/{row.pk}")
    assert ("of eerder als het geld op is" in page.words) is earlier
    assert "Sluit op" in page.words


def test_what_was_announced_can_be_hashed_by_anybody(visit: Any, client: Client) -> None:
    """The file that the page of a round links to has the hash that stands beside it."""
    row = real(a_round(announced(cents=100_00)))
    _, page = visit(f"/rounds/{row.pk}")
    assert f"/rounds/{row.pk}/announced.json" in page.links
    told = client.get(f"/rounds/{row.pk}/announced.json")
    assert hashlib.sha256(told.content).hexdigest() == row.announced_hash
    assert row.announced_hash in page.words
    assert f"{row.version.version} {row.version.digest}" in page.words
    assert told.json()["version_hash"] == row.version.digest
    assert client.get("/rounds/999999/announced.json").status_code == 404


def test_how_many_fitted_is_told(visit: Any) -> None:
    """Once places are given, the page tells how many fit in the pot and how many do not."""
    row = real(a_round(announced(cents=100_00)))
    stand(row, received=50, placed=50, cents=100_00)
    PotPart.objects.filter(round=row, part="").update(number=20)
    _, page = visit(f"/rounds/{row.pk}")
    assert "Passen in de pot 20" in page.words
    assert "Passen niet, of zijn ingetrokken, afgewezen of niet compleet 30" in page.words


def test_the_key_of_receipts_is_published(client: Client, settings: Any) -> None:
    """Whoever has a receipt finds the key to check it with, and its fingerprint."""
    settings.DOORLEREN_RECEIPT_KEY = bytes(range(32))
    told = client.get("/rounds/receipt-key.json").json()
    assert told["public_key"] == bytes(range(32)).hex()
    assert told["fingerprint"] == fingerprint(bytes(range(32)))


def test_a_draw_is_there_to_check(visit: Any, settings: Any, client: Client) -> None:
    """From its announcement the list's hash and the pulse are on the page; the file is there once it was held."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    row = real(a_round(announced("draw", cents=100_00)))
    tickets(row, [(10, "")] * 4)
    close_gate(row.pk, by=US, at=AT)
    draw = announce_draw(row.pk, beacon=OURS, by=decider("Joost"), at=AT)
    _, page = visit(f"/rounds/{row.pk}")
    assert page.faults == []
    assert draw.announced["list_hash"] in page.words
    assert client.get(f"/rounds/{row.pk}/draw.json").status_code == 404
    listed = client.get(f"/rounds/{row.pk}/tickets.txt").content
    assert hashlib.sha256(listed).hexdigest() == draw.announced["list_hash"]
    assert listed.decode().split() == sorted(sealed_tickets(row.pk))
    with CaptureQueriesContext(connection) as again:
        assert client.get(f"/rounds/{row.pk}/tickets.txt").content == listed
    assert not any("rounds_ticket" in one["sql"] for one in again)
    hold_draw(
        row.pk, pulse_of(draw.announced["beacon_round"]).written(), beacons={"ours": OURS}, by=decider("J"), at=AT
    )
    _, page = visit(f"/rounds/{row.pk}")
    assert f"/rounds/{row.pk}/draw.json" in page.links
    told = client.get(f"/rounds/{row.pk}/draw.json")
    assert told.json()["announced"] == draw.announced
    assert client.get(f"/rounds/{row.pk}/completed.json").status_code == 404  # places stay where they were drawn
    assert "attachment" in told.headers["Content-Disposition"]


def test_rehearsals_go_after_a_day(visit: Any) -> None:
    """A rehearsal is listed while it is open, with the word for it, and no longer a day after it closed."""
    row = a_round()
    _, page = visit("/rounds")
    assert "oefening" in page.words
    close_gate(row.pk, by=US, at=AT)
    _, page = visit("/rounds")
    assert f"/rounds/{row.pk}" not in page.links


def test_a_rehearsal_without_applications_says_so(visit: Any) -> None:
    """Where only submitting is tried out, the page says that no ledger knows of it; a rehearsal of a scheme does not."""
    row = a_round()
    words = "In het grootboek is niets gereserveerd"
    assert words in visit(f"/rounds/{row.pk}")[1].words
    real(row, next(iter(known.library().schemes)))
    Round.objects.filter(pk=row.pk).update(rehearsal=True)
    page = visit(f"/rounds/{row.pk}")[1]
    assert "Dit is een oefening" in page.words
    assert words not in page.words


@pytest.mark.parametrize("rehearsal", [True, False], ids=["rehearsal", "real"])
def test_a_rehearsal_says_that_it_counts_for_itself(visit: Any, rehearsal: bool) -> None:
    """What a scheme counts in a year is said of a round that counts; of a rehearsal that it is counted within it, and apart."""
    caps = (Cap("learner.once", "once for one person in one year"),)
    row = a_round(replace(announced(), caps=caps))
    Round.objects.filter(pk=row.pk).update(rehearsal=rehearsal)
    words = visit(f"/rounds/{row.pk}")[1].words
    assert ("per kalenderjaar worden aangevraagd" in words) is not rehearsal
    assert ("per aanvraagtijdvak worden aangevraagd" in words) is rehearsal
    assert ("een aanvraag hier telt niet mee voor een echte aanvraag" in words) is rehearsal


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_round_that_is_none(client: Client, number: str) -> None:
    """A number of no round is not found."""
    assert client.get(f"/rounds/{number}").status_code == 404
    assert client.get(f"/rounds/{number}/draw.json").status_code == 404


def test_looking_counts_no_tickets_and_writes_nothing(client: Client) -> None:
    """Both pages take two questions, with one round and with five, none of them about tickets or places; nothing changes."""
    row = real(a_round(announced(cents=10_000)))
    tickets(row, [(1, "")] * 5)
    addresses = ("/rounds", f"/rounds/{row.pk}")
    for address in addresses:
        client.get(address)
    before, asked = counts(), []
    for rounds in (1, 5):
        assert Round.objects.count() == rounds
        for address in addresses:
            with CaptureQueriesContext(connection) as told:
                assert client.get(address).status_code == 200
            found = [one["sql"] for one in told if one["sql"].startswith("SELECT")]
            assert not any("rounds_ticket" in sql or "rounds_place" in sql or "COUNT(" in sql for sql in found)
            asked.append(len(found))
        if rounds == 1:
            assert before == counts()
            made = [real(a_round()) for _ in range(4)]
    assert asked == [2, 2, 2, 2]
    Markup(client.get(f"/en/rounds/{made[0].pk}").content.decode())


def test_the_scheme_pages_lead_to_the_rounds(visit: Any) -> None:
    """A scheme with rounds links to how they stand."""
    scheme = next(one for one in known.library().schemes.values() if one.versions[-1].rounds)
    _, page = visit(f"/schemes/{scheme.id}")
    assert "/rounds" in page.links


def test_where_the_day_counts_the_page_says_so(visit: Any) -> None:
    """The order, what becomes of paper, and from which day on the draw decides; no moment at which it is expected to be gone."""
    row = real(a_round(replace(announced(cents=100), per_day=True, paper_days=3)))
    stand(row, received=120, placed=100, cents=50)
    Allocation.objects.filter(pk=row.pk).update(draw_from=day_of(datetime(2026, 3, 5, tzinfo=UTC)))
    status, page = visit(f"/rounds/{row.pk}")
    assert (status, page.faults) == (200, [])
    for said in (
        "De dag telt, niet het uur", "Op volgorde van de dag van binnenkomst", "uiterlijk 3 dagen daarna",
        "Op 5 maart 2026 is meer gevraagd",
    ):  # fmt: skip
        assert said in page.words, said
    assert "Naar verwachting op" not in page.words


def test_where_the_moment_counts_nothing_is_said_of_days(visit: Any) -> None:
    """The control: an ordinary round by arrival says nothing of days, paper or a draw."""
    row = real(a_round(announced(cents=100)))
    _, page = visit(f"/rounds/{row.pk}")
    for said in ("De dag telt", "op papier", "loting"):
        assert said not in page.words, said
