"""A deputy during leave: gets the work, and has no act that the colleague who is away may not have either."""

from datetime import timedelta
from itertools import permutations, product

import pytest
from django.db import transaction

from doorleren.audit.models import Act
from doorleren.cases import access
from doorleren.cases.access import BARRED, DUTIES, hands_of, may
from doorleren.cases.acts import ACTS, Duty
from doorleren.cases.commands.assign import assign, claim
from doorleren.cases.commands.perform import perform
from doorleren.cases.looking import lies_open
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.commands.name_deputy import end_absence, name_deputy
from doorleren.people.models import Absence, Body, Person, Role, RoleKind
from tests.cases import made
from tests.cases.made import AT, by
from tests.people import made as people

pytestmark = pytest.mark.django_db
KINDS = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER)
TODAY = day_of(AT)


def away(person: Person, deputy: Person, days: int = 7, start: int = 0) -> Absence:
    """Somebody is away, and a colleague stands in, by what they say themselves."""
    return name_deputy(
        person.pk, deputy.pk, people.body().pk, starts_on=TODAY + timedelta(days=start),
        ends_on=TODAY + timedelta(days=start + days), by=by(person, AT), at=AT,
    )  # fmt: skip


def given_to(case: Case, who: Person) -> Case:
    """The case as it is of somebody."""
    Case.objects.filter(pk=case.pk).update(assigned_to=who, assigned_at=AT)
    case.refresh_from_db()
    return case


def did(case: Case, act: str, who: Person) -> None:
    """Write down that somebody did an act, as `perform` does."""
    CaseAct.objects.create(
        case=case, number=case.acts + 1, act=act, at=AT, happened_on=TODAY, by_kind="person", by_id=str(who.pk),
        details={}, ground=ACTS[act].ground,
    )  # fmt: skip


def test_new_work_goes_to_the_deputy(case: Case) -> None:
    """A case that is given to who is away goes to the deputy, and says so; who takes it gets it, and after leave it is theirs again."""
    fatima, joost, els = (made.official(*KINDS) for _ in range(3))
    absence = away(fatima, joost)
    row = assign(case.pk, to=fatima.pk, by=by(els, AT), at=AT)
    assert (row.case.assigned_to_id, row.details) == (joost.pk, {"to": joost.pk, "instead_of": fatima.pk})
    assert claim(case.pk, by=by(fatima, AT), at=AT).case.assigned_to_id == fatima.pk
    end_absence(absence.pk, by=by(fatima, AT), at=AT)
    assert assign(case.pk, to=fatima.pk, by=by(els, AT), at=AT).case.assigned_to_id == fatima.pk


def test_an_act_of_a_deputy_counts_for_both(case: Case) -> None:
    """Assessing in the place of a colleague leaves both with a hand in it, so that neither decides; on the own case it does not."""
    fatima, joost = made.official(*KINDS), made.official(*KINDS)
    away(fatima, joost)
    row = perform(given_to(case, fatima).pk, "assessed", by=by(joost, AT), at=AT)
    assert row.details["on_behalf_of"] == fatima.pk
    assert hands_of(case.pk)["assess"] == {fatima.pk, joost.pk}
    for one in (fatima, joost):
        assert not may(by(one, AT), "granted", case, at=AT)
    other = made.a_case()
    assert "on_behalf_of" not in perform(given_to(other, joost).pk, "assessed", by=by(joost, AT), at=AT).details


def test_without_the_role_of_the_colleague_one_stands_in_for_nobody(case: Case) -> None:
    """A decider who takes the cases of an assessor decides in their own right: the assessor could not have decided."""
    fatima, joost = made.official(RoleKind.ASSESSOR), made.official(RoleKind.ASSESSOR, RoleKind.DECIDER)
    away(fatima, joost)
    did(given_to(case, fatima), "assessed", fatima)
    assert may(by(joost, AT), "granted", case, at=AT)


def combinations() -> list[tuple[str, str, object]]:
    """Every act of one duty by who is away, then every act that this bars tried by the deputy: with the answer."""
    fatima, joost = made.official(*KINDS), made.official(*KINDS)
    away(fatima, joost)
    case, found = given_to(made.a_case(), fatima), []
    duties: set[Duty] = {one for one in DUTIES.values() if one != "enter"}
    for first, then in permutations(sorted(duties), 2):
        if first not in BARRED[then]:
            continue
        with transaction.atomic():
            did(case, next(act for act, duty in DUTIES.items() if duty == first), fatima)
            found += [
                (first, act, may(by(joost, AT), act, case, at=AT)) for act, duty in DUTIES.items() if duty == then
            ]
            transaction.set_rollback(True)
    return found


def test_nobody_has_two_of_them_by_a_deputy() -> None:
    """Whatever who is away did, the deputy does in that case no act that must lie in other hands, and reads why."""
    found = combinations()
    assert len(found) >= 60
    assert {answer.reason for _, _, answer in found if isinstance(answer, Refused)} == {"stood_in"}
    assert [one for one in found if one[2]] == []


