"""Programs and institutes of EDU-DEX as entries. The names of the fields are those of the published schema.

Which words of EDU-DEX are which of ours stands in the tables; a word without a clear counterpart is left untold. What
this register wrote itself carries its own terms in `programFree`; they count as `own_terms` says, and nothing is lost.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from doorleren.register.entries import Entry, Location, ProviderEntry, Recognition, Run
from doorleren.register.intake import codes, edudex_prices, own_terms, words
from doorleren.register.intake.amounts import HOURS_PER_ECTS, hours_of, months_of, read_number
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.json_values import Source, in_dutch, language_picked, objects, strings
from doorleren.register.outlets import edudex as outlet
from doorleren.register.outlets.listed import ACTIVITY_PAGE, Listed
from doorleren.register.outlets.plain import OWN

_TYPES = {
    "training": "course", "workshop": "course", "webinar": "course", "master class": "course", "lecture": "course",
    "virtual classroom": "course", "conference": "course", "self study": "course", "mbo module": "module",
    "educational": "course",
}  # fmt: skip
_LEVELS = {
    "none": "none", "mbo niveau 1": "entree", "mbo niveau 2": "mbo2", "mbo niveau 3": "mbo3", "mbo niveau 4": "mbo4",
    "associate": "ad", "propedeuse": "hbo", "bachelor": "hbo", "hbo": "hbo", "post-hbo": "hbo", "master": "hbo",
    "academic bachelor": "wo", "academic master": "wo", "wo": "wo", "PhD": "wo", "post-academic": "wo",
}  # fmt: skip
_ROUTES = {"associate": "associate_degree", "bachelor": "bachelor", "academic bachelor": "bachelor", "master": "master",
           "academic master": "master"}  # fmt: skip
_PATHS = {"BOL": "bol", "BBL": "bbl", "OVO": "third_path"}
_DEGREES = {
    "none": ("none", "none"), "certificate of participation": ("none", "none"), "certificate": ("certificate", None),
    "certificate on request": ("certificate", None), "module certificate": ("certificate", None), "diploma": ("diploma", "diploma"),
    "mbo-certificaat": ("certificate", "mbo_certificate"), "mbo-verklaring": ("practice_statement", "practice_statement"),
    "": (None, None), "testimonial": (None, None),
}  # fmt: skip
_FORMS = {"full-time": "full_time", "part-time": "part_time", "dual": "dual"}
_ONLINE = frozenset({"distance learning", "e-learning", "virtual classroom"})
_PLACES = {"fully online": "online", "blended": "blended", "agreed location": "on_site", "fixed location": "on_site"}
_SECTIONS = {
    "A": "agriculture", "C": "manufacturing", "F": "construction", "G": "retail", "H": "transport_logistics", "I": "hospitality",
    "J": "ict", "K": "business_services", "L": "business_services", "M": "business_services", "O": "government", "P": "education",
    "Q": "care_welfare",
}  # fmt: skip
_MARKS = {"NRTO", "Cedeo", "CRKBO", "Blik op Werk", "ISO 9001", "ISO 9001-2015", "VOI", "ISO 27001"}
MOST_LOCATIONS = 200
"""Addresses of one institute that are kept."""
_UNITS = {"years": "year", "months": "month", "weeks": "week", "days": "day"}


def is_program(value: dict[str, Any]) -> bool:
    """Whether an object is a program of EDU-DEX."""
    return "programDescriptions" in value or "programClassification" in value


def is_institute(value: dict[str, Any]) -> bool:
    """Whether an object is an institute of EDU-DEX."""
    return "instituteName" in value


class Programs:
    """Reads programs, and institutes among them; the name of a provider is known once its institute has passed."""

    def __init__(self, today: date, default_provider: str) -> None:
        """Remember the day, for which prices hold, and the provider of a program that names none."""
        self.calendar = Calendar(today)
        self.default_provider = default_provider
        self.institutes: dict[str, ProviderEntry] = {}

    def read(self, source: Source) -> tuple[dict[str, Any] | None, ProviderEntry | None] | None:
        """Give the values of an entry with the provider; no values for an institute. Faults go to the source."""
        if is_institute(source.value):
            made = _institute(source)
            if made is not None:
                self.institutes[made.code] = made
            return None, made
        if not is_program(source.value):
            allowed = {"nl": "een programma of instituut van EDU-DEX", "en": "a program or institute of EDU-DEX"}
            source.wrong("row", ", ".join(source.value)[:100], allowed, refuses=True)
            return None
        code = source.text("provider.code", source.at("programClassification.orgUnitId"), column="orgUnitId")
        code = code or self.default_provider
        told = source.at(f"programFree.{OWN}")
        if not code or not isinstance(told, dict):
            return self._values(source), self.institutes.get(code) or (ProviderEntry(code, code) if code else None)
        owner = self._own_provider(source, code, told)
        return self._counting(source, self._values(source), owner, told), owner

    def _own_provider(self, source: Source, code: str, told: dict[str, Any]) -> ProviderEntry:
        """Give the provider that our own terms describe, if it is the one of the program and no institute describes it."""
        described = told.get("provider_entry")
        if code in self.institutes or not isinstance(described, dict):
            return self.institutes.get(code) or ProviderEntry(code, code)
        terms = own_terms.read_provider(source, described, f"programFree.{OWN}.provider_entry")
        own = own_terms.provider_of(own_terms.empty(ProviderEntry) | terms)
        return own if outlet.organisation_code(own) == code else ProviderEntry(code, code)

    def _counting(
        self, source: Source, said: dict[str, Any], owner: ProviderEntry, told: dict[str, Any]
    ) -> dict[str, Any]:  # fmt: skip
        """Let the register's own terms count where the fields of the standard still say what we wrote with them."""
        terms = own_terms.read_entry(source, told, f"programFree.{OWN}")
        left = {name: said[name] for name in outlet.IN_THE_STANDARD if name not in terms and name in said}
        entry = Entry(**(own_terms.empty(Entry) | left | terms | {"provider": owner.code}))
        number = told.get("number") if isinstance(told.get("number"), int) else 0
        midnight = datetime.combine(self.calendar.today, time(), UTC)
        listed = Listed(entry, owner, number or 0, midnight, told.get("admitted") is True)
        link = str(in_dutch(source.at("programDescriptions.webLink")) or "")
        base = link.removesuffix(ACTIVITY_PAGE.format(number=number))
        again = Source(source.number, outlet.program(listed, base, self.calendar.today))
        ours = self._values(again)
        own_terms.forget_ours(source, again)
        values = own_terms.kept(terms, said, ours, Entry, outlet.IN_THE_STANDARD)
        return {name: value for name, value in values.items() if name != "provider"}

    def _values(self, source: Source) -> dict[str, Any]:
        values: dict[str, Any] = {
            **_texts(source), **_kinds(source), **_way(source), **self._days(source),
            "language": _language(source), "study_hours": _hours(source), "duration_months": _duration(source),
        }  # fmt: skip
        values["prices"] = edudex_prices.prices(source, self.calendar)
        values["runs"] = tuple(self._runs(source))
        kept = {name: value for name, value in values.items() if value is not None}
        return {"code": "", "title": "", **kept}

    def _days(self, source: Source) -> dict[str, Any]:
        """Read from when until when the program is offered; one that is out of publication ended yesterday."""
        read = self.calendar
        start = source.read(
            "published_from", source.at("programClassification.offeredSince"), read.read, column="offeredSince"
        )
        ends = [
            source.read("published_until", source.at(path), read.read_end, column=path)
            for path in ("programClassification.offeredUntil", "expires")
        ]
        if source.at("inPublication") is False:
            ends.append(max(read.today - timedelta(days=1), start or read.today - timedelta(days=1)))
        return {"published_from": start, "published_until": min((day for day in ends if day), default=None)}

    def _runs(self, source: Source) -> list[Run]:
        """Read the runs that are open to everybody and not cancelled."""
        found = []
        for one in objects(source.at("programSchedule.programRun")):
            if one.get("status") == "canceled" or one.get("openTo") == "client only":
                continue
            run = Source(source.number, one, damaged=source.damaged)
            run.faults, run.formulas = source.faults, source.formulas
            place, postcode = _location(run)
            days = {
                "starts_on": run.read("run.starts_on", run.at("startDate.date"), self.calendar.read, column="programRun.startDate"),
                "ends_on": run.read("run.ends_on", run.at("endDate.date"), self.calendar.read_end, column="programRun.endDate"),
                "enrol_until": run.read("run.enrol_until", run.at("applicationDeadline"), self.calendar.read_end, column="applicationDeadline"),
            }  # fmt: skip
            found.append(Run(place=place, postcode=postcode, **days))
        return found


