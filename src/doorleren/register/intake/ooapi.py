"""Courses and programs of the Open Onderwijs API, version 5, as entries; their offerings are runs with a price.

Offerings may stand in the file apart from what they offer, before or behind it: they are gathered first, then each
course is read with its own. The price is the highest among the offerings: no one pays more than is registered.

What this register wrote itself carries its own terms under `ext`; they count as `own_terms` says, and nothing is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from doorleren.register.entries import Entry, Location, PricePart, ProviderEntry, Run
from doorleren.register.intake import codes, own_terms, words
from doorleren.register.intake.amounts import HOURS_PER_ECTS, hours_of, read_months, read_number
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.documents import Document
from doorleren.register.intake.edudex_prices import with_vat
from doorleren.register.intake.json_values import Source, in_dutch, language_picked, objects, strings
from doorleren.register.outlets import ooapi as outlet
from doorleren.register.outlets.languages import UNDETERMINED
from doorleren.register.outlets.listed import ACTIVITY_PAGE, Listed
from doorleren.register.outlets.plain import OWN

_LEVELS = {
    "secondary vocational education 1": "entree", "secondary vocational education 2": "mbo2",
    "secondary vocational education 3": "mbo3", "secondary vocational education 4": "mbo4", "associate degree": "ad",
}  # fmt: skip
_HIGHER = ("bachelor", "master", "doctoral")
_SECTORS = {"higher professional education": "hbo", "university education": "wo"}
_AWARDS = {
    "AD": "associate_degree", "BA": "bachelor", "BSc": "bachelor", "LLB": "bachelor", "MA": "master", "MSc": "master",
    "LLM": "master",
}  # fmt: skip
_PACES = {"full-time": "full_time", "part-time": "part_time", "dual training": "dual"}
_MODES = {
    "distance-learning": "online",
    "online": "online",
    "hybrid": "blended",
    "on campus": "on_site",
    "situated": "on_site",
}
_HOURS = {"ects": HOURS_PER_ECTS, "sp": HOURS_PER_ECTS, "sbu": 1, "hour": 1}
MOST_LOCATIONS = 200
"""Addresses of one organisation that are kept."""
_PROGRAMS = {
    "program": "programme",
    "minor": "module",
    "honours": "module",
    "specialization": "module",
    "track": "module",
}


@dataclass(slots=True)
class Gathered:
    """What stands apart in a file: offerings by the id of what they offer, organisations by their id."""

    offerings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    organizations: dict[str, dict[str, Any]] = field(default_factory=dict)
    activities: set[str] = field(default_factory=set)


def is_activity(value: dict[str, Any]) -> bool:
    """Whether an object is a course or a program."""
    return ("courseId" in value or "programId" in value) and "offeringId" not in value


def is_offering(value: dict[str, Any]) -> bool:
    """Whether an object is an offering."""
    return "offeringId" in value


def is_organization(value: dict[str, Any]) -> bool:
    """Whether an object is an organisation."""
    return "organizationId" in value and not is_activity(value) and not is_offering(value)


def gathered(documents: Iterable[Document]) -> Gathered:
    """Go through a file once for what belongs to something else."""
    found = Gathered()
    for value in (one.value for one in documents):
        if value is None:
            continue
        if is_offering(value):
            found.offerings.setdefault(_offered(value)[0], []).append(value)
        elif is_organization(value):
            found.organizations[str(value["organizationId"])] = value
        elif is_activity(value):
            found.activities.add(_id(value))
    return found


def _id(value: dict[str, Any]) -> str:
    return str(value.get("courseId") or value.get("programId") or "")


def _offered(offering: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    """Give the id of what is offered, and the course or program itself where it stands inside."""
    one = offering.get("course") or offering.get("program")
    return (_id(one), one) if isinstance(one, dict) else (str(one or ""), None)


class Activities:
    """Reads courses and programs with the offerings and organisations that were gathered before."""

    def __init__(self, today: date, default_provider: str, apart: Gathered) -> None:
        """Remember what stands apart, and the provider of an activity that names none."""
        self.calendar = Calendar(today)
        self.default_provider = default_provider
        self.apart = apart
        self.inside: set[str] = set()

    def read(self, source: Source) -> tuple[dict[str, Any] | None, ProviderEntry | None] | None:
        """Give the values of an entry with the provider; None for an offering of something that stands elsewhere."""
        value = source.value
        if is_organization(value):
            return None, _owner(source, value, "")
        if is_offering(value):
            name, one = _offered(value)
            if one is not None and name not in self.apart.activities:
                if name in self.inside:
                    return None
                self.inside.add(name)
                source.value = one
                return self._activity(source)
            if name not in self.apart.activities:
                allowed = {
                    "nl": "een cursus of programma dat in het bestand staat",
                    "en": "a course or program that stands in the file",
                }
                source.wrong("code", name, allowed, column="offering", refuses=True)
            return None
        if not is_activity(value):
            allowed = {"nl": "een cursus, programma of aanbod", "en": "a course, program or offering"}
            source.wrong("row", ", ".join(value)[:100], allowed, refuses=True)
            return None
        return self._activity(source)

    def _activity(self, source: Source) -> tuple[dict[str, Any] | None, ProviderEntry | None]:
        own = [
            *objects(source.at("offerings")),
            *objects(source.at("courseOfferings")),
            *objects(source.at("programOfferings")),
        ]
        offerings = [*own, *self.apart.offerings.get(_id(source.value), [])]
        owner = self._provider(source)
        values = self._said(source, offerings)
        told = source.at(f"ext.{OWN}")
        if owner is not None and isinstance(told, dict):
            values = self._counting(source, values, owner, told)
        return values, owner

    def _provider(self, source: Source) -> ProviderEntry | None:
        """Read who offers it: an organisation here, one that stands apart, or the number that we gave one."""
        organization = source.at("organization")
        if isinstance(organization, str):
            organization = self.apart.organizations.get(organization, {"organizationId": organization})
            code = source.at(f"ext.{OWN}.provider")
            if isinstance(code, str) and outlet.organization_id(code) == organization["organizationId"]:
                organization = {"organizationId": code} | organization | {"organizationId": code}
        return _owner(source, organization if isinstance(organization, dict) else {}, self.default_provider)

    def _said(self, source: Source, offerings: list[dict[str, Any]]) -> dict[str, Any]:
        """Give what the fields of the standard say."""
        values = {**_texts(source), **_kinds(source), **_way(source, offerings), **self._days(source)}
        values["runs"] = tuple(self._run(source, one) for one in offerings)
        values["prices"] = _prices(source, offerings)
        return {"code": "", "title": "", **{name: value for name, value in values.items() if value is not None}}

    def _counting(
        self, source: Source, said: dict[str, Any], owner: ProviderEntry, told: dict[str, Any]
    ) -> dict[str, Any]:  # fmt: skip
        """Let the register's own terms count where the fields of the standard still say what we wrote with them."""
        terms = own_terms.read_entry(source, told, f"ext.{OWN}")
        left = {name: said[name] for name in outlet.IN_THE_STANDARD if name not in terms and name in said}
        entry = Entry(**(own_terms.empty(Entry) | left | terms | {"provider": owner.code}))
        number = told.get("number") if isinstance(told.get("number"), int) else 0
        midnight = datetime.combine(self.calendar.today, time(), UTC)
        listed = Listed(entry, owner, abs(number or 0) % 2**31, midnight, told.get("admitted") is True)
        base = str(source.at("link") or "").removesuffix(ACTIVITY_PAGE.format(number=number))
        again = Source(source.number, outlet.activity(listed, base))
        ours = self._said(again, outlet.offerings(listed))
        own_terms.forget_ours(source, again)
        values = own_terms.kept(terms, said, ours, Entry, outlet.IN_THE_STANDARD)
        return {name: value for name, value in values.items() if name != "provider"}

    def _days(self, source: Source) -> dict[str, Any]:
        """Read between which days it holds; `validTo` is the first day that it no longer does."""
        end = source.read("published_until", source.at("validTo"), self.calendar.read_end, column="validTo")
        return {
            "published_from": source.read(
                "published_from", source.at("validFrom"), self.calendar.read, column="validFrom"
            ),
            "published_until": end and end - timedelta(days=1),
        }

    def _run(self, source: Source, offering: dict[str, Any]) -> Run:
        read, end = self.calendar.read, self.calendar.read_end
        place = next((one for one in objects(offering.get("addresses")) if one.get("addressType") == "teaching"), None)
        place = place or next(iter(objects(offering.get("addresses"))), {})
        return Run(
            starts_on=source.read("run.starts_on", offering.get("startDate"), read, column="startDate"),
            ends_on=source.read("run.ends_on", offering.get("endDate"), end, column="endDate"),
            place=source.text("run.place", place.get("city"), column="addresses.city"),
            postcode=_postcode(source, "run.postcode", place),
            enrol_from=source.read("run.enrol_from", offering.get("enrollStartDate"), read, column="enrollStartDate"),
            enrol_until=source.read("run.enrol_until", offering.get("enrollEndDate"), end, column="enrollEndDate"),
        )


