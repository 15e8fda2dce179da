"""The skills of the demo: every training teaches some, occupations ask them, and there is a way from one to another."""

from datetime import UTC, datetime

import pytest

from doorleren.core.days import day_of
from doorleren.register.commands.load_demo import load_demo, load_demo_skills
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.demo import catalogue
from doorleren.register.models import Occupation, Skill
from doorleren.register.reference.entries import Skill as SkillEntry
from doorleren.register.ways import gap_between

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
TODAY = day_of(AT)


def test_every_training_teaches_a_skill_that_has_words() -> None:
    """No training of the demo is without skills, and each of its skills and occupations has a name."""
    named = {one.id for one in catalogue.skills()}
    jobs = {one.id: one.label for one in catalogue.occupations()}
    for entry, _provider in catalogue.activities(TODAY):
        assert entry.skills
        assert set(entry.skills) <= named
        assert set(entry.occupations) <= set(jobs)
    assert all(jobs.values())
    assert len(set(jobs.values())) == len(jobs)


@pytest.mark.django_db
def test_there_is_a_way_from_one_occupation_to_another() -> None:
    """From welder to carpenter something is had, something lacks, every lacking skill is taught, and trainings are shown."""
    load_demo(at=AT)
    assert load_demo_skills()
    key = {one.label: one.key for one in Occupation.objects.all()}
    found = gap_between(key["lasser"], key["timmerman"], today=TODAY)
    assert {one.label for one in found.had} >= {"veilig werken"}
    assert "kozijnen stellen" in {one.label for one in found.lacking}
    assert found.untaught == ()
    assert found.listings


@pytest.mark.django_db
def test_what_was_imported_stays() -> None:
    """Where somebody imported skills, or the register is not that of the demo, nothing of the demo comes beside it."""
    assert not load_demo_skills()
    load_demo(at=AT)
    replace_reference("skills", [SkillEntry("s", "lassen")])
    assert not load_demo_skills()
    assert not Occupation.objects.exists()
    assert [one.key for one in Skill.objects.all()] == ["s"]