def _location(run: Source) -> tuple[str, str]:
    place = run.text("run.place", run.at("location.city"), column="location.city")
    country = str(run.at("location.country") or "nl").lower()
    postcode = run.at("location.zipcode") if country in ("nl", "nederland", "netherlands") else None
    return place, run.read("run.postcode", postcode, codes.read_postcode, column="location.zipcode") or ""


def _institute(source: Source) -> ProviderEntry | None:
    code = source.text("provider.code", source.at("orgUnitId"), column="orgUnitId")
    name = source.text("provider.name", in_dutch(source.at("instituteName")), column="instituteName")
    kvk = source.read("provider.kvk", source.at("instituteKvK"), codes.read_kvk, column="instituteKvK") or ""
    website = (
        source.read("provider.website", in_dutch(source.at("webLink")), lambda one: codes.read_url(one, 500)) or ""
    )
    marks = [mark for mark in strings(source.at("accreditation")) if mark in _MARKS]
    routes = [Recognition("ocw", "NVAO")] if "NVAO" in strings(source.at("accreditation")) else []
    routes += [Recognition("quality_mark", ", ".join(marks)[:300])] if marks else []
    if not code:
        source.wrong("provider.code", "", {"nl": "een orgUnitId", "en": "an orgUnitId"})
    if any(one.refuses for one in source.faults):
        return None
    home, *others = _addresses(source) or [Location()]
    return ProviderEntry(
        code, name or code, kvk, website, home.street, home.postcode, home.place, tuple(routes),
        locations=tuple(others),
    )  # fmt: skip


