"""The six schemes as plain Python, by hand: one function per scheme, three values, every condition with its answer.

Written to be fast: every fact is fetched once, every comparison stands where it is used. Takes a profile as the
engine keeps it (cents, millionths, days, sets; absent is unknown, NA does not apply). Each function gives the
verdict (None: unknown), the amount, the most it can be, and a pair (condition, answer) per condition.
"""

from datetime import date

from doorleren.rules.profile import NA, Profile

Truth = bool | None
Told = tuple[Truth, int | None, int | None, tuple[tuple[str, Truth], ...]]

ADULT_IN_2021, PENSION_IN_2021 = date(2003, 1, 15), date(1954, 9, 15)
ADULT_IN_2023, PENSION_IN_2023 = date(2005, 3, 1), date(1956, 5, 31)
STAP_BEFORE, STAP_FROM = date(2023, 8, 1), date(2023, 3, 28)
RETRAINING_FROM, RETRAINING_UNTIL = date(2021, 8, 30), date(2022, 1, 1)
TOO_OLD, THIRTY = date(1967, 3, 1), date(1993, 3, 1)
SEASONAL = frozenset({"agriculture", "hospitality", "recreation"})
SEGMENTS = frozenset({"construction", "ict", "manufacturing", "technology"})
RESIDENCE = frozenset({"dutch", "eu_eea_swiss", "permit_2_to_5", "permit_1"})
HIGHER = frozenset({"associate_degree", "bachelor", "master", "ho_module"})
ROUTES = frozenset({"ocw", "nlqf", "quality_mark", "evc", "sector"})
SCAN_OR_METHOD = frozenset({"company_scan", "learning_method"})
SUPPORTED = SCAN_OR_METHOD | {"career_advice"}
JOINT = SUPPORTED | {"practice_places"}


def advice(profile: Profile) -> Told:
    """Judge nl-leert-door-ontwikkeladvies on 15 January 2021."""
    get = profile.get
    born, qualified, tie = get("person.birth_date"), get("adviser.qualified"), get("person.labour_market_link")
    today, person_asks = get("adviser.registrations_today"), get("asker.role") == "person"
    adult = None if born is None else born is not NA and born <= ADULT_IN_2021
    qualified = (True if person_asks else None) if qualified is None else qualified is not NA and qualified
    young = None if born is None else born is NA or born > PENSION_IN_2021
    tie = False if tie is NA else tie
    few = (True if person_asks else None) if today is None else today is not NA and today < 25
    holds = (adult, qualified, young, tie, few)
    reasons = (("adult", adult), ("adviser_qualified", qualified), ("below_pension_age", young),
               ("labour_market_link", tie), ("registrations_per_day", few))  # fmt: skip
    if False in holds:
        return False, None, None, reasons
    return (None, None, 70000, reasons) if None in holds else (True, 70000, 70000, reasons)


def ww(profile: Profile) -> Told:
    """Judge tijdelijk-scholingsbudget-ww on 15 September 2020."""
    get = profile.get
    months, benefit, price = get("training.duration_months"), get("person.benefit"), get("training.price")
    useful, wants = get("person.professional_judgement"), get("person.wants_training")
    job, shortage = get("person.job_guarantee"), get("training.shortage_occupation")
    short = None if months is None else months is not NA and months <= 12_000_000
    receives = None if benefit is None else benefit == "ww"
    useful = False if useful is NA else useful
    wants = False if wants is NA else wants
    job = False if job is NA else job
    shortage = False if shortage is NA else shortage
    reasons = (("at_most_a_year", short), ("receives_ww", receives), ("adviser_finds_useful", useful),
               ("claimant_wants", wants), ("job_in_sight", job), ("shortage_occupation", shortage))  # fmt: skip
    shared = (short, receives, useful, wants)
    if False in shared or (job is False and shortage is False):
        return False, None, None, reasons
    full = 0 if price is NA else price
    capped = 250000 if full is None or full > 250000 else full
    if None in shared or (job is not True and shortage is not True):
        return None, None, capped if job is False else full, reasons
    if full is None:
        return True, None, capped if job is False else None, reasons
    if job is None and full > capped:
        return True, None, full, reasons
    amount = capped if job is False else full
    return True, amount, amount, reasons