def _postcode(source: Source, name: str, address: dict[str, Any]) -> str:
    if str(address.get("countryCode") or "NL").upper() != "NL":
        return ""
    return source.read(name, address.get("postalCode"), codes.read_postcode, column="postalCode") or ""


def _code(value: dict[str, Any], *kinds: str) -> str:
    """Give a code of one of the kinds, or for no kind the primary code."""
    primary = value.get("primaryCode")
    every = (
        [primary, *objects(value.get("otherCodes"))] if isinstance(primary, dict) else objects(value.get("otherCodes"))
    )
    if not kinds:
        return str(primary.get("code") or "") if isinstance(primary, dict) else ""
    return next((str(one.get("code") or "") for one in every if str(one.get("codeType")).lower() in kinds), "")


def _owner(source: Source, told: dict[str, Any], default: str) -> ProviderEntry | None:
    """Give the provider as the standard's fields describe it, with what its own terms add if we wrote them."""
    said = _provider(source, told, default)
    extra = told.get("ext")
    own = extra.get(OWN) if isinstance(extra, dict) else None
    if said is None or not isinstance(own, dict):
        return said
    terms = own_terms.read_provider(source, own, f"organization.ext.{OWN}")
    written = outlet.organization(ProviderEntry(**(own_terms.empty(ProviderEntry) | terms)))
    ours = _provider(Source(source.number, {}), written, "")
    return own_terms.provider_of(own_terms.kept(terms, _fields(said), _fields(ours or said), ProviderEntry))


