"""A package over the rounds of several schemes: its sum is checked when a round is announced, and no places ever pass it."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from doorleren.audit.models import Act
from doorleren.core.refusals import ActRefused
from doorleren.people.models import Body
from doorleren.rounds.announced import hash_of
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands import join_package as joining
from doorleren.rounds.commands import move_money as moving
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Allocation, Package, PackageComponent, PackageRound, PotPart, Round
from doorleren.rounds.packages import standing_of
from doorleren.rules.library import Library, open_library
from doorleren.rules.packages import RoundInPackage, in_package_of, read_packages
from tests.rounds.at_once import at_once
from tests.rounds.made import AT, US, announced, tickets, version
from tests.rounds.test_two_people import together
from tests.rules.test_packages import kept

CEILINGS = {"advice": 400_00, "training": 600_50}

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(tmp_path: Path) -> dict[str, RoundInPackage]:
    """Where a round takes its money, by component."""
    found = read_packages(kept(tmp_path))
    return {
        one.component.id: one
        for one in (in_package_of(found, "adviesproef", "lente"), in_package_of(found, "scholingsproef", "lente")) if one
    }  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes that we ship."""
    return open_library()


def a_round(
    package: RoundInPackage | None, cents: int | None, *, partly: bool = False, rehearsal: bool = False
) -> Round:
    """Announce a round that takes so many cents, and open it."""
    body, _ = Body.objects.get_or_create(code="body", defaults={"name": "Body"})
    rules = announced(cents=cents, number=None if cents else 9, partly=partly)
    told: dict[str, Any] = {"opens_at": AT, "closes_at": None, "rehearsal": rehearsal, "by": US, "at": AT}
    made = announce_round(version(), "r", rules, body=body, package=package, **told)
    open_gate(made.pk, by=US, at=AT)
    return made


def taken(component: str) -> int:
    """Give the cents of a component that are the ceiling of rounds."""
    return PackageComponent.objects.get(code=component).announced_cents


def test_the_sum_is_checked_when_a_round_is_announced(inside: dict[str, RoundInPackage]) -> None:
    """Rounds take from their component to the cent; one cent above is refused, with nothing kept of that round."""
    a_round(inside["training"], 600_00)
    with pytest.raises(RoundRefused) as refused:
        a_round(inside["training"], 51)
    assert "€ 0,50" in refused.value.texts["nl"]
    assert (Round.objects.count(), PackageRound.objects.count(), taken("training")) == (1, 1, 600_00)
    a_round(inside["training"], 50)
    a_round(inside["advice"], 400_00)
    assert {one: taken(one) for one in CEILINGS} == CEILINGS
    with pytest.raises(RoundRefused):
        a_round(inside["advice"], 1)


def test_it_is_frozen_and_hashed_with_the_round(inside: dict[str, RoundInPackage], tmp_path: Path) -> None:
    """What is announced of a round tells its package, under its hash; a package that was announced otherwise is refused."""
    made = a_round(inside["advice"], 100_00)
    assert (made.announced["package"]["component"], made.announced["package"]["cents"]) == ("advice", 1000_50)
    assert made.announced_hash == hash_of(made.announced)
    assert made.announced["package"]["ceiling_source"] == {"cite": "Besluit leerpakket, art. 3", "weight": "binding"}
    row = Package.objects.get()
    assert (row.cents, row.told_hash) == (1000_50, hash_of(row.told))
    assert Act.objects.filter(act="announced", subject_kind="package").count() == 1
    text = (tmp_path / "packages.toml").read_text("utf-8")
    other = text.replace("money = 400\n", "money = 500\n").replace("money = 600.50", "money = 500.50")
    moved = in_package_of(read_packages(kept(tmp_path, other)), "adviesproef", "lente")
    with pytest.raises(RoundRefused, match="anders bekendgemaakt"):
        a_round(moved, 1)


def test_what_takes_nothing(inside: dict[str, RoundInPackage]) -> None:
    """A rehearsal tells its package and takes nothing of it; a round without a ceiling in money can be in none."""
    practice = a_round(inside["advice"], 100_00, rehearsal=True)
    assert practice.announced["package"]["id"] == "leerpakket"
    assert not Package.objects.exists()
    with pytest.raises(ValueError, match="ceiling: none in money"):
        a_round(inside["advice"], None)


def test_money_that_moves_stays_within_the_package(inside: dict[str, RoundInPackage], library: Library) -> None:
    """Within a component money moves freely; another takes no more than it has left, and what leaves the package makes room."""
    first, second = a_round(inside["training"], 500_00), a_round(inside["training"], 100_00)
    advice, outside = a_round(inside["advice"], 399_00), a_round(None, 100_00)

    def move(giving: Round, taking: Round, cents: int) -> None:
        together("move_money", giving, library, part="", to_round=taking.pk, to_part="", cents=cents)

    move(first, second, 50_00)
    assert taken("training") == 600_00
    with pytest.raises(RoundRefused) as refused:
        move(first, advice, 1_01)
    assert refused.value.field == "cents"
    move(first, advice, 1_00)
    assert (taken("training"), taken("advice")) == (599_00, 400_00)
    with pytest.raises(RoundRefused):
        move(outside, advice, 1)
    move(advice, outside, 10_00)
    move(outside, advice, 10_00)
    assert taken("advice") == 400_00


