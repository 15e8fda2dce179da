"""Rounds on the pages of officials: two people, the own body, a preview before each act, and nobody else."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.core.days import day_of
from doorleren.people.models import Body, RoleKind
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Allocation, Gate, PotPart, Round, RoundDraw, RoundProposal
from doorleren.rounds.notices import tell_jump
from doorleren.rounds.queries import place_now
from doorleren.rules.versions import Fallback
from doorleren.web import known
from doorleren.web.officer import round_draw
from doorleren.web.surroundings import now
from tests.core.test_draw import OURS, pulse_of
from tests.people import made
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.web.officer.desk import Desk, counts, with_role

pytestmark = pytest.mark.django_db
REASON = "Het is tijd."


@pytest.fixture
def body() -> Body:
    """The body of the rounds here."""
    return Body.objects.get_or_create(code="body", defaults={"name": "Body"})[0]


@pytest.fixture
def joost(body: Body) -> Desk:
    """Who decides there."""
    return Desk(with_role(RoleKind.DECIDER, "Joost", body))


@pytest.fixture
def mirjam(body: Body) -> Desk:
    """Who decides there too."""
    return Desk(with_role(RoleKind.DECIDER, "Mirjam", body))


def addresses(row: Round, proposal: int) -> list[str]:
    """Every page on which something is done with a round."""
    at = f"/officer/rounds/{row.pk}"
    acts = [f"{at}/propose/{act}" for act in ("open", "close", "reopen", "fall_back", "move_money", "raise_number")]
    return [
        "/officer/rounds/announce", *acts, f"{at}/draw/announce", f"{at}/draw/hold",
        f"/officer/round-proposals/{proposal}/release", f"/officer/round-proposals/{proposal}/withdraw",
    ]  # fmt: skip


def proposed(desk: Desk, row: Round, act: str = "open", **fields: str) -> RoundProposal:
    """Propose an act through the pages."""
    desk.send(f"/officer/rounds/{row.pk}/propose/{act}", reason=REASON, confirmed="1", **fields)
    assert desk.status == 302
    return RoundProposal.objects.latest("pk")


def test_from_proposal_to_open(joost: Desk, mirjam: Desk) -> None:
    """One sees what an act does and proposes it, nothing happens; the other releases it, and then it does."""
    row = a_round(opened=False)
    address = f"/officer/rounds/{row.pk}/propose/open"
    assert address in joost.open(f"/officer/rounds/{row.pk}").links
    page = joost.send(address, reason=REASON)
    assert "Er gebeurt nog niets" in page.words
    assert not RoundProposal.objects.exists()
    one = proposed(joost, row)
    release = f"/officer/round-proposals/{one.pk}/release"
    page = joost.open(f"/officer/rounds/{row.pk}", done="proposed")
    assert release not in page.links
    assert "Een collega moet het vrijgeven" in page.words
    assert release in mirjam.open(f"/officer/rounds/{row.pk}").links
    assert REASON in mirjam.open(release).words
    assert Gate.objects.get(pk=row.pk).opened_at is None
    mirjam.send(release)
    assert mirjam.place == f"/officer/rounds/{row.pk}?done=released"
    assert Gate.objects.get(pk=row.pk).opened_at is not None
    assert "Vrijgegeven door Mirjam" in mirjam.open(mirjam.place).words


def test_nobody_releases_their_own(joost: Desk) -> None:
    """The page of a release refuses who proposed it, looking and sending."""
    one = proposed(joost, a_round(opened=False))
    for ask in (joost.open, joost.send):
        page = ask(f"/officer/round-proposals/{one.pk}/release")
        assert joost.status == 403
        assert "niet voor uzelf" in page.words
    assert Gate.objects.get(pk=one.round_id).opened_at is None


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.DECIDER])
def test_who_does_not_decide_is_refused(joost: Desk, body: Body, kind: RoleKind) -> None:
    """Every other role is refused every form here, and nothing changes; who may look sees no button."""
    row = a_round(opened=False)
    one = proposed(joost, row)
    desk = Desk(with_role(kind, "Ander", body))
    before = counts()
    for address in addresses(row, one.pk):
        for ask in (desk.open, desk.send):
            ask(address, reason=REASON, confirmed="1")
            assert desk.status == 403, address
    for address in ("/officer/rounds", f"/officer/rounds/{row.pk}"):
        page = desk.open(address)
        looks = kind in (RoleKind.ASSESSOR, RoleKind.AUDITOR, RoleKind.POLICY_MAKER)
        assert desk.status == (200 if looks else 403), address
        assert not any("propose" in link or "release" in link for link in page.links)
    assert counts() == before


def test_who_is_not_signed_in_goes_to_sign_in(joost: Desk) -> None:
    """A visitor is led to signing in, and a form of a visitor is refused."""
    row = a_round(opened=False)
    visitor = Desk(None)
    for address in ["/officer/rounds", f"/officer/rounds/{row.pk}", *addresses(row, proposed(joost, row).pk)]:
        visitor.open(address)
        assert (visitor.status, visitor.place.split("?")[0]) == (302, "/sign-in")
    visitor.send(f"/officer/rounds/{row.pk}/propose/open", reason=REASON)
    assert visitor.status == 403


def test_rounds_of_another_body_are_not_there(joost: Desk) -> None:
    """Who decides for another body sees none of these rounds, and can neither propose nor release."""
    row = a_round(opened=False)
    one = proposed(joost, row)
    other = Desk(with_role(RoleKind.DECIDER, "Ver", made.body("elders")))
    assert f"/officer/rounds/{row.pk}" not in other.open("/officer/rounds").links
    for address in [f"/officer/rounds/{row.pk}", *addresses(row, one.pk)[1:]]:
        other.open(address)
        assert other.status == 404, address


def test_a_proof_of_long_ago_asks_to_sign_in_again(body: Body) -> None:
    """What was typed goes along; without signing in again nothing is proposed."""
    row, late = a_round(opened=False), Desk(with_role(RoleKind.DECIDER, "Laat", body), minutes_ago=30)
    late.send(f"/officer/rounds/{row.pk}/propose/open", reason=REASON, confirmed="1")
    assert late.status == 302
    assert "reason=Het+is+tijd." in late.place
    assert "Log nog een keer in" in late.open(late.place).words
    assert not RoundProposal.objects.exists()


def test_looking_writes_nothing(joost: Desk, mirjam: Desk) -> None:
    """Each page leaves every table as it was."""
    row = a_round(opened=False)
    one = proposed(joost, row)
    before = counts()
    for address in ["/officer/rounds", f"/officer/rounds/{row.pk}", *addresses(row, one.pk)]:
        mirjam.open(address)
        assert mirjam.status in (200, 302), address
    assert counts() == before


@pytest.mark.parametrize(
    ("act", "fields", "wrong"),
    [
        ("close", {"reason": ""}, "reason"),
        ("close", {"reason": "x" * 1100}, None),
        ("reopen", {"until": "morgen", "reason": "x"}, "until"),
        ("reopen", {"until": "31-1-2099 25:00", "reason": "x"}, "until"),
        ("reopen", {"until": "31-13-2027 10:00", "reason": "x"}, "until"),
        ("move_money", {"part": "x", "to": "y", "amount": "1", "reason": "x"}, "part"),
        ("move_money", {"amount": "veel", "reason": "x"}, "amount"),
        ("move_money", {"amount": "1.2.3", "reason": "x"}, "amount"),
        ("raise_number", {"number": "veel", "reason": "x"}, "number"),
        ("raise_number", {"part": "x", "number": "5", "reason": "x"}, "part"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(joost: Desk, act: str, fields: dict[str, str], wrong: str | None) -> None:
    """A field that cannot be read is named, what was typed stays, and nothing is proposed."""
    page = joost.send(f"/officer/rounds/{a_round(announced(cents=1000)).pk}/propose/{act}", **fields)
    assert not RoundProposal.objects.exists()
    if wrong is None:
        assert joost.status == 200  # cut off at what fits
        return
    assert joost.status == 422
    assert f"q-{wrong}-error" in page.ids
    typed = fields.get(wrong, "")
    assert typed in page.page


@pytest.mark.parametrize(
    ("typed", "cents"), [("100", 10_000), ("1.000,50", 100_050), ("699.95", 69_995), ("699,9", 69_990)]
)
def test_money_is_read_as_people_write_it(joost: Desk, mirjam: Desk, typed: str, cents: int) -> None:
    """The point between thousands and the point before cents are told apart, and that is what moves."""
    one, other = a_round(announced(cents=1_000_000)), a_round(announced(cents=0))
    fields = {"part": f"{one.pk}:", "to": f"{other.pk}:", "amount": typed}
    made_ = proposed(joost, one, "move_money", **fields)
    assert made_.details["cents"] == cents
    mirjam.send(f"/officer/round-proposals/{made_.pk}/release")
    assert PotPart.objects.get(round=other).ceiling_cents == cents
    assert PotPart.objects.get(round=one).ceiling_cents == 1_000_000 - cents


def test_a_number_is_raised_through_the_pages(joost: Desk, mirjam: Desk) -> None:
    """Before it is proposed and before it is released the page says who goes before; then who fell outside has a place."""
    row = a_round(announced(number=1))
    first, second = tickets(row, [(1, "")] * 2)
    allocate(row.pk, at=AT)
    fields = {"part": f"{row.pk}:", "number": "1.000"}
    page = joost.send(f"/officer/rounds/{row.pk}/propose/raise_number", reason=REASON, **fields)
    assert "Er komen 1000 plaatsen bij" in page.words
    assert "in de volgorde van binnenkomst" in page.words
    one = proposed(joost, row, "raise_number", **fields)
    assert "Er komen 1000 plaatsen bij" in mirjam.open(f"/officer/round-proposals/{one.pk}/release").words
    mirjam.send(f"/officer/round-proposals/{one.pk}/release")
    assert [now.outcome for told in (first, second) if (now := place_now(told))] == ["inside", "inside"]
    assert PotPart.objects.get(round=row).ceiling_number == 1001


def test_more_than_is_free_is_refused_at_the_amount(joost: Desk) -> None:
    """The refusal of the rules stands at the field of the amount, and says what is free."""
    one, other = a_round(announced(cents=1000)), a_round(announced(cents=0))
    fields = {"part": f"{one.pk}:", "to": f"{other.pk}:", "amount": "10,01", "reason": "x"}
    page = joost.send(f"/officer/rounds/{one.pk}/propose/move_money", **fields)
    assert joost.status == 422
    assert "q-amount-error" in page.ids
    assert "10.00 euro vrij" in page.words


def test_reopened_through_the_pages(joost: Desk, mirjam: Desk) -> None:
    """A closed round is open again until the day and time that were typed, in Amsterdam."""
    row = a_round(announced(cents=1000))
    close_gate(row.pk, by=US, at=now())
    one = proposed(joost, row, "reopen", until="31-1-2027 17:00")
    assert one.details["until"] == "2027-01-31T17:00:00+01:00"
    mirjam.send(f"/officer/round-proposals/{one.pk}/release")
    assert Gate.objects.get(pk=row.pk).closed_at is None
    assert "Sluit op 31 januari 2027, 17:00 uur" in Desk(None).open(f"/rounds/{row.pk}").words


def test_withdrawn(joost: Desk, mirjam: Desk) -> None:
    """Who proposed withdraws it; it stays on the page, and can no longer be released."""
    one = proposed(joost, a_round(opened=False))
    joost.send(f"/officer/round-proposals/{one.pk}/withdraw")
    assert "ingetrokken" in joost.open(joost.place).words
    page = mirjam.send(f"/officer/round-proposals/{one.pk}/release")
    assert mirjam.status == 409
    assert "al beslist" in page.words


def test_a_round_of_a_file_is_announced(mirjam: Desk) -> None:
    """Rounds of the schemes that the own body executes can be chosen; released, the round is there."""
    scheme, version, opened = next(
        (scheme, version, one)
        for scheme in known.library().schemes.values()
        for version in scheme.versions[-1:]
        for one in version.rounds
    )
    name = version.body.get("executes") or version.body.get("decides") or version.id
    body = Body.objects.create(code="uitvoert", name=name)
    first, second = (Desk(with_role(RoleKind.DECIDER, who, body)) for who in ("Ans", "Bea"))
    choice = f"{scheme.id}/{opened.id}"
    assert f'value="{choice}"' in first.open("/officer/rounds/announce").page
    assert f'value="{choice}"' not in mirjam.open("/officer/rounds/announce").page
    assert "Er gebeurt nog niets" in first.send("/officer/rounds/announce", round=choice, reason="x").words
    first.send("/officer/rounds/announce", round="x/y", reason="")
    assert first.status == 422
    first.send("/officer/rounds/announce", round=choice, reason="x", confirmed="1")
    one = RoundProposal.objects.get()
    assert f"/officer/round-proposals/{one.pk}/release" in second.open("/officer/rounds").links
    second.send(f"/officer/round-proposals/{one.pk}/release")
    assert Round.objects.get().code == opened.id
    assert f'value="{choice}"' not in first.open("/officer/rounds/announce").page


def test_a_draw_through_the_pages(joost: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Announced with a button, held with the pulse that is pasted; what is no pulse or another is said at the field."""
    monkeypatch.setattr(round_draw, "beacons", lambda: {"ours": OURS})
    monkeypatch.setattr(round_draw, "BEACON", "ours")
    row = a_round(announced("draw", cents=100))
    tickets(row, [(10, "")] * 3)
    close_gate(row.pk, by=US, at=now())
    at = f"/officer/rounds/{row.pk}"
    assert f"{at}/draw/announce" in joost.open(at).links
    joost.send(f"{at}/draw/announce")
    number = RoundDraw.objects.get().announced["beacon_round"]
    assert f"{at}/draw/hold" in joost.open(at).links
    assert str(number) in joost.open(f"{at}/draw/hold").words
    for text in ("", "[]", "{}", "[" * 3000, json.dumps(pulse_of(number + 1).written())):
        page = joost.send(f"{at}/draw/hold", pulse=text)
        assert joost.status == 422
        assert "q-pulse-error" in page.ids
    joost.send(f"{at}/draw/hold", pulse=json.dumps(pulse_of(number).written()))
    assert joost.status == 302
    assert Allocation.objects.get(pk=row.pk).seed
    page = joost.open(at)
    assert f"/rounds/{row.pk}/draw.json" in page.links
    assert f"{at}/draw/hold" not in page.links


