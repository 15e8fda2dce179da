"""The finder as a person uses it: reads the question, answers it, and reads the outcome. Works with and without script."""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from playwright.sync_api import Locator, expect

from tests.journeys.visits import Visit

Answers = Mapping[str, str | Sequence[str]]
MOST_QUESTIONS = 80
READ_CARDS = """cards => cards.map(card => {
  const word = of => card.querySelector('.dl-amount__' + of)?.textContent.replace(/\\s/g, ' ') ?? '';
  const amount = word('label') === 'ten hoogste' ? 'ten hoogste ' + word('value') : word('value');
  return [card.id, card.className.match(/dl-verdict--(\\w+)/)[1], amount];
})"""
DAYS = ("person.birth_date", "training.starts_on")


class Finder:
    """One visit to the finder of an audience. A fact without an answer in the profile is "weet ik niet"."""

    def __init__(self, visit: Visit, audience: str = "person", on: str = "") -> None:
        """Opens the finder and chooses the day."""
        self.page = visit.page
        self.asked: list[str] = []
        visit.open(f"/finder/{audience}")
        if on:
            self.choose_day(on)

    @classmethod
    def opened(cls, visit: Visit, link: str) -> "Finder":
        """The finder as a shared link brings it back: all answers at once, without the walk."""
        finder = cls.__new__(cls)
        finder.page, finder.asked = visit.page, []
        visit.open(link)
        finder.wait_for_answers()
        return finder

    @classmethod
    def answered(cls, visit: Visit, answers: Answers, on: str, audience: str = "person") -> "Finder":
        """The finder with these answers given, for tests that are not about giving them."""
        fields: list[tuple[str, str]] = [("on", on)]
        for name, value in answers.items():
            if not isinstance(value, str):
                fields += [(name, one) for one in value]
            elif name in DAYS and value[0].isdigit():
                parts = zip(("year", "month", "day"), value.split("-"), strict=True)
                fields += [(f"{name}.{part}", text) for part, text in parts]
            else:
                fields.append((name, value))
        return cls.opened(visit, f"/finder/{audience}#answers={urlencode(fields)}")

    # --- where we are

    @property
    def shown(self) -> str:
        """The fact that is asked now; empty when all has been asked."""
        return self.page.locator("input[name=shown]").input_value()

    @property
    def outcome(self) -> dict[str, tuple[str, str]]:
        """Per scheme its group (get, maybe, closed, not) and the amount as it stands there, "ten hoogste" included."""
        cards = self.page.locator("#outcome article").evaluate_all(READ_CARDS)
        return {name.removeprefix("scheme-"): (group, amount) for name, group, amount in cards}

    @property
    def left_to_pay(self) -> str:
        """What the plan leaves to pay, as it stands there; empty without a plan."""
        sum_ = self.page.locator(".dl-plan .dl-amount__value")
        return " ".join(sum_.inner_text().split()) if sum_.count() else ""

    def field(self, name: str) -> Locator:
        """The field in which the visitor types the answer to a fact."""
        return self.page.locator(f"input[name='{name}'][inputmode]")

    # --- what one can do

    def press(self, name: str, *, exact: bool = True) -> None:
        """Presses the button with these words."""
        self.page.get_by_role("button", name=name, exact=exact).click()

    def unfold(self, words: str) -> None:
        """Opens the fold with these words, unless it is open."""
        fold = self.page.locator("details", has=self.page.locator("summary", has_text=words)).last
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def choose_day(self, day: str) -> None:
        """Asks for the outcome on another day."""
        self.unfold("Andere dag of andere manier")
        self.page.locator("#on").fill(day)
        self.press("Reken met deze dag")
        year, _, number = day.split("-")
        said = re.compile(rf"\b{int(number)} \w+ {year}:")
        expect(self.page.locator("#outcome [role=status]").first).to_contain_text(said)

    def fill(self, name: str, value: str | Sequence[str]) -> None:
        """Fills in an answer, whatever the shape of the question."""
        day = self.page.locator(f"input[name='{name}.day']")
        choice = self.page.locator(f"input[name='{name}'][value='{value}']")
        if not isinstance(value, str):
            for one in value:
                self.page.locator(f"input[name='{name}'][value='{one}']").check()
        elif self.page.locator(f"select[name='{name}']").count():
            self.page.locator(f"select[name='{name}']").select_option(value)
        elif day.count() and value != "n/a":
            for part, text in zip(("year", "month", "day"), value.split("-"), strict=True):
                self.page.locator(f"input[name='{name}.{part}']").fill(text)
        elif choice.count():
            choice.check()
        else:
            self.field(name).fill(value)

    def answer(self, answers: Answers) -> str:
        """Answers the question that is shown and waits for the next; gives the fact."""
        name = self.shown
        skip = self.page.get_by_role("button", name="Weet ik niet")
        if name not in answers and skip.count():
            skip.click()
        else:
            self.fill(name, answers.get(name, "unknown"))
            self.press("Verder")
        expect(self.page.locator("input[name=shown]")).not_to_have_value(name)
        self.asked.append(name)
        return name

    def answer_until(self, done: Callable[["Finder"], bool], answers: Answers) -> None:
        """Answers question after question until `done`; an AssertionError when they run out first."""
        for _ in range(MOST_QUESTIONS):
            if done(self):
                return
            assert self.shown, f"all was asked: {self.asked}; {self.outcome}"
            self.answer(answers)
        raise AssertionError(f"more than {MOST_QUESTIONS} questions")

    def answer_all(self, answers: Answers) -> None:
        """Answers until nothing is asked any more."""
        self.answer_until(lambda finder: not finder.shown, answers)

    def wait_for_answers(self) -> None:
        """Waits until the page shows the answers that it was opened with."""
        expect(self.page.locator(".dl-finder__given")).to_be_visible()

    def turn_to_language(self, name: str, code: str) -> None:
        """Presses the language's button and waits for the answers to come along."""
        self.page.get_by_role("button", name=name).click()
        expect(self.page.locator("html")).to_have_attribute("lang", code)
        self.wait_for_answers()

    def turn_to_all_at_once(self) -> None:
        """Asks for all questions on one page."""
        self.unfold("Andere dag of andere manier")
        self.press("Alle vragen op één pagina")
        expect(self.page.locator("input[name=mode]")).to_have_value("all")

    def correct(self, words: str, answers: Answers) -> None:
        """Presses "Wijzig" beside an answer and gives another."""
        before = self.shown
        self.page.get_by_role("button", name=re.compile(rf"Wijzig\s*: {words}$")).click()
        expect(self.page.locator("input[name=shown]")).not_to_have_value(before)
        self.answer(answers)


def gets(scheme: str) -> Callable[[Finder], bool]:
    """Whether the scheme stands under "Dit krijgt u"."""
    return lambda finder: finder.outcome.get(scheme, ("", ""))[0] == "get"
