"""Questions as the templates show them, and answers in words."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from doorleren.core import texts
from doorleren.finder.check import Finding
from doorleren.rules.profile import NA, plain
from doorleren.rules.vocabulary import Fact
from doorleren.web.public.answers import DATE_PARTS, NONE_OF_THESE, NOT_APPLICABLE, UNKNOWN, Answers, says_both
from doorleren.web.templatetags.look import euro

WITHOUT_DONT_KNOW = frozenset({"date", "int", "decimal", "money", "set"})
"""Kinds of question that have no "don't know" among their answers, so that a button offers it."""


def language() -> str:
    """Give the language of the page."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def in_language(written: texts.Texts) -> str:
    """Give a text in the language of the page, in Dutch if there is no other; empty if there is none."""
    return texts.in_language(written, language())


def question(fact: Fact, answers: Answers, waiting: list[Finding]) -> dict[str, Any]:
    """Describe a question for components/question.html; `waiting` are the schemes that need the answer."""
    return {
        "name": fact.name,
        "kind": fact.type if fact.type != "code" or fact.value_labels else "text",
        "question": _asked(fact, answers) or fact.name,
        "help": _help(fact, answers) or None,
        "value": _shown(fact, answers),
        "both": says_both(fact, answers),
        "error": answers.errors.get(fact.name),
        "options": _options(fact),
        "unit": unit_words(fact),
        "allow_na": fact.type not in ("bool", "set") or not fact.name.startswith("person."),
        "why": _why(waiting),
    }


def _by_another(answers: Answers) -> bool:
    """Say whether somebody else than the participant answers: an employer, a desk."""
    return bool(answers.profile.get("asker.role", "person") != "person")


def _asked(fact: Fact, answers: Answers) -> str:
    """Give the words of a question: never "your date of birth" to an organisation."""
    return in_language(fact.ask_of_another if _by_another(answers) and fact.ask_of_another else fact.ask)


def _help(fact: Fact, answers: Answers) -> str:
    """Explain a question; to an employer or desk also say that "you" in it is the participant."""
    explained = in_language(fact.help)
    if fact.table != "person" or not _by_another(answers):
        return explained
    return " ".join(filter(None, (_("Dit gaat over de werknemer of deelnemer, niet over u."), explained)))


def answer_in_words(fact: Fact, answers: Answers) -> str:
    """Say an answer in words, for the list of what was given."""
    if fact.name in answers.unknown:
        return _("weet ik niet")
    value = answers.profile.get(fact.name)
    if value is NA:
        return _("geldt niet voor mij")
    return value_in_words(fact, value)


def value_in_words(fact: Fact, value: Any) -> str:
    """Say a value of a fact in words: a day in full, euros with their sign, a set as a list."""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, frozenset):
        return ", ".join(value_label(fact, one) for one in sorted(value)) or _("geen")
    if isinstance(value, str):
        return value_label(fact, value)
    if fact.type == "money":
        return euro(str(plain(fact, value)))
    return " ".join(filter(None, (str(plain(fact, value)), unit_words(fact))))


def value_label(fact: Fact, value: str) -> str:
    """Give the words for one value of an enum, set or code."""
    return in_language(fact.value_labels.get(value, {})) or value


def label(fact: Fact) -> str:
    """Give the short name of a fact."""
    return in_language(fact.label) or fact.name


def unit_words(fact: Fact) -> str:
    """Give the words after a number."""
    words = {
        "month": _("maanden"), "week": _("weken"), "hour": _("uur"), "hour_per_week": _("uur per week"), "year": _("jaar"),
        "person": _("personen"), "share": _("(tussen 0 en 1)"),
    }  # fmt: skip
    return words.get(fact.unit, "")


def _shown(fact: Fact, answers: Answers) -> Any:
    typed = answers.typed.get(fact.name, [])
    if fact.type == "set":
        known = answers.profile.get(fact.name)
        return [NONE_OF_THESE] if known == frozenset() and typed else typed
    if fact.type == "date" and (not typed or says_both(fact, answers)):
        return {part: answers.typed.get(f"{fact.name}.{part}", [""])[0] for part in DATE_PARTS}
    if fact.type == "date" and typed[0] not in (NOT_APPLICABLE, UNKNOWN):
        year, month, day = ([*typed[0].split("-"), "", ""])[:3]
        return {"day": day, "month": month, "year": year}
    return next((one for one in typed if one != NOT_APPLICABLE), typed[0]) if typed else None


def _options(fact: Fact) -> list[dict[str, Any]]:
    values = fact.values or tuple(fact.value_labels)
    return [{"value": value, "label": value_label(fact, value), "hint": None} for value in values]


def _why(waiting: list[Finding]) -> str | None:
    if not waiting:
        return None
    names = ", ".join(finding.version.called(language()) for finding in waiting[:4])
    more = len(waiting) - 4
    if more > 0:
        return ngettext(
            "Het antwoord telt mee voor %(names)s en %(more)s andere regeling.",
            "Het antwoord telt mee voor %(names)s en %(more)s andere regelingen.", more,
        ) % {"names": names, "more": more}  # fmt: skip
    return _("Het antwoord telt mee voor %(names)s.") % {"names": names}
