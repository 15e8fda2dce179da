"""The plan of an application as it stands, or stood at a moment. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from doorleren.applications.models import Plan, PlanPath
from doorleren.applications.plans.paths import Path, Sums, digest_of, sums_of


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a plan: its number, paths, why it was adjusted ("" before submission), who wrote it (kind, id) and when."""

    number: int
    paths: tuple[Path, ...]
    reason: str
    by: tuple[str, str]
    at: datetime

    @property
    def sums(self) -> Sums:
        """Give what the paths come to together."""
        return sums_of(self.paths)

    @property
    def digest(self) -> str:
        """Give the hash of the paths."""
        return digest_of(self.paths)


def plan_applied_with(application: int, until: datetime | None = None) -> Version | None:
    """Give the plan that counts for the rules, or counted at a moment; None where there is none.

    What was adjusted after submission is left out, whatever the moment.
    """
    found = Plan.objects.filter(application=application, reason="")
    row = (found if until is None else found.filter(at__lte=until)).order_by("-number").first()
    version = None if row is None else _version(row)
    return version if version is not None and version.paths else None


def adjustments(application: int) -> list[Version]:
    """Give what was adjusted after submission, the newest first."""
    return [
        _version(one) for one in Plan.objects.filter(application=application).exclude(reason="").order_by("-number")
    ]


def last_number(application: int) -> int:
    """Give the number of the last version; 0 where there never was a plan."""
    found = Plan.objects.filter(application=application).order_by("-number").values_list("number", flat=True).first()
    return found or 0


def path_of(row: PlanPath) -> Path:
    """Give a path as it was kept."""
    return Path(
        row.name, row.from_work, row.to_work, tuple(row.components), row.fewest, row.most, row.cents, row.people, row.vacancies,
        row.from_sector, row.to_sector,
    )  # fmt: skip


def _version(row: Plan) -> Version:
    paths = PlanPath.objects.filter(plan=row).order_by("place")
    read = tuple(path_of(one) for one in paths)
    return Version(row.number, read, row.reason, (row.by_kind, row.by_id), row.at)
