"""What a visitor filled in: form fields to a profile, with an error in plain words per field that cannot be read.

The answers travel with the form itself, in the order in which they were given; the server keeps nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doorleren.rules.faults import ProfileFault
from doorleren.rules.profile import Profile, read_value
from doorleren.rules.vocabulary import Fact, Vocabulary

UNKNOWN, NOT_APPLICABLE, NONE_OF_THESE = "unknown", "n/a", "none"
DATE_PARTS = ("day", "month", "year")
NUMBERS = ("int", "decimal", "money")
_TWO_WAYS = re.compile(r"[.,]\d{3}(?!\d)")


@dataclass
class Answers:
    """The answers so far: as typed (per field), as a profile, what is not known, and what cannot be read."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    profile: Profile = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """Numbers that a page in another language would read otherwise, written so that it does not."""

    @property
    def answered(self) -> list[str]:
        """Name the facts with an answer, "don't know" included, in the order of answering."""
        return list(dict.fromkeys(fact_of(name) for name in self.typed if fact_of(name) not in self.errors))

    def hidden(self, visible: set[str]) -> list[tuple[str, str]]:
        """Give the fields of all answers that are not on the page, to be posted along."""
        pairs = [(name, self.numbers.get(name, value)) for name, values in self.typed.items() for value in values]
        return [pair for pair in pairs if fact_of(pair[0]) not in visible]

    def before(self, fact: str) -> str | None:
        """Name the fact that was answered before one; the last if that one has no answer yet."""
        given = self.answered
        place = given.index(fact) if fact in given else len(given)
        return given[place - 1] if place else None

    def take_back(self, fact: str) -> None:
        """Forget the answer to one fact."""
        self.typed = {name: values for name, values in self.typed.items() if fact_of(name) != fact}
        self.profile.pop(fact, None)
        self.unknown.discard(fact)
        self.errors.pop(fact, None)
        self.numbers.pop(fact, None)


def fact_of(name: str) -> str:
    """Give the fact that a field belongs to: "person.birth_date.day" is of person.birth_date."""
    head, _dot, last = name.rpartition(".")
    return head if last in DATE_PARTS else name


def read_answers(posted: QueryDict, vocabulary: Vocabulary) -> Answers:
    """Read all facts that were posted, in the order of answering that the field `order` keeps; the rest is not ours."""
    answers = Answers()
    earlier = {name: place for place, name in enumerate(posted.get("order", "").split(","))}
    for name in sorted(posted, key=lambda name: earlier.get(fact_of(name), len(earlier))):
        fact = fact_of(name)
        values = [value.strip()[:200] for value in posted.getlist(name) if isinstance(value, str) and value.strip()]
        if fact in vocabulary.facts and values:
            answers.typed[name] = values
    for name in dict.fromkeys(fact_of(name) for name in answers.typed):
        _read(vocabulary.facts[name], answers)
    return answers


def _read(fact: Fact, answers: Answers) -> None:
    values = answers.typed.get(fact.name, [])
    if UNKNOWN in values:
        answers.unknown.add(fact.name)
        return
    if says_both(fact, answers):
        answers.errors[fact.name] = _(
            "U vulde iets in en koos ook “Dit geldt niet voor mij”. Laat een van de twee weg."
        )
        return
    try:
        if NOT_APPLICABLE in values:
            answers.profile[fact.name] = read_value(fact, NOT_APPLICABLE)
        else:
            answers.profile[fact.name] = read_value(fact, _as_given(fact, values, answers.typed))
            if fact.type in NUMBERS and _TWO_WAYS.search(values[0]):
                answers.numbers[fact.name] = _in_both_languages(plain_number(values[0]))
    except (ProfileFault, ValueError):
        answers.errors[fact.name] = _sentence(fact, values)


def says_both(fact: Fact, answers: Answers) -> bool:
    """Say whether something was typed for a fact of which it was also said that it does not apply."""
    values = answers.typed.get(fact.name, [])
    parts = any(f"{fact.name}.{part}" in answers.typed for part in DATE_PARTS)
    return NOT_APPLICABLE in values and UNKNOWN not in values and (parts or set(values) != {NOT_APPLICABLE})


def _as_given(fact: Fact, values: list[str], typed: Mapping[str, list[str]]) -> object:
    """Turn what was typed into what a profile takes, numbers by the way of writing of the page."""
    match fact.type:
        case "bool":
            return {"true": True, "false": False}.get(values[0], values[0])
        case "set":
            return [value for value in values if value != NONE_OF_THESE]
        case "date":
            if values:
                return values[0]
            day, month, year = (typed.get(f"{fact.name}.{part}", [""])[0] for part in DATE_PARTS)
            return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
        case numeric if numeric in NUMBERS:
            return plain_number(values[0])
    return values[0]


def plain_number(text: str) -> str:
    """Read "1.600,50", "1600,50" and "1.600" on a Dutch page as 1600.50 or 1600, and "1,600.50" on an English one; € and spaces go.

    The other way of writing counts where it cannot mean anything else. So "12,345" is 12.345 in Dutch and 12345 in English. Other
    text comes back as it was.
    """
    bare = re.sub(r"[€\s]", "", text)
    for grouping, mark in (".,", ",.") if decimal_mark() == "," else (",.", ".,"):
        found = re.fullmatch(rf"(\d+|[1-9]\d{{0,2}}(?:\{grouping}\d{{3}})+)(?:\{mark}(\d+))?", bare, re.ASCII)
        if found is not None:
            whole = found[1].replace(grouping, "")
            return f"{whole}.{found[2]}" if found[2] else whole
    return bare


def decimal_mark() -> str:
    """Give what comes before decimals in the language of the page."""
    return "." if (get_language() or "nl").startswith("en") else ","


def _in_both_languages(number: str) -> str:
    """Write a number as no page reads it otherwise: without thousands, and never with three digits behind the mark."""
    whole, _point, fraction = number.partition(".")
    return f"{whole}{decimal_mark()}{fraction}{'0' * (len(fraction) == 3)}" if fraction else whole


def _sentence(fact: Fact, values: list[str]) -> str:
    given = ", ".join(values) or _("geen volledige datum")
    match fact.type:
        case "date":
            return _("Vul een dag in die bestaat, met dag, maand en jaar. Bijvoorbeeld: 1 4 1985.")
        case "money":
            return _(
                "Vul een bedrag in van nul of meer, met hooguit twee cijfers achter de komma, zoals 12.345,67. U gaf: %(given)s."
            ) % {"given": given}
        case "int":
            return _("Vul een heel getal in van nul of meer. U gaf: %(given)s.") % {"given": given}
        case "decimal":
            return _("Vul een getal in van nul of meer. U gaf: %(given)s.") % {"given": given}
        case "code" if not fact.value_labels:
            return _(
                "Vul KvK-nummers van acht cijfers in, met een komma ertussen, hooguit twintig. Is er geen, kies dan dat dit niet geldt. U gaf: %(given)s."
            ) % {"given": given}
    return _("Kies een van de antwoorden. U gaf: %(given)s.") % {"given": given}
