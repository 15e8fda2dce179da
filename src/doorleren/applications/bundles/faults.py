"""What is wrong with a row of a bundle: the field, the rule, a sentence per language, and the source of the rule. Pure.

A sentence says what is allowed. What was given is repeated for a reference only: the rest is about a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from doorleren.core.texts import Texts
from doorleren.rules.versions import Condition
from doorleren.rules.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a row is refused. `rule` is the id of a condition of the scheme, or a name of ours."""

    field: str
    rule: str
    texts: Texts
    source: str = ""

    def written(self) -> dict[str, str]:
        """Give it as plain JSON."""
        return {
            "field": self.field, "rule": self.rule, "nl": self.texts["nl"], "en": self.texts.get("en", self.texts["nl"]),
            "source": self.source,
        }  # fmt: skip


def _fault(field: str, rule: str, nl: str, en: str) -> Fault:
    return Fault(field, rule, {"nl": nl, "en": en})


NO_REFERENCE = _fault(
    "reference", "reference_written",
    "Het kenmerk ontbreekt of kan niet. Gebruik hooguit 40 letters, cijfers of de tekens . _ / -, zonder spaties, en geen "
    "burgerservicenummer.",
    "The reference is missing or cannot be used. Use at most 40 letters, digits or the signs . _ / -, without spaces, and "
    "no citizen service number.",
)  # fmt: skip
BAD_NUMBER = _fault(
    "national_number", "eleven_test",
    "Dit is geen burgerservicenummer: dat heeft negen cijfers (een oud nummer acht) die aan de elfproef voldoen.",
    "This is no citizen service number: that has nine digits (an old one eight) that pass the 11-test.",
)  # fmt: skip
NO_NAME = _fault(
    "name", "name_written",
    "De naam ontbreekt of kan niet. Schrijf de naam zoals op het identiteitsbewijs: met letters, hooguit 200 tekens.",
    "The name is missing or cannot be used. Write it as on the identity document: with letters, 200 signs at most.",
)  # fmt: skip
NO_BIRTH_DATE = _fault(
    "birth_date", "birth_date_written",
    "De geboortedatum ontbreekt of kan niet. Schrijf een dag van 1900 tot vandaag als 1985-04-01 of 01-04-1985.",
    "The date of birth is missing or cannot be used. Write a day from 1900 until today as 1985-04-01 or 01-04-1985.",
)  # fmt: skip
TOO_WIDE = _fault(
    "", "row_width",
    "Deze rij heeft meer velden dan de eerste rij kolommen heeft. Zet een tekst met een scheidingsteken tussen "
    "aanhalingstekens.",
    "This row has more fields than the first row has columns. Put a text with a separator between quotation marks.",
)  # fmt: skip
ELSEWHERE = _fault(
    "national_number", "one_person_once",
    "Deze persoon is in dit aanvraagtijdvak al geregistreerd of heeft zelf al een aanvraag ingediend. Eén persoon telt één "
    "keer.",
    "This person was already registered in this round, or has applied already. One person counts once.",
)  # fmt: skip


def counted_before(rule: Texts, source: str, references: Sequence[str] = ()) -> Fault:
    """Say that a person counts as often as the scheme allows, beyond this round; `references`: the adviser's own ones for it."""
    own = ", ".join(references)
    nl, en = (f" bij u, met kenmerk {own}", f" by you, with the reference {own}") if own else ("", "")
    texts = {"nl": f"{rule['nl']} Dat is al gebeurd{nl}.", "en": f"{rule['en']} That has been done already{en}."}
    return Fault("national_number", "one_person_once", texts, source)


def twice(field: str, line: int) -> Fault:
    """Say that an earlier row of the same bundle has the same person or reference."""
    return _fault(
        field, "once_in_a_bundle",
        f"Rij {line} van deze bundel heeft hetzelfde " + ("kenmerk." if field == "reference" else "burgerservicenummer."),
        f"Row {line} of this bundle has the same " + ("reference." if field == "reference" else "citizen service number."),
    )  # fmt: skip


def used_before(reference: str) -> Fault:
    """Say that the adviser used a reference before, for another registration."""
    return _fault(
        "reference", "reference_once",
        f"U gebruikte het kenmerk {reference} in dit aanvraagtijdvak al voor een andere registratie. Geef deze rij een eigen kenmerk.",
        f"You used the reference {reference} in this round for another registration. Give this row a reference of its own.",
    )  # fmt: skip


def unanswered(fact: Fact, *, given: bool) -> Fault:
    """Say that a fact is lacking or cannot be read, with what is allowed."""
    allowed = allowed_in(fact)
    called = {language: fact.label.get(language, fact.name) for language in ("nl", "en")}
    verb = ("kan niet worden gelezen", "cannot be read") if given else ("is niet ingevuld", "is not filled in")
    return _fault(
        fact.name, "fact_told",
        f"{called['nl']}: dit {verb[0]}. Toegestaan is {allowed['nl']}.",
        f"{called['en']}: this {verb[1]}. Allowed is {allowed['en']}.",
    )  # fmt: skip


def allowed_in(fact: Fact) -> Texts:
    """Say what may stand in a column: of a choice each value in words, with its code behind it; both are read."""
    written = {
        "bool": ("ja of nee", "yes or no"), "date": ("een dag als 1985-04-01", "a day as 1985-04-01"),
        "int": ("een heel getal", "a whole number"), "money": ("een bedrag als 699,95", "an amount as 699.95"),
        "decimal": ("een getal als 0,25", "a number as 0.25"),
    }.get(fact.type)  # fmt: skip
    if written is not None:
        return {"nl": written[0], "en": written[1]}
    nl, en = (_choices(fact, language) for language in ("nl", "en"))
    if not nl:
        return {"nl": "tekst", "en": "text"}
    if fact.type == "set":
        nl, en = f"een of meer van deze, met | ertussen: {nl}", f"one or more of these, with | between them: {en}"
    return {"nl": nl, "en": en}


def _choices(fact: Fact, language: str) -> str:
    found = []
    for value in fact.values or tuple(fact.value_labels):
        words = fact.value_labels.get(value, {}).get(language, value)
        found.append(value if words == value else f"{words} ({value})")
    return "; ".join(found)


def not_met(condition: Condition, facts: Sequence[str]) -> Fault:
    """Say which condition of the scheme does not hold, in its own sentence, with its source."""
    own = [name for name in facts if name.startswith("person.")]
    return Fault(
        (own or list(facts) or [""])[0], condition.id,
        {
            "nl": f"Aan deze voorwaarde is niet voldaan: {condition.says('nl')}.",
            "en": f"This condition is not met: {condition.says('en')}.",
        },
        str(condition.citation),
    )  # fmt: skip
