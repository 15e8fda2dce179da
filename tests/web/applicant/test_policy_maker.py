"""The pages of a policy maker on a round: what a budget gives, and what another order would have given; they write nothing."""

import hashlib
from urllib.parse import urlencode

import pytest

from doorleren.applications.models import Plan, PlanPath
from doorleren.people.models import RoleKind
from doorleren.rounds.models import NUMBER_BITS, Round, Ticket
from doorleren.web import known as web_known
from tests.applications.made import AT, draft
from tests.people import made as people
from tests.rounds.made import a_round, announced
from tests.web.officer.desk import Desk, counts

pytestmark = pytest.mark.django_db
OTHERS = [one for one in RoleKind if one != RoleKind.POLICY_MAKER]
WHOLE = {"budget": "100.000", "tariff-learner": "500", "share-learner": "50", "tariff-firm": "1500", "share-firm": "50"}
RULES = {"order": "arrival", "last": "whole", "after_miss": "stop", "ceiling": "1000", "tries": "5"}


@pytest.fixture
def mei(round_: Round) -> Desk:
    """The policy maker of the body of the round."""
    person = people.person(name="Mei")
    people.role(person, RoleKind.POLICY_MAKER, body=round_.body)
    return Desk(person)


def came_in(round_: Round, asked: list[tuple[str, int, str]]) -> None:
    """Enter tickets: the key, the cents asked, the part of the pot."""
    rows = [
        Ticket(
            id=(round_.pk << NUMBER_BITS) + number, round=round_, key=key, cents=cents, kind=kind, arrived_at=AT,
            person=hashlib.sha256(b"p%d" % number).hexdigest(), content=hashlib.sha256(b"c%d" % number).hexdigest(),
            batch=(round_.pk << NUMBER_BITS) + 1,
        )
        for number, (key, cents, kind) in enumerate(asked, 1)
    ]  # fmt: skip
    Ticket.objects.bulk_create(rows)


def budget(round_: Round, **asked: str) -> str:
    """Give the address of what a budget gives."""
    return f"/officer/rounds/{round_.pk}/budget" + (f"?{urlencode(WHOLE | asked)}" if asked else "")


def what_if(round_: Round, **asked: str) -> str:
    """Give the address of what another order would have given."""
    return f"/officer/rounds/{round_.pk}/what-if" + (f"?{urlencode(RULES | asked)}" if asked else "")


def test_the_form_starts_from_the_file(mei: Desk, round_: Round) -> None:
    """The budget is the ceiling, each tariff the file's own, the shares are equal, and the sum is shown at once."""
    page = mei.open(budget(round_))
    assert mei.status == 200
    for name, value in (
        ("budget", "100000"),
        ("tariff-learner", "1000"),
        ("share-learner", "50"),
        ("share-firm", "50"),
    ):
        assert f'name="{name}" value="{value}"' in page.page
    assert "€ 100.000 is goed voor 100 toekenningen" in page.words
    assert "ten hoogste: € 1.000" in page.words
    assert "Volgens de regeling: € 1.000" in page.words


def test_a_budget_with_other_tariffs(mei: Desk, round_: Round) -> None:
    """Half at 500 and half at 1,500 makes 100 grants of 100,000 euros; for 120 of them 20,000 more is needed."""
    page = mei.open(budget(round_, target="120"))
    assert "€ 100.000 is goed voor 100 toekenningen" in page.words
    assert "Voor 120 toekenningen is € 120.000 nodig" in page.words
    assert "Dat is € 20.000 meer dan het budget. Met dit budget zijn het er 20 minder." in page.words


