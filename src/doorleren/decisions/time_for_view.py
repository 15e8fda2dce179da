"""How long somebody has at least to give a view on what is meant. Awb 4:7 to 4:9 name no term; `view` of law/terms.toml is ours."""

from datetime import date

from doorleren.cases.frameworks import law_of_terms
from doorleren.decisions.refusing import refused


def first_last_day(today: date) -> date:
    """Give the first day that can be the last one for a view, on a notice that is written today."""
    return law_of_terms().reckon("view", today).last


def ensure_time_for_view(until: date, today: date) -> None:
    """Raise DecisionRefused where the last day for a view is too soon."""
    least = first_last_day(today)
    if until < least:
        raise refused(
            "until",
            f"Kies {least:%d-%m-%Y} of later, zodat er tijd is om een mening te geven. U koos {until:%d-%m-%Y}. Hoeveel dagen dat "
            "ten minste zijn, is onze aanname: de wet noemt geen aantal (Awb artikel 4:7 tot en met 4:9).",
            f"Choose {least} or later, so that there is time to give a view. You chose {until}. How many days that are at least is "
            "our assumption: the law names no number (Awb 4:7 to 4:9).",
            "until",
        )