def test_a_clock_that_jumped_is_said(joost: Desk, settings: Any) -> None:
    """While the clock is wrong both pages say that nothing opens or closes by itself; otherwise they do not."""
    row = a_round()
    pages = ("/officer/rounds", f"/officer/rounds/{row.pk}")
    assert not any("versprongen" in joost.open(address).words for address in pages)
    tell_jump(Path(settings.DOORLEREN_HOME), seconds=-7200, at=now())
    assert all("-7200 seconden versprongen" in joost.open(address).words for address in pages)


def test_where_the_day_counts_a_draw_is_offered_once_it_is_needed(joost: Desk) -> None:
    """After the closing the draw is not offered while everybody fits, and is with the day from which it decides."""
    row = a_round(replace(announced(cents=100), per_day=True))
    close_gate(row.pk, by=US, at=AT)
    at = f"/officer/rounds/{row.pk}"
    assert f"{at}/draw/announce" not in joost.open(at).links
    Allocation.objects.filter(pk=row.pk).update(draw_from=day_of(AT))
    page = joost.open(at)
    assert f"{at}/draw/announce" in page.links
    assert "Op 1 maart 2026 is meer gevraagd dan er over was" in page.words


def a_failing(then: str) -> Round:
    """Give a round that opened an hour ago, that nobody could submit in, and that says what happens then."""
    order = "draw" if then == "extend" else "arrival"
    row = a_round(replace(announced(order, cents=100), fallback=Fallback(then, 30, 4, 0 if then == "extend" else 48)))
    at = now()
    Gate.objects.filter(pk=row.pk).update(opened_at=at - timedelta(hours=1))
    Round.objects.filter(pk=row.pk).update(opens_at=at - timedelta(hours=1), closes_at=at + timedelta(days=1))
    return Round.objects.get(pk=row.pk)


