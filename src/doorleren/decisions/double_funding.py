"""What other money does to a grant: what others pay, earlier grants, state aid over three years, grants in a year. Pure.

Each rule gives what is left; the least counts, and the reason with its calculation goes into the decision. Rules of a scheme:
`[stacking]` in its file; the ceiling of de minimis aid: `law/de-minimis.toml`. Cents are whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from doorleren.applications.partnerships.dividing import split
from doorleren.core.texts import Texts
from doorleren.decisions.sealed import Row
from doorleren.rules.versions import Stacking


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A single undertaking to which a grant is aid: its firms by KvK number, its part of the grant (a weight), what it said that it had in cents.

    `name`: of a member of a partnership; empty of who applies alone.
    """

    name: str
    firms: frozenset[str]
    part: int = 1
    aid: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """What who applied said, in cents: the price (None: not told, or not what the amount rests on), what others pay of it, aid over three years.

    `undertakings`: to which the grant is such aid, where organisations apply; then what each of them said counts.
    """

    price: int | None = None
    others: int = 0
    own: int = 0
    aid: int = 0
    undertakings: tuple[Undertaking, ...] = ()

    def written(self) -> dict[str, Any]:
        """Write it as it is kept with an assessment."""
        return {
            "price": self.price, "others": self.others, "own": self.own, "aid": self.aid,
            "undertakings": [[one.name, sorted(one.firms), one.part, one.aid] for one in self.undertakings],
        }  # fmt: skip


def declared_of(told: Mapping[str, Any]) -> Declared:
    """Read what was kept; what an assessment does not have was not told."""
    return Declared(
        told.get("price"), told.get("others") or 0, told.get("own") or 0, told.get("aid") or 0,
        tuple(Undertaking(name, frozenset(firms), part, aid) for name, firms, part, aid in told.get("undertakings", ())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """What our own register has of the same recipient, of all bodies, as sums: never which scheme or body.

    `same_costs`: granted for the same training; `group`: of that, within the group of this scheme; `aid`: de minimis aid granted
    in the three years up to the decision, `aid_since` of that after the application was filed, so that nobody could declare it; `this_year`: grants of this scheme in the calendar year; `excluded`: one for the same
    training that this scheme may not go together with. `undertakings`: of each that was declared, in that order, the aid and what of
    it came after the filing; then `aid` does not count. `unclear`: a grant of such a scheme of which nothing here tells whether it
    is for the same costs.
    """

    same_costs: int = 0
    group: int = 0
    aid: int = 0
    aid_since: int = 0
    this_year: int = 0
    excluded: bool = False
    undertakings: tuple[tuple[int, int], ...] = ()
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """What one rule leaves of a grant, why, and how that was counted."""

    cents: int
    why: Texts
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Lowered:
    """The amount that is left, with the reason and calculation of the rule that cuts most; nothing where none cuts."""

    cents: int
    why: Texts | None = None
    rows: tuple[Row, ...] = ()


def lowered(cents: int, declared: Declared, before: Before, rules: Stacking, aid_ceiling: int) -> Lowered:
    """Say what is left of a grant of so many cents. `aid_ceiling`: of de minimis aid on the day of the decision.

    Example: 1,000 of a price of 1,500 of which others pay 700: 800 is left. Others pay 400: nothing changes.
    """
    cuts = [one for one in _rules(cents, declared, before, rules, aid_ceiling) if one.cents < cents]
    if not cuts:
        return Lowered(cents)
    least = min(cuts, key=lambda one: one.cents)
    return Lowered(max(0, least.cents), least.why, least.rows)


def _rules(cents: int, declared: Declared, before: Before, rules: Stacking, aid_ceiling: int) -> Iterator[Left]:
    if before.excluded:
        yield Left(0, _EXCLUDED)
    if rules.per_calendar_year is not None and before.this_year >= rules.per_calendar_year:
        times = rules.per_calendar_year
        yield Left(0, {
            "nl": f"deze regeling geeft ten hoogste {times} keer per kalenderjaar geld, en u kreeg dat dit jaar al",
            "en": f"this scheme gives money at most {times} times a calendar year, and you already had that this year",
        })  # fmt: skip
    others = max(declared.others, before.same_costs)
    if declared.price is not None and others and cents <= declared.price:
        left = max(0, declared.price - others)
        yield Left(left, _ABOVE if rules.only_above_cap else _OTHERS, (
            _row("prijs", "price", declared.price), _row("daarvan betaald met ander geld", "of which other money pays", -others),
            _row("blijft over om te betalen", "left to be paid", left),
        ))  # fmt: skip
    if rules.group_cap is not None and before.group:
        yield _capped(
            int(rules.group_cap * 100),
            before.group,
            _GROUP,
            "regelingen van deze groep samen",
            "schemes of this group together",
        )
    if rules.de_minimis_cap is not None:
        cap = min(int(rules.de_minimis_cap * 100), aid_ceiling)
        yield _of_aid(cents, cap, declared, before)


def _of_aid(cents: int, cap: int, declared: Declared, before: Before) -> Left:
    """Say what the ceiling over three years leaves: of a partnership each undertaking has its part of the grant and a ceiling of its own."""
    those = declared.undertakings or (Undertaking("", frozenset(), 1, declared.aid),)
    granted = before.undertakings or ((before.aid, before.aid_since),) * len(those)
    used = [max(one.aid + since, known) for one, (known, since) in zip(those, granted, strict=True)]
    if len(those) == 1:
        return _capped(cap, used[0], _AID, "de-minimissteun in drie jaar", "de minimis aid in three years")
    parts = split(cents, [one.part for one in those])
    above = [max(0, part + had - cap) if part else 0 for part, had in zip(parts, used, strict=True)]
    above = [min(part, over) for part, over in zip(parts, above, strict=True)]
    rows = [
        _row(f"{one.name}: deel boven de grens voor de-minimissteun", f"{one.name}: part above the ceiling of de minimis aid", -over)
        for one, over in zip(those, above, strict=True) if over
    ]  # fmt: skip
    left = cents - sum(above)
    return Left(
        left, _AID, (_row("volgens de regeling", "by the scheme", cents), *rows, _row("blijft over", "left", left))
    )


def _capped(cap: int, used: int, why: Texts, nl: str, en: str) -> Left:
    left = max(0, cap - used)
    rows = (
        _row(f"{nl}, ten hoogste", f"{en}, at most", cap), _row("daarvan al gekregen", "of which already received", -used),
        _row("blijft over", "left", left),
    )  # fmt: skip
    return Left(left, why, rows)


def _row(nl: str, en: str, cents: int) -> Row:
    return Row({"nl": nl, "en": en}, cents)


_EXCLUDED = {
    "nl": "voor dezelfde opleiding kreeg u al geld van een regeling waarmee deze niet samengaat",
    "en": "for the same training you already received money of a scheme that this one does not go together with",
}
_OTHERS = {
    "nl": "met ander geld is al een deel van de kosten betaald, en samen kan het niet meer zijn dan de prijs",
    "en": "other money already pays a part of the cost, and together it cannot be more than the price",
}
_ABOVE = {
    "nl": "ander geld mag alleen voor het deel van de prijs boven ons bedrag, en het is meer dan dat deel",
    "en": "other money may only be for the part of the price above our amount, and it is more than that part",
}
_GROUP = {
    "nl": "regelingen van deze groep geven samen niet meer dan een hoogste bedrag",
    "en": "schemes of this group together give no more than a maximum",
}
_AID = {
    "nl": "een onderneming mag in drie jaar niet meer de-minimissteun krijgen",
    "en": "an undertaking may not receive more de minimis aid in three years",
}