def test_the_mix_starts_from_what_came_in(mei: Desk, round_: Round, known: object) -> None:
    """With three applications of people and one of an employer the shares start at 75 and 25 percent."""
    keys = [draft(known, round_, people.person()).key for _ in range(3)]  # type: ignore[arg-type]
    firm = draft(known, round_, people.person())  # type: ignore[arg-type]
    firm.track = "firm"
    firm.save()
    came_in(round_, [(key, 100, "") for key in (*keys, firm.key)])
    page = mei.open(budget(round_))
    assert 'name="share-learner" value="75"' in page.page
    assert 'name="share-firm" value="25"' in page.page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("budget", "veel"), ("budget", ""), ("target", "-1"), ("tariff-learner", "0"), ("tariff-learner", "1,234"),
        ("share-learner", "101"), ("share-learner", "x"),
    ],
    ids=["no-amount", "empty", "no-number", "for-nothing", "parts-of-a-cent", "above-all", "no-percentage"],
)  # fmt: skip
def test_what_cannot_be_counted_with_stands_at_its_field(name: str, value: str, mei: Desk, round_: Round) -> None:
    """A figure that cannot be read is said at its field, with what was given, and nothing is computed."""
    page = mei.open(budget(round_, **{name: value}))
    assert mei.status == 422
    assert f'id="q-{name}-error"' in page.page
    assert (value or "-") in page.words
    assert "is goed voor" not in page.words


def test_shares_that_are_not_whole(mei: Desk, round_: Round) -> None:
    """Shares of 50 and 40 percent are refused with what they are together."""
    page = mei.open(budget(round_, **{"share-firm": "40"}))
    assert mei.status == 422
    assert "samen 90 procent" in page.words


def planned(round_: Round) -> None:
    """Let a partnership have submitted a plan with two paths, of which one has no cost."""
    one = draft(web_known.library(), round_, people.person(name="Leila"))
    came_in(round_, [(one.key, 1000, "")])
    plan = Plan.objects.create(application=one, number=1, by_kind="person", by_id="1", at=AT)
    for place, (work, fewest, most, cents) in enumerate((("zorg", 20, 50, 1_500_00), ("techniek", 5, 12, None))):
        PlanPath.objects.create(
            plan=plan, place=place, name=work, from_work="winkel", to_work=work, components=["training"], fewest=fewest,
            most=most, cents=cents,
        )  # fmt: skip


def test_what_plans_foresee_stands_beside_the_budget(mei: Desk, round_: Round) -> None:
    """Per path a range, together, and at a share of it that she chooses, held against the budget; without plans nothing of it."""
    assert "Wat de plannen voorzien" not in mei.open(budget(round_)).words
    planned(round_)
    words = mei.open(budget(round_)).words
    for said in (
        "Uit 1 ingediend plan, zoals het nu is.", "van winkel naar zorg", "20 tot 50", "€ 30.000 tot € 75.000", "niet opgegeven",
        "Van 1 pad zijn de kosten niet opgegeven", "Bij uw keuze: 43 deelnemers, voor € 52.500.",
    ):  # fmt: skip
        assert said in words.replace("\xa0", " "), said
    words = mei.open(budget(round_, uptake="100", budget="60.000")).words.replace("\xa0", " ")
    assert "Bij uw keuze: 62 deelnemers, voor € 75.000. Dat is € 15.000 meer dan het budget." in words
    page = mei.open(budget(round_, uptake="veel"))
    assert mei.status == 422
    assert "Vul een percentage van 0 tot en met 100 in" in page.words


def test_a_draw_instead_of_arrival(mei: Desk, round_: Round) -> None:
    """Of four who ask 500 with 100,000 apart for nobody else, two fit in 1,000: first by arrival, then by lot, side by side."""
    row = round_
    row.announced["apart"] = {}
    row.save()
    row.parts.exclude(part="").delete()
    row.parts.update(ceiling_cents=100_000)
    came_in(row, [(f"key-of-draft-{one}", 50_000, "") for one in range(4)])
    page = mei.open(what_if(row, order="draw", tries="20"))
    assert mei.status == 200
    assert "Dit is een simulatie" in page.words
    assert "simulatie met 4 aanvragen" in page.words
    assert "20 keer geloot" in page.words
    assert "aanvragen zijn in de simulatie wel binnen" in page.words
    same = mei.open(what_if(row, order="arrival"))
    assert "Er verandert voor niemand iets." in same.words
    more = mei.open(what_if(row, ceiling="2.000"))
    assert "2 aanvragen zijn in de simulatie wel binnen" in more.words
    shared = mei.open(what_if(row, order="pro_rata"))
    assert "2 aanvragen zijn beide keren binnen en krijgen in de simulatie minder." in shared.words


