"""From one occupation to another: what one has, what lacks, who teaches it, and what nobody teaches."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.models import ActivityVersion
from doorleren.register.reference.entries import OccupationSkill, Skill
from doorleren.register.ways import SharedSkills, gap_between, shared_skills

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SCHOOL = ProviderEntry("S", "School")


@pytest.fixture(autouse=True)
def occupations() -> None:
    """A cook and a baker: both clean, the baker also bakes, decorates and may drive."""
    replace_reference(
        "skills",
        [Skill("clean", "clean", (), "en"), Skill("bake", "bake", (), "en"), Skill("decorate", "versieren", (), "nl")],
    )
    asked = [("cook", "clean", True), ("baker", "clean", True), ("baker", "bake", True), ("baker", "decorate", True),
             ("baker", "drive", False)]  # fmt: skip
    replace_reference("occupation-skills", [OccupationSkill(*one) for one in asked])


def deliver(*entries: Entry) -> None:
    """Puts entries in the register."""
    rows = [Received(number, one, SCHOOL) for number, one in enumerate(entries, 1)]
    receive_delivery(rows, source="s", form="csv", by="t", at=AT)


def test_what_lacks_is_what_the_target_always_asks_and_the_origin_never_does() -> None:
    """A cook who wants to bake has cleaning, lacks baking and decorating; what is optional is no gap."""
    gap = gap_between("cook", "baker", today=TODAY)
    assert [one.id for one in gap.had] == ["clean"]
    assert [one.id for one in gap.lacking] == [one.id for one in gap.untaught] == ["bake", "decorate"]
    assert gap.listings == {}


def test_skills_in_common_are_counted_one_way() -> None:
    """A cook has one of the three skills that a baker always needs, a baker all that a cook needs; nobody knows what an unknown one needs."""
    cook, baker = ("cook", "Kok"), ("baker", "Bakker")
    assert shared_skills(cook, baker) == SharedSkills("Kok", "Bakker", 1, 3)
    assert shared_skills(baker, cook) == SharedSkills("Bakker", "Kok", 1, 1)
    assert shared_skills(cook, ("sailor", "Matroos")) == SharedSkills("Kok", "Matroos", 0, 0)


def test_who_teaches_a_lacking_skill_or_the_target_is_listed_and_the_rest_of_supply_is_told() -> None:
    """A training for one skill and one for the occupation are listed; the skill that nobody names stays untaught."""
    deliver(
        Entry("S", "1", "Bakken", skills=("bake",)),
        Entry("S", "2", "Opleiding bakker", occupations=("baker",)),
        Entry("S", "3", "Schoonmaken", skills=("clean",)),
        Entry("S", "4", "Versieren, vroeger", skills=("decorate",), published_until=date(2026, 1, 1)),
    )
    gap = gap_between("cook", "baker", today=TODAY)
    assert [one.entry.code for one in gap.listings.values()] == ["1", "2"]
    assert [one.id for one in gap.untaught] == ["decorate"]


def test_what_somebody_can_besides_spares_trainings_and_the_most_useful_come_first() -> None:
    """Who can bake needs no training for that alone; who teaches more of what lacks comes first, whatever its number."""
    deliver(
        Entry("S", "1", "Bakken", skills=("bake",)),
        Entry("S", "2", "Versieren", skills=("decorate",)),
        Entry("S", "3", "Bakken en versieren", skills=("bake", "decorate")),
        Entry("S", "4", "Opleiding bakker", occupations=("baker",)),
    )
    gap = gap_between("cook", "baker", today=TODAY)
    assert [one.entry.code for one in gap.listings.values()] == ["3", "1", "2", "4"]
    assert (gap.useful, gap.spared, gap.untaught) == (4, 0, ())
    shorter = gap_between("cook", "baker", today=TODAY, can=frozenset({"bake", "unknown"}))
    assert [one.entry.code for one in shorter.listings.values()] == ["2", "3", "4"]
    assert (shorter.useful, shorter.spared) == (3, 1)
    assert shorter.lacking == gap.lacking
    nothing = gap_between("cook", "baker", today=TODAY, can={"bake", "decorate"})
    assert (dict(nothing.listings), nothing.useful, nothing.spared) == ({}, 0, 4)


def test_a_skill_says_in_which_language_its_name_is() -> None:
    """Names keep the language of the file they came from; a skill without a name shows its id."""
    gap = gap_between("cook", "baker", today=TODAY)
    assert [(one.label, one.language) for one in gap.lacking] == [("bake", "en"), ("versieren", "nl")]


def test_who_teaches_a_skill_is_found_by_an_index() -> None:
    """The indexes on skills and occupations exist and serve the very conditions of this search."""
    teaching = ActivityVersion.objects.filter(skills__overlap=["bake"]) | ActivityVersion.objects.filter(
        occupations__contains=["baker"]
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = teaching.explain()
    assert "activity_skills" in plan
    assert "activity_occupations" in plan
