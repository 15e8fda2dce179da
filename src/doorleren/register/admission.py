"""Admission to the register: the standing of a provider or activity on a day, and which acts may follow which.

Pure: decisions in, answers with a sentence out. The commands of admission ask `may_follow`; rounds, applications and
the portal ask `admission`, `right_of_application`, `below_cap` and `price_within_registered`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from doorleren.core.money import euros
from doorleren.core.texts import Texts
from doorleren.register.answers import Answer

FOLLOWS: Mapping[str, frozenset[str]] = {
    "": frozenset({"applied"}),
    "applied": frozenset({"admitted", "refused"}),
    "admitted": frozenset({"admitted", "suspended", "removed"}),  # admitted again: with another cap
    "refused": frozenset({"applied"}),
    "suspended": frozenset({"admitted", "removed"}),  # admitted: the suspension ends
    "removed": frozenset({"applied"}),
}
"""Which act may follow which standing; "" is who never applied."""

REPLACES: Mapping[str, frozenset[str]] = {
    "admitted": frozenset({"admitted"}),
    "suspended": frozenset({"admitted", "suspended", "removed"}),
    "removed": frozenset({"admitted", "suspended", "removed"}),
}
"""Which act may come in the place of one that was decided and has no effect yet: called off, or on another day."""

STANDINGS: Mapping[str, Texts] = {
    "": {"nl": "niet aangemeld", "en": "not applied for"},
    "applied": {"nl": "aangemeld", "en": "applied for"},
    "admitted": {"nl": "toegelaten", "en": "admitted"},
    "refused": {"nl": "geweigerd", "en": "refused"},
    "suspended": {"nl": "geschorst", "en": "suspended"},
    "removed": {"nl": "verwijderd", "en": "removed"},
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One act as it was decided: its day of effect, the moment, the most grants a year, and its number as tie-break."""

    act: str
    effective_on: date
    decided_at: datetime
    grants_a_year: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a provider or activity stands on a day: the act, since when, and the most grants a year (None: no most)."""

    act: str = ""
    since: date | None = None
    grants_a_year: int | None = None


def timeline(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Put decisions in the order of their effect; a later decision takes away what would have had effect after it.

    Example: suspended from 1 June (decided 1 May), called off on 15 May: on 1 June nothing happens.
    """
    line: list[Decision] = []
    for one in sorted(decisions, key=lambda each: (each.decided_at, each.number)):
        line = [before for before in line if before.effective_on < one.effective_on] + [one]
    return tuple(line)


def standing(decisions: Iterable[Decision], on: date) -> Standing:
    """Give how the subject of the decisions stands on a day."""
    past = [one for one in timeline(decisions) if one.effective_on <= on]
    return Standing(past[-1].act, past[-1].effective_on, past[-1].grants_a_year) if past else Standing()


def may_follow(new: Decision, decisions: Sequence[Decision], decided_on: date) -> Answer:
    """Whether the law allows an act after those before it; `decided_on` is the day in Amsterdam of the decision.

    A decision has no effect before it is made known (Awb 3:40), so none works backwards; the rest is the two tables.
    """
    if new.effective_on < decided_on:
        return _no(
            f"Een besluit werkt niet terug. Kies als ingangsdag {decided_on:%d-%m-%Y} of later.",
            f"A decision does not work backwards. Choose {decided_on.isoformat()} or later as its first day.",
        )
    now = standing(decisions, new.effective_on)
    announced = [one for one in timeline(decisions) if one.effective_on > new.effective_on]
    wrong = [one for one in announced if new.act not in REPLACES.get(one.act, ())]
    if wrong:
        word, day = STANDINGS[wrong[0].act], wrong[0].effective_on
        return _no(
            f"Er is al besloten: {word['nl']} vanaf {day:%d-%m-%Y}. Dit besluit kan daar niet voor komen.",
            f"It has been decided already: {word['en']} from {day.isoformat()}. This decision cannot come before that.",
        )
    if new.act not in FOLLOWS[now.act]:
        return _out_of_order(new.act, now)
    if new.act == now.act and new.grants_a_year == now.grants_a_year and not announced:
        return _no(
            "Dit besluit verandert niets: zo staat het al.", "This decision changes nothing: it stands so already."
        )
    return Answer(True, {"nl": "Dit besluit is mogelijk.", "en": "This decision is possible."})


