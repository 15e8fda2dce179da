"""Completing a registration: what the scheme's file asks for it, what is lacking, who may, and that nothing changes after it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.access import may_report, may_say_of_delivery
from doorleren.applications.bundles.completing import lacking_in, wanted_in
from doorleren.applications.bundles.queries import rows_of, states_of
from doorleren.applications.bundles.refusing import COMPLETED, LET_GO, NOT_CONFIRMED, NOT_INSIDE, BundleRefused
from doorleren.applications.commands.complete_registration import complete_registration
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.delivering import beneficiary_of, reporter_of
from doorleren.applications.evidence.queries import asked_of
from doorleren.applications.evidence.refusing import LATER
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Bundle, BundleKey, Completion, Registration
from doorleren.applications.parties import Named
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import Assurance, Mandate, Organisation, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library
from tests.applications.bundles import completing, made
from tests.applications.bundles.completing import PROMISE, give, give_place, say_yes
from tests.applications.bundles.made import AT, row, submit
from tests.people import made as people

pytestmark = pytest.mark.django_db
Firm = tuple[Person, Organisation]


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme and what completing asks."""
    return completing.library(tmp_path / "schemes")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of documents."""
    return Store(tmp_path / "evidence", b"s" * 32)


@pytest.fixture
def one(known: Library, tom: Firm) -> Registration:
    """A registration; nobody said anything yet, and it has no place."""
    submit(known, made.a_round(known), tom, row(0))
    return Registration.objects.get()


@pytest.fixture
def open_one(one: Registration) -> Registration:
    """A registration with a place, to which the participant said yes."""
    say_yes(0, one)
    give_place(one)
    return one


def complete(one: Registration, tom: Firm, *stated: str) -> Completion:
    """Complete it, as the adviser who registered."""
    return complete_registration(one.pk, stated or (PROMISE,), by=made.signed_in(tom[0]), at=AT)


def test_it_is_completed_once_all_is_there(open_one: Registration, tom: Firm, store: Store) -> None:
    """With the evidence of that stage and the adviser's word it is complete, once, and it stands in the record."""
    document = give(open_one, tom[0], store)
    made_ = complete(open_one, tom)
    assert (made_.stated, made_.by_id, made_.at) == ([PROMISE], str(tom[0].pk), AT)
    act = Act.objects.get(act="completed_registration")
    assert (act.subject_kind, act.subject_id) == ("application", str(open_one.application_id))
    assert act.details == {"documents": 1, "content": made_.content, "stated": PROMISE}
    assert document.pk
    with pytest.raises(BundleRefused) as refused:
        complete(open_one, tom)
    assert refused.value.texts == COMPLETED
    assert Completion.objects.count() == 1


def test_who_reports_and_for_whom_it_was(one: Registration, tom: Firm) -> None:
    """The firm reports; whom it was for is nobody until the participant said yes in their own account, and then nobody else."""
    application = one.application
    assert reporter_of(application) == Named("organisation", tom[1].pk)
    assert beneficiary_of(application) == Named()
    assert not may_say_of_delivery(made.signed_in(tom[0]), application, at=AT)
    nadia = say_yes(0, one)
    application = Application.objects.get(pk=application.pk)
    assert beneficiary_of(application) == Named("person", nadia.pk)
    assert may_say_of_delivery(people.signed_in(nadia, at=AT), application, at=AT)
    assert not may_say_of_delivery(made.signed_in(tom[0]), application, at=AT)
    assert may_report(made.signed_in(tom[0]), application, at=AT)
    assert not may_report(people.signed_in(nadia, at=AT), application, at=AT)


def test_what_is_asked_follows_from_the_file(open_one: Registration) -> None:
    """Asked is the evidence of that stage and no other, and the word for what has no `when`; all in the file's terms."""
    wanted = wanted_in(open_one.round.version_id, open_one.application.track)
    assert ([one.id for one in wanted.evidence], [one.id for one in wanted.promises]) == (["roadmap"], [PROMISE])
    assert [(one.evidence.id, one.now) for one in asked_of(open_one.application)] == [
        ("roadmap", True), ("account", False),
    ]  # fmt: skip


def test_a_scheme_that_asks_nothing(tmp_path: Path, tom: Firm) -> None:
    """Where the file asks neither evidence nor a promise, the adviser only says that it is done."""
    plain = made.library(tmp_path / "plain")
    submit(plain, made.a_round(plain), tom, row(0))
    one = Registration.objects.get()
    say_yes(0, one)
    give_place(one)
    assert complete(one, tom).stated == []


@pytest.mark.parametrize("lacks", ["the evidence", "the promise"])
def test_what_is_lacking_is_named(lacks: str, open_one: Registration, tom: Firm, store: Store) -> None:
    """A refusal names what is not there yet, in the words of the scheme, and nothing is kept."""
    if lacks == "the promise":
        give(open_one, tom[0], store)
    with pytest.raises(BundleRefused) as refused:
        complete(open_one, tom, *(() if lacks == "the evidence" else ("something_else",)))
    named = "routekaart" if lacks == "the evidence" else "de deelnemer betaalt niets"
    assert named in refused.value.texts["nl"]
    assert not Completion.objects.exists()


