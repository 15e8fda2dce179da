"""For how many people a path may need money: an estimate from people, skills and vacancies (P05). Pure.

That the path takes no more people than there are or are sought is arithmetic. That as many finish it at least as the
share of the skills that the new work asks and the old work has is an assumption, and shown as one.
"""

from dataclasses import dataclass

from doorleren.applications.plans.paths import Path


@dataclass(frozen=True, slots=True)
class Shared:
    """Of the skills that an occupation always asks, how many another has too."""

    had: int
    asked: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """People at least and at most; `fewest` is None where nothing is known of skills."""

    fewest: int | None
    most: int

    def holds(self, path: Path) -> bool:
        """Say whether the range that a plan tells lies within the estimate."""
        return path.most <= self.most and (self.fewest is None or path.fewest >= self.fewest)


def forecast(path: Path, shared: Shared | None) -> Forecast | None:
    """Estimate a path; None where neither the people nor the vacancies are told.

    Example: 60 people, 30 vacancies and 8 of 20 skills: 12 to 30.
    """
    told = [one for one in (path.people, path.vacancies) if one is not None]
    if not told:
        return None
    most = min(told)
    return Forecast(most * shared.had // shared.asked if shared and shared.asked else None, most)
