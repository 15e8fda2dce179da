"""Financiers of a cost: named by KvK number, each with a word of its own about its own part."""

from datetime import timedelta
from typing import Any

import pytest

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.models import (
    FINANCIER_NAMES,
    Division,
    DivisionLine,
    Financier,
    FinancierSays,
    FinancierWord,
)
from doorleren.applications.partnerships.commands.divide_cost import finance_cost
from doorleren.applications.partnerships.commands.say_as_financier import say_as_financier
from doorleren.applications.partnerships.commands.set_task import set_task
from doorleren.applications.partnerships.dividing import Part
from doorleren.applications.partnerships.financiers import fault_of, paid_by, part_of, payers
from doorleren.applications.partnerships.standing import frozen_of, tasks_of
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Mandate, Person, RoleKind
from tests.applications.made import AT, KEY, TODAY, signed_in
from tests.applications.partners import FUND, LEAD, Lead, partner
from tests.people import made as people

WHOLE = 1_200_000_00


@pytest.fixture
def paid(lead: Lead) -> Lead:
    """A whole partnership of which a fund pays a part."""
    lead.whole()
    lead.finance(scheme=720_000_00, fund=300_000_00, own=180_000_00)
    return lead


@pytest.fixture
def fay(db: None) -> Person:
    """Of the fund."""
    return partner(people.organisation(FUND), "Fay", RoleKind.EMPLOYER)


def says(paid: Lead, who: Person, word: FinancierSays = FinancierSays.CONFIRMED, **given: Any) -> bool:
    """Say it for the fund."""
    found = part_of(paid.application.pk, FUND)
    cents = given.get("cents", 0 if found is None else found.line.part)
    return say_as_financier(paid.application.pk, FUND, cents, word, by=signed_in(who), at=given.get("at", AT))


def word_of(paid: Lead) -> str | None:
    """Give what counts as said of the fund's part."""
    found = part_of(paid.application.pk, FUND)
    assert found is not None
    return None if found.word is None else found.word.word


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (Part(1, financier="fund"), "kvk"), (Part(1, financier="public"), "kvk"), (Part(1, financier="employer"), "kvk"),
        (Part(1, financier="own", kvk=FUND, name="Wij"), "kvk"), (Part(1, financier="scheme", kvk=FUND, name="Zij"), "kvk"),
        (Part(1, financier="fund", kvk=LEAD, name="Wij"), "kvk"), (Part(1, financier="fund", kvk=FUND), "name"),
        (Part(1, financier="other", name="a" * 201), "name"), (Part(1, financier="other"), None),
        (Part(1, financier="other", kvk=FUND, name="Stichting"), None), (Part(1, financier="own"), None),
    ],
)  # fmt: skip
def test_how_a_financier_is_named(part: Part, field: str | None) -> None:
    """An organisation has a number and a name, nobody names oneself so, and what is wrong goes with its own field."""
    found = fault_of(part, LEAD)
    assert (None if found is None else found[0]) == field


def test_every_kind_of_financier_has_its_words() -> None:
    """Each kind is said in Dutch, as its label, and in words of its own in English."""
    assert {kind: texts["nl"] for kind, texts in FINANCIER_NAMES.items()} == dict(Financier.choices)
    assert all(texts["en"] and texts["en"] != texts["nl"] for texts in FINANCIER_NAMES.values())


