"""A small register in memory that answers the pages of the portal, for tests of the pages alone.

It has the shapes of `doorleren.register.portal`; what it finds is as simple as it can be.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from doorleren.core.days import Asked
from doorleren.finder.check import check
from doorleren.finder.interview import next_to_ask
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.register.answers import Answer
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.funding.facts import with_activity
from doorleren.register.queries import Listing
from doorleren.register.search import prices
from doorleren.register.search.asking import BadPlace, BadQuery, Hit, Query, Results, Suggestion, Understood
from doorleren.rules.profile import Profile
from doorleren.web import known

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
OCCUPATIONS = {"cook": "kok", "welder": "lasser", "gardener": "hovenier", "baker": "bakker", "porter": "portier",
               "doorman": "portier", "porter2": "portier"}  # fmt: skip
DESCRIPTIONS = {"porter": "Portiers verwelkomen gasten. Zij dragen koffers.", "porter2": "Portiers verwelkomen gasten. Anders.",
                "doorman": "Portiers letten op wie binnenkomt."}  # fmt: skip
SKILLS = {"s1": "metaal lassen", "s2": "tekening lezen", "s3": "veilig werken", "s4": "planten kennen", "s5": "snoeien"}
SKILLS_OF = {
    "cook": ("s3",),
    "welder": ("s1", "s2", "s3"),
    "gardener": ("s3", "s4", "s5"),
    "baker": ("s3",),
    "porter": ("s3",),
    "doorman": ("s3",),
}
WORDS = ("Lassen", "Hovenier worden", "Gastvrij werken", "Leren programmeren", "Zorg op maat")
SECTORS = ("technology", "agriculture", "hospitality", "ict", "care_welfare")
CERTIFICATES = ("mbo_certificate", "practice_statement", "diploma", "higher_certificate", "none", "mbo_elective")
LEVELS = ("mbo2", "mbo3", "mbo4", "hbo", "none")
COUNT = 60
PLACES = ("Utrecht", "Bergen (L.)")
LACKING: tuple[str, ...] = ()
UNDERSTOOD = Understood("leiden", "place", "Leiden", 25)
"""A word that is taken for a place."""

QUESTIONS = ("person.work_status", "person.birth_date", "person.labour_market_link")
"""What the page of results asks, the first that is not known yet."""


@dataclass(frozen=True)
class ToPay:
    """What remains to pay, or the least it may become."""

    price_cents: int | None
    to_pay_cents: int | None
    certain: bool
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skill:
    """A skill by id, name and the language of the name."""

    id: str
    label: str
    language: str = "nl"


@dataclass(frozen=True)
class Found:
    """What a search gives."""

    results: Results
    listings: dict[int, Listing]
    to_pay: dict[int, ToPay]
    question: str | None = None


@dataclass(frozen=True)
class FoundActivity:
    """What one training gives."""

    listing: Listing
    to_pay: ToPay
    plans: dict[str, Any] | None
    question: str | None
    facts: Profile
    occupations: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """What lies between two occupations."""

    had: tuple[Skill, ...]
    lacking: tuple[Skill, ...]
    listings: dict[int, Listing]
    untaught: tuple[Skill, ...]
    useful: int
    spared: int


def listing(key: int) -> Listing:
    """One training of the stand-in, the same every time."""
    kind, provider = key % len(WORDS), f"P{key % 7}"
    starts = known.today() + timedelta(days=20 + key)
    entry = Entry(
        provider,
        f"A{key}",
        f"{WORDS[kind]} {key}",
        description="U leert dit vak stap voor stap.\n\nMet oefenen in de praktijk.",
        learning_outcomes=("werkt veilig", "leest een tekening"),
        kind="course",
        level=LEVELS[kind],
        nlqf_level=2 + kind,
        study_hours=120,
        duration_months=Decimal("3"),
        delivery=("on_site", "online", "blended")[key % 3],
        combinable_with_work=True,
        evening=bool(key % 2),
        entry_requirements="U spreekt Nederlands.",
        sector=SECTORS[kind],
        skills=("s1", "s2") if kind == 0 else ("s4",) if kind == 1 else (),
        certificate_value=CERTIFICATES[key % len(CERTIFICATES)],
        guidance=True,
        prior_learning_shortens=kind in (0, 1),
        prices=()
        if key % 10 == 9
        else (PricePart("tuition", 90_000 + key * 100, Decimal("21")), PricePart("examination", 15_050, Decimal("0"))),
        runs=(Run(starts, starts + timedelta(days=90), "Utrecht", "3511", None, starts - timedelta(days=5)), Run(None)),
        url="https://example.org/training",
    )
    home = ProviderEntry(provider, f"School {provider} & Zn <b>", "12345678", "https://example.org", "Straat 1", "3511",
                         "Utrecht", (Recognition("ocw"), Recognition("quality_mark", "NRTO")))  # fmt: skip
    return Listing(key, entry, home, WHEN)


def search(
    query: Query, *, profile: Profile, today: date, skipped: Collection[str] = (), in_short: bool = False
) -> Found:
    """Search in the titles."""
    if query.after and not query.after.isdecimal():
        raise BadQuery("after", query.after, "a key that was given out")
    if not query.postcode and ("distance" in query.chosen or query.sort == "distance"):
        raise BadQuery("postcode", query.postcode, "four digits, needed for a distance")
    if query.postcode and not query.postcode.isdigit() and query.postcode not in PLACES:
        near = {"Utregt": ("Utrecht",), "Bergen": ("Bergen (L.)", "Bergen (NH.)")}.get(query.postcode, ())
        raise BadPlace(query.postcode, "a place", near, several=len(near) > 1)
    for value in query.chosen.get("to_pay", ()):
        if value not in prices.bands():
            raise BadQuery("chosen.to_pay", value, ", ".join(prices.bands()))
    every = [listing(key) for key in range(1, COUNT + 1)]
    understood = () if UNDERSTOOD.words in query.literal or UNDERSTOOD.words not in query.text else (UNDERSTOOD,)
    if understood:
        query = replace(query, text=query.text.replace(UNDERSTOOD.words, "").strip())
    fitting = [one for one in every if _matches(one, query)]
    start = int(query.after or 0)
    page = fitting[start : start + query.size]
    hits = tuple(
        Hit(one.key, 1.0, (("title", query.text.casefold()),) if query.text else (), 12.4 if query.postcode else None)
        for one in page
    )
    after = str(start + query.size) if start + query.size < len(fitting) else ""
    suggestions = () if fitting else (
        Suggestion("spelling", "lassen", replace(query, text="lassen", chosen={})),
        Suggestion("occupation", "lasser", replace(query, text="lassen", chosen={}, occupation="welder")),
    )  # fmt: skip
    known_place = query.postcode != "9999"
    results = Results(len(fitting), hits, _facets(every, query), after, suggestions, known_place, LACKING, understood)
    asks = next((name for name in QUESTIONS if name not in profile and name not in skipped), None)
    to_pay = {one.key: _to_pay(one, profile) for one in page}
    return Found(results, {one.key: one for one in page}, to_pay, asks if page else None)


def activity(
    key: int, *, profile: Profile, today: date, language: str = "nl", skipped: Collection[str] = ()
) -> FoundActivity | None:
    """One training with its plans."""
    if not 1 <= key <= COUNT:
        return None
    one = listing(key)
    facts: Profile = {"training.kind": one.entry.kind}
    if one.entry.price_cents is not None:
        facts["training.price"] = one.entry.price_cents
    library, asked, told = known.library(), Asked(today), with_activity(profile, facts)
    plans = plan_as_dict(plan(library, told, asked), language) if "training.price" in told else None
    following = next_to_ask(check(library, told, asked).findings, skipped, told, library.vocabulary)
    return FoundActivity(one, _to_pay(one, profile), plans, following and following.name, facts, ("lasser",))


def admission(key: int, *, today: date) -> Answer:
    return Answer(True, {"nl": "De opleiding is toegelaten.", "en": "The training is admitted."})


def room(key: int, *, today: date, granted: Callable[[], int]) -> Answer:
    return Answer(True, {"nl": "Er is geen maximum per jaar.", "en": "There is no maximum a year."})


def skills(keys: Sequence[str]) -> tuple[str, ...]:
    """The names of skills that are known."""
    return tuple(SKILLS[key] for key in keys if key in SKILLS)


def provider(code: str, *, start: int, size: int, today: date) -> tuple[ProviderEntry, list[Listing], int] | None:
    """A provider with its trainings."""
    found = [one for one in map(listing, range(1, COUNT + 1)) if one.provider.code == code]
    return (found[0].provider, found[start : start + size], len(found)) if found else None


def to_pay(found: Iterable[Listing], *, profile: Profile, today: date) -> dict[int, ToPay]:
    """What remains to pay of some trainings."""
    return {one.key: _to_pay(one, profile) for one in found}


def occupation_descriptions(keys: Sequence[str]) -> dict[str, str]:
    """What the two occupations of one name are."""
    return {key: DESCRIPTIONS.get(key, "") for key in keys}


def occupations(text: str) -> list[tuple[str, str]]:
    """Occupations whose name begins as typed."""
    return [(key, label) for key, label in OCCUPATIONS.items() if label.startswith(text.casefold()[:3])]


def gap(origin: str, target: str, *, today: date, can: frozenset[str] = frozenset()) -> Gap:
    """The skills that differ, and who teaches them."""
    have, need = SKILLS_OF[origin], SKILLS_OF[target]
    lacking = [one for one in need if one not in have]
    taught = {one.key: one for one in map(listing, range(1, 12)) if set(lacking) & set(one.entry.skills)}
    some = {skill for one in taught.values() for skill in one.entry.skills}
    skills = {one: Skill(one, SKILLS[one], "en" if one == "s5" else "nl") for one in need}
    still = set(lacking) - can
    useful = {key: one for key, one in taught.items() if still & set(one.entry.skills)}
    return Gap(
        tuple(skills[one] for one in need if one in have),
        tuple(skills[one] for one in lacking),
        useful,
        tuple(skills[one] for one in lacking if one not in some),
        len(useful),
        len(taught) - len(useful),
    )


def _matches(one: Listing, query: Query) -> bool:
    told = {"sector": one.entry.sector, "level": one.entry.level, "delivery": one.entry.delivery}
    narrowed = all(told.get(facet) in values for facet, values in query.chosen.items() if facet in told)
    return narrowed and query.text.casefold() in one.entry.title.casefold()


def _facets(every: list[Listing], query: Query) -> dict[str, dict[str, int]]:
    fitting = [one for one in every if query.text.casefold() in one.entry.title.casefold()]
    counts = {
        "sector": Counter(one.entry.sector for one in fitting),
        "level": Counter(one.entry.level for one in fitting),
        "delivery": Counter(one.entry.delivery for one in fitting),
        "start_month": Counter(f"{one.entry.runs[0].starts_on:%Y-%m}" for one in fitting),
        "region": {f"AM{number:02}": number for number in (*range(5, 16), 17)},
        "shortage_occupation": {"yes": 4, "no": 3},
        "combinable": {"work": 20, "evening": 3},
        "to_pay": {"0": 3, "50000": 8, "more": 2},
        "distance": {"5": 1, "25": 4, "farther": 9},
    }
    return {name: {str(value): count for value, count in one.items()} for name, one in counts.items()}


def _to_pay(one: Listing, profile: Profile) -> ToPay:
    price = one.entry.price_cents
    if price is None:
        return ToPay(None, None, False)
    some = [finding.scheme.id for finding in check(known.library(), profile, Asked(known.today())).findings
            if finding.outcome != "not_eligible" and finding.track.amount.pays_for == "training"]  # fmt: skip
    return ToPay(price, price - 50_000, bool(profile), tuple(some[:3]))