def test_a_failed_opening(joost: Desk, mirjam: Desk) -> None:
    """One proposes the new moments and reads who will read the reason; the other releases it, and the round is shut until then."""
    row = a_failing("keep_places")
    opens = day_of(now() + timedelta(days=10))
    address = f"/officer/rounds/{row.pk}/propose/fall_back"
    assert address in joost.open(f"/officer/rounds/{row.pk}").links
    fields = {"opens": f"{opens:%d-%m-%Y} 10:00", "until": f"{opens:%d-%m-%Y} 17:00"}
    page = joost.send(address, reason=REASON, **fields)
    assert page.faults == []
    for words in ("vanzelf opnieuw open op", "U houdt uw plaats", "Iedereen leest dit"):
        assert words in page.words, words
    made = proposed(joost, row, "fall_back", **fields)
    assert Gate.objects.get(pk=row.pk).opened_at is not None
    mirjam.send(f"/officer/round-proposals/{made.pk}/release")
    assert Gate.objects.get(pk=row.pk).opened_at is None
    assert day_of(Round.objects.get(pk=row.pk).opens_at) == opens
    page = mirjam.open(f"/officer/rounds/{row.pk}")
    assert page.faults == []
    assert "De opening is mislukt" in page.words


def test_the_form_of_a_failed_opening_names_what_is_wrong(joost: Desk) -> None:
    """Too short a notice and an end before the announced one stand at their fields; where it is extended no opening is asked."""
    row, longer = a_failing("keep_places"), a_failing("extend")
    address, day = f"/officer/rounds/{row.pk}/propose/fall_back", day_of(now())
    later = f"{day + timedelta(days=60):%d-%m-%Y} 17:00"
    page = joost.send(address, reason=REASON, opens=f"{day:%d-%m-%Y} 23:59", until=later)
    assert joost.status == 422
    assert "ten minste 48 uur" in page.words
    page = joost.send(address, reason=REASON, opens=later, until="")
    assert "Niet eerder" in page.words
    assert joost.status == 422
    page = joost.send(address, reason=REASON, opens="morgen", until=later)
    assert "zoals 31-1-2027 17:00" in page.words
    page = joost.open(f"/officer/rounds/{longer.pk}/propose/fall_back")
    assert "Wanneer gaat het opnieuw open" not in page.words
    page = joost.send(f"/officer/rounds/{longer.pk}/propose/fall_back", reason=REASON, until=later)
    assert "blijft langer open" in page.words


def test_without_announcement_no_opening_failed(joost: Desk) -> None:
    """A round that announced nothing for it says so beside the act, without a link."""
    row = a_round()
    page = joost.open(f"/officer/rounds/{row.pk}")
    assert "niet vooraf bekendgemaakt" in page.words
    assert f"/officer/rounds/{row.pk}/propose/fall_back" not in page.links