def test_without_looking_at_leave_they_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where nobody stands in for anybody, the deputy may do every one of these."""
    monkeypatch.setattr(access, "stands_in_for", lambda *_args, **_kwargs: None)
    assert all(answer for _, _, answer in combinations())


@pytest.mark.parametrize("when", ["yet to begin", "over", "ended", "another body", "no leave"])
def test_outside_the_leave(when: str, case: Case) -> None:
    """Before the first day, after the last, once ended or in another body, a colleague acts in their own right alone."""
    fatima, joost = made.official(*KINDS), made.official(*KINDS)
    if when != "no leave":
        one = away(fatima, joost, start=3 if when == "yet to begin" else 0)
        change = {
            "over": {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "ended": {"ended_at": AT},
            "another body": {"body": Body.objects.create(code="elders", name="Elders")}, "yet to begin": {},
        }[when]  # fmt: skip
        Absence.objects.filter(pk=one.pk).update(**change)
    did(given_to(case, fatima), "assessed", fatima)
    assert may(by(joost, AT), "granted", case, at=AT)


def test_what_is_refused() -> None:
    """Oneself, who works elsewhere, days that are gone or the wrong way round, a second deputy, a deputy who is away, a chain."""
    fatima, joost, els = (made.official(*KINDS) for _ in range(3))
    stranger = people.person(name="Olga")
    for other, start, days, field in (
        (fatima, 0, 7, "deputy"), (stranger, 0, 7, "deputy"), (joost, -1, 7, "starts_on"), (joost, 3, -1, "ends_on"),
        (joost, 0, 400, "ends_on"),
    ):  # fmt: skip
        with pytest.raises(RoleRefused) as refused:
            away(fatima, other, days, start)
        assert set(refused.value.faults) == {field}
    away(fatima, joost)
    for person, deputy, field in ((fatima, els, "starts_on"), (els, fatima, "deputy"), (joost, els, "person")):
        with pytest.raises(RoleRefused) as refused:
            away(person, deputy)
        assert set(refused.value.faults) == {field}
    assert Absence.objects.count() == 1
    away(joost, els, start=30)


ONE, OTHER = RoleKind.ASSESSOR, RoleKind.DECIDER


@pytest.mark.parametrize(
    ("own", "held", "until", "fit"),
    [
        ((ONE,), (ONE,), None, True), ((ONE, OTHER), (OTHER,), None, True), ((ONE,), (OTHER, RoleKind.PAYMASTER), None, False),
        ((ONE,), (RoleKind.AUDITOR,), None, False), ((ONE,), (ONE,), 7, True), ((ONE,), (ONE,), 6, False),
    ],
)  # fmt: skip
def test_a_deputy_can_do_the_work(
    own: tuple[RoleKind, ...], held: tuple[RoleKind, ...], until: int | None, fit: bool
) -> None:
    """A deputy has a role of who is away on every day of the leave, up to and with the last; anybody else is refused at the field."""
    fatima, joost = made.official(*own), made.official(*held)
    if until is not None:
        Role.objects.filter(person=joost).update(ends_on=TODAY + timedelta(days=until))
    if fit:
        assert away(fatima, joost).deputy == joost
        return
    with pytest.raises(RoleRefused) as refused:
        away(fatima, joost)
    assert set(refused.value.faults) == {"deputy"}
    assert "beoordelaar" in refused.value.faults["deputy"]["nl"]
    assert not Absence.objects.exists()


def test_the_files_of_the_colleague_lie_open(case: Case) -> None:
    """A deputy opens a file of who is away without a reason, as it is on their own list; before and after the leave it asks one."""
    fatima, joost = made.official(*KINDS), made.official(*KINDS)
    given_to(case, fatima)
    assert not lies_open(by(joost, AT), case, at=AT)
    absence = away(fatima, joost)
    assert lies_open(by(joost, AT), case, at=AT)
    assert not lies_open(by(made.official(*KINDS), AT), case, at=AT)
    end_absence(absence.pk, by=by(fatima, AT), at=AT)
    assert not lies_open(by(joost, AT), case, at=AT)


@pytest.mark.parametrize(
    ("kind", "own"), list(product((*KINDS, RoleKind.ADMINISTRATOR, RoleKind.AUDITOR), (True, False)))
)
def test_who_may_name(kind: RoleKind, own: bool) -> None:
    """Who treats cases names a deputy for themselves alone; an administrator of the body for others; nobody else; both acts are recorded."""
    fatima, joost, asks = made.official(*KINDS), made.official(*KINDS), made.official(kind)
    person = asks if own else fatima
    allowed = (kind == RoleKind.ADMINISTRATOR and not own) or (kind in KINDS and own)

    def name() -> Absence:
        return name_deputy(
            person.pk, joost.pk, people.body().pk, starts_on=TODAY, ends_on=TODAY, by=by(asks, AT), at=AT
        )  # fmt: skip

    if not allowed:
        with pytest.raises((NotAllowed, RoleRefused)):
            name()
        assert not Absence.objects.exists()
        return
    one = name()
    stranger = made.official(RoleKind.ASSESSOR)
    with pytest.raises(NotAllowed):
        end_absence(one.pk, by=by(stranger, AT), at=AT)
    end_absence(one.pk, by=by(asks, AT), at=AT)
    with pytest.raises(RoleRefused):
        end_absence(one.pk, by=by(asks, AT), at=AT)
    told = Act.objects.filter(subject_kind="absence").order_by("id").values_list("act", "actor_id")
    assert list(told) == [("named_deputy", str(asks.pk)), ("ended_absence", str(asks.pk))]