def slim(profile: Profile) -> Told:
    """Judge slim-regeling on 10 March 2021."""
    get = profile.get
    employees, turnover, balance = get("employer.employees"), get("employer.turnover"), get("employer.balance_total")
    activity, costs, sector = get("employer.activity"), get("employer.eligible_costs"), get("employer.sector")
    smes, largest, joint = get("partnership.smes"), get("partnership.largest_share"), get("partnership.activity")
    joint_costs, months = get("partnership.eligible_costs"), get("partnership.duration_months")
    training_company = get("employer.recognised_training_company")
    small = _size(employees, turnover, balance, 50, 1_000_000_000, 1_000_000_000)
    sme = True if small is True else _or(small, _size(employees, turnover, balance, 250, 5_000_000_000, 4_300_000_000))
    if activity is None:
        scan = supported = places = None
    elif activity is NA:
        scan = supported = places = False
    else:
        scan, places = not SCAN_OR_METHOD.isdisjoint(activity), "practice_places" in activity
        supported = scan or "career_advice" in activity
    enough = None if costs is None else costs is not NA and costs >= 500_000
    cost = True if scan is False or enough is True else None if scan is None or enough is None else False
    two = None if smes is None else smes is not NA and smes >= 2
    spread = None if largest is None else largest is not NA and largest <= 800_000
    joint_supported = None if joint is None else joint is not NA and not JOINT.isdisjoint(joint)
    joint_cost = None if joint_costs is None else joint_costs is not NA and joint_costs >= 500_000
    in_time = None if months is None else months is not NA and months <= 24
    large = None if sme is None else not sme
    seasonal = None if sector is None else sector in SEASONAL
    either = True if sme is True or seasonal is True else None if sme is None or seasonal is None else False
    training_company = False if training_company is NA else training_company
    reasons = (
        ("is_sme", sme), ("activity_supported", supported), ("cost_minimum_reached", cost), ("two_smes", two),
        ("no_party_bears_too_much", spread), ("partnership_activity_supported", joint_supported),
        ("partnership_cost_minimum_reached", joint_cost), ("within_two_years", in_time), ("is_large", large),
        ("seasonal_sector", seasonal), ("activity_supported", supported), ("cost_minimum_reached", cost),
        ("sme_or_seasonal_sector", either), ("offers_practice_places", places),
        ("recognised_training_company", training_company),
    )  # fmt: skip
    own, together = (sme, supported, cost), (two, spread, joint_supported, joint_cost, in_time)
    big, practice = (large, seasonal, supported, cost), (either, places, training_company)
    of_own = False if False in own else None if None in own else True
    of_together = False if False in together else None if None in together else True
    of_big = False if False in big else None if None in big else True
    of_practice = False if False in practice else None if None in practice else True
    truths = (of_own, of_together, of_big, of_practice)
    truth = True if True in truths else None if None in truths else False
    if truth is False:
        return False, None, None, reasons
    found: list[tuple[int | None, int | None]] = []
    advices = get("employer.advices")
    counselled = None if activity is None else activity is not NA and "career_advice" in activity
    if of_own is truth:
        share = None if small is None else 4 if small else 3
        most = None if sector is None else 2_000_000 if sector == "agriculture" else 2_499_900
        found.append(_share(costs, scan, share, 4, advices, counselled, most, 2_499_900))
    if of_together is truth:
        joint_counselled = None if joint is None else joint is not NA and "career_advice" in joint
        found.append(_share(joint_costs, True, 3, 3, advices, joint_counselled, 50_000_000, 50_000_000))
    if of_big is truth:
        found.append(_share(costs, scan, 3, 3, advices, counselled, 20_000_000, 20_000_000))
    if of_practice is truth:
        found.append((None, 270_000))
    if truth is None:
        return None, None, max(most or 0 for _, most in found), reasons
    amount, most = (
        found[0] if len(found) == 1 else max(found, key=lambda one: (-1 if one[0] is None else one[0], one[1] or 0))
    )
    return True, amount, amount if amount is not None else most, reasons


def _size(employees, turnover, balance, fewer, turning, owning):
    """Say whether a firm is within a size: few people, and turnover or balance total not above a limit."""
    few = None if employees is None else employees is not NA and employees < fewer
    if few is False:
        return False
    turns = None if turnover is None else turnover is not NA and turnover <= turning
    if turns is True:
        return few
    owns = None if balance is None else balance is not NA and balance <= owning
    if owns is True:
        return few
    return None if turns is None or owns is None else False


def _or(first: Truth, second: Truth) -> Truth:
    return True if first is True or second is True else None if first is None or second is None else False


