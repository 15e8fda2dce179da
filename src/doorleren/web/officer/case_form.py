"""A form of an act on a case: how its fields are shown, what is read of them, and what is said where one is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from doorleren.cases.models import Case
from doorleren.decisions.commands.write_letter import LANGUAGE
from doorleren.register.intake.faults import Misread
from doorleren.web.officer.asked import field, typed_day, written_day
from doorleren.web.officer.case_fields import FIELDS, Field
from doorleren.web.officer.case_form_days import TWO_WEEKS, typed_moment, written
from doorleren.web.officer.case_form_kinds import ActForm, Typed
from doorleren.web.officer.case_options import options_of, parts_of
from doorleren.web.officer.official import Official
from doorleren.web.officer.provision_forms import label
from doorleren.web.officer.typed_amounts import not_an_amount, typed_cents

_SHOWN: Mapping[str, str] = {"choice": "choice", "ticks": "ticks", "text": "text"}
"""How a kind of field is shown; the others are a short line."""
MOST_COUNTED = 1_000_000


def described(form: ActForm, case: Case, asking: Official, typed: Typed) -> list[dict[str, Any]]:
    """Give the fields of a form with what was typed and what is wrong with it, for officer/case_act.html.

    What may stay empty, and has nothing to choose from, is left out.
    """
    found = []
    for key in form.fields:
        one, options = FIELDS[key], options_of(key, case, asking)
        if one.kind in ("choice", "ticks") and one.optional and not options:
            continue
        more: dict[str, Any] = {"help": one.help(asking)} if one.help else {}
        told = {one.name: options[0][0], **typed.texts} if one.alone and len(options) == 1 else typed.texts
        if one.kind not in _SHOWN:
            more["short"] = True
        found.append(field(
            one.name, _SHOWN.get(one.kind, "line"), label(key, case.procedure), told, options=options,
            chosen=typed.ticked.get(one.name, ()), error=typed.errors.get(one.name, ""), needed=not one.optional or one.several, **more,
        ))  # fmt: skip
    return found


def read(form: ActForm, case: Case, asking: Official, posted: QueryDict, texts: Mapping[str, str]) -> Typed:
    """Read a form; what is wrong stands in `errors`, by the name of the field."""
    typed = Typed(texts, ticked_in(form, posted))
    for key in form.fields:
        one = FIELDS[key]
        if one.kind == "ticks":
            _read_ticks(key, one, typed, case, asking)
        elif one.kind == "choice":
            options = dict(options_of(key, case, asking))
            needed = not one.optional or (one.several and options)
            if (typed.says(one.name) or needed) and typed.says(one.name) not in options:
                typed.errors[one.name] = _("Kies er een uit de lijst.")
        elif typed.says(one.name) or not one.optional:
            _READERS[one.kind](one, typed, asking)
    return typed


def ticked_in(form: ActForm, posted: QueryDict) -> dict[str, tuple[str, ...]]:
    """Give what was ticked in the fields of a form that have boxes."""
    names = [FIELDS[key].name for key in form.fields if FIELDS[key].kind == "ticks"]
    return {name: tuple(dict.fromkeys(posted.getlist(name))) for name in names}


def begun(form: ActForm, asking: Official) -> Typed:
    """Begin an empty form, with the days that are most likely."""
    days = {
        "until": asking.today + TWO_WEEKS,
        "view_until": asking.today + TWO_WEEKS,
        "on": asking.today,
        "received_on": asking.today,
    }
    texts = {FIELDS[key].name: written(day) for key, day in days.items() if key in form.fields}
    return Typed(texts | {name: "1" for name in ("instalments",) if name in form.fields})


def _read_day(one: Field, typed: Typed, asking: Official) -> None:
    text = typed.says(one.name)
    try:
        day = typed_day(text, asking.today)
    except Misread:
        day = None
    if day is None:
        typed.errors[one.name] = _("Vul een dag in, bijvoorbeeld %(day)s. U vulde in: %(given)s.") % {
            "day": written(asking.today), "given": text or _("niets"),
        }  # fmt: skip
    elif one.kind == "future" and day <= asking.today:
        typed.errors[one.name] = _("Kies een dag na vandaag. U vulde in: %(given)s.") % {"given": written_day(day)}
    elif one.kind == "past" and day > asking.today:
        typed.errors[one.name] = _("Kies vandaag of een eerdere dag. U vulde in: %(given)s.") % {
            "given": written_day(day)
        }
    else:
        typed.days[one.name] = day


def _read_moment(one: Field, typed: Typed, asking: Official) -> None:
    text = typed.says(one.name)
    found = typed_moment(text, asking.today)
    if found is None:
        typed.errors[one.name] = _("Vul een dag en een tijd in, bijvoorbeeld %(day)s 10.00. U vulde in: %(given)s.") % {
            "day": written(asking.today + TWO_WEEKS), "given": text or _("niets"),
        }  # fmt: skip
    else:
        typed.moments[one.name] = found


def _read_text(one: Field, typed: Typed, asking: Official) -> None:
    text = typed.says(one.name)
    if not text:
        typed.errors[one.name] = _("Vul de reden in.") if one.name == "grounds" else _("Vul dit in.")
    elif len(text) > one.longest:
        typed.errors[one.name] = _("Houd het bij %(most)s tekens. U vulde er %(given)s in.") % {
            "most": one.longest, "given": len(text),
        }  # fmt: skip


def _read_amount(one: Field, typed: Typed, asking: Official) -> None:
    cents = typed_cents(typed.says(one.name))
    if cents is None:
        typed.errors[one.name] = not_an_amount(typed.says(one.name))
    else:
        typed.cents[one.name] = cents


def _read_count(one: Field, typed: Typed, asking: Official) -> None:
    text = typed.says(one.name)
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= MOST_COUNTED):
        typed.errors[one.name] = _("Vul een heel getal in, zoals 10. U vulde in: %(given)s.") % {
            "given": text or _("niets")
        }
    else:
        typed.counts[one.name] = int(text)


def _read_ticks(key: str, one: Field, typed: Typed, case: Case, asking: Official) -> None:
    named = dict(parts_of(case, LANGUAGE)) if key == "parts" else dict(options_of(key, case, asking))
    chosen = typed.ticked.get(one.name, ())
    if not chosen and not one.optional:
        typed.errors[one.name] = _("Kruis aan wat er ontbreekt.")
    elif set(chosen) - set(named):
        typed.errors[one.name] = _("Kies alleen wat in de lijst staat.")
    else:
        typed.named.update({code: named[code] for code in chosen})


_READERS: Mapping[str, Callable[[Field, Typed, Official], None]] = {
    "past": _read_day, "future": _read_day, "day": _read_day, "moment": _read_moment, "text": _read_text,
    "amount": _read_amount, "count": _read_count,
}  # fmt: skip
