"""For whom an application counts once, and within what: a round, a calendar year or the whole scheme. Read from a scheme's file. Pure.

Where the file is silent it is once in a round for whom the place is (docs/adr/0021), and once a year for a region that applies
for itself. Example: `once = { who = "person", within = "year", source = "..." }`; with `times = "trajectories_most"` as often
as that parameter says.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from doorleren.core.texts import Texts
from doorleren.rules.caps import ONCE, Cap
from doorleren.rules.shape import Part
from doorleren.rules.versions import Citation, Once, ParameterHistory, Track, Version

WHO = ("person", "applicant", "application")
WITHIN = ("round", "year", "scheme")
ADVISER = "career_adviser"
KNOWN_BY = ("person", ADVISER, "training_provider", "partnership")
"""Applicants of whom the site knows which person it is for: themselves, or whom they register or enrol."""
REGION = "region"
A_YEAR = Once(REGION, "year", "", Citation("assumption: a region applies with the plan of a year", "assumption"))
"""What a file means that is silent of a region that applies for itself."""
ANNOUNCED = re.compile(r"(\w+) for one (\w+) in one (\w+)")
"""How it stands among the caps of a round (rules/caps.py)."""


def read_once(
    track: Part, parameters: Mapping[str, ParameterHistory], cited: Callable[[Part], Citation]
) -> Once | None:  # fmt: skip
    """Read `once` of a track. Raises SchemeFault where it says what nobody can compare here."""
    part = track.table("once")
    if not part:
        return None
    applicant, beneficiary = track.content.get("applicant"), track.content.get("beneficiary")
    for_itself = applicant == beneficiary == REGION
    who, times = part.choice("who", (REGION,) if for_itself else WHO), part.optional("times", str, "")
    if for_itself and times:
        part.refuse("times", times, "nothing where a region applies for itself, which has one place in a round")
    if who == "person" and not (beneficiary == "person" and applicant in KNOWN_BY):
        part.refuse("who", who, "applicant or application, for nobody says here which person it is for")
    if who != "person" and applicant == ADVISER:
        part.refuse("who", who, "person, for an adviser registers many and each of them once in a round")
    within = part.choice("within", WITHIN, "round")
    if who == "application" and (times or "within" in part.content):
        part.refuse("who", who, "person or applicant beside within or times: each application counts by itself")
    if times and (times not in parameters or parameters[times].unit != "number"):
        numbers = ", ".join(name for name, one in parameters.items() if one.unit == "number")
        part.refuse("times", times, f"the id of a parameter with the unit number ({numbers})")
    part.optional("note", str)
    once = Once(who, within, times, cited(part))
    part.finish()
    return once


def once_of(track: Track) -> Once | None:
    """Give for whom an application by a track counts once; None where the file is silent of it and the round is enough."""
    return A_YEAR if track.once is None and track.applicant == track.beneficiary == REGION else track.once


def is_counted(once: Once | None) -> bool:
    """Say whether applications are counted beyond what the tickets of one round do by themselves."""
    return once is not None and once.who != "application" and (once.within != "round" or bool(once.times))


def times_of(once: Once, version: Version, day: date) -> int:
    """Give how often on a day; once where no parameter says so, or has no value yet."""
    dated = version.parameters[once.times].on(day) if once.times else None
    return 1 if dated is None else int(dated.value)  # type: ignore[arg-type]


def said(who: str, within: str, times: int) -> Texts:
    """Say the rule in a sentence. Example: "Voor één persoon kan één keer per kalenderjaar worden aangevraagd."."""
    if who == "application":
        return {
            "nl": "Een aanvrager kan in één aanvraagtijdvak meer dan één aanvraag indienen. Elke aanvraag telt apart.",
            "en": "An applicant can submit more than one application in one round. Each application counts by itself.",
        }
    often_nl, often_en = ("één keer", "once") if times == 1 else (f"ten hoogste {times} keer", f"at most {times} times")
    nl, en = _WITHIN[within]
    if who == "applicant":
        return {"nl": f"Een aanvrager kan {often_nl} {nl} aanvragen.", "en": f"An applicant can apply {often_en} {en}."}
    if who == REGION:
        return {
            "nl": f"Voor één arbeidsmarktregio kan {often_nl} {nl} worden aangevraagd.",
            "en": f"For one labour-market region one can apply {often_en} {en}.",
        }
    return {
        "nl": f"Voor één persoon kan {often_nl} {nl} worden aangevraagd.",
        "en": f"For one person one can apply {often_en} {en}.",
    }


def said_of(caps: Iterable[Cap], *, for_itself: bool = False) -> list[Texts]:
    """Say what was announced of it, each sentence once, in the order of the tracks; of a round that counts `for_itself` as within it."""
    found = []
    for cap in caps:
        rule = ANNOUNCED.fullmatch(cap.rule)
        if cap.id.endswith(ONCE) and rule:
            times, who, within = rule.groups()
            found.append(said(who, "round" if for_itself else within, int(dict(cap.values).get(times, "1"))))
    return [one for place, one in enumerate(found) if one not in found[:place]]


_WITHIN = {
    "round": ("per aanvraagtijdvak", "in each round"),
    "year": ("per kalenderjaar", "in each calendar year"),
    "scheme": ("in de hele regeling", "in the whole scheme"),
}