def _share(costs, counts, share, highest, advices, counselled, most, highest_most):
    """Give (amount, most): costs times fifths plus 700 euros per advice, up to a limit; anything may be unknown."""
    # each part as (exactly or None, at most or None for no limit)
    if counts is False or costs is NA:
        part = limit = 0
    else:
        part = None if counts is None or costs is None or share is None else costs * share
        limit = None if costs is None else costs * (highest if share is None else share)
        if costs == 0:
            part = 0
    if counselled is False or advices is NA:
        more = more_limit = 0
    else:
        more_limit = None if advices is None else advices * 350_000
        more = None if counselled is None else more_limit
        if advices == 0:
            more = 0
    if part is not None and more is not None:
        whole = part + more
        if most is not None:
            amount = ((whole if whole < most * 5 else most * 5) + 2) // 5
            return amount, amount
        if whole <= 10_000_000:
            amount = (whole + 2) // 5
            return amount, amount
    if limit is None or more_limit is None:
        return None, highest_most if most is None else most
    bound = min(limit + more_limit, (highest_most if most is None else most) * 5)
    return None, (bound + 2) // 5


def retraining(profile: Profile) -> Told:
    """Judge omscholing-naar-krapteberoepen on 1 October 2021."""
    get = profile.get
    worked, school = get("person.worked_in_target_segment"), get("person.education_in_last_2_years")
    sector, shortage, share = (
        get("training.target_sector"),
        get("training.shortage_occupation"),
        get("training.share_of_working_time"),
    )
    recognised, price, starts = get("training.recognised"), get("training.price"), get("training.starts_on")
    months, trajectories = get("training.contract_months"), get("employer.trajectories_this_year")
    new = None if worked is None else worked is not True
    away = None if school is None else school is not True
    listed = None if sector is None else sector in SEGMENTS
    shortage = False if shortage is NA else shortage
    enough = None if share is None else share is not NA and share >= 500_000
    recognised = False if recognised is NA else recognised
    cost = None if price is None else price is not NA and price >= 750_000
    late = None if starts is None else starts is not NA and starts >= RETRAINING_FROM
    soon = None if starts is None else starts is not NA and starts <= RETRAINING_UNTIL
    long = None if months is None else months is not NA and months >= 3
    left = None if trajectories is None else trajectories is not NA and trajectories < 6
    holds = (new, away, listed, shortage, enough, recognised, cost, late, soon, long, left)
    reasons = (
        ("new_to_segment", new), ("no_recent_school", away), ("listed_segment", listed), ("listed_occupation", shortage),
        ("enough_working_time", enough), ("recognised_training", recognised), ("cost_at_least", cost),
        ("started_late_enough", late), ("starts_soon", soon), ("contract_long_enough", long), ("trajectories_left", left),
    )  # fmt: skip
    if False in holds:
        return False, None, None, reasons
    amount = 375_000 if price is None else ((price if price < 750_000 else 750_000) + 1) // 2
    if None in holds:
        return None, None, amount, reasons
    return True, amount, amount, reasons


