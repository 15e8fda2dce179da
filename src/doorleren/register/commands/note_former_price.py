"""Note a price that an activity had before it was listed, by an official, with where that was found."""

from datetime import date, datetime

from django.db import transaction

from doorleren.core.days import day_of
from doorleren.register.access import Actor, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.models import Activity, ActivityVersion, FormerPrice
from doorleren.register.recording import record_act


def note_former_price(activity: int, *, on: date, cents: int, source: str, by: Actor, at: datetime) -> FormerPrice:
    """Keep a price in whole cents, VAT included, of a day before the first version. Raises Forbidden or ActRefused.

    One price per day and source. The history with the change in percent is `price_history`.
    """
    with transaction.atomic():
        found = Activity.objects.select_for_update(no_key=True, of=("self",)).select_related("provider")
        known = found.filter(pk=activity).first()
        if known is None:
            raise ActRefused({
                "nl": f"Opleiding {activity} staat niet in het register.",
                "en": f"Training {activity} is not in the register.",
            })  # fmt: skip
        ensure(by, "note_former_price", {known.provider.kvk})
        _ask_rules(known, on, cents, source.strip(), at)
        made = FormerPrice.objects.create(activity=known, on=on, cents=cents, source=source.strip())
        record_act(
            "former_price_noted", "activity", known.pk, by=by, at=at,
            details={"former_price": made.pk, "on": on.isoformat(), "cents": cents},
        )  # fmt: skip
    return made


def _ask_rules(activity: Activity, on: date, cents: int, source: str, at: datetime) -> None:
    if cents < 0:
        raise ActRefused(
            {"nl": f"Een prijs is nul of meer, niet {cents}.", "en": f"A price is zero or more, not {cents}."}
        )
    longest = FormerPrice._meta.get_field("source").max_length or 0
    if not 0 < len(source) <= longest:
        raise ActRefused({
            "nl": f"Zeg in 1 tot {longest} tekens waar deze prijs is gevonden.",
            "en": f"Say in 1 to {longest} characters where this price was found.",
        })  # fmt: skip
    first = ActivityVersion.objects.filter(activity=activity).order_by("id").values_list("made_at", flat=True).first()
    listed_on = day_of(first or at)
    if on >= listed_on:
        raise ActRefused({
            "nl": f"Een eerdere prijs is van voor de opname in het register ({listed_on:%d-%m-%Y}), niet van {on:%d-%m-%Y}.",
            "en": f"A former price is from before the listing ({listed_on.isoformat()}), not from {on.isoformat()}.",
        })  # fmt: skip
    if FormerPrice.objects.filter(activity=activity, on=on, source=source).exists():
        raise ActRefused({
            "nl": f"Van {on:%d-%m-%Y} is al een prijs uit deze bron genoteerd.",
            "en": f"A price of {on.isoformat()} from this source has been noted already.",
        })  # fmt: skip