def _addresses(source: Source) -> list[Location]:
    """Read where an institute is: first its own address, to visit or else for post, then the others to visit."""
    found: dict[bool, list[Location]] = {True: [], False: []}
    for place in objects(source.at("instituteLocation")):
        name = source.text("provider.locations", in_dutch(place.get("name")), column="instituteLocation", most=200)
        for address in objects(place.get("address")):
            street = " ".join(str(address[key]) for key in ("street", "house_number") if address.get(key))
            one = Location(
                name,
                source.text("provider.street", street, column="instituteLocation"),
                _dutch_postcode(source, address),
                source.text("provider.place", address.get("city"), column="instituteLocation"),
            )
            if one.street or one.postcode or one.place:
                found[address.get("addressType") != "postal"].append(one)
    return list(dict.fromkeys(found[True] or found[False][:1]))[:MOST_LOCATIONS]


def _dutch_postcode(source: Source, address: dict[str, Any]) -> str:
    if str(address.get("country") or "NL").upper() not in ("NL", "NLD"):
        return ""
    return (
        source.read("provider.postcode", address.get("zipcode"), codes.read_postcode, column="instituteLocation") or ""
    )


def _texts(source: Source) -> dict[str, Any]:
    at = "programDescriptions."
    described = in_dutch(source.at(at + "programDescriptionHtml")) or in_dutch(source.at(at + "programDescriptionText"))
    described = described or in_dutch(source.at(at + "programSummaryText"))
    outcomes = [
        source.text("learning_outcomes", in_dutch(one.get("descriptionHtml")) or in_dutch(one.get("descriptionText")))
        for one in objects(source.at(at + "subjectText"))
        if one.get("subject") in ("objectives", "competencies")
    ]
    required = [
        source.text(
            "entry_requirements", in_dutch(one.get("requirementDescription")) or in_dutch(one.get("requirementSummary"))
        )
        for one in objects(source.at("programClassification.applicationRequirement"))
    ]
    degree = source.at("programClassification.degree")
    link = in_dutch(source.at(at + "webLink")) or in_dutch(source.at(at + "courseSiteLink"))
    return {
        "code": source.text("code", source.at("programClassification.programId"), column="programId"),
        "title": source.text("title", in_dutch(source.at(at + "programName")), column="programName"),
        "text_language": language_picked(source.at(at + "programName")),
        "description": source.text("description", described, column="programDescription"),
        "learning_outcomes": tuple(line for one in outcomes for line in one.split("\n") if line),
        "entry_requirements": "\n".join(one for one in required if one),
        "certificate": "" if degree in (None, "", "none") else source.text("certificate", degree, column="degree"),
        "url": source.read("url", link, codes.read_url, column="webLink") or "",
    }


