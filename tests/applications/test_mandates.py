"""A mandate and a role have a last day: until it somebody files for an organisation, from the day after it nobody does by them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from doorleren.applications.access import may_edit, may_file, may_view
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Answer, Application, Freeze
from doorleren.applications.queries import colleagues_of
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, firm_as, signed_in
from tests.people import made as people

EMPLOYEES = "employer.employees"
AFTER = AT + timedelta(days=1)


@pytest.fixture
def firm(db: None) -> Organisation:
    """An employer."""
    return people.organisation("90000031")


@pytest.fixture(params=["mandate", "role"])
def emre(request: pytest.FixtureRequest, firm: Organisation) -> Person:
    """Somebody who files for it, until and including today by a mandate, or by a role."""
    until = {"mandate": None, "role": None} | {request.param: TODAY}
    person = people.person(name="Emre")
    people.mandate(person, firm, ends_on=until["mandate"])
    people.role(person, RoleKind.EMPLOYER, ends_on=until["role"], organisation=firm)
    return person


@pytest.fixture
def draft(known: Library, round_: Round, firm: Organisation, emre: Person) -> Application:
    """A draft that was begun on the last day."""
    return start_draft(round_, "firm", applicant=firm_as(firm), library=known, by=signed_in(emre), at=AT)


def test_the_last_day_is_one_of_them(draft: Application, firm: Organisation, emre: Person) -> None:
    """On the day itself filing, changing and looking are allowed; the day after none of them is, and it is no colleague's."""
    for at, allowed in ((AT, True), (AFTER, False)):
        by = signed_in(emre)
        assert bool(may_file(by, firm_as(firm), at=at)) is allowed
        assert bool(may_edit(by, draft, at=at)) is allowed
        assert bool(may_view(by, draft, at=at)) is allowed
        assert (emre in colleagues_of(draft, at)) is allowed


@pytest.mark.parametrize("act", ["start", "answer", "freeze", "withdraw"])
def test_no_act_after_it(
    act: str, known: Library, round_: Round, firm: Organisation, emre: Person, draft: Application
) -> None:  # fmt: skip
    """Every act of filing is refused the day after, also on a draft of one's own, and leaves nothing behind."""
    by = {"by": signed_in(emre), "at": AFTER}
    save_answers(draft.pk, [Given(EMPLOYEES, 12)], library=known, by=signed_in(emre), at=AT)
    told = {"library": known, **by}
    acts: dict[str, Callable[[], object]] = {
        "start": lambda: start_draft(round_, "firm", applicant=firm_as(firm), **told),
        "answer": lambda: save_answers(draft.pk, [Given(EMPLOYEES, 13)], **told),
        "freeze": lambda: freeze_draft(draft.pk, sensitive={}, person_key=KEY, today=day_of(AFTER), **told),
        "withdraw": lambda: withdraw_application(draft.pk, **by),
    }
    before = (Application.objects.count(), Answer.objects.count(), Freeze.objects.count())
    with pytest.raises(NotAllowed):
        acts[act]()
    assert (Application.objects.count(), Answer.objects.count(), Freeze.objects.count()) == before
    assert Application.objects.get(pk=draft.pk).withdrawn_at is None


def test_a_colleague_goes_on(known: Library, firm: Organisation, draft: Application) -> None:
    """The draft is the organisation's: who has a mandate that did not end puts it ready."""
    noor = people.person(name="Noor")
    people.mandate(noor, firm)
    people.role(noor, RoleKind.EMPLOYER, organisation=firm)
    save_answers(draft.pk, [Given(EMPLOYEES, 12)], library=known, by=signed_in(noor), at=AFTER)
    told = {"sensitive": {}, "person_key": KEY, "today": day_of(AFTER), "library": known}
    assert freeze_draft(draft.pk, by=signed_in(noor), at=AFTER, **told).cents == 1000_00
