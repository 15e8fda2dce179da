"""The register as learning opportunities of the European Learning Model (version 3, application profile LOQ).

One opportunity per run (an activity without runs has one), one specification of what is learned per activity, one
organisation per provider. The specification is a Qualification when its NLQF level is told; an EQF level that is not
told is then that of the NLQF, one to one.

What the profile demands and nobody told: the field of study is ISCED-F 9999 "field unknown", the language "UND"
(undetermined), a country "OP_DATPRO" (provisional, the placeholder of the EU's own list; a KvK number or a full Dutch
postcode tells that it is the Netherlands), and the one learning outcome says that none was given. Occupations
have no place in the profile. Days become moments without a zone: a first day begins at 00:00, a last day ends at 23:59:59.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

from doorleren.core.money import euros
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.outlets.elm_rdf import write_json_ld
from doorleren.register.outlets.elm_tree import Concept, Literal, Node, Reference, Text, Value
from doorleren.register.outlets.elm_xml import write_xml
from doorleren.register.outlets.languages import OF_THE_REGISTER, of_texts, text_tag, three_letters
from doorleren.register.outlets.listed import Listed, activity_address
from doorleren.register.outlets.plain import (
    clean,
    dated,
    esco_address,
    is_dutch_postcode,
    iso_duration,
    web_address,
)

Field = tuple[str, Value]

NO_OUTCOMES = "De opleider heeft geen leeruitkomsten opgegeven."
SKILLS = "Vaardigheden van deze opleiding in ESCO"
PRICE_NAMES = {
    "tuition": "lesgeld",
    "examination": "examen",
    "material": "lesmateriaal",
    "registration": "inschrijving",
}

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_SNB = "http://data.europa.eu/snb"
TYPES = {"course": "05053c1cbe", "module": "0f7dac46ca", "programme": "79343569f3"}
MODES = {"online": "920fbb3cbe", "blended": "e92d221e4d", "on_site": "9191af2ed9"}
SCHEDULES = {"full_time": "72a0ab92fa"}
NLQF = {
    1: "c_3e11a3fd", 2: "c_c749fa23", 3: "c_f97cdbb5", 4: "c_ff656b33", 5: "c_18c9e9fe", 6: "c_1711a061",
    7: "c_478359fc", 8: "c_2835a50f",
}  # fmt: skip
"""The NLQF levels in the EU's register of qualification levels (QDR)."""


def write(listed: Iterable[Listed], path: Path, base_url: str) -> int:
    """Write the register as XML, or as JSON-LD when the path ends in ".jsonld"; give the number of activities."""
    count = 0

    def counted() -> Iterator[Listed]:
        nonlocal count
        for count, one in enumerate(listed, 1):  # noqa: B007 (told when all have passed)
            yield one

    (write_json_ld if path.suffix == ".jsonld" else write_xml)(nodes(counted(), base_url), path)
    return count


def nodes(listed: Iterable[Listed], base_url: str) -> Iterator[Node]:
    """Give every node with an address of its own, each once: per activity its places, outcomes, specification, runs."""
    seen: set[str] = set()
    for one in listed:
        if one.provider.code not in seen:
            seen.add(one.provider.code)
            yield from _organisation(one.provider, base_url)
        outcomes = _outcomes(one.entry, activity_address(base_url, one.number))
        yield from outcomes
        yield _specification(one, base_url, outcomes)
        runs = [*dated(one.entry), *(run for run in one.entry.runs if not run.starts_on)]
        for place, run in enumerate(runs or [Run()], 1):
            yield from _opportunity(one, base_url, place, run)


def provider_address(base_url: str, code: str) -> str:
    """Give the address that stands for a provider."""
    return f"{base_url.rstrip('/')}/providers/{_part(code)}"


