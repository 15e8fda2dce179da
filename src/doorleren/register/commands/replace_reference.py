"""Replace one kind of reference data by what a publisher's file says: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from django.db import connection, models, transaction

from doorleren.register.models import Occupation, OccupationSkill, Postcode, ShortageOccupation, Skill

TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "occupations": (Occupation, ("key", "isco", "code", "label", "alternatives", "description")),
    "skills": (Skill, ("key", "label", "alternatives", "language")),
    "shortages": (ShortageOccupation, ("code", "label", "listed_from", "listed_until")),
    "occupation-skills": (OccupationSkill, ("occupation", "skill", "essential")),
    "postcodes": (
        Postcode,
        (
            "pc4",
            "place",
            "municipality_code",
            "municipality",
            "region_code",
            "region",
            "latitude",
            "longitude",
            "post_boxes",
        ),
    ),
}
"""Per kind its table, and the columns in the order of the fields of what the reader gives."""


def replace_reference(kind: str, rows: Iterable[Any]) -> int:
    """Put rows (dataclasses of `register.reference`) in the place of what was there; give how many there are now."""
    model, columns = TABLES[kind]
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        model._default_manager.all().delete()
        with cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([list(value) if isinstance(value, tuple) else value for value in astuple(row)])
        cursor.execute(f"ANALYZE {table}")
    return model._default_manager.count()
