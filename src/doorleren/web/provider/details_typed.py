"""Between what a provider types of itself and the commands: reads with the readers of the importers, keeps what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.register.commands.change_provider import Details
from doorleren.register.commands.state_recognition import Statement
from doorleren.register.entries import Location
from doorleren.register.intake import codes
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread, shortened
from doorleren.register.intake.texts import clean
from doorleren.register.models.provider import LARGEST_PROOF, RECOGNITION_ROUTES
from doorleren.register.proofs import ALLOWED, NotAProof, Proof, read_proof
from doorleren.web.provider.fields import Field
from doorleren.web.public.questions import in_language

MOST_LOCATIONS = 50
LOCATION_FIELDS = ("name", "street", "postcode", "place")
LONGEST = {"street": 200, "place": 100, "name": 200, "number": 100}

ROUTES = {
    "nl": "een van de manieren in de lijst",
    "en": "one of the kinds in the list",
}


@dataclass
class Typed:
    """A form as it was typed: the texts by the name of their field, the number of locations, what is wrong by name."""

    texts: dict[str, str]
    locations: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[str], Any]) -> Any:
        """Read a field; None is not told, or wrong and noted."""
        text = self.texts.get(name, "").strip()
        if not text:
            return None
        try:
            return reader(text)
        except Misread as error:
            self.note(name, text, error.allowed)
            return None

    def note(self, name: str, given: str, allowed: Mapping[str, str]) -> None:
        """Note what was given and what is allowed."""
        self.errors[name] = _("Gegeven is “%(given)s”. Toegestaan is: %(allowed)s.") % {
            "given": shortened(given), "allowed": in_language(dict(allowed)),
        }  # fmt: skip

    def text(self, name: str, most: int) -> str:
        """Read a text without markup."""
        return self.read(name, lambda raw: clean(raw, most)) or ""


def of_details(details: Details) -> Typed:
    """Write what stands as somebody would type it."""
    texts = {name: getattr(details, name) for name in ("website", "email", "phone", "street", "postcode", "place")}
    for place, one in enumerate(details.locations):
        texts |= {f"location-{place}.{name}": getattr(one, name) for name in LOCATION_FIELDS}
    return Typed(texts, len(details.locations))


def of_post(posted: Mapping[str, str]) -> Typed:
    """Take what was posted as it stands."""
    count = posted.get("locations", "0")
    many = min(int(count), MOST_LOCATIONS) if count.isdecimal() and len(count) < 5 else 0
    return Typed({name: str(posted[name]) for name in posted}, many)


def without_location(typed: Typed, gone: int) -> Typed:
    """Take one location away; those behind it move up."""
    left = [place for place in range(typed.locations) if place != gone]
    texts = {name: text for name, text in typed.texts.items() if not name.startswith("location-")}
    for new, old in enumerate(left):
        texts |= {f"location-{new}.{name}": typed.texts.get(f"location-{old}.{name}", "") for name in LOCATION_FIELDS}
    return Typed(texts, len(left))


def read_details(typed: Typed) -> Details:
    """Read everything typed; what is wrong stands in `typed.errors`, and then nothing may be saved."""
    locations = []
    for place in range(typed.locations):
        at = f"location-{place}."
        one = Location(
            typed.text(at + "name", LONGEST["name"]), typed.text(at + "street", LONGEST["street"]),
            typed.read(at + "postcode", codes.read_postcode) or "", typed.text(at + "place", LONGEST["place"]),
        )  # fmt: skip
        if one.street or one.postcode or one.place:
            locations.append(one)
        elif one.name:
            typed.errors.setdefault(
                at + "place", _("Vul in waar deze locatie is: een straat, een postcode of een plaats.")
            )
    return Details(
        website=typed.read("website", lambda text: codes.read_url(text, 500)) or "",
        email=typed.read("email", codes.read_email) or "",
        phone=typed.read("phone", codes.read_phone) or "",
        street=typed.text("street", LONGEST["street"]),
        postcode=typed.read("postcode", codes.read_postcode) or "",
        place=typed.text("place", LONGEST["place"]),
        locations=tuple(locations),
    )


def read_statement(typed: Typed, file: "UploadedFile[Any] | None", today: date) -> Statement:
    """Read a recognition with its proof; what is wrong stands in `typed.errors`, and then nothing may be stated."""
    calendar, route = Calendar(today), typed.texts.get("route", "")
    if not route:
        typed.errors["route"] = _("Kies hoe u bent erkend.")
    elif route not in RECOGNITION_ROUTES:
        typed.note("route", route, ROUTES)
    starts, ends = typed.read("starts_on", calendar.read), typed.read("ends_on", calendar.read_end)
    if starts and ends and ends < starts:
        typed.errors["ends_on"] = _("Vul een dag in op of na %(day)s.") % {"day": date_format(starts, "j F Y")}
    number, link = typed.text("number", LONGEST["number"]), typed.read("link", lambda one: codes.read_url(one, 500))
    proof = _proof(typed, file)
    if proof is None and not typed.errors:
        if not number and not link:
            typed.errors["document"] = _("Kies een document, of vul een nummer en een link in.")
        elif not number:
            typed.errors["number"] = _("Vul ook het nummer in, of kies een document.")
        elif not link:
            typed.errors["link"] = _("Vul ook de link naar het register in, of kies een document.")
    return Statement(route, number, link or "", proof, starts, ends)


def _proof(typed: Typed, file: "UploadedFile[Any] | None") -> Proof | None:
    if file is None:
        return None
    name = file.name or ""
    try:
        if (file.size or 0) > LARGEST_PROOF:
            raise NotAProof(name)
        return read_proof(name, file.read())
    except NotAProof:
        typed.note("document", name, ALLOWED)
        return None


def detail_fields() -> tuple[Field, ...]:
    """Give how a provider is reached and where it is."""
    return (
        Field("website", "line", _("Website")),
        Field("email", "line", _("E-mailadres voor wie zich wil aanmelden"), _("Dit staat bij elke opleiding.")),
        Field("phone", "line", _("Telefoonnummer voor wie zich wil aanmelden"), short=True),
        Field("street", "line", _("Straat en huisnummer")),
        Field("postcode", "line", _("Postcode"), short=True),
        Field("place", "line", _("Plaats")),
    )


def location_fields(place: int) -> tuple[Field, ...]:
    """Give the fields of one location, by its place in the form."""
    words = {
        "name": _("Naam van de locatie"), "street": _("Straat en huisnummer"), "postcode": _("Postcode"), "place": _("Plaats"),
    }  # fmt: skip
    return tuple(
        Field(f"location-{place}.{name}", "line", words[name], short=name == "postcode") for name in LOCATION_FIELDS
    )


def statement_fields(routes: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    """Give the fields of a recognition; `routes` are the values with their words."""
    day = _("Bijvoorbeeld 31-1-2027.")
    return (
        Field("route", "choice", _("Hoe bent u erkend?"), options=routes, needed=True),
        Field("document", "file", _("Document als bewijs"), _("Een PDF, PNG of JPEG van hoogstens 5 MB.")),
        Field("number", "line", _("Of: het nummer in een register"), short=True),
        Field("link", "line", _("en de link naar dat register")),
        Field("starts_on", "line", _("Geldt vanaf"), day, short=True),
        Field("ends_on", "line", _("Geldt tot en met"), _("Laat leeg als er geen einddatum is."), short=True),
    )
