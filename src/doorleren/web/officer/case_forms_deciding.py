"""Forms around a decision: view, advice, repeat, hardship; and what changes a grant: intent, withdrawal, amendment, slip."""

from django.utils.translation import gettext as _

from doorleren.cases.acts import GRANTED
from doorleren.cases.commands.receive_view import receive_view
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import nothing_to_view
from doorleren.decisions.commands.amend import amend, invoke_budget_reservation
from doorleren.decisions.commands.apply_hardship import apply_hardship
from doorleren.decisions.commands.correct_slip import correct_slip
from doorleren.decisions.commands.establish_repeat import establish_repeat
from doorleren.decisions.commands.note_advice import note_advice
from doorleren.decisions.commands.revoke import STOPPED as REVOKING_STOPPED
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.settling import not_meant
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.official import Official


def weighed(typed: Typed) -> Weighed:
    """Give the grounds and the weighing of a form."""
    return Weighed(typed.says("grounds"), typed.says("weighing"))


def _amended(case: Case, typed: Typed, asking: Official) -> object:
    return amend(
        case.pk, typed.says("ground"), typed.cents["cents"], weighed(typed), activities_until=typed.days.get("ends_on"),
        by=asking.who, at=asking.at,
    )  # fmt: skip


DECIDING: tuple[ActForm, ...] = (
    ActForm("view", "view_received", lambda: _("Zienswijze ontvangen"), lambda: _("Ja, noteer dit"), ("view_text", "on"),
            lambda case, typed, asking: receive_view(
                case.pk, typed.says("text"), by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De zienswijze van %(day)s komt bij de berichten in deze zaak.")
                           % {"day": written_day(typed.days["on"])},
                           _("Daarna hoeft u niet meer te wachten tot de laatste dag voor de zienswijze.")],
            open=lambda case: nothing_to_view(moments_of(case))),
    ActForm("advice", "advised", lambda: _("Advies ontvangen"), lambda: _("Ja, noteer dit"), ("advice", "advice_words", "on"),
            lambda case, typed, asking: note_advice(
                case.pk, typed.says("advice"), typed.says("words"), by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("Het advies komt in de zaak. Wie adviseert of een advies noteert, beslist niet."))),
    ActForm("repeat", "repeat_established", lambda: _("Herhaalde aanvraag vaststellen"), lambda: _("Ja, stel dit vast"),
            ("earlier", "no_new_facts"),
            lambda case, typed, asking: establish_repeat(
                case.pk, int(typed.says("earlier")), typed.says("words"), by=asking.who, at=asking.at),
            final(lambda: _("Een ander kan de aanvraag daarna afwijzen met een verwijzing naar het eerdere besluit."))),
    ActForm("hardship", "hardship_applied", lambda: _("Hardheidsclausule toepassen"), lambda: _("Ja, pas die toe"),
            ("weighing",),
            lambda case, typed, asking: apply_hardship(case.pk, typed.says("weighing"), by=asking.who, at=asking.at),
            final(lambda: _("Daarna kan worden toegekend, ook als een voorwaarde niet is vervuld."))),
    ActForm("intend-to-revoke", "intent_notified", lambda: _("Voornemen tot intrekken of wijzigen"),
            lambda: _("Ja, stuur het voornemen"), ("revoking", "left", "view_until", "why"),
            lambda case, typed, asking: intend_to_revoke(
                case.pk, typed.says("ground"), typed.cents["cents"], typed.says("words"), until=typed.days["until"],
                by=asking.who, at=asking.at),
            lambda typed: [_("De aanvrager krijgt de brief hieronder en kan tot en met %(day)s reageren.")
                           % {"day": written_day(typed.days["until"])}],
            decides=True, after=(GRANTED,), stopped_by=REVOKING_STOPPED, phase="deciding", rests=True),
    ActForm("revoke", "revoked", lambda: _("Subsidie intrekken"), lambda: _("Ja, trek in"), ("grounds", "weighing"),
            lambda case, typed, asking: revoke(case.pk, weighed(typed), by=asking.who, at=asking.at),
            by_letter(lambda: _("Alles wat is toegekend, vervalt. Wat is betaald, kan daarna worden teruggevorderd.")), decides=True,
            open=lambda case: not_meant(case, "left_cents"), rests=True),
    ActForm("amend", "amended", lambda: _("Verlening wijzigen"), lambda: _("Ja, wijzig"),
            ("amending", "cents", "ends_on", "grounds", "weighing_if_less"), _amended, decides=True, after=(GRANTED,),
            stopped_by=REVOKING_STOPPED, rests=True),
    ActForm("budget-reservation", "budget_reservation_invoked", lambda: _("Beroep op het begrotingsvoorbehoud"),
            lambda: _("Ja, verlaag het bedrag"), ("adopted_on", "left", "why"),
            lambda case, typed, asking: invoke_budget_reservation(
                case.pk, typed.cents["cents"], typed.says("words"), adopted_on=typed.days["adopted_on"], by=asking.who,
                at=asking.at), decides=True, rests=True),
    ActForm("slip", "slip_corrected", lambda: _("Schrijffout herstellen"), lambda: _("Ja, herstel"), ("slip",),
            lambda case, typed, asking: correct_slip(case.pk, typed.says("words"), by=asking.who, at=asking.at),
            by_letter(lambda: _("Wat is besloten, verandert niet. Verandert er wel iets, wijzig dan het besluit.")),
            decides=True),
)  # fmt: skip
