"""The funding plan with the schemes as they are: what the official example and that of the readme come to."""

from pathlib import Path

from doorleren.core.days import read_asked
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.rules.library import Library
from doorleren.rules.profile import read_json, read_profile

PERSON = {
    "asker": {"role": "person"},
    "person": {
        "birth_date": "1985-04-01", "labour_market_link": True, "eu_citizen": True, "insured_months": 24,
        "receives_student_finance": False, "receives_teacher_grant": False, "receives_adult_pupil_allowance": False,
        "grants_this_year": [],
    },
    "training": {
        "price": "1600.00", "in_register": True, "starts_on": "2022-04-18", "legally_required": False,
        "paid_by_other": "0",
    },
}  # fmt: skip


def test_the_person_pays_what_is_above_the_cap(library: Library) -> None:
    """Of a training of 1,600 euros STAP pays 1,000 and the person the rest, as the official example says."""
    profile = read_profile(PERSON, library.vocabulary)
    made = plan_as_dict(plan(library, profile, read_asked("2022-03-01")))
    best = made["plans"][0]
    assert (best["to_pay"], [(part["scheme"], part["amount"], part["order"]) for part in best["parts"]]) == (
        "600.00",
        [("stap-budget", "1000.00", 1)],
    )


def test_the_example_of_the_readme_plans(library: Library) -> None:
    """The example that the README gives runs and leaves 600 euros to pay."""
    example = Path(__file__).resolve().parents[2] / "examples" / "person.json"
    profile = read_profile(read_json(example.read_bytes()), library.vocabulary)
    assert plan_as_dict(plan(library, profile, read_asked("2022-03-01")))["plans"][0]["to_pay"] == "600.00"
