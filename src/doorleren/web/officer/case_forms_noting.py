"""Forms of a late decision and of what is noted: the penalty fixed and paid, post that came back and is sent again."""

from django.utils.translation import gettext as _

from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.given_days import WRONG_ADDRESS
from doorleren.cases.models import Case
from doorleren.decisions.commands.fix_penalty import fix_penalty
from doorleren.decisions.commands.send_again import ENVELOPE, none_back, send_again
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Channel, Dispatch
from doorleren.payments.commands.pay_outside import note_penalty_paid
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.case_words import channels, why_not_sent
from doorleren.web.officer.official import Official


def _sent_again(case: Case, typed: Typed, asking: Official) -> Dispatch:
    """Send it again. Raises DecisionRefused where it did not go out: that attempt is kept, and can be made again."""
    made = send_again(
        case.pk, int(typed.says("returned")), channel=typed.says("channel"), why=typed.says("why"), by=asking.who, at=asking.at,
        envelope=bool(typed.ticked.get(ENVELOPE)),
    )  # fmt: skip
    if not made.sent:
        why = why_not_sent().get(made.reason, made.reason)
        raise DecisionRefused(dict.fromkeys(("nl", "en"), _(
            "De brief is niet weg: %(why)s. Probeer het opnieuw of kies een andere weg. Zolang hij niet weg is, verandert er niets."
        ) % {"why": why}), "channel")  # fmt: skip
    return made


def _again_ahead(typed: Typed) -> list[str]:
    moved = typed.says("why") == WRONG_ADDRESS
    told = [_("De brief gaat opnieuw weg zoals hij was (%(way)s).") % {"way": channels()[typed.says("channel")]}]
    told.append(
        _("De termijnen lopen vanaf vandaag: wat naar een verkeerd adres ging, telt niet. Kwam een extra verzending terug, nadat de "
          "brief al eens naar het goede adres ging? Dan veranderen de termijnen niet.") if moved else
        _("De termijnen veranderen niet: de brief ging naar het goede adres, en die verzending blijft tellen.")
    )  # fmt: skip
    if moved and typed.says("channel") == Channel.PRINT:
        told.append(_("Zorg dat de brief in een envelop met het goede adres gaat. Op de brief zelf verandert niets."))
    return told


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
                           _("Zoek een ander adres of een andere manier om de aanvrager te bereiken. Stuur de brief daarna opnieuw.")]),
    ActForm("send-again", "dispatched", lambda: _("Teruggekomen brief opnieuw sturen"), lambda: _("Ja, stuur opnieuw"),
            ("came_back", "why_again", "way_again", "envelope"), _sent_again, _again_ahead, open=none_back),
)  # fmt: skip
