"""The table of personal content: whole against every model, and each row with a purpose, a ground, a term and a rule."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from doorleren.cases.frameworks import frameworks, law_of_terms
from doorleren.people.personal_content import PersonalContent, personal_content
from doorleren.rules.faults import SchemeFault
from doorleren.shipped import folder

FILE = folder("law") / "personal-content.toml"
Named = Counter[tuple[str, str]]


def every_field() -> set[tuple[str, str]]:
    models = apps.get_models(include_auto_created=True)
    return {(one._meta.label, field.name) for one in models for field in one._meta.concrete_fields}


def named(table: PersonalContent) -> Named:
    lists = [row.fields for row in table.rows] + [table.not_personal]
    return Counter((model, name) for fields in lists for model, names in fields.items() for name in names)


def gaps(table: PersonalContent) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    told, there = named(table), every_field()
    twice = sorted(field for field, times in told.items() if times > 1)
    return sorted(there - set(told)), sorted(set(told) - there), twice


def test_every_field_of_every_table_is_in_one_list() -> None:
    """No field is forgotten, none is named that is gone, and none stands in two lists."""
    forgotten, gone, twice = gaps(personal_content())
    assert (forgotten, gone, twice) == ([], [], [])


def test_a_field_that_is_left_out_added_or_doubled_is_seen(tmp_path: Path) -> None:
    """Control: without a field, with one that is not there, or with one twice, the comparison says which."""
    text = FILE.read_text("utf-8")
    changed = tmp_path / "personal-content.toml"
    changed.write_text(
        text.replace(
            '"people.Person" = ["name", "notice_email", "letters_by"]',
            '"people.Person" = ["name", "shoe_size", "created_at"]',
        )
    )
    forgotten, gone, twice = gaps(PersonalContent.read(changed))
    assert ("people.Person", "notice_email") in forgotten
    assert ("people.Person", "shoe_size") in gone
    assert ("people.Person", "created_at") in twice


def test_every_term_that_is_named_exists() -> None:
    """Each row has what, why, ground and how long in both languages, and a term of law that there is; the frameworks name theirs."""
    for row in personal_content().rows:
        assert set(row.texts) == set(row.purpose) == set(row.ground) == set(row.kept.texts) == {"nl", "en"}, row.id
        assert {row.kept.term, row.kept.unsubmitted} - {""} <= set(law_of_terms().kinds), row.id
    assert {one.retention for one in frameworks().values()} <= set(law_of_terms().kinds)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('scrub = "empty"', 'scrub = "forget"', "given 'forget', allowed is delete_row, empty"),
        ('kept = "account"', 'kept = "for ever"', "given 'for ever', allowed is file, account"),
        (
            '"people.Person" = ["name", "notice_email", "letters_by"]',
            '"people.Person" = "name"',
            "people.Person: given 'name'",
        ),
    ],
    ids=["scrub", "kept", "fields"],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """An unknown rule, an unknown term or fields that are no list are refused, with what was given and what is allowed."""
    changed = tmp_path / "personal-content.toml"
    changed.write_text(FILE.read_text("utf-8").replace(old, new, 1))
    with pytest.raises(SchemeFault, match=said):
        PersonalContent.read(changed)
