"""The finder: questions and outcome on one page, for a person, an employer, or a sector or region.

Every answer travels in the form; a page with answers is always the reply to a POST that writes nothing, so that no
answer stands in an address or a log. Works without a script; with one, only the changed part is replaced.
"""

from decimal import Decimal
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.finder.check import Answer, Finding, check, concerns
from doorleren.finder.interview import GROUPS, ROLES_OF, Interview, interview
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.rules.profile import NA, plain
from doorleren.rules.vocabulary import Fact
from doorleren.web import known
from doorleren.web.public.answers import UNKNOWN, Answers, read_answers
from doorleren.web.public.applying import with_ways
from doorleren.web.public.presentation import verdict, who_files
from doorleren.web.public.questions import WITHOUT_DONT_KNOW, answer_in_words, in_language, label, language, question

ROLE = "asker.role"
PRICE = "training.price"


def audiences() -> dict[str, dict[str, str]]:
    """Give the three ways in, in words."""
    return {
        "person": {
            "title": _("Ik wil zelf leren"),
            "text": _("U werkt, zoekt werk of wilt iets anders gaan doen. Zie welke regeling met u meebetaalt."),
        },
        "employer": {
            "title": _("Ik ben werkgever"),
            "text": _("U wilt dat uw mensen zich ontwikkelen. Zie welke regelingen uw organisatie kan aanvragen."),
        },
        "region": {
            "title": _("Ik spreek voor een sector of regio"),
            "text": _("U werkt voor een samenwerkingsverband, regio, school, opleider of als adviseur."),
        },
    }