def _organisation(provider: ProviderEntry, base_url: str) -> Iterator[Node]:
    address = provider_address(base_url, provider.code)
    is_dutch = bool(provider.kvk) or is_dutch_postcode(provider.postcode)
    words = ", ".join(filter(None, (provider.street, f"{provider.postcode} {provider.place}".strip())))
    yield _location(f"{address}#place", provider.place, words, is_dutch)
    others = [f"{address}#place-{place}" for place, _one in enumerate(provider.locations, 1)]
    for reference, one in zip(others, provider.locations, strict=True):
        told_of = ", ".join(filter(None, (one.name, one.street, f"{one.postcode} {one.place}".strip())))
        yield _location(reference, one.place, told_of, is_dutch or is_dutch_postcode(one.postcode))
    fields: list[Field] = [
        ("loq:legalName", Text(provider.name, OF_THE_REGISTER)),
        ("loq:identifier", _identifier(_part(provider.code), "code of the provider in the training register")),
    ]
    if provider.kvk:
        number = (("skos:notation", Literal(provider.kvk)), ("loq:schemeName", Literal("KvK-nummer", "string")))
        fields += [("loq:registration", Node("elm:LegalIdentifier", (*number, ("loq:spatial", _country(True)))))]
    if site := web_address(provider.website):
        fields += [("loq:homepage", _page(site))]
    fields += [("loq:location", Reference(one)) for one in (f"{address}#place", *others)]
    yield Node("elm:Organisation", tuple(fields), address)


def _outcomes(entry: Entry, address: str) -> list[Node]:
    """The outcomes as told, and one that holds the ESCO skills, which are told of the activity as a whole."""
    spoken = text_tag(entry)
    made: list[tuple[Field, ...]] = [(("loq:title", Text(one, spoken)),) for one in entry.learning_outcomes]
    if skills := [one for one in (esco_address("skill", name) for name in entry.skills) if one]:
        related = tuple(("loq:relatedESCOSkill", Concept(one)) for one in dict.fromkeys(skills))
        made.append((("loq:title", Text(SKILLS, OF_THE_REGISTER)), *related))
    made = made or [(("loq:title", Text(NO_OUTCOMES, OF_THE_REGISTER)),)]
    return [Node("elm:LearningOutcome", fields, f"{address}#outcome-{place}") for place, fields in enumerate(made, 1)]


def _specification(listed: Listed, base_url: str, outcomes: list[Node]) -> Node:
    entry, spoken = listed.entry, text_tag(listed.entry)
    fields: list[Field] = [("loq:title", Text(entry.title, spoken))]
    if entry.certificate:
        fields += [("loq:additionalNote", _note(entry.certificate, spoken))]
    fields += [("loq:ISCEDFCode", Concept(f"{_SNB}/isced-f/9999"))]
    if entry.study_hours is not None:
        fields += [("loq:volumeOfLearning", Literal(f"PT{entry.study_hours}H", "duration"))]
    nlqf, eqf = NLQF.get(entry.nlqf_level or 0), entry.eqf if entry.eqf in range(1, 9) else None
    levels = [Concept(f"{_SNB}/qdr/{nlqf}")] if nlqf else []
    is_qualification = bool(nlqf and eqf)
    if not is_qualification:
        levels += [Concept(f"{_SNB}/eqf/{eqf}")] if eqf else []
        fields += [("loq:educationLevel", level) for level in levels]
    fields += [("loq:language", _language(entry.language))]
    if entry.entry_requirements:
        fields += [("loq:entryRequirement", _note(entry.entry_requirements, spoken))]
    fields += [("loq:learningOutcome", Reference(one.address)) for one in outcomes]
    if is_qualification:
        fields += [("loq:EQFLevel", Concept(f"{_SNB}/eqf/{eqf}")), ("loq:NQFLevel", levels[0])]
    kind = "elm:Qualification" if is_qualification else "elm:LearningAchievementSpecification"
    return Node(kind, tuple(fields), f"{activity_address(base_url, listed.number)}#achievement")


