"""What the law asks when somebody objects: `law/objecting.toml`, read once. How many days post may take is not a term to count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from doorleren.core.texts import Texts
from doorleren.decisions.models.objection import INADMISSIBLE, OUTCOMES, WITHOUT_HEARING
from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder


@dataclass(frozen=True, slots=True)
class Inadmissible:
    """Why an objection is not treated, with its article."""

    id: str
    texts: Texts
    article: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why nobody needs to be heard, and with which outcomes of the objection that goes together."""

    id: str
    texts: Texts
    outcomes: frozenset[str]


@dataclass(frozen=True, slots=True)
class LawOfObjection:
    """Days that post may take after the term, the court of appeal, why not treated, and when nobody needs to be heard."""

    post_days: int
    court: Texts
    inadmissible: Mapping[str, Inadmissible]
    without_hearing: Mapping[str, Unheard]

    def unheard(self, *outcomes: str) -> Mapping[str, Texts]:
        """Give why nobody needs to be heard, for a decision with one of these outcomes."""
        return {name: one.texts for name, one in self.without_hearing.items() if one.outcomes & set(outcomes)}

    def is_late(self, last_day: date | None, received_on: date, posted_on: date | None) -> bool:
        """Say whether an objection came too late. A decision that was not sent can be objected to already (Awb 6:10, recalled).

        By post it is in time when it was posted in time and came within the days that post may take (Awb 6:9). Example:
        last day 13 April, posted then, received on 20 April: in time; on 21 April: late.
        """
        if last_day is None or received_on <= last_day:
            return False
        in_time = posted_on is not None and posted_on <= last_day
        return not (in_time and received_on <= last_day + timedelta(days=self.post_days))


def read_law(path: Path) -> LawOfObjection:
    """Read the file. Raises SchemeFault, which names the place, what was given and what is allowed."""
    whole = part_of(path)
    post, court = whole.table("post"), whole.table("court")
    inadmissible = [_inadmissible(one) for one in whole.parts("inadmissible")]
    unheard = [_unheard(one) for one in whole.parts("without_hearing")]
    found = LawOfObjection(
        post.required("days", int), court.own_texts(), {one.id: one for one in inadmissible},
        {one.id: one for one in unheard},
    )  # fmt: skip
    for part in (post, court):
        part.required("source", str)
        part.finish()
    whole.finish()
    return found


@lru_cache(maxsize=1)
def law_of_objection() -> LawOfObjection:
    """Give the law as shipped."""
    return read_law(folder("law") / "objecting.toml")


def _unheard(part: Part) -> Unheard:
    outcomes = part.required("outcomes", list)
    if not outcomes or set(outcomes) - set(OUTCOMES):
        part.refuse("outcomes", outcomes, ", ".join(OUTCOMES))
    found = Unheard(part.choice("id", WITHOUT_HEARING), part.own_texts(), frozenset(outcomes))
    part.required("source", str)
    part.finish()
    return found


def _inadmissible(part: Part) -> Inadmissible:
    found = Inadmissible(part.choice("id", INADMISSIBLE), part.own_texts(), part.required("article", str))
    part.required("source", str)
    part.finish()
    return found
