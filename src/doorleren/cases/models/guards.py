"""The table of acts as the database reads it: constraints over the moments of a case, its state, and its trigger.

Written from `cases/acts.py`, `cases/stops.py` and `cases/rules.py`. The migrations have it written out; a test holds them to it.
"""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Greatest
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from doorleren.cases.acts import ACTS, FAMILIES, ActKind
from doorleren.cases.rules import STATES, done_before, nothing_open
from doorleren.cases.stops import STOPS, Stop


def stopped_in_a_check(stop: Stop) -> tuple[str, ...]:
    """Name the acts that a stop forbids and that a CHECK can see: not the one that it rests on, nor its family's, nor a later one."""
    return tuple(
        one.name for one in ACTS.values()
        if stop.id in one.stopped_by and stop.id not in one.later_stops and stop.by not in (one.name, one.family)
    )  # fmt: skip


def constraints() -> list[models.BaseConstraint]:
    """Give the constraints on the moments of a case."""
    latest = Q(last_act_at=_latest(tuple(ACTS)))
    last = models.CheckConstraint(
        condition=latest, name="cases_last_act",
        violation_error_message="Het laatste moment van een zaak is dat van de laatste handeling.",
    )  # fmt: skip
    return [*_stops(), *_befores(), *_families(), last]


def _stops() -> Iterator[models.CheckConstraint]:
    for stop in STOPS.values():
        stopped = stopped_in_a_check(stop)
        if stopped:
            in_order = Q(LessThanOrEqual(_latest(stopped), F(f"{stop.by}_at")))
            yield models.CheckConstraint(
                condition=Q(**{f"{stop.by}_at__isnull": True}) | _lifted(stop) | in_order,
                name=f"cases_stop_{stop.id}", violation_error_message=stop.texts["nl"],
            )  # fmt: skip


def _befores() -> Iterator[models.CheckConstraint]:
    for act in ACTS.values():
        for number, after in enumerate(act.after, 1):
            happened = Q(*(Q(**{f"{one}_at__isnull": False}) for one in after.any_of), _connector=Q.OR)
            yield models.CheckConstraint(
                condition=Q(**{f"{act.column}__isnull": True}) | happened,
                name=f"cases_before_{act.name}_{number}", violation_error_message=after.texts["nl"],
            )  # fmt: skip
        if act.answers:
            yield models.CheckConstraint(
                condition=Q(**{f"{act.column}__isnull": True}) | Q(**{f"{act.answers}_at__isnull": False}),
                name=f"cases_before_{act.name}_0", violation_error_message=nothing_open(act)["nl"],
            )  # fmt: skip


def _families() -> Iterator[models.CheckConstraint]:
    for family, acts in FAMILIES.items():
        column, none = f"{family}_at", Q(**{f"{one}_at__isnull": True for one in acts})
        some = Q(*(Q(**{f"{one}_at__isnull": False}) for one in acts), _connector=Q.OR)
        yield models.CheckConstraint(
            condition=(Q(**{f"{column}__isnull": True}) & none)
            | (Q(**{f"{column}__isnull": False}) & some & Q(**{column: _latest(acts)})),
            name=f"cases_family_{family}",
            violation_error_message="Het moment van een besluit is dat van het laatste besluit in zijn soort.",
        )


def state() -> Case:
    """Give the state of a case as an expression over its moments."""
    whens = [
        When(
            Q(*(stands_in_sql(act, one.until) for act in one.any_of), _connector=Q.OR), then=Value(one.name)
        )
        for one in STATES
    ]  # fmt: skip
    return Case(*whens, default=Value("received"), output_field=CharField(max_length=20))


def stands_in_sql(act: str, until: Iterable[str]) -> Q:
    """Say in SQL what `rules.stands` says. A comparison with what never happened is unknown, so it is asked for by name."""
    column = f"{act}_at"
    later = [Q(**{f"{one}_at__isnull": True}) | Q(LessThanOrEqual(F(f"{one}_at"), F(column))) for one in until]
    return Q(Q(**{f"{column}__isnull": False}), *later)