def _opportunity(listed: Listed, base_url: str, place: int, run: Run) -> Iterator[Node]:
    """One run as an opportunity, before it the place where it is given; fields in the order of the schema."""
    entry, spoken = listed.entry, text_tag(listed.entry)
    page = activity_address(base_url, listed.number)
    notation = f"{_part(entry.provider)}/{_part(entry.code)}/{place}"
    fields: list[Field] = [
        ("loq:identifier", _identifier(notation, "provider, activity and run in the training register")),
        ("loq:title", Text(entry.title, spoken)),
    ]
    if entry.description:
        fields += [("loq:description", Text(entry.description, spoken))]
    if entry.kind in TYPES:
        fields += [("loq:type", Concept(f"{_SNB}/learning-opportunity/{TYPES[entry.kind]}"))]
    fields += [("loq:homepage", _page(web_address(entry.url) or page))]
    fields += _when_and_how(entry, run)
    fields += [("loq:priceDetail", _price(part)) for part in entry.prices]
    fields += [("loq:providedBy", Reference(provider_address(base_url, entry.provider)))]
    if run.place or run.postcode:
        words = f"{run.postcode} {run.place}".strip()
        yield _location(f"{page}#place-{place}", run.place, words, is_dutch_postcode(run.postcode))
        fields += [("loq:location", Reference(f"{page}#place-{place}"))]
    fields += [
        ("loq:learningAchievementSpecification", Reference(f"{page}#achievement")),
        ("loq:defaultLanguage", _language(of_texts(entry))),
        ("loq:modified", Literal(listed.changed_at.isoformat(), "dateTime")),
    ]
    yield Node("elm:LearningOpportunity", tuple(fields), f"{page}#run-{place}")


def _when_and_how(entry: Entry, run: Run) -> list[Field]:
    fields: list[Field] = []
    period = [("loq:startDate", _begin(run.starts_on))] if run.starts_on else []
    period += [("loq:endDate", _end(run.ends_on))] if run.ends_on else []
    if period:
        fields += [("loq:temporal", Node("dc:PeriodOfTime", tuple(period)))]
    if entry.duration_months is not None:
        fields += [("loq:duration", Literal(iso_duration(entry.duration_months), "duration"))]
    if entry.delivery in MODES:
        fields += [("loq:mode", Concept(f"{_SNB}/learning-assessment/{MODES[entry.delivery]}"))]
    if entry.intensity in SCHEDULES:
        fields += [("loq:learningSchedule", Concept(f"{_SNB}/learning-schedule/{SCHEDULES[entry.intensity]}"))]
    return fields + ([("loq:applicationDeadline", _end(run.enrol_until))] if run.enrol_until else [])


def _price(part: PricePart) -> Node:
    unit = Concept(f"{_AUTHORITY}/currency/EUR")
    amount = Node("elm:Amount", (("loq:unit", unit), ("loq:value", Literal(euros(part.cents), "decimal"))))
    name = Text(PRICE_NAMES.get(part.part, part.part), OF_THE_REGISTER)
    return Node("elm:PriceDetail", (("loq:amount", amount), ("skos:prefLabel", name)))


def _location(address: str, place: str, words: str, is_dutch: bool) -> Node:
    inside: list[Field] = [("loq:fullAddress", _note(words, OF_THE_REGISTER))] if words else []
    fields: list[Field] = [("loq:geographicName", Text(place, OF_THE_REGISTER))] if place else []
    fields += [("loq:address", Node("elm:Address", (*inside, ("loq:countryCode", _country(is_dutch)))))]
    return Node("dc:Location", tuple(fields), address)


def _identifier(notation: str, scheme: str) -> Node:
    return Node("elm:Identifier", (("skos:notation", Literal(notation)), ("loq:schemeName", Literal(scheme, "string"))))


def _note(words: str, spoken: str) -> Node:
    return Node("elm:Note", (("loq:noteLiteral", Text(words, spoken)),))


def _page(address: str) -> Node:
    return Node("elm:WebResource", (("loq:contentUrl", Literal(address, "anyURI")),))


def _language(language: str) -> Concept:
    return Concept(f"{_AUTHORITY}/language/{three_letters(language).upper()}")


def _country(is_dutch: bool) -> Concept:
    return Concept(f"{_AUTHORITY}/country/{'NLD' if is_dutch else 'OP_DATPRO'}")


def _begin(day: date) -> Literal:
    return Literal(f"{day.isoformat()}T00:00:00", "dateTime")


def _end(day: date) -> Literal:
    return Literal(f"{day.isoformat()}T23:59:59", "dateTime")


def _part(code: str) -> str:
    return quote(clean(code), safe="")