def test_the_figures_by_kind_of_applicant(mei: Desk, round_: Round, known: object) -> None:
    """Where applications of more than one track came in, the outcome is split by the names of the tracks, never of people."""
    first = draft(known, round_, people.person(name="Nadia Bakker"))  # type: ignore[arg-type]
    second = draft(known, round_, people.person(name="Tom de Wit"))  # type: ignore[arg-type]
    second.track = "firm"
    second.save()
    came_in(round_, [(first.key, 50_000, ""), (second.key, 50_000, "employer")])
    page = mei.open(what_if(round_, ceiling="40000"))
    assert "voor wie leert" in page.words
    assert "voor een werkgever" in page.words
    assert "Bakker" not in page.page
    assert first.key not in page.page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("order", "ranking"), ("last", "x"), ("after_miss", ""), ("tries", "1000"), ("ceiling", "-5"),
        ("ceiling", "39999,99"), ("ceiling_number", "1,5"),
    ],
    ids=["order", "last", "after", "tries", "ceiling", "below-apart", "number"],
)  # fmt: skip
def test_rules_that_cannot_be_tried_stand_at_their_field(name: str, value: str, mei: Desk, round_: Round) -> None:
    """A rule that cannot be is said at its field, also a ceiling below what is set apart, and nothing is computed."""
    came_in(round_, [("key-of-draft-1", 50_000, "")])
    page = mei.open(what_if(round_, **{"ceiling": "40000", name: value}))
    assert mei.status == 422
    assert f'id="q-{name}-error"' in page.page
    assert "De uitkomst van de simulatie" not in page.words


def test_nothing_came_in(mei: Desk, round_: Round) -> None:
    """Without applications there is nothing to simulate, and the page says so."""
    assert "nog niets ingediend" in mei.open(what_if(round_, ceiling="40000")).words


def test_a_round_by_scores(mei: Desk, round_: Round) -> None:
    """A round whose order is by scores cannot be treated here, and says so; what a budget gives can be asked."""
    row = a_round(announced("ranking", 100_000))
    row.body = round_.body
    row.save()
    assert "punten voor plannen" in mei.open(what_if(row)).words
    assert "alle aanvragen" in mei.open(budget(row)).words


def test_the_round_leads_to_both(mei: Desk, round_: Round) -> None:
    """A policy maker finds both pages on the round; who may only look does not."""
    page = mei.open(f"/officer/rounds/{round_.pk}")
    assert budget(round_) in page.page
    assert what_if(round_) in page.page
    person = people.person(name="Carlo")
    people.role(person, RoleKind.AUDITOR, body=round_.body)
    assert what_if(round_) not in Desk(person).open(f"/officer/rounds/{round_.pk}").page


@pytest.mark.parametrize("kind", OTHERS, ids=str)
def test_others_may_not(kind: RoleKind, round_: Round) -> None:
    """Nobody without the role sees these pages, whatever else they may."""
    person = people.person(name="Otto")
    people.role(person, kind, **({"body": round_.body} if "body" in _place(kind) else {}))
    other = Desk(person)
    for address in (budget(round_), what_if(round_)):
        other.open(address)
        assert other.status == 403


def _place(kind: RoleKind) -> str:
    return "body" if kind in people.IN_BODY else ""


def test_of_another_body(round_: Round) -> None:
    """The round of another body is not found, and without a second factor nothing is."""
    person = people.person(name="Mei")
    people.role(person, RoleKind.POLICY_MAKER, body=people.body("elders"))
    stranger = Desk(person)
    for address in (budget(round_), what_if(round_)):
        stranger.open(address)
        assert stranger.status == 404
    people.role(person, RoleKind.POLICY_MAKER, body=round_.body)
    weak = Desk(person, second_factor=False)
    for address in (budget(round_), what_if(round_)):
        weak.open(address)
        assert weak.status == 403


def test_it_writes_nothing(mei: Desk, round_: Round) -> None:
    """Computing and simulating leave every table as it was, and only looking is possible."""
    came_in(round_, [("key-of-draft-1", 50_000, ""), ("key-of-draft-2", 60_000, "")])
    before = counts(but=("people_session",))
    for address in (budget(round_, target="5"), what_if(round_, order="draw", ceiling="40000")):
        mei.open(address)
        assert mei.status == 200
        assert mei.client.post(address).status_code == 405
    assert counts(but=("people_session",)) == before