def _fields(provider: ProviderEntry) -> dict[str, Any]:
    return {one.name: getattr(provider, one.name) for one in fields(ProviderEntry)}


def _provider(source: Source, told: dict[str, Any], default: str) -> ProviderEntry | None:
    code = source.text("provider.code", _code(told) or told.get("organizationId"), column="organization") or default
    if not code:
        return None
    name = source.text("provider.name", in_dutch(told.get("name")) or told.get("shortName"), column="organization.name")
    home, *others = _addresses(source, objects(told.get("addresses"))[:MOST_LOCATIONS]) or [Location()]
    return ProviderEntry(
        code=code,
        name=name or code,
        kvk=source.read(
            "provider.kvk", _code(told, "kvk", "x-kvk", "x-kvknumber") or None, codes.read_kvk, column="kvk"
        )
        or "",
        website=source.read("provider.website", told.get("link"), lambda text: codes.read_url(text, 500), column="link")
        or "",
        street=home.street,
        postcode=home.postcode,
        place=home.place,
        locations=tuple(others),
    )


def _addresses(source: Source, addresses: list[dict[str, Any]]) -> list[Location]:
    """Give the address of an organisation, to visit or else its first, and then where else it receives people."""
    order = {"visit": 0, "teaching": 1}
    in_order = sorted(addresses, key=lambda one: order.get(str(one.get("addressType")), 2))
    visited = [one for one in in_order if one.get("addressType") in order] or in_order[:1]
    found = [_location(source, one) for one in visited]
    return [one for one in dict.fromkeys(found) if one.street or one.postcode or one.place]


def _location(source: Source, address: dict[str, Any]) -> Location:
    """Read one address of an organisation; what comes "additional" is what the place is called."""
    street = " ".join(str(address[key]) for key in ("street", "streetNumber") if address.get(key))
    return Location(
        source.text("provider.locations", in_dutch(address.get("additional")), column="additional", most=200),
        source.text("provider.street", street, column="street"),
        _postcode(source, "provider.postcode", address),
        source.text("provider.place", address.get("city"), column="city"),
    )


