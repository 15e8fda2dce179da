"""Fills the home folder that DOORLEREN_HOME names with a drawn register: `python -m bench.filled ACTIVITIES`.

Through the product's own commands: reference data, a delivery, decisions of admission. The index is left to `serve`,
which builds it before it answers. A program of its own, because it loads Django for one home.
"""

import sys
from datetime import datetime

from bench.catalogue import SHARED, activities, providers, sources
from doorleren.core.days import day_of
from doorleren.core.places import index_folder
from doorleren.server import environment, site

SOURCE = BY = "bench"
REFERENCES = (("occupations", "esco/occupations_nl.csv"), ("postcodes", "geo/pc4.csv"))
AT_ONCE = 5_000


def main(count: int) -> int:
    """Fill it, with runs around today. Exit code 1 when a row was refused: the generator is wrong then."""
    database = site.open_site()
    try:
        site.migrate()
        return _fill(count)
    finally:
        if database is not None:
            database.close(patience=60)


def _fill(count: int) -> int:
    from doorleren.register.commands.receive_delivery import Received, receive_delivery  # Django is loaded by now
    from doorleren.web.surroundings import now

    _refer()
    moment, given = now(), sources()
    today = day_of(moment)
    offering = providers(given, count)
    by_code = {one.code: one for one in offering}
    rows = (
        Received(row, entry, by_code[entry.provider])
        for row, entry in enumerate(activities(given, offering, count, today=today), 1)
    )
    outcome = receive_delivery(rows, source=SOURCE, form="form", by=BY, at=moment)
    _admit(moment)
    print(f"{outcome.new} activities, {outcome.refused} refused")
    for one in outcome.refusals[:5]:
        print(one.text, file=sys.stderr)
    return 1 if outcome.new != count else 0


def _refer() -> None:
    from doorleren.register.commands.replace_reference import replace_reference
    from doorleren.register.reference.kinds import KINDS
    from doorleren.register.words.occupation_index import OccupationIndex

    for kind, path in REFERENCES:
        entries = KINDS[kind](SHARED / path).entries
        replace_reference(kind, entries)
        if kind == "occupations":
            OccupationIndex.build(entries, index_folder(environment.read().home, "occupations"))


def _admit(moment: datetime) -> None:
    """Admit everything at once, as the demo register is: an act on each by itself would take an hour."""
    from doorleren.register.models import Activity, AdmissionDecision, Provider

    told = {"effective_on": day_of(moment), "decided_at": moment, "decided_by": BY}
    for model, name in ((Provider, "provider_id"), (Activity, "activity_id")):
        numbers = list(model.objects.values_list("pk", flat=True))
        for act in ("applied", "admitted"):
            made = [AdmissionDecision(**{name: number}, act=act, checks=[], **told) for number in numbers]
            AdmissionDecision.objects.bulk_create(made, batch_size=AT_ONCE)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1])))