def _kinds(source: Source) -> dict[str, Any]:
    at = "programClassification."
    level, degree = source.at(at + "programLevel"), source.at(at + "degree")
    kind = source.at(at + "programType")
    path = next(
        (one.get("learningPath") for one in objects(source.at("programExternalAcknowledgements.creboRegistration"))),
        None,
    )
    goal, value = _degree(degree)
    whole = goal == "diploma" and kind == "regular"
    sections = {_SECTIONS.get(one) for one in strings(source.at(at + "targetSector"))}
    if source.at("programBasicProfile.mainExternalAcknowledgement") == "industry certification" and goal in (
        None,
        "certificate",
    ):
        goal, value = "sector_certificate", "sector_certificate"
    return {
        "kind": "programme" if whole else _TYPES.get(str(kind)), "level": _LEVELS.get(str(level)), "goal": goal,
        "route": _PATHS.get(str(path)) or (_ROUTES.get(str(level)) if goal == "diploma" else None), "certificate_value": value,
        "sector": sections.pop() if len(sections) == 1 else None, **_framework(source),
    }  # fmt: skip


def _degree(degree: object) -> tuple[str | None, str | None]:
    """Give the goal and the value of a degree: every name of a degree that is not listed is one of higher education."""
    if degree is None:
        return None, None
    return _DEGREES.get(str(degree), ("diploma", "diploma"))


def _framework(source: Source) -> dict[str, Any]:
    one = next(iter(objects(source.at("programExternalAcknowledgements.nlqfRegistration"))), {})
    return {
        "nlqf_level": source.read("nlqf_level", one.get("nlqfLevel"), words.read_step, column="nlqfLevel"),
        "eqf_level": source.read("eqf_level", one.get("eqfLevel"), words.read_step, column="eqfLevel"),
    }


def _way(source: Source) -> dict[str, Any]:
    """Read how it is given: at which pace and place, in the evening, with guidance."""
    forms = strings(source.at("programClassification.programForm"))
    modes = strings(source.at("programCurriculum.instructionMode"))
    parts = strings(source.at("programSchedule.genericProgramRun.contactHoursPartOfDay"))
    paces = {_FORMS[one] for one in forms if one in _FORMS}
    delivery = _PLACES.get(str(source.at("programBasicProfile.location")))
    if source.at("programClassification.fullyOnline") is True:
        delivery = "online"
    elif delivery is None and "blended learning" in modes:
        delivery = "blended"
    elif delivery is None and forms and set(forms) <= _ONLINE:
        delivery = "online"
    schedule = source.at("programBasicProfile.schedule")
    superior = source.at("programClassification.superProgramId") or source.at("programClassification.superProgramUUID")
    return {
        "intensity": paces.pop() if len(paces) == 1 else None, "delivery": delivery,
        "independent_of_time": {"own pace": True, "fixed dates": False}.get(str(schedule)),
        "independent_of_place": True if delivery == "online" else None,
        "evening": True if "evening" in parts or "evening education" in forms else None,
        "guidance": True if {"individual guidance", "coaching"} & set(modes) or source.at("programBasicProfile.product") == "guided study" else None,
        "modular": True if superior else None,
    }  # fmt: skip


def _language(source: Source) -> str | None:
    """Give the language in which most is taught; without one the language is not told, which for an entry is Dutch."""
    told = [
        one
        for one in objects(source.at("programCurriculum.instructionLanguage"))
        if isinstance(one.get("languageCode"), str)
    ]
    most = max(told, key=_share, default=None)
    return source.read("language", most["languageCode"], words.read_language, column="languageCode") if most else None


def _share(taught: dict[str, Any]) -> int:
    told = taught.get("percentage")
    return told if isinstance(told, int) else 0


def _hours(source: Source) -> int | None:
    """Give the study load in hours; without one it follows from the study points of the ECTS."""
    told, column, times = source.at("programCurriculum.studyLoad.program"), "studyLoad.program", 1
    for one in objects(source.at("programClassification.credits")):
        if told is None and one.get("system") == "ECTS":
            told, column, times = one.get("credits"), "credits", HOURS_PER_ECTS
    found: int | None = source.read(
        "study_hours", told, lambda text: hours_of(read_number(text, ".000"), times), column=column
    )
    return found


def _duration(source: Source) -> Decimal | None:
    told = source.at("programClassification.programDuration")
    try:
        named = {
            _UNITS[unit]: read_number(str(number), ".000") for unit, number in (told or {}).items() if unit in _UNITS
        }
        return months_of(named) if named else None
    except (Misread, AttributeError):
        allowed = {"nl": "een duur, zoals 6 months", "en": "a duration, such as 6 months"}
        source.wrong("duration_months", told, allowed, column="programDuration")
        return None
