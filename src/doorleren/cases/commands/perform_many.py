"""Doing acts on many cases in a few statements: the same acts by the same rules as `perform`, asked case by case, written at once.

For what the site and a batch do by the thousand. Each act is asked on its own, so that one which is refused is left out and
the others go on; what was asked is written together or not at all, in the transaction of the caller.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import connection

from doorleren.audit.acts import Detail, Party, ToRecord, record_all
from doorleren.cases.access import hands_before
from doorleren.cases.commands.perform import actor, columns_of, put, told_of
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import party_of

_UPDATE = """
UPDATE cases_case AS c
SET {columns}, acts = v.acts, last_act_at = v.moment, due_on = v.due_on, due_term = v.due_term, assessed_as = v.assessed_as
FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::date[], %s::text[], %s::text[])
    AS v (id, moment, acts, due_on, due_term, assessed_as)
WHERE c.id = v.id
"""


class ActsTogether:
    """Acts on cases that the caller locked. `put` asks and keeps one in memory, `write` writes all that were put.

    A case that the caller leaves after all (`leave`) is not written, and counts no more as it was read.
    """

    def __init__(self, cases: Mapping[int, Case]) -> None:
        """Read what was done in these cases before, and who has a hand in them."""
        self._cases, self._before = cases, hands_before(list(cases))
        self._rows: dict[int, list[CaseAct]] = {one: [] for one in cases}
        for row in CaseAct.objects.filter(case__in=list(cases)).order_by("case", "number"):
            self._rows[row.case_id].append(row)
        self._made: list[tuple[CaseAct, Party]] = []

    def rows(self, case: int) -> Sequence[CaseAct]:
        """Give the acts of a case in order, those that were put included."""
        return self._rows[case]

    def put(
        self, case: int, act: str, *, by: Party, at: datetime, on: date | None = None,
        details: Mapping[str, Detail] | None = None, ground: str = "",
    ) -> CaseAct:  # fmt: skip
        """Ask an act on a case and keep it to write, and give its row; arguments and refusals are those of `perform`."""
        before = self._before.get(case, ())
        row = put(
            self._cases[case], self._rows[case], act, by=by, at=at, on=on, details=details, ground=ground, before=before
        )
        self._rows[case].append(row)
        self._made.append((row, actor(by)))
        return row

    def leave(self, case: int) -> None:
        """Write nothing of what was put on a case."""
        self._made = [one for one in self._made if one[0].case_id != case]

    def write(self) -> None:
        """Write all acts: their rows, the moments on their cases, and the record. Raises what the database refuses."""
        rows = [row for row, _ in self._made]
        if any(row.at != self._cases[row.case_id].last_act_at for row in rows):
            raise ValueError("at: acts on one case that are written together have one moment")
        CaseAct.objects.bulk_create(rows)
        columns: dict[int, set[str]] = {}
        for row in rows:
            columns.setdefault(row.case_id, set()).update(columns_of(row.act))
        of_case = sorted((sorted(names), case) for case, names in columns.items())
        for names, some in groupby(of_case, key=lambda one: one[0]):
            _update(names, [self._cases[case] for _, case in some])
        record_all([ToRecord(row.act, party_of(row.case), by, row.at, told_of(row)) for row, by in self._made])
        self._made = []


def _update(columns: Sequence[str], cases: Sequence[Case]) -> None:
    """Write the moment of their last act in columns of cases; `columns` are names of the table of acts."""
    told = ", ".join(f'"{one}" = v.moment' for one in columns)
    arrays = [
        [getattr(case, name) for case in cases]
        for name in ("pk", "last_act_at", "acts", "due_on", "due_term", "assessed_as")
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE.format(columns=told), arrays)
        if cursor.rowcount != len(cases):
            raise RuntimeError(f"of {len(cases)} cases {cursor.rowcount} were there")
