"""Between what an administrator types about a source and `keep_source`: numbers are read here; columns elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from doorleren.register.access import Actor
from doorleren.register.commands.keep_source import PULLED, SourceRefused, keep_source
from doorleren.register.feeds.allowed import address_refused
from doorleren.register.models import Source
from doorleren.web.officer.asked import LARGEST_NUMBER, field
from doorleren.web.public.questions import in_language

TEXTS = ("name", "form", "address", "provider_kvk", "provider_name", "secret")
WHOLE = {"every_hours": None, "most_refused_percent": 10, "least_rows": 1}
"""The numbers, and what an empty field means."""
SETTINGS = (*TEXTS, *WHOLE)
"""What is kept of a source, but for its columns (see source_columns.py)."""
LONGEST = 10_000


def source_named(number_of: int) -> Source:
    """Give the source with a number of an address; raises Http404."""
    found = Source.objects.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    return found


class SourceForm:
    """What was typed about a source, and what is wrong with it by field."""

    def __init__(self, told: Mapping[str, str]) -> None:
        """Take what was posted as it stands."""
        self.told = {name: str(told.get(name, "")).replace("\x00", "")[:LONGEST] for name in SETTINGS}
        self.errors: dict[str, str] = {}

    @classmethod
    def of(cls, source: Source) -> "SourceForm":
        """Write a source as somebody would type it."""
        told = {name: getattr(source, name) for name in SETTINGS}
        return cls({name: "" if value is None else str(value) for name, value in told.items()})

    def keep(self, source: int | None, *, home: Path, nearby: bool, by: Actor, at: datetime) -> Source | None:
        """Keep what was typed; None with what is wrong in `errors`. Raises Forbidden, ActRefused.

        The columns of a source stay as they are, as long as it is a CSV. `nearby` lets addresses through that are not
        public (feeds/allowed.py): the demo.
        """
        whole = {name: self._whole(name, empty) for name, empty in WHOLE.items()}
        mapping, address = self._columns_of(source), self.told["address"].strip()
        if address and (refused := address_refused(address, home=home, nearby=nearby)):
            self.errors["address"] = in_language(refused)
        texts = {name: self.told[name] for name in TEXTS}
        if self.errors:
            return None
        try:
            return keep_source(source=source, **texts, **whole, mapping=mapping, by=by, at=at)  # type: ignore[arg-type]
        except SourceRefused as faults:
            self.errors = {name: in_language(said) for name, said in faults.faults.items()}
            return None

    def _whole(self, name: str, empty: int | None) -> int | None:
        text = self.told[name].strip()
        if not text:
            return empty
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        self.errors[name] = _("Vul een heel getal in, zoals 24. Gegeven is: %(text)s.") % {"text": text[:40]}
        return None

    def _columns_of(self, source: int | None) -> dict[str, Any]:
        kept = (
            Source.objects.filter(pk=source).values_list("mapping", flat=True).first() if source is not None else None
        )
        return dict(kept or {}) if self.told["form"] == "csv" else {}

    def fields(self) -> list[dict[str, Any]]:
        """Describe the form, for provider/field.html."""
        told, forms = self.told, {"csv": "CSV", "edudex": "EDU-DEX", "ooapi": "Open Onderwijs API"}
        fields = [
            field("name", "line", _("Naam van de bron"), told, needed=True),
            field("form", "choice", _("Vorm"), told, needed=True, options=[(one, forms.get(one, one)) for one in PULLED]),
            field("address", "line", _("Adres"), told, help=_(
                "Een openbaar adres dat begint met https://, of een map onder de map feeds van deze site. "
                "Leeg: deze bron wordt niet opgehaald.")),
            field("secret", "line", _("Naam van het geheim"), told, help=_(
                "Alleen als de bron om een sleutel vraagt: de naam van het bestand waarin die staat, nooit de sleutel zelf.")),
            field("every_hours", "line", _("Om de hoeveel uur ophalen?"), told, short=True, help=_(
                "Bijvoorbeeld 24. Leeg: alleen als u op de knop drukt.")),
            field("most_refused_percent", "line", _("Hoogste percentage geweigerde rijen"), told, short=True, help=_(
                "Zijn het er meer, dan verwerken wij de levering niet. Leeg is 10.")),
            field("least_rows", "line", _("Laagste aantal goede rijen"), told, short=True, help=_(
                "Zijn het er minder, dan verwerken wij de levering niet. Leeg is 1.")),
            field("provider_name", "line", _("Opleider van rijen zonder opleider: naam"), told),
            field("provider_kvk", "line", _("Opleider van rijen zonder opleider: KvK-nummer"), told, short=True),
        ]  # fmt: skip
        return [one | {"error": self.errors.get(one["name"], "")} for one in fields]