def test_wrong_names_are_not_kept(lead: Lead) -> None:
    """Past the page too nothing is kept of a part without its number, or of an organisation that stands there twice."""
    lead.whole()
    before = Division.objects.count()
    twice = [Part(WHOLE // 2, financier=kind, kvk=FUND, name="Fonds") for kind in ("fund", "other")]
    for parts in (twice, [Part(WHOLE, financier="fund")]):
        with pytest.raises(ApplicationRefused) as refused:
            finance_cost(lead.application.pk, parts, library=lead.known, **lead.by)
        assert refused.value.facts == ("parts",)
    assert Division.objects.count() == before


def test_an_organisation_says_its_word(paid: Lead, fay: Person) -> None:
    """It confirms once, may change its mind, each with an entry in the record; what stands ready stays ready."""
    freeze_draft(paid.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=paid.known, **paid.by)
    assert word_of(paid) is None
    assert [says(paid, fay) for _ in range(2)] == [True, False]
    assert says(paid, fay, FinancierSays.NOT_OURS)
    paid.application.refresh_from_db()
    assert (state_now(paid.application), word_of(paid)) == ("ready", "not_ours")
    acts = Act.objects.filter(act__startswith="share_").order_by("id")
    assert [(one.act, one.details["cents"]) for one in acts] == [
        ("share_confirmed", 300_000_00), ("share_not_ours", 300_000_00),
    ]  # fmt: skip
    assert all(FUND not in str(one.details) for one in acts)


@pytest.mark.parametrize("who", ["lead partner", "of another organisation", "mandate ended"])
def test_nobody_else_says_it(who: str, paid: Lead, fay: Person) -> None:
    """Who applies, another organisation, and who no longer has a mandate may not; nothing is kept."""
    other = {"lead partner": paid.person, "mandate ended": fay}.get(who)
    if who == "mandate ended":
        Mandate.objects.filter(person=fay).update(ends_on=people.LONG_AGO)
    with pytest.raises(NotAllowed):
        says(paid, other or partner(people.organisation("90000097"), "Olga"))
    assert not FinancierWord.objects.exists()


def test_a_word_is_about_an_amount(paid: Lead, fay: Person) -> None:
    """A later division with the same part keeps the word, another amount asks anew, and who pays nothing more has no part."""
    says(paid, fay)
    paid.finance(scheme=720_000_00, fund=300_000_00, own=100_000_00, other=80_000_00)
    assert word_of(paid) == "confirmed"
    paid.finance(scheme=720_000_00, fund=300_000_01, own=179_999_99)
    assert word_of(paid) is None
    paid.finance(scheme=720_000_00, own=480_000_00)
    assert part_of(paid.application.pk, FUND) is None
    assert not paid_by([FUND]).exists()
    with pytest.raises(DivisionLine.DoesNotExist):
        says(paid, fay)


def test_what_an_organisation_pays(paid: Lead) -> None:
    """Only the financing that counts is listed, and only the part of the organisations that are asked about."""
    paid.finance(scheme=720_000_00, fund=200_000_00, public=280_000_00)
    assert [(one.kvk, one.part) for one in paid_by([FUND, LEAD])] == [(FUND, 200_000_00)]
    assert [one.line.part for one in payers(paid.application.pk)] == [720_000_00, 200_000_00, 280_000_00]


def test_not_after_it_was_withdrawn(paid: Lead, fay: Person) -> None:
    """A draft that was withdrawn is told to nobody else, and nothing more is said of it."""
    paid.application.withdrawn_at = AT
    paid.application.save()
    assert not paid_by([FUND])
    with pytest.raises(DivisionLine.DoesNotExist):
        says(paid, fay, at=AT + timedelta(hours=1))


def test_who_pays_and_who_does_what_is_frozen(paid: Lead) -> None:
    """The number of a financier and the work of a member are part of what is frozen; the same work again is no change."""
    number, before = paid.application.pk, frozen_of(paid.application)
    assert FUND in str(before["financing"])
    told = ("geeft de lessen", "wie er kwam")
    assert [set_task(number, 2, *told, **paid.by) for _ in range(2)] == [True, False]
    assert frozen_of(paid.application)["tasks"] == [[2, *told]]
    later = paid.by | {"at": AT + timedelta(hours=1)}
    assert set_task(number, 2, "iets anders", "", **later)
    assert [one.does for one in tasks_of(number, AT).values()] == ["geeft de lessen"]
    assert [one.does for one in tasks_of(number).values()] == ["iets anders"]
    assert Act.objects.filter(act="member_task").count() == 2
