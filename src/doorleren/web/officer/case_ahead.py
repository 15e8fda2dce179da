"""What an act on a case will do, for who is about to do it: its letters as they would be, and what happens in sentences."""

from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from doorleren.decisions.commands.act_by_letter import letter_ahead
from doorleren.decisions.models import (
    GIVING,
    Decision,
    FixedPenalty,
    ObjectionDecision,
    Recovery,
    RecoveryStep,
    Settlement,
)
from doorleren.decisions.trying import tried
from doorleren.letters.html import as_html
from doorleren.rules.frameworks import LOAN
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_form_kinds import ActForm, Typed
from doorleren.web.officer.case_found import decision_named
from doorleren.web.officer.letter_signs import signs_ahead
from doorleren.web.provision_words import words_of
from doorleren.web.public.values import euros


def ahead(form: ActForm, typed: Typed, found: AtHand) -> tuple[str, list[str]]:
    """Give the letters as they would be, and what will happen. Raises ActRefused, NotAllowed where it cannot be done."""
    if form.decides:
        trial = tried(found.case, lambda: form.run(found.case, typed, found.asking))
        contents = trial.letters
        sentences = [*made_ahead(trial.made), *form.ahead(typed)]
    elif form.letter:
        contents = (letter_ahead(found.case, form.letter, form.values(typed), on=found.asking.today),)
        sentences = form.ahead(typed)
    else:
        contents, sentences = (), form.ahead(typed)
    if form.place is not None:
        sentences += form.place(found, typed, lambda: form.run(found.case, typed, found.asking))
    sentences = [*sentences, *signs_ahead(contents)]
    return mark_safe("".join(map(as_html, contents))), sentences  # noqa: S308 - as_html escapes every text


def made_ahead(made: object) -> list[str]:
    """Say what was made: a decision, a settlement, a recovery; nothing for an act that its form tells of itself."""
    if isinstance(made, Decision):
        return decided_ahead(made)
    if isinstance(made, ObjectionDecision):
        return _on_objection(made)
    if isinstance(made, Settlement):
        if made.case.procedure == LOAN:
            return [_("De lening is afgelost: %(amount)s.") % {"amount": euros(made.settled_cents)}, _objectable()]
        words = words_of(made.case.procedure)
        told = {"done": capfirst(words["settled"]), "given": words["granted"],
                "settled": euros(made.settled_cents), "granted": euros(made.granted_cents)}  # fmt: skip
        return [_("%(done)s op %(settled)s, van %(granted)s die is %(given)s.") % told, _objectable()]
    if isinstance(made, Recovery):
        told = {"cents": euros(made.cents), "paid": euros(made.paid_cents), "day": written_day(made.pay_by)}
        return [
            _("Terug komt %(cents)s, van %(paid)s die is betaald. De eerste betaling is uiterlijk op %(day)s.") % told,
            *_in_parts(made.instalments),
            _objectable(),
        ]
    if isinstance(made, RecoveryStep):
        found = [_("Het gaat om %(cents)s.") % {"cents": euros(made.cents)}, *_in_parts(made.instalments)]
        if made.step == "deferred":
            found.append(_("De eerste betaling is uiterlijk op %(day)s.") % {"day": written_day(made.pay_by)})
        return found
    if isinstance(made, FixedPenalty):
        return [_("De dwangsom is %(cents)s, voor %(days)s dagen.") % {"cents": euros(made.cents), "days": made.days}]
    return []


def _in_parts(number: int | None) -> list[str]:
    """Say in how many parts somebody pays back; nothing for at once."""
    return [_("Dat gaat in %(number)s delen, elke maand één.") % {"number": number}] if number and number > 1 else []


def decided_ahead(one: Decision) -> list[str]:
    """Say what a decision does: its kind, the amount beside what was asked, and the pot that it comes from."""
    told = {
        "kind": decision_named(one.kind, one.case.procedure),
        "amount": euros(one.amount_cents),
        "asked": euros(one.asked_cents),
    }
    found = [_("Het besluit: %(kind)s.") % told]
    if one.kind in GIVING:
        found.append(_("Het bedrag: %(amount)s, van %(asked)s die is gevraagd.") % told)
        if one.ceiling_cents is not None and one.replaces_id is None:
            pot = {"spent": euros(one.granted_before_cents + one.amount_cents), "ceiling": euros(one.ceiling_cents)}
            found.append(_("Daarmee is in dit tijdvak %(spent)s toegekend van %(ceiling)s.") % pot)
    return [*found, _objectable()]


def _on_objection(made: ObjectionDecision) -> list[str]:
    if made.decision is None:
        return [_("De aanvrager krijgt de brieven hieronder, en kan daarna naar de rechter.")]
    told = {"amount": euros(made.awarded_cents), "above": euros(made.above_ceiling_cents)}
    found = [_("Het bedrag wordt %(amount)s.") % told]
    if made.above_ceiling_cents:
        found.append(_("Daarvan komt %(above)s boven het plafond, omdat het plafond toen nog ruimte had.") % told)
    return [*found, _("De aanvrager krijgt de brieven hieronder, en kan daarna naar de rechter.")]


def _objectable() -> str:
    return _("De aanvrager krijgt de brief hieronder, en kan daarna bezwaar maken.")
