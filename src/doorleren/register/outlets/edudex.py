"""The register as EDU-DEX: one program per activity, valid against the standard's `program_in`.

What the standard demands and nobody told gets its own word for nothing (degree "", level "none", no form of study, a
duration of 0 days, a location without a description, an empty text) or, where it has no such word, the value
that claims least: type "training", application by an individual, payment up front, an agreed starting date, a text in
Dutch. `programFree` holds the register's own terms exactly, and its member `assumed` names every value that nobody told.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from doorleren.core.money import euros
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.outlets.json_files import write_array
from doorleren.register.outlets.languages import OF_THE_REGISTER, of_texts, two_letters
from doorleren.register.outlets.listed import Listed, activity_address
from doorleren.register.outlets.plain import (
    DAYS_A_MONTH,
    OWN,
    clean,
    comes_back,
    dated,
    last_day,
    shortened,
    told,
    web_address,
)  # fmt: skip

FORMAT = "EDU-DEX program"
GENERATOR = "Doorleren"

COSTS = {
    "tuition": "tuition fee",
    "examination": "examination",
    "material": "study material",
    "registration": "registration fee",
}
DEGREES = {
    "diploma": "diploma",
    "mbo_certificate": "mbo-certificaat",
    "mbo_elective": "mbo-certificaat",
    "higher_certificate": "certificate",
    "practice_statement": "mbo-verklaring",
    "sector_certificate": "certificate",
    "none": "none",
}
LEVELS = {
    "entree": "mbo niveau 1",
    "mbo2": "mbo niveau 2",
    "mbo3": "mbo niveau 3",
    "mbo4": "mbo niveau 4",
    "ad": "associate",
    "hbo": "hbo",
    "wo": "wo",
    "none": "none",
}
TYPES = {"course": "training", "programme": "educational", "advice": "coaching", "practice_route": "traineeship"}
FORMS = {"full_time": "full-time", "part_time": "part-time", "dual": "dual"}
PLACES = {"online": "fully online", "blended": "blended"}
MODES = {"blended": "blended learning", "on_site": "classroom teaching"}

_SIGNS_OF_ORGANISATIONS = "-+a-z0-9_./&"
_SIGNS_OF_PROGRAMS = "- #&'()+,./0-9:?A-Z_a-z|éëïü"
IN_THE_STANDARD = ("description",)
"""What our own terms leave to the standard, where a reader of it gets the whole text back to the letter."""
_LONGEST_CODE = 64
_LONGEST_TEXT = 1200


def coded(text: str, allowed: str) -> str:
    """Write a code with the signs of the standard alone: another sign becomes the hexadecimal of its UTF-8 in braces.

    "Roc A" gives "{52}oc{20}{41}" where small letters are allowed, so that it can be read back; a code that is longer than 64
    signs then becomes a number made of it, and only our own terms tell what it was.
    """
    kept = re.compile(f"[{allowed}]")
    written = "".join(one if kept.fullmatch(one) else f"{{{clean(one).encode().hex()}}}" for one in text)
    return written if 0 < len(written) <= _LONGEST_CODE else str(uuid5(NAMESPACE_URL, clean(text)))


def organisation_code(provider: ProviderEntry) -> str:
    """Give the orgUnitId of a provider."""
    return coded(provider.code, _SIGNS_OF_ORGANISATIONS)


def program(listed: Listed, base_url: str, on: date) -> dict[str, Any]:
    """Give the program of an activity; `on` is the day by which applications are open or closed."""
    entry, assumed = listed.entry, _assumed(listed.entry)
    own = told(entry, IN_THE_STANDARD if _is_told_whole(entry.description) else ())
    own |= {"number": listed.number, "admitted": listed.admitted, "provider_entry": told(listed.provider)}
    made: dict[str, Any] = {
        "editor": clean(listed.provider.name),
        "format": FORMAT,
        "generator": GENERATOR,
        "lastEdited": listed.changed_at.isoformat(),
        "inPublication": listed.admitted,
        "programAdmission": _admission(entry, on),
        "programBasicProfile": _profile(entry),
        "programClassification": _classification(listed),
        "programContacts": _contacts(listed.provider),
        "programCurriculum": _curriculum(entry),
        "programDescriptions": _descriptions(listed, base_url),
        "programSchedule": _schedule(entry, on),
        "programFree": {OWN: own | {"assumed": assumed}},
    }
    return made | ({"expires": entry.published_until.isoformat()} if entry.published_until else {})


def write(listed: Iterable[Listed], path: Path, base_url: str, on: date) -> int:
    """Write all programs as one JSON array; give their number."""
    return write_array(path, (program(one, base_url, on) for one in listed))


def _is_told_whole(description: str) -> bool:
    return len(description) <= _LONGEST_TEXT and comes_back(description)


def _assumed(entry: Entry) -> list[str]:
    given = {
        "programAdmission.applicationType": False,
        "programAdmission.paymentDue": False,
        "programAdmission.startDateDetermination": bool(entry.runs),
        "programClassification.degree": entry.certificate_value is not None,
        "programClassification.programDuration": entry.duration_months is not None,
        "programClassification.programForm": bool(_forms(entry)),
        "programClassification.programLevel": entry.level is not None,
        "programClassification.programLocation": any(run.place for run in entry.runs),
        "programClassification.programType": entry.kind in TYPES,
        "programDescriptions.language": bool(two_letters(entry.text_language or entry.language)),
        "programDescriptions.programDescriptionText": bool(entry.description),
    }
    return [name for name, so in given.items() if not so]


def _admission(entry: Entry, on: date) -> dict[str, Any]:
    days = [run.starts_on for run in entry.runs]
    start = "agreed starting date" if not days else "fixed starting date" if all(days) else "direct start"
    return {
        "applicationOpen": not entry.runs or any(_open(run, on) for run in entry.runs),
        "applicationType": "individual",
        "paymentDue": "up-front",
        "startDateDetermination": start,
    }


def _open(run: Run, on: date) -> bool:
    until = run.enrol_until or run.starts_on
    return (run.enrol_from is None or run.enrol_from <= on) and (until is None or on <= until)


def _forms(entry: Entry) -> list[str]:
    forms = [FORMS[entry.intensity]] if entry.intensity in FORMS else []
    forms += ["evening education"] if entry.evening else []
    return forms + (["distance learning"] if entry.delivery == "online" else [])


def _classification(listed: Listed) -> dict[str, Any]:
    entry = listed.entry
    places = list(dict.fromkeys(clean(run.place) for run in entry.runs if run.place)) or [""]
    is_mbo_module = entry.kind == "module" and (entry.level or "").startswith(("mbo", "entree"))
    made: dict[str, Any] = {
        "orgUnitId": organisation_code(listed.provider),
        "programId": coded(entry.code, _SIGNS_OF_PROGRAMS),
        "degree": DEGREES.get(entry.certificate_value or "", ""),
        "programDuration": _duration(entry.duration_months),
        "programForm": _forms(entry),
        "programLevel": LEVELS.get(entry.level or "", "none"),
        "programLocation": [{"description": place} for place in places],
        "programType": "mbo module" if is_mbo_module else TYPES.get(entry.kind or "", "training"),
    }
    if entry.delivery:
        made["fullyOnline"] = entry.delivery == "online"
    if entry.published_from:
        made["offeredSince"] = entry.published_from.isoformat()
    if entry.published_until:
        made["offeredUntil"] = entry.published_until.isoformat()
    return made


def _duration(months: Decimal | None) -> dict[str, int]:
    """Whole months, or days at thirty to the month; 0 days when nobody told."""
    if months is None:
        return {"days": 0}
    return {"months": int(months)} if months == int(months) else {"days": round(months * DAYS_A_MONTH)}


def _contacts(provider: ProviderEntry) -> dict[str, Any]:
    """Say whom to ask; nothing where the provider told neither an e-mail address nor a telephone number."""
    told_of = {"email": clean(provider.email), "telephone": clean(provider.phone)}
    told_of = {name: text for name, text in told_of.items() if text}
    return {"contactData": [{"contactName": clean(provider.name), "role": "aanmelden"} | told_of]} if told_of else {}


def _curriculum(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if code := two_letters(entry.language):
        made["instructionLanguage"] = [{"languageCode": code, "percentage": 100}]
    if entry.delivery in MODES:
        made["instructionMode"] = [MODES[entry.delivery]]
    if entry.study_hours:
        made["studyLoad"] = {"program": entry.study_hours}
    return made


def _profile(entry: Entry) -> dict[str, Any]:
    """Where and when it is given, as far as that is told."""
    made = {"location": PLACES[entry.delivery]} if entry.delivery in PLACES else {}
    if entry.runs:
        made["schedule"] = "fixed dates" if all(run.starts_on for run in entry.runs) else "own pace"
    return made


def _descriptions(listed: Listed, base_url: str) -> dict[str, Any]:
    """The texts; a description that is longer than the limit of plain text stands whole in the HTML."""
    entry, spoken = listed.entry, two_letters(of_texts(listed.entry)) or OF_THE_REGISTER
    text = clean(entry.description)
    made: dict[str, Any] = {
        "programName": {spoken: shortened(clean(entry.title), 200)},
        "programDescriptionText": {spoken: shortened(text, _LONGEST_TEXT)},
        "programSummaryText": {spoken: shortened(text, 200)},
        "webLink": {spoken: web_address(entry.url) or activity_address(base_url, listed.number)},
    }
    if len(text) > _LONGEST_TEXT:
        made["programDescriptionHtml"] = {spoken: escape(text).replace("\n", "<br>\n")}
    subjects = [("objectives", one) for one in entry.learning_outcomes]
    subjects += [("admission", entry.entry_requirements), ("graduation", entry.certificate)]
    texts = [{"subject": name, "descriptionText": {spoken: clean(words)}} for name, words in subjects if words]
    return made | ({"subjectText": texts} if texts else {})


def _schedule(entry: Entry, on: date) -> dict[str, Any]:
    generic: dict[str, Any] = {}
    if entry.prices:
        generic["cost"] = [_cost(place, part) for place, part in enumerate(entry.prices)]
    undated = [run for run in entry.runs if not run.starts_on]
    if location := next((one for one in map(_location, undated) if one), None):
        generic["location"] = location
    runs = [_run(place, run, entry, on) for place, run in enumerate(dated(entry))]
    made = {"genericProgramRun": generic, "programRun": runs}
    return {name: value for name, value in made.items() if value}


def _cost(place: int, part: PricePart) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"{place}-{re.sub('[^-a-zA-Z0-9_.]', '_', part.part)[: _LONGEST_CODE - 8]}",
        "amount": euros(part.cents),
        "amountIsFinal": True,
        "costType": COSTS.get(part.part, "tuition fee"),
        "currency": "EUR",
        "isRequiredCost": True,
    }
    if part.vat is not None and part.vat == int(part.vat) and 0 <= part.vat <= 100:
        made["VATPercentage"] = int(part.vat)
    return made


def _run(place: int, run: Run, entry: Entry, on: date) -> dict[str, Any]:
    first, last = run.starts_on, last_day(run, entry.duration_months)
    if first is None or last is None:
        raise ValueError("starts_on: a run of a program needs its first day")
    made: dict[str, Any] = {
        "id": f"run-{place + 1}",
        "status": "application opened" if _open(run, on) else "application closed",
        "startDate": {"date": first.isoformat(), "isFinal": True},
        "endDate": {"date": last[0].isoformat(), "isFinal": last[1]},
        "programRunFree": {OWN: told(run)},
    }
    if run.enrol_until:
        made["applicationDeadline"] = run.enrol_until.isoformat()
    if location := _location(run):
        made["location"] = location
    return made


def _location(run: Run) -> dict[str, str]:
    parts = {"city": run.place, "zipcode": run.postcode}
    return {name: clean(value) for name, value in parts.items() if value}
