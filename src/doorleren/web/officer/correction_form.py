"""What an official types for an act on a request to correct, and what is wrong with it by field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from doorleren.applications.corrections.commands.answer_correction import New, Told
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.models import About
from doorleren.rules.vocabulary import Fact
from doorleren.web import known
from doorleren.web.officer.official import Official
from doorleren.web.public.answers import Answers
from doorleren.web.public.questions import answer_in_words, in_language

VALUED = ("correct", "correct-in-part", "uphold", "uphold-in-part")
"""The acts that give what is kept another value."""
RENEWING = (*VALUED, "complete")
"""The acts after which something else is kept."""
TELLS = (*RENEWING, "tell")
"""The acts with which is said who was told."""


@dataclass(slots=True)
class Form:
    """An act on a request: what was typed, the answer of a fact where one is corrected, and what is wrong by field."""

    asking: Official
    standing: Standing
    name: str
    typed: dict[str, str]
    ticked: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def fact(self) -> Fact | None:
        """Give the fact whose answer is corrected; None where it is another kind of thing."""
        request = self.standing.request
        if self.name not in VALUED or request.about != About.APPLICATION:
            return None
        return known.library().vocabulary.facts.get(request.fact)

    def says(self, name: str) -> str:
        """Give what was typed in a field."""
        return self.typed.get(name, "")

    @property
    def told(self) -> Told:
        """Give who was told: ticked and typed, one on a line."""
        return Told((*self.ticked, *self.says("others").splitlines()), self.says("nobody"))

    @property
    def new(self) -> New:
        """Give what is now, in words and as a value; no words where nothing was answered that can be read."""
        if self.fact is not None and self.fact.name not in self.answers.profile:
            return New("")
        if self.fact is not None:
            return New(answer_in_words(self.fact, self.answers), self.answers.profile.get(self.fact.name))
        return New(self.says("new"), self.says("new"))

    def attempt(self, name: str, check: Callable[[], Any]) -> Any:
        """Check something; what is refused becomes the error of its field, or of `name`."""
        try:
            return check()
        except CorrectionRefused as refused:
            self.errors[refused.field or name] = in_language(refused.texts)
            return None