def test_the_wrong_kind_of_file_is_no_evidence(open_one: Registration, tom: Firm, store: Store) -> None:
    """A document that was refused leaves the registration as incomplete as it was."""
    give(open_one, tom[0], store, raw=b"no pdf at all")
    with pytest.raises(BundleRefused, match="routekaart"):
        complete(open_one, tom)


def test_not_before_its_time(one: Registration, tom: Firm, store: Store) -> None:
    """Before the participant's yes and before the place neither the evidence is taken nor the act."""
    steps: list[tuple[Any, Callable[[], Any]]] = [
        (NOT_CONFIRMED, lambda: say_yes(0, one)), (NOT_INSIDE, lambda: give_place(one)),
    ]  # fmt: skip
    for reason, step in steps:
        with pytest.raises(BundleRefused) as refused:
            complete(one, tom)
        assert refused.value.texts == reason
        with pytest.raises(ApplicationRefused) as not_yet:
            give(one, tom[0], store)
        assert not_yet.value.texts == LATER
        step()
    assert give(one, tom[0], store)


def test_a_withdrawn_one_is_not_completed(open_one: Registration, tom: Firm, store: Store) -> None:
    """What was withdrawn cannot be completed, whatever was given for it."""
    give(open_one, tom[0], store)
    withdraw_application(open_one.application_id, by=made.signed_in(tom[0]), at=AT)
    with pytest.raises(BundleRefused) as refused:
        complete(open_one, tom)
    assert refused.value.texts == LET_GO


def test_nothing_changes_after_it(open_one: Registration, tom: Firm, store: Store) -> None:
    """A completed registration takes no more documents and lets none go."""
    document = give(open_one, tom[0], store)
    complete(open_one, tom)
    by = made.signed_in(tom[0])
    for act in (
        lambda: give(open_one, tom[0], store, raw=completing.files.pdf(b"%")),
        lambda: withdraw_document(document.pk, store=store, by=by, at=AT),
    ):
        with pytest.raises(ApplicationRefused) as refused:
            act()
        assert refused.value.texts == COMPLETED


def stranger(kind: str, tom: Firm) -> SignedIn:
    """Somebody who may not complete Tom's registration."""
    person, firm = tom
    if kind == "no mandate":
        Mandate.objects.filter(person=person).update(ends_on=day_of(AT) - timedelta(days=1))
    if kind in ("no mandate", "low"):
        return SignedIn(person.pk, Assurance.LOW if kind == "low" else Assurance.SUBSTANTIAL, False, AT)
    other = people.person(name="Olga")
    if kind == "colleague":
        people.mandate(other, firm)
        people.role(other, RoleKind.CAREER_ADVISER, organisation=firm)
    if kind == "decider":
        people.role(other, RoleKind.DECIDER)
    return made.signed_in(other)


@pytest.mark.parametrize("kind", ["nobody in particular", "colleague", "decider", "no mandate", "low"])
def test_who_may_not(kind: str, open_one: Registration, tom: Firm, store: Store) -> None:
    """Only the adviser who registered completes, with the mandate and enough assurance."""
    give(open_one, tom[0], store)
    with pytest.raises(NotAllowed):
        complete_registration(open_one.pk, [PROMISE], by=stranger(kind, tom), at=AT)
    assert not Completion.objects.exists()


def test_the_list_of_a_bundle(known: Library, tom: Firm, store: Store) -> None:
    """Per registration of a bundle it is known what still lacks, and which ones are complete."""
    bundle = submit(known, made.a_round(known), tom, row(0), row(1), row(2))
    first, second, third = Registration.objects.order_by("pk")
    say_yes(0, first)
    say_yes(1, second)
    give_place(first)
    give(first, tom[0], store)
    complete(first, tom)
    rows = list(rows_of(Bundle.objects.get(pk=bundle.pk)))
    states = states_of(rows)
    assert [states[one.pk].completed_at for one in (first, second, third)] == [AT, None, None]
    assert lacking_in(bundle, rows, states) == {second.pk: ["roadmap"]}


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("kind", ["completion", "key"])
def test_insert_only(act: str, kind: str, open_one: Registration, tom: Firm, store: Store) -> None:
    """What was completed and what a key was used for is never changed and never goes."""
    give(open_one, tom[0], store)
    complete(open_one, tom)
    BundleKey.objects.create(adviser=tom[0], key="a" * 64, content="b" * 64, at=AT)
    rows: Any = Completion.objects.all() if kind == "completion" else BundleKey.objects.all()
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(at=AT) if act == "update" else rows.delete()
