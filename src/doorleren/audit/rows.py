"""Rows of tables by a statement of our own, for the few questions that the pages of officials ask all day.

Django writes its statement anew each time, and for these that takes longer than the answer: a page of a case asks fifteen of
them (bench/README.md). What is given is what Django gives: objects of the models, with every column. All else asks through Django.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a row of a model is read: names of its fields, of their columns, and what makes a value of what the database gives."""

    names: tuple[str, ...]
    columns: tuple[str, ...]
    key: int
    converts: tuple[tuple[int, Convert], ...]

    def made(self, model: type[M], values: list[Any]) -> M | None:
        """Make the object; None for a row of nothing, as an outer join gives."""
        if values[self.key] is None:
            return None
        for place, convert in self.converts:
            values[place] = convert(values[place], None, connection)
        return model.from_db(connection.alias, self.names, values)


def rows_of(model: type[M], condition: str, values: Sequence[Any]) -> list[M]:
    """Give the rows of a table by what comes after WHERE, in SQL. Example: rows_of(CaseAct, "case_id = %s ORDER BY number", [7])."""
    found = joined({"": model}, f"{_table(model)} WHERE {condition}", values)
    return [one for (one,) in found]


def joined(
    models: Mapping[str, type[Model]], tables: str, values: Sequence[Any], also: Iterable[str] = ()
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Give rows of several tables at once: of each model by the name that it has in `tables` (what comes after FROM), then what is asked `also`.

    A model that an outer join finds nothing of is None.
    """
    shapes = [_shape(model) for model in models.values()]
    asked = [f"{name}.{column}" if name else column
             for name, shape in zip(models, shapes, strict=True) for column in shape.columns]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*asked, *also])} FROM {tables}", values)  # noqa: S608 - of ours, values apart
        told = cursor.fetchall()
    found = []
    for row in told:
        place, made = 0, list[Any]()
        for model, shape in zip(models.values(), shapes, strict=True):
            made.append(shape.made(model, list(row[place : place + len(shape.names)])))
            place += len(shape.names)
        found.append((*made, *row[place:]))
    return found


def _table(model: type[Model]) -> str:
    return str(model._meta.db_table)


@cache
def _shape(model: type[Model]) -> _Shape:
    fields = model._meta.concrete_fields
    told = [(place, one.get_col(_table(model)).get_db_converters(connection)) for place, one in enumerate(fields)]
    return _Shape(
        tuple(one.attname for one in fields),
        tuple(f'"{one.column}"' for one in fields),
        next(place for place, one in enumerate(fields) if one.primary_key),
        tuple((place, convert) for place, converts in told for convert in converts),
    )
