"""What a decision is about, a provider or an activity, and all that is known of it: what the page of an official shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.people.models import Person
from doorleren.register.access import ensure
from doorleren.register.admission import STANDINGS, Decision, standing, timeline
from doorleren.register.entries import Entry
from doorleren.register.funding.price_group import price_groups_on
from doorleren.register.models import Activity, Provider
from doorleren.register.possible_acts import possible_acts
from doorleren.register.quality import CHECKS, assess
from doorleren.register.quality.offers import Finding, Offer, Origin
from doorleren.register.quality.reading import offer_of, origins_of, provider_alone, provider_entry
from doorleren.register.queries import listings, occupation_names
from doorleren.register.standings import decisions_of
from doorleren.register.versions_told import Version, versions_told
from doorleren.web import known
from doorleren.web.officer.official import Official
from doorleren.web.portal.cards import day, fact_words
from doorleren.web.portal.certificates import certificate
from doorleren.web.portal.training import facts, price_row, run_row
from doorleren.web.provider.decisions import decisions_told
from doorleren.web.provider.words import label_of, published, value_words
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros

WHOLE_OFFER = 500
"""Activities up to which the checks of a whole offer are asked without being asked for."""
LARGEST_NUMBER = 2**63 - 1
ADDRESSES = {"admitted": "admit", "refused": "refuse", "suspended": "suspend", "removed": "remove"}
"""What the act of a decision is called in an address."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A provider, or an activity of it; the decisions on it, oldest first, and all that the official has to see."""

    provider: Provider
    activity: Activity | None
    decisions: tuple[Decision, ...]

    @property
    def kind(self) -> str:
        """Give "activity" or "provider"."""
        return "provider" if self.activity is None else "activity"

    @property
    def number(self) -> int:
        """Give the number of the activity or provider."""
        return self.provider.pk if self.activity is None else self.activity.pk

    @property
    def title(self) -> str:
        """Give the title of the activity or the name of the provider."""
        current = self.activity and self.activity.current
        return current.title if current else self.provider.name

    @property
    def url(self) -> str:
        """Give the address of its page."""
        return reverse(f"officer-admission-{self.kind}", args=[self.number])

    @property
    def about(self) -> dict[str, int]:
        """Give the argument by which the commands of admission know it."""
        return {self.kind: self.number}

    @property
    def last(self) -> int:
        """Give the number of the last decision taken, 0 for none: what an official has seen."""
        return max((one.number for one in self.decisions), default=0)


def subject_of(kind: str, number: int, asking: Official) -> Subject:
    """Give what a decision is about. Raises Http404; raises Forbidden for an official of the same organisation."""
    activity = None
    if kind == "activity":
        listed = Activity.objects.select_related("provider", "current").filter(current__isnull=False)
        activity = listed.filter(pk=min(number, LARGEST_NUMBER)).first()
        if activity is None:
            raise Http404
    provider = activity.provider if activity else Provider.objects.filter(pk=min(number, LARGEST_NUMBER)).first()
    if provider is None:
        raise Http404
    ensure(asking.actor, "see_price_history", {provider.kvk})
    about = {kind: activity.pk if activity else provider.pk}
    return Subject(provider, activity, tuple(decisions_of(**about)))


def told(one: Subject, asking: Official, *, whole: bool) -> dict[str, Any]:
    """Describe everything that both kinds of page show; `whole` asks the checks of a large offer too."""
    stands = standing(one.decisions, asking.today)
    model = one.activity or one.provider
    context = {
        "subject": one,
        "trail": [{"url": reverse("officer-admissions"), "label": _("Toelating")}, {"label": one.title}],
        "standing": in_language(STANDINGS[stands.act]),
        "since": day(stands.since) if stands.since else "",
        "most": stands.grants_a_year,
        "announced": [
            {"act": in_language(STANDINGS[line.act]), "on": day(line.effective_on)}
            for line in timeline(one.decisions)
            if line.effective_on > asking.today
        ],
        "stops": any(line.act in ("suspended", "removed") for line in one.decisions),
        "acts": _acts(one, asking),
        "decides": asking.has_role_for("decide_admission"),
        "decisions": _with_names(decisions_told(model.decisions.all())),
        "recognitions": _recognitions(one.provider),
    }
    return context | (
        _of_activity(one, one.activity, asking, whole) if one.activity else _of_provider(one, asking, whole)
    )


def act_names() -> dict[str, str]:
    """Name the acts as one would ask for them."""
    return {
        "admitted": _("Laat toe"), "refused": _("Weiger"), "suspended": _("Schors"), "removed": _("Verwijder"),
    }  # fmt: skip


def _acts(one: Subject, asking: Official) -> list[dict[str, str]]:
    """Give the acts that are possible now, for who may decide."""
    if not asking.has_role_for("decide_admission"):
        return []
    names, stands = act_names(), standing(one.decisions, asking.today)
    if stands.act == "admitted":
        names["admitted"] = _("Verander het maximum of trek een later besluit in")
    elif stands.act == "suspended":
        names["admitted"] = _("Beëindig de schorsing")
    possible = possible_acts(one.decisions, asking.today, asking.at, with_cap=one.activity is not None)
    return [
        {"url": reverse(f"officer-admission-{one.kind}-act", args=[one.number, ADDRESSES[act]]), "words": names[act]}
        for act in possible
    ]


