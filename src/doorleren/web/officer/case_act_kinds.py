"""The acts that have a form on a case page, one row each: those before a decision here, the others in the modules at the end.

What a form is, is in case_form_kinds.py; its fields are in case_fields.py.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from doorleren.cases.commands.assign import assign
from doorleren.cases.commands.close_case import close_case, reopen_case, why_not_closed
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.suspend_term import resume_term, suspend_term
from doorleren.cases.commands.withdraw import withdraw
from doorleren.decisions.commands.act_by_letter import (
    ask_by_letter,
    extend_by_letter,
    forward_by_letter,
    forwarded_values,
)
from doorleren.decisions.commands.complete_application import complete_application
from doorleren.decisions.commands.decide import grant, leave_out, refuse
from doorleren.decisions.commands.note_representative import end_representing, note_death_of, note_guardian_of
from doorleren.decisions.commands.note_talk import note_complaint_of, note_talk
from doorleren.decisions.commands.notify_intent import STOPPED, notify_intent
from doorleren.decisions.commands.suspend_payment import release_payment, suspend_payment
from doorleren.decisions.completeness import EXPLAINS
from doorleren.decisions.representatives import REPRESENTED, why_not_ended
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_form_kinds import ActForm, Typed, final
from doorleren.web.officer.case_forms_afterwards import AFTERWARDS
from doorleren.web.officer.case_forms_collecting import COLLECTING
from doorleren.web.officer.case_forms_deciding import DECIDING
from doorleren.web.officer.case_forms_noting import NOTING
from doorleren.web.officer.case_forms_objecting import OBJECTING
from doorleren.web.officer.case_grounds import not_to_grant, not_to_refuse
from doorleren.web.officer.case_place import asked_place, completed_place, decided_place, granted_ahead, left_out_place


def _sent_first() -> str:
    return _("De brief wordt vanzelf verzonden. Pas daarna verandert de termijn.")


def _ask_ahead(typed: Typed) -> list[str]:
    return [
        _("De aanvrager krijgt de brief hieronder, met %(day)s als laatste dag.") % {"day": written_day(typed.days["until"])},
        _("De beslistermijn staat stil vanaf de dag na de verzending, tot de aanvulling er is of die dag voorbij is."),
    ]  # fmt: skip


def _extend_ahead(typed: Typed) -> list[str]:
    told = {"day": written_day(typed.days["until"])}
    return [_("De laatste dag om te beslissen wordt %(day)s.") % told, _sent_first()]


FORMS: Mapping[str, ActForm] = {one.name: one for one in (
    ActForm("grant", "granted", lambda: _("Verlenen"), lambda: _("Ja, verleen"), ("ends_on", "note"),
            lambda case, typed, asking: grant(
                case.pk, by=asking.who, at=asking.at, activities_until=typed.days.get("ends_on"), note=typed.says("note")),
            decides=True, place=granted_ahead, open=not_to_grant),
    ActForm("refuse", "refused", lambda: _("Afwijzen"), lambda: _("Ja, wijs af"), ("ground", "words"),
            lambda case, typed, asking: refuse(
                case.pk, typed.says("ground"), by=asking.who, at=asking.at, words=typed.says("words")), decides=True,
            place=decided_place, open=not_to_refuse),
    ActForm("leave-out", "left_out", lambda: _("Buiten behandeling laten"), lambda: _("Ja, laat buiten behandeling"),
            ("words",),
            lambda case, typed, asking: leave_out(case.pk, by=asking.who, at=asking.at, words=typed.says("words")),
            decides=True, place=left_out_place),
    ActForm("intent", "intent_notified", lambda: _("Voornemen tot afwijzen"), lambda: _("Ja, stuur het voornemen"),
            ("intent_ground", "view_until", "words"),
            lambda case, typed, asking: notify_intent(
                case.pk, typed.says("ground"), until=typed.days["until"], words=typed.says("words"), by=asking.who,
                at=asking.at),
            lambda typed: [_("De aanvrager krijgt de brief hieronder en kan tot en met %(day)s reageren.")
                           % {"day": written_day(typed.days["until"])}], decides=True, stopped_by=STOPPED),
    ActForm("assign", "assigned", lambda: _("Overdragen aan een collega"), lambda: _("Draag over"), ("to",),
            lambda case, typed, asking: assign(case.pk, to=int(typed.says("to")), by=asking.who, at=asking.at), harm=False),
    ActForm("ask", "asked_to_complete", lambda: _("Om aanvulling vragen"), lambda: _("Ja, vraag dit"),
            ("parts", "lacking", "until", "note"),
            lambda case, typed, asking: ask_by_letter(
                case.pk, until=typed.days["until"], parts=typed.named, note=typed.says("note"),
                explains=typed.says("lacking") == EXPLAINS, by=asking.who, at=asking.at),
            _ask_ahead, decides=True, place=asked_place),
    ActForm("complete", "completed", lambda: _("Aanvulling ontvangen"), lambda: _("Ja, noteer dit"), ("on",),
            lambda case, typed, asking: complete_application(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De beslistermijn loopt weer na %(day)s.") % {"day": written_day(typed.days["on"])},
                           _("De aanvraag moet daarna opnieuw worden beoordeeld.")], place=completed_place),
    ActForm("extend", "extended", lambda: _("Beslistermijn verlengen"), lambda: _("Ja, verleng"), ("until", "grounds"),
            lambda case, typed, asking: extend_by_letter(
                case.pk, until=typed.days["until"], grounds=typed.says("grounds"), by=asking.who, at=asking.at),
            _extend_ahead, "extended",
            lambda typed: {"new_until": typed.days["until"], "grounds": typed.says("grounds")}),
    ActForm("suspend", "term_suspended", lambda: _("Beslistermijn opschorten"), lambda: _("Ja, schort op"),
            ("suspending", "on"),
            lambda case, typed, asking: suspend_term(
                case.pk, reason=typed.says("suspending"), by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De beslistermijn staat stil vanaf %(day)s, tot u haar hervat.")
                           % {"day": written_day(typed.days["on"])}]),
    ActForm("resume", "term_resumed", lambda: _("Beslistermijn hervatten"), lambda: _("Ja, hervat"), ("on",),
            lambda case, typed, asking: resume_term(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De beslistermijn loopt weer na %(day)s.") % {"day": written_day(typed.days["on"])}]),
    ActForm("suspend-payment", "payment_suspended", lambda: _("Betaling opschorten"), lambda: _("Ja, schort de betaling op"),
            ("suspicion", "grounds"),
            lambda case, typed, asking: suspend_payment(
                case.pk, grounds=typed.says("grounds"), suspicion=typed.says("suspicion"), by=asking.who, at=asking.at),
            lambda typed: [_("Er wordt niets meer betaald in deze zaak, tot u de opschorting beëindigt."),
                           _("De termijn van ten hoogste 13 weken loopt vanaf de verzending van de eerste brief over dit vermoeden.")],
            decides=True),
    ActForm("release-payment", "payment_released", lambda: _("Betaling weer vrijgeven"), lambda: _("Ja, betaal weer"),
            ("grounds",),
            lambda case, typed, asking: release_payment(case.pk, grounds=typed.says("grounds"), by=asking.who, at=asking.at),
            lambda typed: [_("Wat te betalen is, kan weer op een betaalrun. De aanvrager krijgt de brief hieronder.")],
            "payment_released", lambda typed: {"grounds": typed.says("grounds")}),
    ActForm("contact", "contact_noted", lambda: _("Contact noteren"), lambda: _("Noteer"), ("channel", "said", "on"),
            lambda case, typed, asking: note_talk(
                case.pk, typed.says("channel"), typed.says("words"), by=asking.who, at=asking.at, on=typed.days["on"]), harm=False),
    ActForm("complaint", "complaint_received", lambda: _("Klacht noteren"), lambda: _("Noteer"), ("complaint", "on"),
            lambda case, typed, asking: note_complaint_of(
                case.pk, typed.says("words"), by=asking.who, at=asking.at, on=typed.days["on"]), harm=False),
    ActForm("guardian", "guardian_noted", lambda: _("Vertegenwoordiger noteren"), lambda: _("Ja, noteer dit"),
            ("represented_by", "represented_at", "on"),
            lambda case, typed, asking: note_guardian_of(
                case.pk, typed.says("represented_by"), typed.says("represented_at"), by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("Vanaf nu gaan brieven van deze zaak per post naar %(who)s.") % {"who": typed.says("represented_by")}]),
    ActForm("end-representing", "contact_noted", lambda: _("Vertegenwoordiging beëindigen"), lambda: _("Ja, beëindig dit"), ("on",),
            lambda case, typed, asking: end_representing(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("Vanaf nu gaan brieven van deze zaak weer naar de aanvrager zelf.")],
            after=(REPRESENTED,), open=why_not_ended),
    ActForm("death", "death_noted", lambda: _("Overlijden noteren"), lambda: _("Ja, noteer dit"),
            ("represented_by", "represented_at", "on"),
            lambda case, typed, asking: note_death_of(
                case.pk, typed.says("represented_by"), typed.says("represented_at"), by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("In de zaak staat dan dat de aanvrager is overleden."),
                           _("Vanaf nu gaan brieven van deze zaak per post naar %(who)s.") % {"who": typed.says("represented_by")}]),
    ActForm("default", "declared_in_default", lambda: _("Ingebrekestelling noteren"), lambda: _("Ja, noteer dit"), ("late_decision", "on"),
            lambda case, typed, asking: give_notice_of_default(
                case.pk, by=asking.who, at=asking.at, on=typed.days["on"],
                objection=int(typed.says("objection")) if typed.says("objection") else None),
            final(lambda: _("Was de beslistermijn toen voorbij, dan kost het geld als u niet binnen twee weken beslist.")),
            decides=True),
    ActForm("withdraw", "withdrawn", lambda: _("Aanvraag intrekken voor de aanvrager"), lambda: _("Ja, trek in"), ("on",),
            lambda case, typed, asking: withdraw(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("De aanvraag is dan ingetrokken en er wordt niet meer op beslist. Doe dit alleen als de aanvrager dat vroeg."))),
    ActForm("forward", "forwarded", lambda: _("Doorsturen naar een andere instantie"), lambda: _("Ja, stuur door"),
            ("body", "grounds"),
            lambda case, typed, asking: forward_by_letter(
                case.pk, to=typed.says("body"), grounds=typed.says("grounds"), by=asking.who, at=asking.at),
            final(lambda: _("De zaak eindigt hier. De aanvrager krijgt de brief hieronder.")), "forwarded",
            lambda typed: forwarded_values(typed.says("body"), typed.says("grounds"))),
    ActForm("close", "closed", lambda: _("Zaak sluiten"), lambda: _("Ja, sluit de zaak"), (),
            lambda case, typed, asking: close_case(case.pk, by=asking.who, at=asking.at),
            lambda typed: [_("De zaak gaat van de werklijsten. De bewaartermijn begint."),
                           _("U kunt haar opnieuw openen.")], open=why_not_closed),
    ActForm("reopen", "reopened", lambda: _("Zaak opnieuw openen"), lambda: _("Ja, open opnieuw"), ("reopening",),
            lambda case, typed, asking: reopen_case(
                case.pk, reason=typed.says("reopening"), by=asking.who, at=asking.at),
            lambda typed: [_("De zaak komt terug op de werklijsten.")]),
    *DECIDING, *AFTERWARDS, *COLLECTING, *OBJECTING, *NOTING,
)}  # fmt: skip
"""All forms by the name in their address, in the order in which they are offered."""
