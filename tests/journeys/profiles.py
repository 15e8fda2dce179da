"""The people and organisations of the journeys: answers per fact, as they are typed or chosen."""

STAP_DAY = "2022-03-01"
EMPLOYEE = {
    "person.birth_date": "1985-04-01",
    "person.labour_market_link": "true",
    "person.eu_citizen": "true",
    "person.insured_months": "24",
    "person.work_status": "employee",
    "person.receives_student_finance": "false",
    "person.receives_teacher_grant": "false",
    "person.receives_adult_pupil_allowance": "false",
    "person.grants_this_year": ["none"],
    "training.kind": "course",
    "training.price": "1.600,00",
    "training.paid_by_other": "0",
    "training.in_register": "true",
    "training.legally_required": "false",
    "training.starts_on": "2022-04-18",
}

SLIM_DAY = "2025-03-10"
SMALL_FIRM = {
    "employer.employees": "35",
    "employer.turnover": "4.200.000",
    "employer.balance_total": "1.900.000",
    "employer.linked_employees": "0",
    "employer.sector": "technology",
    "employer.activity": ["company_scan", "career_advice"],
    "employer.eligible_costs": "18.000",
    "employer.advices": "6",
    "employer.only_owners": "false",
    "employer.unsettled_grant": "false",
    "employer.recognised_training_company": "false",
    "partnership.smes": "0",
}

PARTNERSHIP_DAY = "2020-09-10"
PARTNERSHIP = {
    "asker.role": "partnership",
    "partnership.parties": ["sme", "sector_organisation"],
    "partnership.smes": "5",
    "partnership.largest_share": "0,4",
    "partnership.activity": ["learning_method"],
    "partnership.eligible_costs": "300.000",
    "partnership.duration_months": "24",
}
