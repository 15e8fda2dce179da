"""A visitor with the same facts gets the answer that was kept; any fact that matters makes a new one."""

from random import Random

from doorleren.core.days import read_asked
from doorleren.register.funding import kept as kept_module
from doorleren.register.funding.at_best import at_best
from doorleren.register.funding.facts import with_activity
from doorleren.register.funding.kept import KeptAnswers
from doorleren.register.funding.most import most_for_anyone
from doorleren.register.funding.remaining import Remaining
from doorleren.rules.library import open_library
from tests.register.funding.test_remaining import USUAL, drawn_activities

LIBRARY = open_library()
ASKED = read_asked("2022-03-01")
_FACTS, ACTIVITIES = drawn_activities(LIBRARY, Random(4), ASKED.day, 40)


def test_the_same_facts_give_the_same_object():
    """Facts that no scheme of the day looks at, and the price of another training, make no difference."""
    kept = KeptAnswers(LIBRARY, ACTIVITIES)
    first = kept.of(USUAL, ASKED)
    assert kept.of(dict(USUAL) | {"training.price": 5, "partnership.smes": 4}, ASKED) is first


def test_another_fact_day_or_role_gives_another_answer():
    """A fact that matters, another day and another role are each asked anew."""
    kept = KeptAnswers(LIBRARY, ACTIVITIES)
    first = kept.of(USUAL, ASKED)
    for profile, asked in (
        (USUAL | {"training.paid_by_other": 10_000}, ASKED),
        (USUAL | {"asker.role": "employer"}, ASKED),
        (USUAL | {"person.receives_student_finance": True}, ASKED),
        (USUAL, read_asked("2022-03-02")),
        (USUAL, read_asked("2022-03-01T10:00")),
    ):
        other = kept.of(profile, asked)
        assert other is not first
        anew = Remaining.of(LIBRARY, profile, asked)
        assert other.frame().equals(at_best(anew, ACTIVITIES, anew.for_all(ACTIVITIES)).frame())


def test_the_oldest_answer_goes_first(monkeypatch):
    """No more answers are kept than are allowed; the one used last stays."""
    monkeypatch.setattr(kept_module, "ANSWERS_KEPT", 2)
    kept = KeptAnswers(LIBRARY, ACTIVITIES)
    paid = [USUAL | {"training.paid_by_other": cents} for cents in (1, 2, 3)]
    first, second = kept.of(paid[0], ASKED), kept.of(paid[1], ASKED)
    assert kept.of(paid[0], ASKED) is first
    kept.of(paid[2], ASKED)
    assert kept.of(paid[0], ASKED) is first
    assert kept.of(paid[1], ASKED) is not second


def test_the_question_is_weighed_once_for_the_same_facts(monkeypatch):
    """What is kept is what would be asked anew, for each activity and visitor; a second time nothing is weighed."""
    kept = KeptAnswers(LIBRARY, ACTIVITIES)
    visitors = ({}, {"asker.role": "person", "person.work_status": "employee"}, USUAL | {"training.paid_by_other": 5})
    asked = set()
    for visitor in visitors:
        for facts in _FACTS:
            anew = most_for_anyone(LIBRARY, facts, ASKED, visitor).question
            assert kept.question([facts], visitor, ASKED) == anew
            asked.add(anew)
    assert len(asked) > 2
    monkeypatch.setattr(kept_module, "most_for_anyone", None)
    for facts in _FACTS:
        kept.question([facts], {"partnership.smes": 4}, ASKED)


def test_no_more_questions_are_kept_than_allowed(monkeypatch):
    """The oldest goes first, and is weighed anew when it is asked again."""
    monkeypatch.setattr(kept_module, "QUESTIONS_KEPT", 1)
    kept, weighed = KeptAnswers(LIBRARY, ACTIVITIES), []

    def weigh(*given):
        weighed.append(given)
        return most_for_anyone(*given)

    monkeypatch.setattr(kept_module, "most_for_anyone", weigh)
    for skipped, times in (((), 1), ((), 1), (("person.birth_date",), 2), ((), 3)):
        kept.question(_FACTS[:1], {}, ASKED, skipped)
        assert len(weighed) == times


def test_an_activity_is_found_by_its_key():
    """Each key leads to its own facts, and a key between, before or behind them to none."""
    for place, key in enumerate(ACTIVITIES.keys):
        assert ACTIVITIES.place(key) == place
        assert with_activity({}, ACTIVITIES.facts_of(key)) == ACTIVITIES.profile(place)
    assert ACTIVITIES.place(-1) is None
    assert ACTIVITIES.facts_of(max(ACTIVITIES.keys) + 1) == {}
