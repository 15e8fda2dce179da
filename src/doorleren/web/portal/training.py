"""One training in full: what it is, what it costs after funding and why, when it starts, what the proof is worth."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.grants import grants_in
from doorleren.core.days import Asked
from doorleren.finder.check import check
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.funding.price_group import price_groups_on
from doorleren.rules.profile import Profile
from doorleren.web import known
from doorleren.web.portal import cards, register
from doorleren.web.portal.asking import HERE
from doorleren.web.portal.carried import Carried, carried, frame
from doorleren.web.portal.certificates import certificate, elsewhere
from doorleren.web.portal.facets import languages
from doorleren.web.portal.may_pay import others
from doorleren.web.portal.pages import page
from doorleren.web.public import applying
from doorleren.web.public.presentation import verdict, who_files
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.surroundings import now

GOAL_OF = {
    "diploma": "diploma", "mbo_certificate": "certificate", "mbo_elective": "certificate",
    "higher_certificate": "certificate", "practice_statement": "practice_statement",
    "sector_certificate": "sector_certificate",
}  # fmt: skip
"""The goal that goes without saying with a certificate of this value."""
SHORT = frozenset({None, "course", "module", "language_basic_skills", "digital_skills", "personal_development"})
"""Kinds for which the papers have price groups: the scheme of them pays for short training."""
LARGEST_NUMBER = 2**63 - 1


@page
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a training; with POST for who answered the questions in the form."""
    taken = carried(request)
    found = register.activity(number, taken.profile, taken.answers.unknown) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    return render(request, "portal/training.html", _context(request, found, taken))


def _context(request: HttpRequest, found: Any, taken: Carried) -> dict[str, Any]:
    listing, mine = found.listing, register.combined(found, taken.profile)
    asked = taken.one_question(found.question)
    entry: Entry = listing.entry
    admission = register.admission(listing.key)
    visible = frozenset({asked["name"]} if asked else ())
    hidden = taken.hidden(visible)
    if HERE in request.POST:
        hidden.append((HERE, request.POST[HERE]))
    form, open_to = "answers" if taken.any else "", applying.rounds()
    shown = applying.with_ways(verdicts(found, mine), form, listing.key, open_to)
    with_file = [one["scheme"] for one in shown if one.get("file")]
    return frame(request, taken) | {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": entry.title}],
        "listing": listing,
        "entry": entry,
        "text_lang": cards.text_lang(entry),
        "provider": listing.provider,
        "not_admitted": "" if admission.holds else in_language(admission.texts),
        "card": cards.card(listing, found.to_pay),
        "facts": facts(entry),
        "prices": [price_row(part) for part in entry.prices],
        "total": euros(entry.price_cents) if entry.price_cents is not None else "",
        "runs": [run_row(run) for run in coming(entry.runs)],
        "certificate": certificate(entry.certificate_value),
        "recognitions": recognitions(listing.provider),
        "occupations": found.occupations,
        "skills": register.skills(entry.skills),
        "price_group": price_group(entry),
        "provider_url": reverse("trainings-provider", args=[listing.provider.code]),
        "locations": locations(listing.provider),
        "plan": plan_shown(found.plans, mine),
        "verdicts": shown,
        "rehearsals": applying.rehearsals(listing.key, form, with_file, open_to) if admission.holds else [],
        "full": full(listing.key) if admission.holds else "",
        "others": others(mine, found.to_pay.schemes if found.to_pay else ()),
        "question": asked,
        "hidden": hidden,
        "back": HERE in request.POST,
        "elsewhere": elsewhere(entry),
        "compare": f"{reverse('trainings-compare')}?with={listing.key}",
        "structured": register.structured(found, request.build_absolute_uri("/")),
    }


def full(number: int) -> str:
    """Say that a training has had the most grants of this year, with the number; nothing while there is room."""
    today = known.today()
    room = register.room(
        number, lambda: grants_in(today.year, [number], until=now(), library=known.library())[number]
    )  # fmt: skip
    return "" if room.holds else in_language(room.texts)


def plan_shown(plans: dict[str, Any] | None, profile: Profile) -> dict[str, Any] | None:
    """Give the plan as components/plan.html shows it; None where nothing is paid with certainty."""
    if not plans or not plans["plans"] or not plans["plans"][0]["parts"]:
        return None
    made = [
        one | {"parts": [part | {"files": who_files(part["apply"]["who"], profile)} for part in one["parts"]]}
        for one in plans["plans"]
    ]
    covered = Decimal(plans["price"]) - Decimal(made[0]["to_pay"])
    return plans | {"plans": made, "covered": str(covered)}


def verdicts(found: Any, mine: Profile) -> list[dict[str, Any]]:
    """Describe what each scheme that pays, or might, says of this training; the reasons fold out."""
    if found.to_pay is None or not found.to_pay.schemes:
        return []
    library = known.library()
    judged = check(library, mine, Asked(known.today()), found.to_pay.schemes)
    return [verdict(finding, library.vocabulary) for finding in judged.findings if finding.outcome != "not_eligible"]


