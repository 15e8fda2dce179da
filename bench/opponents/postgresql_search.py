"""PostgreSQL's own full-text search on the same register: `dutch`, any word, the same count, first twenty and facets.

One row per activity with weighted words under a GIN index; one statement per question, whose matches are found once.
Facets with one value come from grouping sets, those with several from unnested arrays.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import psycopg

from doorleren.register.search import fields
from doorleren.register.search.indexed import Indexed

SINGLE = ("sector", "level", "delivery", "goal", "language", "region", "shortage_occupation")
SEVERAL = ("start_month", "recognition", "fundable_by", "combinable")

CREATE = f"""
CREATE TABLE activity (
    key bigint PRIMARY KEY, title text, synonyms text, body text,
    {", ".join(f"{name} text" for name in SINGLE)}, {", ".join(f"{name} text[]" for name in SEVERAL)},
    words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', synonyms), 'B')
        || setweight(to_tsvector('dutch', body), 'D')) STORED
)"""

ASK = f"""
WITH asked AS (SELECT to_tsquery('dutch', %(words)s) AS question),
hits AS MATERIALIZED (
    SELECT key, ts_rank(words, question) AS rank, {", ".join((*SINGLE, *SEVERAL))}
    FROM activity, asked WHERE words @@ question),
singles AS (
    SELECT GROUPING({", ".join(SINGLE)}) AS facet, coalesce({", ".join(SINGLE)}) AS value, count(*) AS number
    FROM hits GROUP BY GROUPING SETS ({", ".join(f"({name})" for name in SINGLE)}))
SELECT 'total', NULL, count(*)::float FROM hits
UNION ALL (SELECT 'hit', key::text, rank FROM hits ORDER BY rank DESC, key LIMIT 20)
UNION ALL SELECT facet::text, value, number FROM singles
{" ".join(f"UNION ALL SELECT '{name}', value, count(*) FROM hits, unnest({name}) AS value GROUP BY value" for name in SEVERAL)}
"""


def load(
    connection: psycopg.Connection, rows: Iterable[Indexed], labels: Mapping[str, tuple[str, ...]], today: date
) -> None:
    """Fill the table, index it and let PostgreSQL count what it has."""
    connection.execute(CREATE)
    columns = ("key", "title", "synonyms", "body", *SINGLE, *SEVERAL)
    with connection.cursor().copy(f"COPY activity ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(_values(row, labels, today))
    connection.execute("CREATE INDEX activity_words ON activity USING gin (words) WITH (fastupdate = off)")
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE activity")


def _values(row: Indexed, labels: Mapping[str, tuple[str, ...]], today: date) -> list[object]:
    entry, counted = row.entry, fields.counted_values(row, today)
    synonyms = " ".join(label for name in entry.occupations for label in labels.get(name, ()))
    body = "\n".join((entry.description, *entry.learning_outcomes, row.provider.name, entry.certificate))
    single = [counted.get(name, (None,))[0] for name in SINGLE]
    return [row.key, entry.title, synonyms, body, *single, *(list(counted.get(name, ())) for name in SEVERAL)]


def ask(connection: psycopg.Connection, text: str) -> tuple[int, list[int], int]:
    """Ask for any of the words: how many match, the keys of the first twenty, how many counts of facets came along."""
    words = " | ".join(re.findall(r"\w+", text))
    found = connection.execute(ASK, {"words": words}).fetchall()
    total = next(int(number) for kind, _, number in found if kind == "total")
    keys = [int(value) for kind, value, _ in found if kind == "hit"]
    return total, keys, len(found) - 1 - len(keys)