def _out_of_order(act: str, now: Standing) -> Answer:
    before = [STANDINGS[name] for name, after in FOLLOWS.items() if act in after]
    word, told = STANDINGS[act], STANDINGS[now.act]
    nl, en = (" of ".join(one["nl"] for one in before), " or ".join(one["en"] for one in before))
    return _no(
        f"“{word['nl']}” kan alleen na: {nl}. De stand op deze dag is: {told['nl']}.",
        f"“{word['en']}” is possible only after: {en}. The standing on this day is: {told['en']}.",
    )


def admission(activity: Iterable[Decision], provider: Iterable[Decision], on: date) -> Answer:
    """Whether an activity is admitted on a day: it is itself, and its provider is."""
    for words, decisions in ((("de opleider", "the provider"), provider), (("de opleiding", "the training"), activity)):
        now = standing(decisions, on)
        if now.act != "admitted":
            nl, en = STANDINGS[now.act]["nl"], STANDINGS[now.act]["en"]
            since_nl = f" sinds {now.since:%d-%m-%Y}" if now.since else ""
            since_en = f" since {now.since.isoformat()}" if now.since else ""
            return _no(f"{words[0].capitalize()} is {nl}{since_nl}.", f"{words[1].capitalize()} is {en}{since_en}.")
    return Answer(True, {"nl": "De opleiding is toegelaten.", "en": "The training is admitted."})


def right_of_application(
    activity: Sequence[Decision], provider: Sequence[Decision], *, filed_on: date, round_opened_on: date, on: date,
    filed_at: datetime | None = None,
) -> Answer:  # fmt: skip
    """Whether an application filed in a round has a right to this activity on a later day.

    Ground: Subsidieregeling STAP-budget art. 12(1)(e), as added by Stcrt. 2023, 4426: who filed in the same round
    before the exclusion is protected. So the day of filing decides. Example: round open from 1 March, filed on
    2 March, suspended from 5 March: the application keeps its right; one of 6 March has none. With the moment of filing
    (`filed_at`) also what was decided later on the same day leaves it its right.
    """
    if not round_opened_on <= filed_on <= on:
        return _no(
            "De aanvraag is niet gedaan tussen de opening van dit aanvraagtijdvak en deze dag.",
            "The application was not filed between the opening of this round and this day.",
        )
    own, owner = (
        [one for one in decisions if filed_at is None or one.decided_at <= filed_at]
        for decisions in (activity, provider)
    )
    then = admission(own, owner, filed_on)
    if not then.holds:
        return then
    now = admission(activity, provider, on)
    if now.holds:
        return now
    return Answer(True, {
        "nl": f"{now.texts['nl']} De aanvraag was er al en houdt haar recht.",
        "en": f"{now.texts['en']} The application was there before and keeps its right.",
    })  # fmt: skip


def below_cap(grants_a_year: int | None, granted: int) -> Answer:
    """Whether one more grant fits under the most grants a year of an activity; None is no most.

    Count `granted` at the opening of the round: who reaches the most is closed from the next round on (art. 12a
    Subsidieregeling STAP-budget, Stcrt. 2023, 4426).
    """
    if grants_a_year is None:
        return Answer(True, {"nl": "Er is geen maximum per jaar.", "en": "There is no maximum a year."})
    return Answer(granted < grants_a_year, {
        "nl": f"Er zijn dit jaar {granted} van hoogstens {grants_a_year} subsidies verleend.",
        "en": f"{granted} of at most {grants_a_year} grants have been made this year.",
    })  # fmt: skip


def price_within_registered(asked_cents: int, registered_cents: int | None) -> Answer:
    """Whether a price asked (whole cents, VAT included) is no higher than the registered one; None is not registered."""
    if registered_cents is None:
        return Answer(None, {
            "nl": "Er staat geen prijs van deze opleiding in het register.",
            "en": "The register has no price of this training.",
        })  # fmt: skip
    asked, registered = euros(asked_cents), euros(registered_cents)
    holds = asked_cents <= registered_cents
    return Answer(holds, {
        "nl": f"De gevraagde prijs is € {asked.replace('.', ',')}; in het register staat € {registered.replace('.', ',')}. "
        + ("Dat mag." if holds else "De prijs mag nooit hoger zijn dan die in het register."),
        "en": f"The price asked is € {asked}; the register says € {registered}. "
        + ("That is allowed." if holds else "The price may never be higher than the registered one."),
    })  # fmt: skip


def _no(nl: str, en: str) -> Answer:
    return Answer(False, {"nl": nl, "en": en})
