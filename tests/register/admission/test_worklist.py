"""The work list says the same as the rule of standings, for any decisions on any day, page after page."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from doorleren.core.days import day_of
from doorleren.register import worklist as module
from doorleren.register.admission import Decision, standing, timeline
from doorleren.register.entries import Entry
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.register.models.admission import ADMISSION_ACTS
from doorleren.register.possible_acts import DECIDED, possible_acts
from doorleren.register.standings import admission_of, decisions_of, standing_of_activity, standings_of
from doorleren.register.worklist import STANDINGS_ASKED, Wanted, worklist
from tests.register.commands.scene import KVK, receive

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 5, 1, 9, tzinfo=UTC)
TODAY = date(2026, 5, 15)
HOW_MANY = 40


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """A school and forty activities with decisions of any kind, some of the same moment, some for later days."""
    monkeypatch.setattr(module, "PAGE", 7)
    receive(*(Entry(KVK, f"A{number}", f"Les {number}", sector="construction") for number in range(HOW_MANY)))
    random = Random(20260515)
    subjects = [{"provider": Provider.objects.get()}] + [{"activity": one} for one in Activity.objects.order_by("pk")]
    for subject in subjects:
        for _ in range(random.randint(0, 5)):
            day = random.randint(0, 13)
            act = random.choice(ADMISSION_ACTS)
            AdmissionDecision.objects.create(
                **subject, act=act, decided_at=FIRST + timedelta(days=day), decided_by="test", reason="r",
                effective_on=day_of(FIRST) + timedelta(days=day + random.choice((0, 0, 0, 3, 10))),
                checks=["participants_are_guided"] if act == "refused" else [],
            )  # fmt: skip


def every(asked: str, **more: str) -> list[tuple[str, int]]:
    """All rows of a list, over its pages; a page that comes again would never end."""
    found: list[tuple[str, int]] = []
    after = 0
    for _page in range(HOW_MANY):
        page = worklist(Wanted(asked, after=after, **more), TODAY)
        found += [(one.kind, one.number) for one in page.rows]
        after = page.after
        if not after:
            break
    assert page.count == len(found)
    return found


def expected(asked: str) -> list[tuple[str, int]]:
    """The same, by the rule: the last decision, or how it stands today; ordered by the decision that makes it so."""
    rows: list[tuple[datetime, int, str, int]] = []
    subjects = [("provider", one.pk) for one in Provider.objects.all()]
    subjects += [("activity", one.pk) for one in Activity.objects.all()]
    for kind, number in subjects:
        told = decisions_of(**{kind: number})
        line = timeline(told)
        if not line:
            continue
        last = max(told, key=lambda one: (one.decided_at, one.number))
        now = next((one for one in reversed(line) if one.effective_on <= TODAY), None)
        if asked == "applied":
            one = last if last.act == "applied" else None
        elif asked == "announced":
            one = last if last.effective_on > TODAY else None
        else:
            one = now if standing(told, TODAY).act == asked else None
        if one is not None:
            rows.append((one.decided_at, one.number, kind, number))
    return [(kind, number) for _at, _number, kind, number in sorted(rows)]


@pytest.mark.parametrize("asked", STANDINGS_ASKED)
def test_the_list_is_what_the_rule_says(decided: None, asked: str) -> None:
    """For each standing the pages hold exactly who stands so, the longest first, each once."""
    assert every(asked) == expected(asked)
    assert expected(asked)


def test_filters_narrow_and_add_up(decided: None) -> None:
    """Kind, provider and sector each leave what fits; kinds add up to the whole."""
    whole = every("admitted")
    assert sorted(every("admitted", kind="provider") + every("admitted", kind="activity")) == sorted(whole)
    assert every("admitted", provider="vakschool O") == every("admitted", provider=KVK) == whole
    assert every("admitted", provider="Elders") == every("admitted", sector="ict") == []
    assert every("admitted", sector="construction") == every("admitted", kind="activity")
    assert every("admitted", kind="provider", sector="construction") == []


def test_nothing_is_counted_beyond_the_most(decided: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more than the most there is no count at all; with exactly the most there is."""
    whole = len(every("admitted"))
    monkeypatch.setattr(module, "MOST_COUNTED", whole)
    assert worklist(Wanted("admitted"), TODAY).count == whole
    monkeypatch.setattr(module, "MOST_COUNTED", whole - 1)
    assert worklist(Wanted("admitted"), TODAY).count is None


def test_what_is_not_listed_any_more_is_left_out(decided: None) -> None:
    """An activity whose only delivery was undone waits for nobody."""
    gone = next(number for kind, number in every("applied") if kind == "activity")
    Activity.objects.filter(pk=gone).update(current=None)
    assert ("activity", gone) not in every("applied")


@pytest.mark.parametrize("wrong", [{"standing": "x"}, {"kind": "x"}])
def test_what_cannot_be_asked_is_an_error(wrong: dict[str, str]) -> None:
    """A standing or kind that there is not is refused with what there is."""
    with pytest.raises(ValueError, match="standing is one of applied"):
        worklist(Wanted(**wrong), TODAY)


def test_many_stand_as_each_by_itself(decided: None) -> None:
    """Asking for many activities at once gives for each what asking for one gives."""
    keys = list(Activity.objects.values_list("pk", flat=True))
    for day in (TODAY, TODAY + timedelta(days=5)):
        found = standings_of(keys, day)
        assert found == {
            key: (standing_of_activity(key, day), bool(admission_of(key, day).holds)) for key in keys
        }  # fmt: skip
    assert standings_of([], TODAY) == {}


@pytest.mark.parametrize(
    ("acts", "possible"),
    [
        ((), ()),
        (("applied",), ("admitted", "refused")),
        (("applied", "refused"), ()),
        (("applied", "admitted", "suspended"), ("admitted", "removed")),
        (("applied", "admitted", "removed"), ()),
    ],
)
def test_which_acts_are_possible(acts: tuple[str, ...], possible: tuple[str, ...]) -> None:
    """After each standing a page offers what the rule lets follow, for a provider as for an activity."""
    told = [Decision(act, day_of(FIRST), FIRST + timedelta(hours=place)) for place, act in enumerate(acts)]
    for with_cap in (True, False):
        assert possible_acts(told, TODAY, FIRST, with_cap=with_cap) == possible


def test_who_is_admitted_can_get_another_cap_if_it_has_one() -> None:
    """An admitted activity may be admitted again with another most, a provider has no most; both may be stopped."""
    told = [Decision("applied", TODAY, FIRST), Decision("admitted", TODAY, FIRST + timedelta(hours=1), 10)]
    assert possible_acts(told, TODAY, FIRST, with_cap=True) == ("admitted", "suspended", "removed")
    assert possible_acts([told[0], Decision("admitted", TODAY, told[1].decided_at)], TODAY, FIRST, with_cap=False) == (
        "suspended",
        "removed",
    )
    assert set(DECIDED) == set(ADMISSION_ACTS) - {"applied"}
