"""Forms of a late decision and of what is noted: the penalty fixed and paid, post that came back."""

from django.utils.translation import gettext as _

from doorleren.cases.commands.note import note_post_returned
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.payments.commands.pay_outside import note_penalty_paid
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_form_kinds import ActForm, by_letter, final

NOTING: tuple[ActForm, ...] = (
    ActForm("penalty", "penalty_fixed", lambda: _("Dwangsom vaststellen"), lambda: _("Ja, stel de dwangsom vast"),
            ("which_notice",),
            lambda case, typed, asking: fix_penalty(
                case.pk, by=asking.who, at=asking.at,
                notice=int(typed.says("notice")) if typed.says("notice") else None),
            by_letter(lambda: _("De aanvrager krijgt geld omdat het besluit te laat kwam.")), decides=True),
    ActForm("penalty-paid", "penalty_paid", lambda: _("Dwangsom buiten een betaalrun betaald"), lambda: _("Ja, noteer dit"),
            ("on", "payment_evidence", "why_outside"),
            lambda case, typed, asking: note_penalty_paid(
                case.pk, typed.says("evidence"), typed.says("reason"), by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("De dwangsom geldt als betaald, en geen betaalrun betaalt haar nog. Gebruik dit alleen als zij op een andere weg is betaald."))),
    ActForm("post-returned", "post_returned", lambda: _("Teruggekomen post noteren"), lambda: _("Ja, noteer dit"),
            ("returned", "on"),
            lambda case, typed, asking: note_post_returned(
                case.pk, of=int(typed.says("of")), by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De brief kwam terug op %(day)s.") % {"day": written_day(typed.days["on"])},
                           _("Zoek een ander adres of een andere manier om de aanvrager te bereiken.")]),
)  # fmt: skip
