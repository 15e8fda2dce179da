"""The invented training for which an invented case is, where its scheme asks one of the register: admitted long before, never listed."""

from datetime import datetime, timedelta

from doorleren.core.days import day_of
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.rules.profile import Profile
from doorleren.server.demo_cases.examples import Example

PROVIDER = ProviderEntry("voorbeeldopleider", "Voorbeeldopleider")
BY, SOURCE = "demo", "demo cases"
ADMITTED = timedelta(days=365)
"""How long before an application its training was admitted."""


def training_of(one: Example, told: Profile, at: datetime) -> int:
    """Give the number of the training of an example, with the price that it tells; it is made where it is not there yet."""
    day, price = day_of(at) - ADMITTED, told.get("training.price")
    code = f"voorbeeld-{one.version.digest[:12]}" + (f"-{price}" if isinstance(price, int) else "")
    made = Activity.objects.filter(code=code).values_list("pk", flat=True).first()
    if made is not None:
        return made
    prices = (PricePart("tuition", price),) if isinstance(price, int) else ()
    entry = Entry(PROVIDER.code, code, "Een voorbeeld van een opleiding", prices=prices, published_until=day)
    receive_delivery([Received(1, entry, PROVIDER)], source=SOURCE, form="csv", by=BY, at=at)
    activity, decided = Activity.objects.get(code=code), {"decided_at": at, "decided_by": BY, "checks": []}
    provider = Provider.objects.get(code=PROVIDER.code)
    if not AdmissionDecision.objects.filter(provider=provider).exists():
        AdmissionDecision.objects.create(provider=provider, act="admitted", effective_on=day, **decided)
    AdmissionDecision.objects.create(activity=activity, act="admitted", effective_on=day, **decided)
    return activity.pk
