"""The fields of the forms of acts on a case: how each is shown, what it may hold, and what is said where it does not."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from doorleren.applications.answers import form_for, profile_of
from doorleren.applications.evidence.queries import asked_of
from doorleren.applications.queries import submitted_answers
from doorleren.cases.models import Case
from doorleren.core.days import AMSTERDAM
from doorleren.core.texts import in_language
from doorleren.decisions.commands.write_letter import LANGUAGE
from doorleren.decisions.grounds import grounds
from doorleren.people.models import Body
from doorleren.register.intake.faults import Misread
from doorleren.web import known
from doorleren.web.officer.asked import field, typed_day, written_day
from doorleren.web.officer.case_act_kinds import TWO_WEEKS, ActForm, Typed
from doorleren.web.officer.case_asked import colleagues
from doorleren.web.officer.case_facts import submitted
from doorleren.web.officer.case_words import channels
from doorleren.web.officer.official import Official
from doorleren.web.public.questions import language

LONGEST_NOTE = 1000
WORDS = ("note", "grounds", "words")
Options = list[tuple[str, str]]


def options_of(name: str, case: Case, asking: Official) -> Options:
    """Give what can be chosen in a field; none for fields without a choice."""
    given: dict[str, Callable[[], Options]] = {
        "to": lambda: [one for one in colleagues(case.body_id, asking.today) if one[0] != str(case.assigned_to_id)],
        "suspending": lambda: [
            ("consent", _("de aanvrager stemt ermee in")), ("delay", _("de aanvrager vertraagt")),
            ("force_majeure", _("overmacht")),
        ],
        "reopening": lambda: [
            ("new_facts", _("er zijn nieuwe feiten")), ("mistake", _("de zaak is per ongeluk gesloten")),
            ("judgment", _("de rechter heeft beslist")),
        ],
        "channel": lambda: [(name, channels()[name]) for name in ("phone", "message", "visit", "letter")],
        "body": lambda: list(Body.objects.exclude(pk=case.body_id).order_by("name").values_list("code", "name")[:200]),
        "ground": lambda: [(one.id, f"{in_language(one.texts, language())} ({one.article})") for one in grounds().values()],
        "parts": lambda: parts_of(case, language()),
    }  # fmt: skip
    return given[name]() if name in given else []


def parts_of(case: Case, spoken: str) -> Options:
    """Give what an applicant can be asked for, in a language: evidence of the scheme, and the facts that its rules look at."""
    matter = submitted(case)
    if matter is None:
        return []
    library = known.library()
    told = profile_of(submitted_answers(matter.application, library))
    filed = matter.ticket.arrived_at.astimezone(AMSTERDAM).date()
    names = form_for(matter.application, told, filed, library).judgement.settled.facts
    facts = [fact for name, fact in library.vocabulary.facts.items() if name in names and fact.table != "asker"]
    evidence = [(one.evidence.id, in_language(one.evidence.text, spoken)) for one in asked_of(matter.application)]
    return [*evidence, *((fact.name, in_language(fact.label, spoken)) for fact in facts)]


def described(form: ActForm, case: Case, asking: Official, typed: Typed) -> list[dict[str, Any]]:
    """Give the fields of a form with what was typed and what is wrong with it, for officer/case_act.html."""
    more: Mapping[str, Mapping[str, Any]] = {
        "to": {"kind": "choice", "label": _("Aan wie?")},
        "suspending": {"kind": "choice", "label": _("Waarom staat de termijn stil?")},
        "reopening": {"kind": "choice", "label": _("Waarom opent u de zaak opnieuw?")},
        "channel": {"kind": "choice", "label": _("Hoe was er contact?")},
        "body": {"kind": "choice", "label": _("Naar welke instantie?")},
        "parts": {"kind": "ticks", "label": _("Wat ontbreekt er?")},
        "until": {"kind": "line", "label": _("Tot en met welke dag?"), "short": True, "help": _example(asking)},
        "on": {"kind": "line", "label": _("Op welke dag was dit?"), "short": True,
               "help": _("Vandaag of eerder, bijvoorbeeld %(day)s.") % {"day": asking.today.strftime("%d-%m-%Y")}},
        "ends_on": {"kind": "line", "label": _("Tot en met welke dag lopen de activiteiten?"), "short": True, "optional": True,
                    "help": _("Laat dit leeg als dat niet bekend is.")},
        "ground": {"kind": "choice", "label": _("Op welke grond?")},
        "words": {"kind": "text", "label": _("De reden in woorden, in de brief"), "optional": True,
                  "help": _("Laat dit leeg als de grond genoeg zegt.")},
        "note": {"kind": "text", "label": _("Toelichting in de brief (mag leeg blijven)"), "optional": True},
        "grounds": {"kind": "text", "label": _("De reden, in de brief na 'De reden:'"),
                    "help": _("Begin met een kleine letter en zet er geen punt achter.")},
    }  # fmt: skip
    return [
        field(name, more[name]["kind"], more[name]["label"], typed.texts, options=options_of(name, case, asking),
              needed=not more[name].get("optional"), help=more[name].get("help", ""), short=more[name].get("short", False),
              chosen=typed.parts, error=typed.errors.get(name, ""))
        for name in form.fields
    ]  # fmt: skip


def read(form: ActForm, case: Case, asking: Official, posted: QueryDict, texts: Mapping[str, str]) -> Typed:
    """Read a form; what is wrong stands in `errors`, by field."""
    typed = Typed(texts, parts=tuple(dict.fromkeys(posted.getlist("parts"))))
    for name in form.fields:
        if name == "ends_on" and not typed.says(name):
            continue
        if name in ("until", "on", "ends_on"):
            _read_day(name, typed, asking)
        elif name == "parts":
            _read_parts(typed, case)
        elif name in WORDS:
            _read_words(name, typed)
        elif typed.says(name) not in dict(options_of(name, case, asking)):
            typed.errors[name] = _("Kies er een uit de lijst.")
    return typed


def begun(form: ActForm, asking: Official) -> Typed:
    """Begin an empty form, with the days that are most likely."""
    days = {"until": asking.today + TWO_WEEKS, "on": asking.today}
    return Typed({name: day.strftime("%d-%m-%Y") for name, day in days.items() if name in form.fields})


def _read_day(name: str, typed: Typed, asking: Official) -> None:
    text = typed.says(name)
    try:
        day = typed_day(text, asking.today)
    except Misread:
        day = None
    if day is None:
        typed.errors[name] = _("Vul een dag in, bijvoorbeeld %(day)s. U vulde in: %(given)s.") % {
            "day": asking.today.strftime("%d-%m-%Y"), "given": text or _("niets"),
        }  # fmt: skip
    elif name == "until" and day <= asking.today:
        typed.errors[name] = _("Kies een dag na vandaag. U vulde in: %(given)s.") % {"given": written_day(day)}
    elif name == "on" and day > asking.today:
        typed.errors[name] = _("Kies vandaag of een eerdere dag. U vulde in: %(given)s.") % {"given": written_day(day)}
    else:
        typed.days[name] = day


def _read_parts(typed: Typed, case: Case) -> None:
    known_parts = dict(parts_of(case, LANGUAGE))
    if not typed.parts:
        typed.errors["parts"] = _("Kruis aan wat er ontbreekt.")
    elif set(typed.parts) - set(known_parts):
        typed.errors["parts"] = _("Kies alleen wat in de lijst staat.")
    else:
        typed.named.update({code: known_parts[code] for code in typed.parts})


def _read_words(name: str, typed: Typed) -> None:
    text = typed.says(name)
    if name == "grounds" and not text:
        typed.errors[name] = _("Vul de reden in.")
    elif len(text) > LONGEST_NOTE:
        typed.errors[name] = _("Houd het bij %(most)s tekens. U vulde er %(given)s in.") % {
            "most": LONGEST_NOTE, "given": len(text),
        }  # fmt: skip


def _example(asking: Official) -> str:
    return _("Bijvoorbeeld %(day)s.") % {"day": (asking.today + TWO_WEEKS).strftime("%d-%m-%Y")}
