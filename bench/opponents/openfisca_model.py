"""The six schemes as an OpenFisca model, by hand: one variable per condition, per verdict and per amount.

Written to be fast: constants of the day stand in the formulas, what several conditions share is a variable of its
own, and a verdict is formed in place. OpenFisca has no unknown and no "n/a", so every fact is taken as known and
applying; a set is one truth per member, an amount without entitlement is 0.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = Entity("person", "persons", "a person", "")
PERIOD = "2023-03-01"
Formula = Callable[[Any, Any], np.ndarray]

AMOUNT_COLUMNS: dict[str, str] = {}
"""The amounts that a scheme has, by the name of its variable."""

SCHEMES: dict[str, tuple[str, ...]] = {}
"""The condition variables of each scheme, in the order of the scheme file."""


def day(text: str) -> np.datetime64:
    """Give a day as OpenFisca keeps it."""
    return np.datetime64(text, "D")


def build(inputs: Mapping[str, type | tuple[str, ...]]) -> TaxBenefitSystem:
    """Make the system; `inputs` gives the type of every fact, or its values for a text, in the order of the arrays."""
    system = TaxBenefitSystem([PERSON])
    places: dict[str, dict[str, int]] = {}
    for name, kind in inputs.items():
        if isinstance(kind, tuple):
            values = Enum(name, [(word, word) for word in kind])
            places[name] = {word: place for place, word in enumerate(kind)}
            _add(system, name, Enum, possible_values=values, default_value=next(iter(values)))
        else:
            _add(system, name, kind)
    for add in (_advice, _ww, _slim, _retraining, _stap, _credit):
        add(_Scheme(system, places))
    return system


def _add(system: TaxBenefitSystem, name: str, kind: type, formula: Formula | None = None, **more: Any) -> None:
    body = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.DAY, **more}
    if formula is not None:
        body["formula"] = formula
    system.add_variable(type(name, (Variable,), body))


class _Scheme:
    """Adds the variables of one scheme; a condition given by name only is the fact itself."""

    def __init__(self, system: TaxBenefitSystem, places: dict[str, dict[str, int]]) -> None:
        self.system = system
        self.places = places

    def shared(self, name: str, formula: Formula, kind: type = bool) -> None:
        _add(self.system, name, kind, formula)

    def conditions(self, scheme: str, formulas: dict[str, Formula]) -> None:
        for name, formula in formulas.items():
            _add(self.system, f"{scheme}|{name}", bool, formula)
        SCHEMES[scheme] = tuple(f"{scheme}|{name}" for name in formulas)

    def track(self, name: str, scheme: str, conditions: Iterable[str]) -> None:
        first, *others = [f"{scheme}|{condition}" for condition in conditions]

        def formula(person, period):
            holds = person(first, period).copy()
            for other in others:
                holds &= person(other, period)
            return holds

        _add(self.system, name, bool, formula)

    def amount(self, scheme: str, formula: Formula) -> None:
        AMOUNT_COLUMNS[scheme] = f"{scheme}|amount"
        _add(self.system, f"{scheme}|amount", float, formula)

    def among(self, fact: str, *words: str) -> Formula:
        codes = [self.places[fact][word] for word in words]

        def formula(person, period):
            given = person(fact, period).view(np.ndarray)
            holds = given == codes[0]
            for code in codes[1:]:
                holds |= given == code
            return holds

        return formula


def fact(name: str) -> Formula:
    """Take a yes/no fact as it is."""
    return lambda person, period: person(name, period)


def no(name: str) -> Formula:
    """Deny a yes/no fact."""
    return lambda person, period: ~person(name, period)


def _advice(scheme: _Scheme) -> None:
    name = "nl-leert-door-ontwikkeladvies"
    conditions = {
        "adult": lambda person, period: person("person__birth_date", period) <= day("2003-01-15"),
        "adviser_qualified": fact("adviser__qualified"),
        "below_pension_age": lambda person, period: person("person__birth_date", period) > day("1954-09-15"),
        "labour_market_link": fact("person__labour_market_link"),
        "registrations_per_day": lambda person, period: person("adviser__registrations_today", period) < 25,
    }
    scheme.conditions(name, conditions)
    scheme.track(name, name, conditions)
    scheme.amount(name, lambda person, period: person(name, period) * np.float32(700))


def _ww(scheme: _Scheme) -> None:
    name = "tijdelijk-scholingsbudget-ww"
    shared = ("at_most_a_year", "receives_ww", "adviser_finds_useful", "claimant_wants")
    scheme.conditions(name, {
        "at_most_a_year": lambda person, period: person("training__duration_months", period) <= 12,
        "receives_ww": scheme.among("person__benefit", "ww"),
        "adviser_finds_useful": fact("person__professional_judgement"),
        "claimant_wants": fact("person__wants_training"),
        "job_in_sight": fact("person__job_guarantee"),
        "shortage_occupation": fact("training__shortage_occupation"),
    })  # fmt: skip
    scheme.track(f"{name}|track|job", name, (*shared, "job_in_sight"))
    scheme.track(f"{name}|track|shortage", name, (*shared, "shortage_occupation"))
    scheme.shared(
        name, lambda person, period: person(f"{name}|track|job", period) | person(f"{name}|track|shortage", period)
    )

    def amount(person, period):
        price = person("training__price", period)
        capped = np.minimum(price, np.float32(2500)) * person(f"{name}|track|shortage", period)
        return np.where(person(f"{name}|track|job", period), price, capped)

    scheme.amount(name, amount)


def _slim(scheme: _Scheme) -> None:
    name = "slim-regeling"

    def size(most: int, turnover: int, balance: int) -> Formula:
        return lambda person, period: (
            (person("employer__employees", period) < most)
            & (
                (person("employer__turnover", period) <= turnover)
                | (person("employer__balance_total", period) <= balance)
            )
        )

    scheme.shared("employer_small", size(50, 10_000_000, 10_000_000))
    scheme.shared("employer_within_medium", size(250, 50_000_000, 43_000_000))
    scheme.shared(
        "employer_sme",
        lambda person, period: person("employer_small", period) | person("employer_within_medium", period),
    )
    scheme.shared("employer_seasonal", scheme.among("employer__sector", "agriculture", "hospitality", "recreation"))
    scheme.shared("employer_scan_or_method", lambda person, period: person("employer__activity__has__company_scan", period)
                  | person("employer__activity__has__learning_method", period))  # fmt: skip

    def supported(person, period):
        return person("employer_scan_or_method", period) | person("employer__activity__has__career_advice", period)

    def cost_minimum(person, period):
        return ~person("employer_scan_or_method", period) | (person("employer__eligible_costs", period) >= 5000)

    def joint_activity(person, period):
        given = [
            person(f"partnership__activity__has__{word}", period)
            for word in ("company_scan", "career_advice", "learning_method")
        ]
        return given[0] | given[1] | given[2] | person("partnership__activity__has__practice_places", period)

    scheme.conditions(name, {
        "is_sme": fact("employer_sme"),
        "sme|activity_supported": supported,
        "sme|cost_minimum_reached": cost_minimum,
        "two_smes": lambda person, period: person("partnership__smes", period) >= 2,
        "no_party_bears_too_much": lambda person, period: person("partnership__largest_share", period) <= np.float32(0.8),
        "partnership_activity_supported": joint_activity,
        "partnership_cost_minimum_reached": lambda person, period: person("partnership__eligible_costs", period) >= 5000,
        "within_two_years": lambda person, period: person("partnership__duration_months", period) <= 24,
        "is_large": no("employer_sme"),
        "seasonal_sector": fact("employer_seasonal"),
        "large|activity_supported": fact(f"{name}|sme|activity_supported"),
        "large|cost_minimum_reached": fact(f"{name}|sme|cost_minimum_reached"),
        "sme_or_seasonal_sector": lambda person, period: person("employer_sme", period) | person("employer_seasonal", period),
        "offers_practice_places": fact("employer__activity__has__practice_places"),
        "recognised_training_company": fact("employer__recognised_training_company"),
    })  # fmt: skip
    listed = [condition.removeprefix(f"{name}|") for condition in SCHEMES[name]]
    tracks = {"sme": listed[:3], "partnership": listed[3:8], "large": listed[8:12], "practice": listed[12:]}
    for track, conditions in tracks.items():
        scheme.track(f"{name}|track|{track}", name, conditions)

    def any_track(person, period):
        holds = person(f"{name}|track|sme", period).copy()
        for track in ("partnership", "large", "practice"):
            holds |= person(f"{name}|track|{track}", period)
        return holds

    scheme.shared(name, any_track)
    _slim_amounts(scheme, name)


def _slim_amounts(scheme: _Scheme, name: str) -> None:
    agriculture = scheme.among("employer__sector", "agriculture")

    def own_costs(person, period):
        return person("employer__eligible_costs", period) * person("employer_scan_or_method", period)

    def advice(person, period):
        return person("employer__advices", period) * np.float32(700)

    scheme.shared("employer_own_costs", own_costs, float)
    scheme.shared("advice_costs", advice, float)
    scheme.shared("employer_advice_costs", lambda person, period: person("advice_costs", period)
                  * person("employer__activity__has__career_advice", period), float)  # fmt: skip

    def sme(person, period):
        share = np.where(person("employer_small", period), np.float32(0.8), np.float32(0.6))
        most = np.where(agriculture(person, period), np.float32(20000), np.float32(24999))
        return np.minimum(person("employer_own_costs", period) * share + person("employer_advice_costs", period), most)

    def partnership(person, period):
        advices = person("advice_costs", period) * person("partnership__activity__has__career_advice", period)
        return np.minimum(person("partnership__eligible_costs", period) * np.float32(0.6) + advices, np.float32(500000))

    def large(person, period):
        whole = person("employer_own_costs", period) * np.float32(0.6) + person("employer_advice_costs", period)
        return np.minimum(whole, np.float32(200000))

    scheme.shared(f"{name}|amount|sme", sme, float)
    scheme.shared(f"{name}|amount|partnership", partnership, float)
    scheme.shared(f"{name}|amount|large", large, float)

    def amount(person, period):
        best = person(f"{name}|amount|sme", period) * person(f"{name}|track|sme", period)
        for track in ("partnership", "large"):
            np.maximum(
                best, person(f"{name}|amount|{track}", period) * person(f"{name}|track|{track}", period), out=best
            )
        return best

    scheme.amount(name, amount)


def _retraining(scheme: _Scheme) -> None:
    name = "omscholing-naar-krapteberoepen"
    conditions = {
        "new_to_segment": no("person__worked_in_target_segment"),
        "no_recent_school": no("person__education_in_last_2_years"),
        "listed_segment": scheme.among("training__target_sector", "construction", "ict", "manufacturing", "technology"),
        "listed_occupation": fact("training__shortage_occupation"),
        "enough_working_time": lambda person, period: (
            person("training__share_of_working_time", period) >= np.float32(0.5)
        ),
        "recognised_training": fact("training__recognised"),
        "cost_at_least": lambda person, period: person("training__price", period) >= 7500,
        "started_late_enough": lambda person, period: person("training__starts_on", period) >= day("2021-08-30"),
        "starts_soon": lambda person, period: person("training__starts_on", period) <= day("2022-01-01"),
        "contract_long_enough": lambda person, period: person("training__contract_months", period) >= 3,
        "trajectories_left": lambda person, period: person("employer__trajectories_this_year", period) < 6,
    }
    scheme.conditions(name, conditions)
    scheme.track(name, name, conditions)
    scheme.amount(name, lambda person, period: np.minimum(person("training__price", period) * np.float32(0.5), np.float32(3750))
                  * person(name, period))  # fmt: skip


def _stap(scheme: _Scheme) -> None:
    name = "stap-budget"
    scheme.shared(
        "price_up_to_1000",
        lambda person, period: np.minimum(person("training__price", period), np.float32(1000)),
        float,
    )

    def others_pay(person, period):
        paid = person("training__paid_by_other", period)
        too_much = paid + person("price_up_to_1000", period) > person("training__price", period)
        return ~((paid > 0) & too_much)

    def provider_recognised(person, period):
        holds = person("provider__recognition__has__ocw", period).copy()
        for word in ("nlqf", "quality_mark", "evc", "sector"):
            holds |= person(f"provider__recognition__has__{word}", period)
        return holds

    conditions = {
        "not_excluded": no("training__excluded_in_register"),
        "below_grant_limit": lambda person, period: person("training__grants_to_activity_this_year", period) < 300,
        "labour_market_oriented": fact("training__labour_market_relevant"),
        "provider_recognised": provider_recognised,
        "adult": lambda person, period: person("person__birth_date", period) <= day("2005-03-01"),
        "eu_citizen": fact("person__eu_citizen"),
        "insured": lambda person, period: person("person__insured_months", period) >= 6,
        "no_student_finance": no("person__receives_student_finance"),
        "no_teacher_grant": no("person__receives_teacher_grant"),
        "no_adult_pupil_allowance": no("person__receives_adult_pupil_allowance"),
        "once_a_year": no("person__grants_this_year__has__stap-budget"),
        "in_register": fact("training__in_register"),
        "not_the_employers_duty": no("training__legally_required"),
        "starts_soon_enough": lambda person, period: person("training__starts_on", period) < day("2023-08-01"),
        "others_pay_above_cap_only": others_pay,
        "below_pension_age": lambda person, period: person("person__birth_date", period) > day("1956-05-31"),
        "labour_market_link": fact("person__labour_market_link"),
        "starts_late_enough": lambda person, period: person("training__starts_on", period) >= day("2023-03-28"),
    }
    scheme.conditions(name, conditions)
    scheme.track(name, name, conditions)
    scheme.amount(name, lambda person, period: person("price_up_to_1000", period) * person(name, period))


def _credit(scheme: _Scheme) -> None:
    name = "levenlanglerenkrediet"

    def not_fully_paid(person, period):
        paid = person("training__paid_by_other", period)
        return ~((paid > 0) & (paid >= person("training__price", period)))

    part_time, full_time = (scheme.among("training__intensity", word) for word in ("part_time", "full_time"))
    scheme.conditions(name, {
        "no_right_to_student_finance": no("person__entitled_to_student_finance"),
        "residence": scheme.among("person__residence_status", "dutch", "eu_eea_swiss", "permit_2_to_5", "permit_1"),
        "recognised": fact("training__recognised"),
        "in_the_netherlands": no("training__outside_netherlands"),
        "fee_not_fully_paid": not_fully_paid,
        "higher_education_programme": scheme.among("training__route", "associate_degree", "bachelor", "master", "ho_module"),
        "below_age_limit": lambda person, period: person("person__birth_date", period) > day("1967-03-01"),
        "thirty_or_second_or_part_time": lambda person, period: person(f"{name}|thirty", period)
        | person("person__has_bachelor_or_master", period) | part_time(person, period),
        "school_based": scheme.among("training__route", "bol"),
        "full_time": full_time,
        "below_age_limit_mbo": fact(f"{name}|below_age_limit"),
        "thirty": lambda person, period: person("person__birth_date", period) <= day("1993-03-01"),
    })  # fmt: skip
    listed = [condition.removeprefix(f"{name}|") for condition in SCHEMES[name]]
    scheme.track(f"{name}|track|higher", name, listed[:8])
    scheme.track(f"{name}|track|mbo", name, [*listed[:5], *listed[8:]])
    scheme.shared(
        name, lambda person, period: person(f"{name}|track|higher", period) | person(f"{name}|track|mbo", period)
    )

    def most(person, period):
        left = person("training__price", period) - person("training__paid_by_other", period)
        return np.minimum(left, person("training__statutory_fee", period) * np.float32(5)) * person(name, period)

    AMOUNT_COLUMNS[name] = f"{name}|amount_max"
    scheme.shared(f"{name}|amount_max", most, float)