@transaction.atomic
def _grown(component: PackageComponent) -> None:
    """Make a component larger past the commands, and let the database look."""
    PackageComponent.objects.filter(pk=component.pk).update(ceiling_cents=component.ceiling_cents + 1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_adds_up_too(inside: dict[str, RoundInPackage]) -> None:
    """Past the commands a component cannot grow, its rounds cannot pass it, and what was announced cannot change."""
    a_round(inside["training"], 600_00)
    component = PackageComponent.objects.get(code="training")
    with pytest.raises(IntegrityError, match="do not add up"):
        _grown(component)
    with pytest.raises(IntegrityError, match="component_within"), transaction.atomic():
        PackageComponent.objects.filter(pk=component.pk).update(announced_cents=600_51)
    for rows, column in ((Package.objects.all(), "cents"), (PackageRound.objects.all(), "component")):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            rows.update(**{column: F(column)})


def both_read(asks: Any) -> Any:
    """Look for room only once two have read how much there is, if they can."""
    both = threading.Barrier(2)

    def slowly(component: PackageComponent, cents: int) -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)
        asks(component, cents)

    return slowly


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_two_rounds_at_once(locked: bool, inside: dict[str, RoundInPackage], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rounds that each take the rest of a component: one is announced; without the lock both are, above the component."""
    a_round(inside["training"], 50)
    if not locked:
        monkeypatch.setattr(type(PackageComponent.objects.all()), "select_for_update", lambda found, *_, **__: found)
    monkeypatch.setattr(joining, "ensure_room", both_read(joining.ensure_room))
    refused: list[str] = []

    def work() -> None:
        try:
            a_round(inside["training"], 600_00)
        except ActRefused as error:
            refused.append(error.texts["en"])

    assert at_once(work, work) == []
    ceilings = sum(PotPart.objects.values_list("ceiling_cents", flat=True))
    assert (len(refused), ceilings) == ((1, 600_50) if locked else (0, 1200_50))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_two_moves_at_once(locked: bool, inside: dict[str, RoundInPackage], monkeypatch: pytest.MonkeyPatch) -> None:
    """Money for two rounds that each take the rest of a component: one gets it; without the lock both do, above the component."""
    taking = [a_round(inside["advice"], 100_00) for _ in range(2)]
    giving = [a_round(None, 200_00) for _ in taking]
    if not locked:
        monkeypatch.setattr(type(PackageComponent.objects.all()), "select_for_update", lambda found, *_, **__: found)
    monkeypatch.setattr(moving, "ensure_room", both_read(moving.ensure_room))
    refused: list[str] = []

    def work(one: Round, other: Round) -> Any:
        def run() -> None:
            try:
                with transaction.atomic():
                    moving.move_money(one.pk, "", other.pk, "", 200_00, by=US, at=AT)
            except RoundRefused as error:
                refused.append(error.field)

        return run

    assert at_once(*[work(*pair) for pair in zip(giving, taking, strict=True)]) == []
    ceilings = sum(PotPart.objects.filter(round__in=taking).values_list("ceiling_cents", flat=True))
    assert (refused, ceilings) == ((["cents"], 400_00) if locked else ([], 600_00))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("packed", [True, False], ids=["in the package", "not in the package"])
def test_places_of_all_rounds_at_once_are_the_package_exactly(packed: bool, inside: dict[str, RoundInPackage]) -> None:
    """While the rounds of a package give places at the same moment, together they give its sum to the cent; outside it, more."""
    rows = [a_round(inside["advice"], 400_00, partly=True), a_round(inside["training"], 600_50, partly=True)]
    if packed:
        with pytest.raises(RoundRefused):
            a_round(inside["training"], 1, partly=True)
    else:
        rows.append(a_round(None, 1_00, partly=True))
    for row in rows:
        tickets(row, [(7_77, "")] * 100)

    def work(row: Round) -> Any:
        def run() -> None:
            while allocate(row.pk, at=AT, most=3):
                pass

        return run

    assert at_once(*[work(row) for row in rows for _ in range(2)]) == []
    assert set(Allocation.objects.values_list("position", flat=True)) == {100}
    given = sum(PotPart.objects.values_list("cents", flat=True))
    assert (given == 1000_50) is packed
    assert sum(one.given_cents for one in standing_of("leerpakket").values()) == 1000_50