def _texts(source: Source) -> dict[str, Any]:
    told = source.at("learningOutcomes")
    outcomes = [
        source.text("learning_outcomes", in_dutch(one))
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, list)
    ]
    award = source.at("qualificationAwarded")
    return {
        "code": source.text("code", _code(source.value) or _id(source.value), column="primaryCode"),
        "title": source.text("title", in_dutch(source.at("name")), column="name"),
        "text_language": language_picked(source.at("name")),
        "description": source.text("description", in_dutch(source.at("description")), column="description"),
        "learning_outcomes": tuple(one for one in outcomes if one),
        "entry_requirements": source.text("entry_requirements", in_dutch(source.at("admissionRequirements"))),
        "certificate": ""
        if award in (None, "None")
        else source.text("certificate", award, column="qualificationAwarded"),
        "url": source.read("url", source.at("link"), codes.read_url, column="link") or "",
        "language": _language(source),
    }


def _language(source: Source) -> str | None:
    told = source.at("teachingLanguage")
    given = None if told == UNDETERMINED else told
    found: str | None = source.read("language", given, words.read_language, column="teachingLanguage")
    return found


def _kinds(source: Source) -> dict[str, Any]:
    level, sector = str(source.at("level")), _SECTORS.get(str(source.at("sector")))
    award = str(source.at("qualificationAwarded"))
    course = "courseId" in source.value
    step = source.read("nlqf_level", source.at("levelOfQualification"), words.read_step, column="levelOfQualification")
    route = _AWARDS.get(award) or ("ho_module" if course and level in (*_HIGHER, "associate degree") else None)
    return {
        "kind": "course" if course else _PROGRAMS.get(str(source.at("programType")), "programme"), "route": route,
        "goal": "diploma" if award in _AWARDS or award == "Phd" else None,
        "certificate_value": "diploma" if award in _AWARDS or award == "Phd" else None,
        "level": _LEVELS.get(level) or (sector if level in (*_HIGHER, "None", "undefined", "undivided") else None),
        "nlqf_level": step, "eqf_level": step, "intensity": _PACES.get(str(source.at("modeOfStudy"))),
    }  # fmt: skip


def _way(source: Source, offerings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    modes = strings(source.at("modeOfDelivery")) or [
        one for each in offerings for one in strings(each.get("modeOfDelivery"))
    ]
    ways = {_MODES[one] for one in modes if one in _MODES}
    delivery = "blended" if len(ways) > 1 else ways.pop() if ways else None
    unit, load = source.at("studyLoad.studyLoadUnit"), source.at("studyLoad.value")
    hours = None
    if unit in _HOURS:
        hours = source.read(
            "study_hours", load, lambda text: hours_of(read_number(text, ".000"), _HOURS[unit]), column="studyLoad"
        )
    return {
        "delivery": delivery, "independent_of_place": True if delivery == "online" else None,
        "independent_of_time": True if source.at("modeOfStudy") == "self-paced" else None, "study_hours": hours,
        "duration_months": source.read("duration_months", source.at("duration"), read_months, column="duration"),
    }  # fmt: skip


def _prices(source: Source, offerings: Iterable[dict[str, Any]]) -> tuple[PricePart, ...] | None:
    """Give the highest total among the offerings as tuition; None where no offering tells one."""
    found: list[tuple[int, Decimal | None]] = []
    for cost in (one for each in offerings for one in objects(each.get("priceInformation"))):
        if cost.get("costType") != "total costs":
            continue
        if not source.is_in_euros(cost, cost.get("amount", cost.get("amountWithoutVat"))):
            continue
        vat = source.cents(cost["vatAmount"], column="vatAmount") if cost.get("vatAmount") is not None else None
        if cost.get("amount") is None and cost.get("amountWithoutVat") is not None and vat is not None:
            bare = source.price(cost["amountWithoutVat"], column="amountWithoutVat")
            found += [(bare + vat, with_vat(bare + vat, vat, None)[1])] if bare is not None else []
            continue
        amount = source.price(cost.get("amount"), column="amount")
        if amount is not None:
            found.append(
                (
                    amount,
                    None
                    if vat is None
                    else Decimal(round(Decimal(vat) * 100 / (amount - vat)))
                    if amount > vat
                    else None,
                )
            )
    if not found:
        return None
    cents, rate = max(found, key=lambda one: one[0])
    return (PricePart("tuition", cents, rate),)
