"""How an offer stands in the database: the rows that count, with what the register said then; the quality of who offers.

Reads only, and nothing of answers: applications/queries.py puts both together.
"""

from collections.abc import Iterable
from datetime import date, datetime

from doorleren.applications.models import Application, OfferLine, PartyKind
from doorleren.applications.offers.rules import Line, Share, by_members, for_each, has_offer
from doorleren.applications.partnerships.standing import standings
from doorleren.people.models import Organisation
from doorleren.register.entries import Entry, Run
from doorleren.register.models import ActivityVersion, Provider, RunOffered
from doorleren.register.quality import CHECKS, assess
from doorleren.register.quality.offers import Finding
from doorleren.register.quality.reading import offer_of
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, entry_of
from doorleren.rules.versions import Track

MOST_LINES = 500


def lines_of(application: int, until: datetime | None = None) -> list[Line]:
    """Give the activities in an offer in the order in which they first came, as it stands, or stood at a moment."""
    rows = OfferLine.objects.filter(application=application).order_by("id").prefetch_related("shares")
    last: dict[int, OfferLine] = {}
    for row in rows if until is None else rows.filter(at__lte=until):
        last[row.activity_id] = row
    counted = [row for row in last.values() if row.participants]
    entries = entries_of(row.version_id for row in counted)
    return [
        Line(
            row.activity_id, row.version_id, entries[row.version_id], row.participants,
            tuple(Share(one.financier, one.name, one.cents) for one in sorted(row.shares.all(), key=lambda one: one.pk)),
        )
        for row in counted
    ]  # fmt: skip


def with_offer(application: int, track: Track, until: datetime | None = None) -> bool:
    """Say whether an application goes by a list of activities: it has to, or somebody made one."""
    return for_each(track) or (has_offer(track) and bool(lines_of(application, until)))


def entries_of(versions: Iterable[int]) -> dict[int, Entry]:
    """Give what was said of activities in these versions, by version."""
    numbers = list(versions)
    runs: dict[int, list[Run]] = {}
    offered = RunOffered.objects.filter(version__in=numbers).order_by("version_id", "place_in_order")
    for version, *told in offered.values_list("version_id", *RUN_COLUMNS):
        runs.setdefault(version, []).append(Run(*told))
    columns = ("id", "activity__code", "activity__provider__code", *CONTENT_COLUMNS)
    return {
        row["id"]: entry_of(row["activity__provider__code"], row["activity__code"], row, tuple(runs.get(row["id"], ())))
        for row in ActivityVersion.objects.filter(pk__in=numbers).values(*columns)
    }


def provider_of(application: Application) -> Provider | None:
    """Give the provider that applies, as the register knows it by its KvK number."""
    if application.applicant_kind != PartyKind.ORGANISATION:
        return None
    kvk = Organisation.objects.filter(pk=application.applicant_number).values_list("kvk", flat=True).first()
    return Provider.objects.filter(kvk=kvk).first() if kvk else None


def members_by_code(application: int, until: datetime | None = None) -> dict[str, int]:
    """Give the members of a partnership that are providers in the register: their numbers, by code of the provider."""
    members = {one.member.kvk: one.member.number for one in standings(application, until) if one.present}
    found = Provider.objects.filter(kvk__in=members).values_list("code", "kvk")
    return {code: members[kvk] for code, kvk in found if kvk}


def providers_who_apply(application: Application, track: Track) -> list[Provider]:
    """Give the providers that take part in an application with an offer: who applies, or the members that are in the list."""
    if track.applicant == "training_provider":
        own = provider_of(application)
        return [] if own is None else [own]
    if not by_members(track):
        return []
    codes = {one.entry.provider for one in lines_of(application.pk)}
    return list(Provider.objects.filter(code__in=codes & members_by_code(application.pk).keys()).order_by("pk"))


def failing_quality(provider: int, on: date) -> list[Finding]:
    """Give the binding checks of quality that a provider does not meet on a day: it cannot be awarded anything then."""
    binding = tuple(one for one in CHECKS if one.binding)
    return [one for one in assess(offer_of(provider, on), binding) if one.holds is False]


def claim_of(finding: Finding) -> dict[str, str]:
    """Give what a check claims, per language."""
    return dict(next(one.claim for one in CHECKS if one.name == finding.check))