def _with_names(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add who took each decision, by name: officials see that of each other."""
    keys = {one["by"].partition(":")[2] for one in decisions if one["by"].startswith("person:")}
    names = {f"person:{key}": name for key, name in Person.objects.filter(pk__in=keys).values_list("pk", "name")}
    return [one | {"who": names.get(one["by"], one["by"])} for one in decisions]


def _recognitions(provider: Provider) -> list[dict[str, str]]:
    origins = origins_of(provider)
    return [
        {
            "way": fact_words("provider.recognition", one.route),
            "proof": one.proof,
            "told_by": _told_by(origins.get(one, Origin())),
            "from": day(one.starts_on) if one.starts_on else "",
            "until": day(one.ends_on) if one.ends_on else "",
        }
        for one in provider_entry(provider).recognitions
    ]


def _told_by(origin: Origin) -> str:
    if origin.confirmed:
        return _("de opleider; door een ambtenaar bevestigd")
    return _("de bron “%(source)s”") % {"source": origin.source} if origin.source else _("niet bekend")


def _of_activity(one: Subject, activity: Activity, asking: Official, whole: bool) -> dict[str, Any]:
    listing = listings([activity.pk])[activity.pk]
    entry = listing.entry
    groups = price_groups_on(known.library(), asking.today)
    placed = groups.group(entry) if groups else None
    provider_stands = standing(decisions_of(provider=one.provider.pk), asking.today)
    return {
        "entry": entry,
        "facts": facts(entry),
        "prices": [price_row(part) for part in entry.prices],
        "total": euros(entry.price_cents) if entry.price_cents is not None else "",
        "runs": [run_row(run) for run in entry.runs],
        "certificate": certificate(entry.certificate_value),
        "occupations": occupation_names(entry.occupations),
        "published": published(entry, asking.today),
        "provider_stands": in_language(STANDINGS[provider_stands.act]),
        "provider_admitted": provider_stands.act == "admitted",
        "price_group": in_language(placed.text) if placed else "",
        "assumptions": [in_language(one) for one in placed.assumptions] if placed else [],
        "findings": findings_of(one, entry, asking, whole=whole),
        "too_large": _too_large(one.provider) and not whole,
        "versions": [_version(version) for version in versions_told(activity.pk)],
    }


def _of_provider(one: Subject, asking: Official, whole: bool) -> dict[str, Any]:
    large = _too_large(one.provider) and not whole
    offer = _offer(one.provider, asking, whole=not large)
    found = [] if large else assess(offer)
    per_activity = [one for one in found if one.activity]
    binding = tuple(check for check in CHECKS if check.binding)
    of_offer = assess(offer, binding) if large else [one for one in found if not one.activity]
    return {
        "entry": None,
        "findings": findings_words(of_offer),
        "counted": _counted(per_activity),
        "too_large": large,
        "told_provider": provider_entry(one.provider),
    }


def findings_of(one: Subject, entry: Entry | None, asking: Official, *, whole: bool = False) -> list[dict[str, Any]]:
    """Describe what the checks say of an activity and of the offer that it is part of, or of a provider's offer alone."""
    small = whole or not _too_large(one.provider)
    offer = _offer(one.provider, asking, whole=small)
    asked = tuple(check for check in CHECKS if check.of_offer and (small or check.binding))
    found = assess(offer, asked)
    if entry is not None:
        alone = replace(offer, entries=(entry,))
        found += assess(alone, tuple(check for check in CHECKS if check.of_entry))
    return findings_words(found)


def findings_words(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Describe findings in words: name, claim, holds, text, source."""
    checks = {check.name: check for check in CHECKS}
    return [
        {
            "name": one.check,
            "claim": in_language(checks[one.check].claim),
            "holds": one.holds,
            "text": in_language(one.texts),
            "source": in_language(checks[one.check].source),
        }
        for one in found
    ]


def _offer(provider: Provider, asking: Official, *, whole: bool) -> Offer:
    """Give what a provider offers; without its activities where there are too many to read while a page waits."""
    return offer_of(provider.pk, asking.today) if whole else provider_alone(provider.pk, asking.today)


def _too_large(provider: Provider) -> bool:
    keys = Activity.objects.filter(provider=provider, current__isnull=False).values_list("pk", flat=True)
    return len(keys[: WHOLE_OFFER + 1]) > WHOLE_OFFER


def _counted(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Count per check of activities for how many it holds, does not, and cannot be told."""
    counts = Counter((one.check, one.holds) for one in found)
    return [
        {
            "claim": in_language(check.claim),
            "yes": counts[check.name, True],
            "no": counts[check.name, False],
            "unknown": counts[check.name, None],
        }
        for check in CHECKS
        if check.of_entry
    ]


def _version(one: Version) -> dict[str, Any]:
    changes = [
        {
            "label": label_of(change["field"]),
            "old": value_words(change["field"], change["old"]),
            "new": value_words(change["field"], change["new"]),
        }
        for change in one.changes or ()
    ]
    return {"made_at": one.made_at, "source": one.source, "undone": one.undone, "changes": changes}