def _lifted(stop: Stop) -> Q:
    later = [
        Q(GreaterThan(F(f"{one}_at"), F(f"{stop.by}_at"))) & Q(**{f"{one}_at__isnull": False}) for one in stop.until
    ]
    return Q(*later, _connector=Q.OR)


def _latest(acts: tuple[str, ...]) -> Greatest | F:
    return Greatest(*(f"{one}_at" for one in acts)) if len(acts) > 1 else F(f"{acts[0]}_at")


# --- the trigger: what only the row before can tell


def moves_function() -> str:
    """Write the function of the trigger `cases_case_moves`, which compares a case with what it was."""
    rules = [_pinned(), _grows(), *(line for act in ACTS.values() for line in _of(act))]
    body = "\n".join(f"    {line}" for line in rules)
    return (
        "CREATE OR REPLACE FUNCTION cases_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n"
        f"{body}\n    RETURN NEW;\nEND $$;"
    )


def trigger_rules() -> Iterator[tuple[str, str]]:
    """Name the rules of the trigger with the act that each is about."""
    for act in ACTS.values():
        if act.once:
            yield f"cases_once_{act.name}", act.name
        yield from ((f"cases_again_{act.name}_{stop.id}", act.name) for stop in _own_stops(act))
        if act.answers:
            yield f"cases_answers_{act.name}", act.name


def _of(act: ActKind) -> Iterator[str]:
    new = f"NEW.{act.column} IS DISTINCT FROM OLD.{act.column}"
    if act.once:
        yield _raise(f"{new} AND OLD.{act.column} IS NOT NULL", f"cases_once_{act.name}", done_before(act)["nl"])
    for stop in _own_stops(act):
        yield _raise(
            f"{new} AND {_stands_before(stop.by, stop.until)}", f"cases_again_{act.name}_{stop.id}", stop.texts["nl"]
        )
    if act.answers:
        closed = f"NOT ({_stands_before(act.answers, (act.name,))})"
        yield _raise(f"{new} AND {closed}", f"cases_answers_{act.name}", nothing_open(act)["nl"])


def _own_stops(act: ActKind) -> list[Stop]:
    own = [name for name in act.stopped_by if STOPS[name].by in (act.name, act.family) and not act.once]
    return [STOPS[name] for name in (*own, *act.later_stops)]


def _stands_before(act: str, until: Iterable[str]) -> str:
    later = "".join(f" AND (OLD.{one}_at IS NULL OR OLD.{one}_at <= OLD.{act}_at)" for one in until)
    return f"OLD.{act}_at IS NOT NULL{later}"


PINNED = (
    "reference", "version_id", "scheme", "body_id", "framework", "procedure", "subject_kind", "subject_id", "decision_term",
    "received_on", "round_ended_on", "earlier_id",
)  # fmt: skip
"""What a case was opened with and keeps."""


def _pinned() -> str:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in PINNED)
    return _raise(changed, "cases_pinned", "Waarmee een zaak is geopend, verandert niet.")


def _grows() -> str:
    columns = " OR ".join(f"NEW.{one.column} < OLD.last_act_at AND NEW.{one.column} IS DISTINCT FROM OLD.{one.column} "
                          f"OR NEW.{one.column} IS NULL AND OLD.{one.column} IS NOT NULL" for one in ACTS.values())  # fmt: skip
    return _raise(columns, "cases_moments_grow", "Een handeling komt niet vóór de vorige, en verdwijnt niet.")


def _raise(when: str, name: str, sentence: str) -> str:
    written = sentence.replace("'", "''")
    return (
        f"IF {when} THEN RAISE EXCEPTION '%', '{name}: {written}' "
        f"USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; END IF;"
    )
