"""Which dispatch counts of a letter that came back and went again, as the first steps of the terms that run from it. Awb 3:41 and 6:8."""

from doorleren.cases.given_days import WRONG_ADDRESS, counting, sendings
from doorleren.cases.terms.facts import Done, Life
from doorleren.core.term_steps import Step, dutch, english

NOT_PUBLISHED = "Awb, art. 6:8(1); assumption: Awb, art. 3:41(1), recalled and not read: what went to a wrong address was not published"
PUBLISHED = "Awb, art. 6:8(1); assumption: Awb, art. 3:41(1), recalled and not read: what went to the right address was published, also where it came back"


def sent_again(life: Life, done: Done) -> tuple[Step, ...]:
    """Say of the letter of an act, each time that it went again, which day counts and why; nothing of one that went once.

    Example: sent on 2 March, back, and sent again on 20 March: counted from 20 March where the address was wrong, else from 2 March.
    Where it counted from 2 March and the copy of 20 March comes back too, it still does.
    """
    return tuple(_step(life, done, one) for one in sendings(done.number, life.acts) if one.details.get("returned"))


def _step(life: Life, done: Done, again: Done) -> Step:
    before = counting(done.number, [one for one in life.acts if one.number < again.number])
    counts = counting(done.number, [one for one in life.acts if one.number <= again.number])
    if counts is again or before is None:
        text = {
            "nl": f"De brief kwam terug omdat het adres niet klopte. Hij is opnieuw verzonden op {dutch(again.on)}: die dag telt.",
            "en": f"The letter came back because the address was wrong. It was sent again on {english(again.on)}: that day counts.",
        }
        return Step(text, again.on, NOT_PUBLISHED)
    if again.details.get("why") == WRONG_ADDRESS:
        text = {
            "nl": f"Een extra verzending kwam terug. De brief is op {dutch(again.on)} nog eens verzonden; {dutch(before.on)} blijft tellen.",
            "en": f"An extra dispatch came back. The letter was sent once more on {english(again.on)}; {english(before.on)} still counts.",
        }
        return Step(text, before.on, PUBLISHED)
    text = {
        "nl": f"De brief kwam terug, maar het adres klopte. Hij is op {dutch(again.on)} nog eens verzonden; {dutch(before.on)} blijft tellen.",
        "en": f"The letter came back, but the address was right. It was sent once more on {english(again.on)}; {english(before.on)} still counts.",
    }
    return Step(text, before.on, PUBLISHED)