def stap(profile: Profile) -> Told:
    """Judge stap-budget on 1 March 2023."""
    get = profile.get
    excluded, grants = get("training.excluded_in_register"), get("training.grants_to_activity_this_year")
    oriented, recognition, born = (
        get("training.labour_market_relevant"),
        get("provider.recognition"),
        get("person.birth_date"),
    )
    citizen, months, student = (
        get("person.eu_citizen"),
        get("person.insured_months"),
        get("person.receives_student_finance"),
    )
    teacher, pupil = get("person.receives_teacher_grant"), get("person.receives_adult_pupil_allowance")
    earlier, listed, duty = (
        get("person.grants_this_year"),
        get("training.in_register"),
        get("training.legally_required"),
    )
    starts, paid, price = get("training.starts_on"), get("training.paid_by_other"), get("training.price")
    tie, person_asks = get("person.labour_market_link"), get("asker.role") == "person"
    excluded = None if excluded is None else excluded is not True
    grants = (True if person_asks else None) if grants is None else grants is not NA and grants < 300
    oriented = False if oriented is NA else oriented
    if recognition is None:
        recognised = True if person_asks else None
    else:
        recognised = recognition is not NA and not ROUTES.isdisjoint(recognition)
    adult = None if born is None else born is not NA and born <= ADULT_IN_2023
    citizen = False if citizen is NA else citizen
    insured = None if months is None else months is not NA and months >= 6
    student = None if student is None else student is not True
    teacher = None if teacher is None else teacher is not True
    pupil = None if pupil is None else pupil is not True
    once = None if earlier is None else earlier is NA or "stap-budget" not in earlier
    listed = False if listed is NA else listed
    duty = None if duty is None else duty is not True
    soon = None if starts is None else starts is not NA and starts < STAP_BEFORE
    if paid is NA or price is NA or (paid is not None and paid <= 0):
        above = True
    elif paid is None or price is None:
        above = None
    else:
        above = paid + (price if price < 100_000 else 100_000) <= price
    young = None if born is None else born is NA or born > PENSION_IN_2023
    tie = False if tie is NA else tie
    late = None if starts is None else starts is not NA and starts >= STAP_FROM
    holds = (excluded, grants, oriented, recognised, adult, citizen, insured, student, teacher, pupil, once, listed,
             duty, soon, above, young, tie, late)  # fmt: skip
    reasons = (
        ("not_excluded", excluded), ("below_grant_limit", grants), ("labour_market_oriented", oriented),
        ("provider_recognised", recognised), ("adult", adult), ("eu_citizen", citizen), ("insured", insured),
        ("no_student_finance", student), ("no_teacher_grant", teacher), ("no_adult_pupil_allowance", pupil),
        ("once_a_year", once), ("in_register", listed), ("not_the_employers_duty", duty), ("starts_soon_enough", soon),
        ("others_pay_above_cap_only", above), ("below_pension_age", young), ("labour_market_link", tie),
        ("starts_late_enough", late),
    )  # fmt: skip
    if False in holds:
        return False, None, None, reasons
    most = 0 if price is NA else 100_000 if price is None or price > 100_000 else price
    if None in holds or price is None:
        return None if None in holds else True, None, most, reasons
    return True, most, most, reasons


def credit(profile: Profile) -> Told:
    """Judge levenlanglerenkrediet on 1 March 2023."""
    get = profile.get
    entitled, residence, recognised = (
        get("person.entitled_to_student_finance"),
        get("person.residence_status"),
        get("training.recognised"),
    )
    outside, paid, price = get("training.outside_netherlands"), get("training.paid_by_other"), get("training.price")
    route, born, degree = get("training.route"), get("person.birth_date"), get("person.has_bachelor_or_master")
    intensity = get("training.intensity")
    free = None if entitled is None else entitled is not True
    resident = None if residence is None else residence in RESIDENCE
    recognised = False if recognised is NA else recognised
    inside = None if outside is None else outside is not True
    if paid is NA or price is NA or (paid is not None and paid <= 0):
        unpaid = True
    elif paid is None or price is None:
        unpaid = None
    else:
        unpaid = paid < price
    higher = None if route is None else route in HIGHER
    young = None if born is None else born is not NA and born > TOO_OLD
    thirty = None if born is None else born is not NA and born <= THIRTY
    if thirty is True or degree is True or intensity == "part_time":
        second = True
    else:
        second = None if thirty is None or degree is None or intensity is None else False
    school = None if route is None else route == "bol"
    full = None if intensity is None else intensity == "full_time"
    reasons = (
        ("no_right_to_student_finance", free), ("residence", resident), ("recognised", recognised),
        ("in_the_netherlands", inside), ("fee_not_fully_paid", unpaid), ("higher_education_programme", higher),
        ("below_age_limit", young), ("thirty_or_second_or_part_time", second), ("school_based", school),
        ("full_time", full), ("below_age_limit_mbo", young), ("thirty", thirty),
    )  # fmt: skip
    of_higher = (free, resident, recognised, inside, unpaid, higher, young, second)
    of_mbo = (free, resident, recognised, inside, unpaid, school, full, young, thirty)
    if False in of_higher and False in of_mbo:
        return False, None, None, reasons
    truth = None if None in of_higher or False in of_higher else True
    if truth is None and None not in of_mbo and False not in of_mbo:
        truth = True
    fee = get("training.statutory_fee")
    left = 0 if price is NA else price if price is None or paid is None or paid is NA else price - paid
    if fee is NA:
        return truth, None, left, reasons
    if fee is None:
        return truth, None, None if price is NA else left, reasons
    most = 5 * fee
    return truth, None, most if price is NA or left is None or left > most else left, reasons


SIX = (advice, ww, slim, retraining, stap, credit)


def judge_six(profile: Profile) -> list[Told]:
    """Judge all six."""
    return [advice(profile), ww(profile), slim(profile), retraining(profile), stap(profile), credit(profile)]