@non_atomic_requests  # touches no database
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three ways in."""
    choices = [
        {"url": reverse("finder-questions", args=[name]), "icon": name, **words} for name, words in audiences().items()
    ]
    count = len(known.library().places)
    return render(request, "home.html", {"choices": choices, "schemes": count, "instruments": len(known.instruments())})


@csrf_exempt  # nothing is written and nobody is signed in: there is nothing that a forged request could do
@non_atomic_requests  # asks the database one thing: which rounds can be filed in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, audience: str) -> HttpResponse:
    """Ask, and show what the answers so far lead to."""
    if audience not in ROLES_OF:
        raise Http404
    answers = read_answers(request.POST, known.library().vocabulary)
    page = Page(request, audience, answers)
    if request.POST.get("save"):
        return page.as_file()
    return render(request, "finder.html", page.context())


class Page:
    """One reply of the finder: what was answered, what is asked now, and the outcome."""

    def __init__(self, request: HttpRequest, audience: str, answers: Answers) -> None:
        """Take the answers and do what the pressed button asks: skip, go back or correct."""
        self.posted = request.POST
        self.audience = audience
        self.answers = answers
        self.vocabulary = known.library().vocabulary
        self.asked = known.asked(self.posted.get("on", ""))
        self.all_at_once = self.posted.get("mode") == "all"
        self.wanted: str | None = None
        self._do_what_was_pressed()
        allowed = ROLES_OF[audience]
        if len(allowed) == 1:
            answers.profile[ROLE] = allowed[0]

    def _do_what_was_pressed(self) -> None:
        skip, correct = self.posted.get("skip"), self.posted.get("correct")
        answers = self.answers
        if skip in self.vocabulary.facts:
            answers.take_back(skip)
            answers.typed[skip] = [UNKNOWN]
            answers.unknown.add(skip)
        if self.posted.get("back"):
            correct = answers.before(self.posted.get("shown", ""))
        if correct in self.vocabulary.facts:
            self.wanted = correct
        if answers.errors and self.wanted is None:
            self.wanted = next(iter(answers.errors))

    def context(self) -> dict[str, Any]:
        """Give everything that finder.html shows."""
        answer = check(known.library(), self.answers.profile, self.asked)
        state = interview(answer, self.answers.unknown, self.audience, self.vocabulary)
        shown = self._shown(state)
        visible = {fact.name for fact in shown}
        unseen = [name for name in self.answers.answered if self.all_at_once or name not in visible]
        groups = {group: self._group(group, state.groups[group]) for group in GROUPS}
        if self.asked.day == known.today():
            with_ways([one for group in groups.values() for one in (*group["verdicts"], *group["others"])], "answers")
        return {
            "audience": self.audience,
            "audience_words": audiences()[self.audience],
            "all_at_once": self.all_at_once,
            "just_all": self.all_at_once and "shown" in self.posted,
            "asked": self.asked,
            "today": known.today(),
            "hidden": [*self.answers.hidden(visible), ("order", ",".join(self.answers.answered))],
            "first": not shown or self.answers.before(shown[0].name) is None,
            "questions": [question(fact, self.answers, _waiting(answer, fact)) for fact in shown],
            "tables": self._tables(shown, answer) if self.all_at_once else [],
            "one": shown[0] if shown and not self.all_at_once else None,
            "skippable": bool(shown) and shown[0].type in WITHOUT_DONT_KNOW,
            "errors": [{"name": name, "text": text} for name, text in self.answers.errors.items()],
            "given": self._given(unseen, unknown=False),
            "skipped": self._given(unseen, unknown=True),
            "done": len(self.answers.answered),
            "left": len(state.open_questions),
            "groups": [group for group in groups.values() if group["verdicts"] or group["others"]],
            "counts": {name: len(group["verdicts"]) for name, group in groups.items()},
            "settled": state.settled,
            "total": state.total,
            "for_others": [] if state.next else [label(fact) for fact in state.for_others],
            "plan": self._plan(),
            "share_url": reverse("finder-questions", args=[self.audience]),
            "language_form": "answers",
            "started": bool(self.posted),
        }

    def _shown(self, state: Interview) -> list[Fact]:
        """Choose the questions on the page: one, or all that still matter with those already answered."""
        if self.all_at_once:
            names = {*self.answers.answered, *self.answers.errors} | {fact.name for fact in state.open_questions}
            names |= {ROLE} if len(ROLES_OF[self.audience]) > 1 else set()
            return [fact for name, fact in self.vocabulary.facts.items() if name in names]
        if self.wanted:
            return [self.vocabulary.facts[self.wanted]]
        if len(ROLES_OF[self.audience]) > 1 and ROLE not in self.answers.answered:
            return [self.vocabulary.facts[ROLE]]
        return [state.next] if state.next else []

    def _tables(self, shown: list[Fact], answer: Answer) -> list[dict[str, Any]]:
        tables = []
        for table, words in self.vocabulary.tables.items():
            asked = [question(fact, self.answers, _waiting(answer, fact)) for fact in shown if fact.table == table]
            if asked:
                tables.append({"name": table, "title": in_language(words) or table, "questions": asked})
        return tables

    def _given(self, names: list[str], *, unknown: bool) -> list[dict[str, str]]:
        """List some answers in words: those that say something, or those that say "don't know"."""
        facts = [self.vocabulary.facts[name] for name in names if (name in self.answers.unknown) is unknown]
        return [
            {"name": fact.name, "question": label(fact), "answer": answer_in_words(fact, self.answers)}
            for fact in facts
        ]

    def _group(self, name: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
        """Describe a group: the schemes that who asks files or gets, and those that are for others."""
        role = self.answers.profile.get(ROLE)
        own = [one for one in findings if name != "maybe" or role is None or concerns(one, role)]
        others = [one for one in findings if one not in own]
        return {
            "name": name,
            "folded": name == "not",
            "verdicts": [verdict(one, self.vocabulary) for one in own],
            "others": [verdict(one, self.vocabulary) for one in others],
        }

    def _plan(self) -> dict[str, Any] | None:
        price = self.answers.profile.get(PRICE)
        if price is None or price is NA:
            return None
        made = plan_as_dict(plan(known.library(), self.answers.profile, self.asked), language())
        for one in made["plans"]:
            for part in one["parts"]:
                part["files"] = who_files(part["apply"]["who"], self.answers.profile)
        made["covered"] = str(Decimal(made["price"]) - Decimal(made["plans"][0]["to_pay"])) if made["plans"] else "0"
        return made

    def as_file(self) -> JsonResponse:
        """Give the profile as a file, as the command line and the API take it."""
        tables: dict[str, dict[str, Any]] = {}
        for name, value in self.answers.profile.items():
            fact = self.vocabulary.facts[name]
            tables.setdefault(fact.table, {})[name.partition(".")[2]] = plain(fact, value)
        reply = JsonResponse(tables, json_dumps_params={"indent": 2, "ensure_ascii": False})
        reply["Content-Disposition"] = 'attachment; filename="doorleren-profile.json"'
        return reply


def _waiting(answer: Answer, fact: Fact) -> list[Finding]:
    return [one for one in answer.findings if fact.name in one.missing]
