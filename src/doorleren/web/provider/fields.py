"""The fields of an activity on the page: in which group each stands, how it is asked, and what its values are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doorleren.register.entries import PRICE_PARTS
from doorleren.web import known
from doorleren.web.portal.certificates import certificates
from doorleren.web.portal.facets import languages
from doorleren.web.public.questions import value_label

FACTS = {
    "kind": "training.kind", "route": "training.route", "goal": "training.goal", "level": "training.level",
    "intensity": "training.intensity", "delivery": "training.delivery", "sector": "training.target_sector",
}  # fmt: skip
"""Fields whose values and words are those of a fact."""

RUN_FIELDS = ("starts_on", "ends_on", "place", "postcode", "enrol_from", "enrol_until")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, how it is asked ("line", "text", "list", "choice", "file"), and its words.

    The name of a field of an activity is a target of the importers.
    """

    name: str
    kind: str
    label: str
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading."""

    name: str
    title: str
    fields: tuple[Field, ...]


def shown(field: Field, value: str, error: str) -> dict[str, Any]:
    """Describe a field for the template, with what was typed; a value that is none of the options is one of them then."""
    options = field.options
    if options and value and value not in dict(options):
        options = (*options, (value, value))
    return {
        "name": field.name, "kind": field.kind, "label": field.label, "help": field.help, "options": options,
        "value": value, "error": error, "needed": field.needed, "short": field.short,
    }  # fmt: skip


def groups() -> tuple[Group, ...]:
    """Give all groups but prices and runs, in the order of the page."""
    return (
        Group("about", _("De opleiding"), tuple(_about())),
        Group("kind", _("Soort en niveau"), tuple(_kind())),
        Group("time", _("Tijd en plaats"), tuple(_time())),
        Group("people", _("Voor wie"), tuple(_people())),
        Group("certificate", _("Bewijs"), tuple(_certificate())),
        Group("publication", _("Te zien op de site"), tuple(_publication())),
    )


def prices() -> tuple[tuple[Field, Field], ...]:
    """Give per part of the price its amount and its VAT."""
    names = part_names()
    return tuple(
        (
            Field(f"price.{part}", "line", names[part], short=True),
            Field(f"vat.{part}", "line", vat_label(part), short=True),
        )
        for part in PRICE_PARTS
    )


def part_names() -> dict[str, str]:
    """Name the parts of a price."""
    return {
        "tuition": _("Lessen"), "examination": _("Examen"), "material": _("Boeken en materiaal"),
        "registration": _("Inschrijven"),
    }  # fmt: skip


def vat_label(part: str) -> str:
    """Name the VAT of a part of the price."""
    return _("%(part)s: btw in procent") % {"part": part_names()[part]}


def run_fields(number: int) -> tuple[Field, ...]:
    """Give the fields of one run, by its place in the form."""
    labels = run_labels()
    return tuple(Field(f"run-{number}.{name}", "line", labels[name], short=name != "place") for name in RUN_FIELDS)


def run_labels() -> dict[str, str]:
    """Name the fields of a run."""
    return {
        "starts_on": _("Begint op"), "ends_on": _("Eindigt op"), "place": _("Plaats"), "postcode": _("Postcode"),
        "enrol_from": _("Inschrijven vanaf"), "enrol_until": _("Inschrijven tot en met"),
    }  # fmt: skip


def labels() -> dict[str, str]:
    """Name every field of an entry, for lists of errors, of what is missing and of what changes."""
    named = {field.name: field.label for group in groups() for field in group.fields}
    return named | {
        "code": _("Uw code"), "prices": _("Prijs"), "runs": _("Startmomenten"), "price": _("Prijs"), "place": _("Plaats"),
        "row": _("De hele rij"), "provider.kvk": _("KvK-nummer"), "provider.code": _("Opleider"),
    } | {f"price.{part}": name for part, name in part_names().items()} | {
        f"run.{name}": words for name, words in run_labels().items()
    }  # fmt: skip


def choices(name: str) -> tuple[tuple[str, str], ...]:
    """Give the values of a field with a closed list, with their words."""
    if name in FACTS:
        fact = known.library().vocabulary.facts[FACTS[name]]
        return tuple((value, value_label(fact, value)) for value in fact.values or tuple(fact.value_labels))
    if name == "certificate_value":
        return tuple((value, one.name) for value, one in certificates().items())
    if name in ("language", "text_language"):
        return tuple(languages().items())
    if name in ("nlqf_level", "eqf_level"):
        return tuple((str(step), str(step)) for step in range(1, 9))
    return (("yes", _("ja")), ("no", _("nee")))


def _choice(name: str, label: str, help: str = "") -> Field:  # noqa: A002 - what the page calls it
    return Field(name, "choice", label, help, choices(name))


def _about() -> Iterator[Field]:
    yield Field("title", "line", _("Titel"), needed=True)
    yield Field(
        "description", "text", _("Beschrijving"), _("Mensen vinden de opleiding door de woorden die u gebruikt.")
    )
    yield Field("learning_outcomes", "list", _("Wat kan iemand daarna?"), _("Zet elk punt op een eigen regel."))
    yield _choice("text_language", _("In welke taal hebt u deze teksten geschreven?"))
    yield Field("url", "line", _("Webadres van uw eigen pagina"))


def _kind() -> Iterator[Field]:
    yield _choice("kind", _("Soort"))
    yield _choice("route", _("Leerweg"))
    yield _choice("goal", _("Doel"))
    yield _choice("level", _("Niveau"))
    yield _choice("nlqf_level", _("NLQF-niveau"))
    yield _choice("eqf_level", _("EQF-niveau"))
    yield _choice("sector", _("Sector"))
    yield _choice("language", _("Taal van de lessen"))
    yield _choice("modular", _("In losse delen te volgen"))


def _time() -> Iterator[Field]:
    yield _choice("intensity", _("Voltijd of deeltijd"))
    yield Field("study_hours", "line", _("Studielast in uren"), short=True)
    yield Field("duration_months", "line", _("Duur in maanden"), _("Of bijvoorbeeld: 12 weken."), short=True)
    yield _choice("delivery", _("Online of op een plek"))
    yield _choice("independent_of_time", _("Op een tijd die iemand zelf kiest"))
    yield _choice("independent_of_place", _("Op een plek die iemand zelf kiest"))
    yield _choice("evening", _("Les in de avond"))
    yield _choice("combinable_with_work", _("Te doen naast werk"))
    yield _choice("combinable_with_care", _("Te doen naast zorg voor anderen"))


def _people() -> Iterator[Field]:
    yield Field(
        "entry_requirements", "text", _("Wat heeft iemand nodig om te beginnen?"), _("Is dat niets, schrijf dan: geen.")
    )
    yield Field(
        "occupations", "list", _("Beroepen"),
        _("Zet elk beroep op een eigen regel: de naam zoals ESCO die kent, of het id van ESCO."),
    )  # fmt: skip
    yield Field("skills", "list", _("Vaardigheden"), _("Zet elk id van ESCO op een eigen regel."))
    yield _choice("guidance", _("De deelnemer krijgt begeleiding"))
    yield _choice("prior_learning_shortens", _("Korter voor wie al iets kan"))


def _certificate() -> Iterator[Field]:
    yield _choice("certificate_value", _("Wat krijgt iemand?"))
    yield Field("certificate", "line", _("Naam van het diploma of certificaat"))


def _publication() -> Iterator[Field]:
    day = _("Bijvoorbeeld 31-1-2027. Laat leeg voor altijd.")
    yield Field("published_from", "line", _("Te zien vanaf"), day, short=True)
    yield Field("published_until", "line", _("Te zien tot en met"), day, short=True)