def facts(entry: Entry) -> list[tuple[str, str]]:
    """List what is told of a training, in words."""
    combined = [
        (entry.combinable_with_work, _("werk")), (entry.combinable_with_care, _("zorg voor anderen")),
        (entry.evening, _("les in de avond")), (entry.independent_of_time, _("een tijd die u zelf kiest")),
        (entry.independent_of_place, _("een plek die u zelf kiest")),
    ]  # fmt: skip
    not_with = [(entry.combinable_with_work, _("werk")), (entry.combinable_with_care, _("zorg voor anderen"))]
    level = cards.fact_words("training.level", entry.level)
    rows = [
        (_("Soort"), cards.fact_words("training.kind", entry.kind)),
        (_("Leerweg"), cards.fact_words("training.route", entry.route if entry.route != "none" else None)),
        (_("Niveau"), ", ".join(filter(None, (level, frameworks(entry))))),
        (_("Doel"), cards.fact_words("training.goal", entry.goal if says_more(entry) else None)),
        (_("Duur"), cards.duration(entry)),
        (_("Online of op een plek"), cards.fact_words("training.delivery", entry.delivery)),
        (_("Voltijd of deeltijd"), cards.fact_words("training.intensity", entry.intensity)),
        (_("Past bij"), ", ".join(words for holds, words in combined if holds)),
        (_("Past niet bij"), ", ".join(words for holds, words in not_with if holds is False)),
        (_("Losse delen"), _yes_or_no(entry.modular)),
        (_("Taal van de lessen"), languages().get(entry.language, entry.language)),
        (
            _("Taal van deze tekst"),
            languages().get(entry.text_language, entry.text_language) if cards.text_lang(entry) else "",
        ),
        (_("Sector"), cards.fact_words("training.target_sector", entry.sector)),
        (_("Hulp tijdens de opleiding"), _yes_or_no(entry.guidance)),
        (_("Korter als u al iets kunt"), _yes_or_no(entry.prior_learning_shortens)),
    ]
    return [(name, words) for name, words in rows if words]


def frameworks(entry: Entry) -> str:
    """Name the levels of NLQF and EQF; the two are the same number, one to one, unless a provider tells otherwise."""
    if entry.nlqf_level and entry.eqf == entry.nlqf_level:
        return _("NLQF %(level)s (in heel Europa: EQF %(level)s)") % {"level": entry.nlqf_level}
    return ", ".join(f"{name} {value}" for name, value in (("NLQF", entry.nlqf_level), ("EQF", entry.eqf)) if value)


def says_more(entry: Entry) -> bool:
    """Whether the goal of a training says more than the certificate does, which has a section of its own."""
    return entry.goal != "none" and GOAL_OF.get(entry.certificate_value or "") != entry.goal


def price_group(entry: Entry) -> dict[str, Any] | None:
    """Say in which price group of the papers a short training falls, with the reason; None for another and on a day without groups."""
    groups = price_groups_on(known.library(), known.today())
    if groups is None or entry.kind not in SHORT:
        return None
    placed = groups.group(entry)
    return {
        "id": placed.id, "text": in_language(placed.text), "source": in_language(placed.source),
        "assumptions": [in_language(one) for one in placed.assumptions],
    }  # fmt: skip


def locations(provider: ProviderEntry) -> list[str]:
    """Write the locations of a provider beside its visiting address, one line each."""
    return [
        ", ".join(filter(None, (one.name, one.street, f"{one.postcode} {one.place}".strip())))
        for one in provider.locations
    ]


def _yes_or_no(told: bool | None) -> str:
    if told is None:
        return ""
    return _("ja") if told else _("nee")


def price_row(part: PricePart) -> dict[str, str]:
    """Describe one part of the price."""
    names = {
        "tuition": _("Lessen"), "examination": _("Examen"), "material": _("Boeken en materiaal"),
        "registration": _("Inschrijven"),
    }  # fmt: skip
    if part.vat is None:
        vat = _("niet bekend")
    else:
        vat = _("vrij van btw") if not part.vat else _("met %(rate)s%% btw") % {"rate": f"{part.vat.normalize():f}"}
    return {"part": names.get(part.part, part.part), "price": euros(part.cents), "vat": vat}


def coming(runs: Iterable[Run]) -> list[Run]:
    """Give the runs that one can still enrol in, the first first."""
    today = known.today()
    left = [run for run in runs if run.starts_on is None or today <= (run.enrol_until or run.starts_on)]
    return sorted(left, key=lambda run: (run.starts_on is not None, run.starts_on))


def run_row(run: Run) -> dict[str, str]:
    """Describe one run: when, where, and until when one can enrol."""
    if run.enrol_from and run.enrol_until:
        enrol = _("van %(start)s tot en met %(end)s") % {
            "start": cards.day(run.enrol_from), "end": cards.day(run.enrol_until),
        }  # fmt: skip
    elif run.enrol_until:
        enrol = _("tot en met %(end)s") % {"end": cards.day(run.enrol_until)}
    else:
        enrol = (
            _("vanaf %(start)s") % {"start": cards.day(run.enrol_from)}
            if run.enrol_from
            else _("vraag het de opleider")
        )
    return {
        "starts": cards.day(run.starts_on) if run.starts_on else _("wanneer u wilt"),
        "ends": cards.day(run.ends_on) if run.ends_on else "",
        "place": " ".join(filter(None, (run.place, f"({run.postcode})" if run.postcode else ""))),
        "enrol": enrol,
    }


def recognitions(provider: ProviderEntry) -> list[str]:
    """Name the ways in which the provider is recognised today, with their proof."""
    today, fact = known.today(), "provider.recognition"
    held = [
        way for way in provider.recognitions
        if (way.starts_on is None or way.starts_on <= today) and (way.ends_on is None or today <= way.ends_on)
    ]  # fmt: skip
    return [cards.fact_words(fact, way.route) + (f" ({way.proof})" if way.proof else "") for way in held]
