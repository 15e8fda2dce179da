"""The visitor's answers from the finder, taken along from page to page of the portal without ever being kept.

They travel in the form, as in the finder: a page with answers is the reply to a POST that writes nothing.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from doorleren.core.days import Asked
from doorleren.register.funding.offers import any_open, last_open
from doorleren.rules.profile import Profile
from doorleren.web import known
from doorleren.web.public.answers import UNKNOWN, Answers, read_answers
from doorleren.web.public.questions import answer_in_words, label, question

AS_A_PERSON: Profile = {"asker.role": "person"}


@dataclass(frozen=True)
class Carried:
    """The answers that came with a request."""

    answers: Answers

    @property
    def profile(self) -> Profile:
        """Give what is known of the visitor, who is a person unless they said otherwise; nothing before any answer."""
        return AS_A_PERSON | self.answers.profile if self.any else {}

    @property
    def any(self) -> bool:
        """Whether the visitor has answered anything."""
        return bool(self.answers.typed)

    def hidden(self, visible: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        """Give the fields to post along; answers to the facts that the page itself asks are left to the page."""
        if not self.any:
            return []
        return [*self.answers.hidden(set(visible)), ("order", ",".join(self.answers.answered))]

    def one_question(self, name: str | None, form: str = "", *, row: bool = False) -> dict[str, Any] | None:
        """Describe the one question of a page: again what cannot be read, else the fact that helps most.

        `form` is the id of the form that takes the answer, where the question stands outside it; `row` puts its answers
        side by side.
        """
        fact = known.library().vocabulary.facts.get(next(iter(self.answers.errors), name) or "")
        return question(fact, self.answers, []) | {"form": form, "row": row} if fact is not None else None

    def in_words(self) -> list[dict[str, str]]:
        """List what the visitor told, without what they do not know."""
        facts = known.library().vocabulary.facts
        told = [facts[name] for name in self.answers.answered if name not in self.answers.unknown]
        return [
            {"name": fact.name, "question": label(fact), "answer": answer_in_words(fact, self.answers)} for fact in told
        ]


def carried(request: HttpRequest) -> Carried:
    """Read the answers of a request, a pressed "don't know" included; those of an address are never read."""
    vocabulary = known.library().vocabulary
    answers, skipped = read_answers(request.POST, vocabulary), request.POST.get("skip", "")
    if skipped in vocabulary.facts:
        answers.take_back(skipped)
        answers.typed[skipped] = [UNKNOWN]
        answers.unknown.add(skipped)
    return Carried(answers)


def frame(request: HttpRequest, taken: Carried) -> dict[str, Any]:
    """Give what every page of the portal shows of the answers: see templates/portal/answers.html."""
    return {
        "with_answers": taken.any,
        "language_form": "answers" if request.method == "POST" else "",
        "told": len(taken.answers.answered),
        "nobody_pays": not _somebody_pays(known.today()),
        "paid_on": _paid_before(known.today()) if settings.DOORLEREN_DEMO else None,
        "here_url": request.get_full_path(),
    }


@lru_cache(maxsize=2)
def _paid_before(day: date) -> date | None:
    """Give the last day on which answers did change a price; None where they do on this day. A demo can be started on it."""
    return None if _somebody_pays(day) else last_open(known.library(), day)


@lru_cache(maxsize=2)
def _somebody_pays(day: date) -> bool:
    """Say whether on a day some scheme takes an exact sum off a price: else answers change no price, and the page says so."""
    return any_open(known.library(), Asked(day))
