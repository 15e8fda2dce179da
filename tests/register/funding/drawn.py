"""Activities, visitors and scheme files drawn at random: varied, often incomplete, from a seed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from doorleren.core.days import AMSTERDAM
from doorleren.register.entries import (
    CERTIFICATE_VALUES,
    PRICE_PARTS,
    Entry,
    PricePart,
    ProviderEntry,
    Recognition,
    Run,
)
from doorleren.register.funding.facts import FACTS, training_facts
from doorleren.rules.library import Library
from doorleren.rules.profile import NA, Profile
from doorleren.rules.vocabulary import Fact, Vocabulary

PRICES = (0, 4_900, 25_000, 60_000, 99_999, 100_000, 100_001, 150_000, 240_000)
NUMBERS = {"money": (0, 300_000), "decimal": (0, 3_000_000), "int": (0, 40)}


def activity(random: Random, vocabulary: Vocabulary, on: date) -> tuple[Entry, ProviderEntry | None]:
    """Draw an activity with its provider; about one thing in five is not told."""

    def maybe(value: object) -> object:
        return None if random.random() < 0.2 else value

    def word(fact: str) -> object:
        return maybe(random.choice(vocabulary.facts[fact].values))

    parts = random.sample(PRICE_PARTS, random.choice((0, 1, 1, 1, 2, 3)))
    starts = on + timedelta(days=random.randint(-60, 200))
    entry = Entry(
        "provider", f"code-{random.random()}", "a title",
        kind=word("training.kind"), route=word("training.route"), goal=word("training.goal"),
        level=word("training.level"), intensity=word("training.intensity"), delivery=word("training.delivery"),
        sector=word("training.target_sector"), nlqf_level=maybe(random.randint(1, 8)),
        study_hours=maybe(random.choice((4, 8, 16, 40, 80, 240))),
        duration_months=maybe(Decimal(random.choice(("0.5", "1", "3", "6.25")))),
        guidance=maybe(random.random() < 0.5), certificate_value=maybe(random.choice(CERTIFICATE_VALUES)),
        prices=tuple(PricePart(part, random.choice(PRICES), maybe(Decimal(random.choice((0, 9, 21))))) for part in parts),
        runs=(Run(maybe(starts), enrol_until=maybe(starts)),) if random.random() < 0.8 else (),
    )  # fmt: skip
    routes = random.sample(vocabulary.facts["provider.recognition"].values, random.randint(0, 3))
    provider = ProviderEntry("provider", "a provider", recognitions=tuple(Recognition(one) for one in routes))
    return entry, maybe(provider)


def told_by(random: Random, vocabulary: Vocabulary, on: date) -> Profile:
    """Draw the facts of an activity."""
    entry, provider = activity(random, vocabulary, on)
    choices = (None, True, True, False)
    return training_facts(
        entry, provider, on=on, in_register=random.choice(choices), grants_this_year=random.choice((None, 0, 299, 300)),
        excluded=random.choice((None, False, False, True)), shortage_occupation=random.choice(choices),
    )  # fmt: skip


def visitor(random: Random, vocabulary: Vocabulary, names: list[str], usual: Profile, unknown: float) -> Profile:
    """Draw a visitor: facts by name unknown in the share given, else mostly as is usual, or drawn, or not applicable."""
    profile: Profile = {}
    for name in names:
        chance = random.random()
        if chance < unknown:
            continue
        if name in usual and chance < 0.9:
            profile[name] = usual[name]
        elif chance > 0.97:
            profile[name] = NA
        else:
            profile[name] = value(random, vocabulary.facts[name])
    return profile


def value(random: Random, fact: Fact) -> object:
    """Draw a value of a fact."""
    match fact.type:
        case "bool":
            return random.random() < 0.6
        case "date":
            return date(1950, 1, 1) + timedelta(days=random.randint(0, 27_000))
        case "enum" | "code":
            return random.choice(list(fact.values or fact.value_labels))
        case "set":
            return frozenset(word for word in fact.values if random.random() < 0.4)
    return random.randint(*NUMBERS[fact.type])


ACTIVITY_ASKS = (
    'training.kind in {"course", "module"}', "training.in_register", "training.price >= 500", "training.price <= 2000",
    "training.study_hours >= 16", 'training.level in {"mbo3", "mbo4", "hbo"}', 'any_of(provider.recognition, {"ocw", "nlqf"})',
    "training.starts_on >= add_days(day, 14)", "not training.excluded_in_register", 'not training.delivery == "online"',
    "training.price_excluding_vat >= 400", 'training.kind == "evc" or training.goal == "diploma"',
    "training.price <= 1000 if person.low_literate else training.price <= 1500",
    "applies(training.level)", "training.duration_months < 6",
)  # fmt: skip
VISITOR_ASKS = (
    "age(person.birth_date) >= 18", "person.labour_market_link", 'person.work_status in {"employee", "self_employed"}',
    "employer.employees < 250", "not training.paid_by_other > 0", 'person.education_level < "mbo4"',
    "person.low_literate or training.in_register", "training.practice_weeks >= 4", "person.threatened_with_dismissal",
    "provider.public", "training.price <= employer.eligible_costs", "not pension_age_reached(person.birth_date)",
)  # fmt: skip
AMOUNTS = (
    "600", "700", "min(training.price, 1000) if applies(training.price) else 50",
    "0.5 * training.price if applies(training.price) else grant * 2",
    "0.8 * training.price_excluding_vat if applies(training.price_excluding_vat) else 300",
    "(min(700, 0.5 * training.price) if person.low_literate else 300) if applies(training.price) else 0 * grant",
    "employer.eligible_costs * 0.3 if applies(employer.eligible_costs) else 250",
    "max(200, 0.1 * training.price) if applies(training.price) else 60",
    "grant * training.nlqf_level if applies(training.nlqf_level) else 250", "0 * grant",
    "min(employer.eligible_costs if applies(employer.eligible_costs) else 900, training.price) "
    "if applies(training.price) else 1",
    "0.25 * employer.eligible_costs if applies(employer.eligible_costs) and training.in_register else (0.7 * training.price "
    "if applies(training.price) else 5)",
)  # fmt: skip


def write_schemes(random: Random, place: Path, count: int) -> None:
    """Write scheme files with several tracks, rounds in every state, caps, groups and exclusions."""
    for number in range(count):
        folder = place / f"drawn-{number}"
        folder.mkdir(parents=True)
        (folder / "2024.toml").write_text(_scheme(random, number, count), "utf-8")


def _scheme(random: Random, number: int, count: int) -> str:
    tracks = [f"t{one}" for one in range(random.choice((1, 1, 2, 3)))]
    return "\n".join([
        f'id = "drawn-{number}"', 'version = "2024"', "published_on = 2023-12-01",
        "in_force = { from = 2024-01-01 }", f'name = {{ nl = "Regeling {number}", en = "Scheme {number}" }}',
        'summary = { nl = "Een regeling.", en = "A scheme." }', "pillar = 1", 'kind = "grant"',
        'body = { decides = "a", executes = "b", pays = "c" }', 'framework = "none"', "instruments = []",
        'apply = { nl = "hier", en = "here" }', "[source]", 's = { cite = "a source", weight = "official" }',
        "[procedure]", 'kind = "grant_settle"',
        '[[parameter]]\nid = "grant"\nunit = "euro"\nvalues = [{ from = 2024-01-01, value = 100, source = "s" }]',
        *(_track(random, one) for one in tracks), *(_rounds(random, tracks)), _stacking(random, number, count),
    ])  # fmt: skip


def _track(random: Random, name: str) -> str:
    role = random.choice(("person", "person", "employer", "training_provider"))
    asks = random.sample(ACTIVITY_ASKS, random.randint(0, 2)) + random.sample(VISITOR_ASKS, random.randint(0, 2))
    conditions = [
        f'[[track.condition]]\nid = "{name}c{place}"\nnl = "n"\nen = "e"\nsource = "s"\nwhen = \'\'\'{when}\'\'\''
        for place, when in enumerate(asks)
    ]
    kind = random.choice(("fixed", "share", "fixed", "share", "band"))
    key = "max" if kind == "band" else "is"
    return "\n".join([
        "[[track]]", f'id = "{name}"', f'name = {{ nl = "{name}", en = "{name}" }}', f'applicant = "{role}"',
        'beneficiary = "person"', f'payee = "{role}"', f'reporter = "{role}"', *conditions, "[track.amount]",
        f'kind = "{kind}"', f'{key} = "{random.choice(AMOUNTS)}"',
        f'pays_for = "{random.choice(("training", "training", "training", "advice"))}"', 'source = "s"',
    ])  # fmt: skip


def _rounds(random: Random, tracks: list[str]) -> list[str]:
    if random.random() < 0.3:
        return []
    found = []
    for place, track in enumerate(tracks):
        opens = datetime(2024, random.choice((2, 4, 6)), 1, 9, tzinfo=AMSTERDAM)
        lines = [
            "[[round]]", f'id = "r{place}"', f'tracks = ["{track}"]', f"opens = {opens.isoformat()}",
            f"closes = {(opens + timedelta(days=random.choice((20, 60)))).isoformat()}",
            "announced_on = 2023-12-01", 'order = "arrival"', 'source = "s"',
        ]  # fmt: skip
        found.append("\n".join(lines))
    return found


def _stacking(random: Random, number: int, count: int) -> str:
    others = [f'"drawn-{one}"' for one in range(count) if one != number and random.random() < 0.15]
    lines = ["[stacking]", 'source = "s"', f"excludes = [{', '.join(others)}]"]
    if random.random() < 0.3:
        lines.append("only_above_cap = true")
    if random.random() < 0.4:
        lines.append(f'group = {{ id = "g{random.randint(0, 1)}", cap = {random.choice((500, 900))} }}')
    if random.random() < 0.4:
        lines.append("de_minimis = { cap = 1000, years = 3 }")
    return "\n".join(lines)


def asked_of_visitors(library: Library, on: date) -> list[str]:
    """Name the facts that schemes in force ask for, and who asks; those of activities too, as visitors may tell them."""
    facts = frozenset().union(*(settled.facts for settled in library.in_force(on)))
    return sorted(facts | set(FACTS) | {"asker.role", "training.paid_by_other", "employer.de_minimis_last_3_years"})
