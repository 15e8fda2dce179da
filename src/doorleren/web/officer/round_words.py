"""What acts on rounds are called, and what each will do, in sentences: before it is proposed and before it is released."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doorleren.rounds.models import Round
from doorleren.rounds.ordering import AS_THEY_COME
from doorleren.rounds.queries import announced_for
from doorleren.web.public import words
from doorleren.web.public.values import euros
from doorleren.web.rounds.fallback_words import kept_words, then_words
from doorleren.web.rounds.written import instant, name_of


def act_names() -> dict[str, str]:
    """Name the acts."""
    return {
        "announce": _("Bekendmaken"), "open": _("Openen"), "close": _("Sluiten"), "reopen": _("Opnieuw openen"),
        "move_money": _("Geld verplaatsen"), "raise_number": _("Aantal verhogen"),
        "fall_back": _("De opening is mislukt"),
    }  # fmt: skip


def standing_words() -> dict[str, str]:
    """Say how a round stands."""
    return {"announced": _("gaat nog open"), "open": _("nu open"), "closed": _("gesloten")}


def done_words(done: str) -> str:
    """Say what was just done; nothing for anything else."""
    return {
        "proposed": _("Uw voorstel wacht op een collega, die het vrijgeeft."),
        "released": _("U hebt het voorstel vrijgegeven."),
        "withdrawn": _("Het voorstel is ingetrokken."),
        "announced_draw": _("De loting is aangekondigd."),
        "held_draw": _("De loting is gehouden. De plaatsen worden nu gegeven."),
    }.get(done, "")


def part_name(part: str) -> str:
    """Name a part of a pot: for whom it is set apart."""
    return words.said(words.ring_fenced_for(), part) if part else _("iedereen")


def ahead(act: str, row: Round | None, details: Mapping[str, Any]) -> list[str]:
    """Say what an act does."""
    if act == "announce":
        told = {"scheme": details["scheme"], "code": details["code"]}
        return [
            _("Het tijdvak %(code)s van %(scheme)s wordt bekendgemaakt zoals het in het bestand van de regeling staat.")
            % told,
            _("Daarna staan plafond, volgorde en tijden vast."),
        ]
    assert row is not None
    if act == "open":
        return [
            _("Het tijdvak gaat open op %(at)s, of meteen als dat moment voorbij is.") % {"at": instant(row.opens_at)},
            _("Het sluit vanzelf op zijn tijd, of eerder als het geld op is."),
        ]
    if act == "close":
        return [_("Het tijdvak gaat meteen dicht. Wie dan nog geen ontvangstbewijs heeft, is te laat.")]
    if act == "reopen":
        until = details.get("until")
        when = _("Daarna sluit het op %(at)s.") % {"at": instant(datetime.fromisoformat(until))} if until else ""
        return [
            one for one in (_("Het tijdvak gaat meteen weer open. Wie al indiende, houdt zijn plaats."), when) if one
        ]
    if act == "fall_back":
        return _fallen_back(row, details)
    if act == "raise_number":
        told = {"number": details["number"], "part": part_name(details["part"])}
        return [_("Er komen %(number)s plaatsen bij in het deel voor %(part)s.") % told, *_who_goes_before(row)]
    target = Round.objects.filter(pk=details["to_round"]).first()
    return [_moved(row, details), *(_who_goes_before(target) if target else [])]


def _who_goes_before(row: Round) -> list[str]:
    """Say who gets first what is added to a round, in the order in which it treated them; nothing where nobody has a place yet."""
    if not row.allocation.position:
        return []
    first = {
        "arrival": _("Wie nu buiten valt of wacht, gaat voor: in de volgorde van binnenkomst."),
        "none": _("Wie nu buiten valt of wacht, gaat voor: in de volgorde van binnenkomst."),
        "random_present": _(
            "Wie nu buiten valt of wacht, gaat voor: in de volgorde van de loting. Er wordt niet opnieuw geloot."
        ),
        "draw": _(
            "Wie nu buiten valt of wacht, gaat voor: in de volgorde van de loting. Er wordt niet opnieuw geloot."
        ),
        "ranking": _("Wie nu buiten valt, gaat voor: in de volgorde van de scores."),
        "pro_rata": _("Ieders deel wordt opnieuw berekend. Niemand krijgt minder dan nu."),
    }[row.order]
    left = _("Wat daarna over is, is voor wie nieuw komt als het tijdvak opnieuw opengaat.")
    return [first, left] if row.order in AS_THEY_COME else [first]


def _fallen_back(row: Round, details: Mapping[str, Any]) -> list[str]:
    rule, opens, until = announced_for(row).fallback, details.get("opens"), details.get("until")
    assert rule is not None
    ends = _("Het sluit op %(at)s.") % {"at": instant(datetime.fromisoformat(until))} if until else ""
    if rule.then == "extend":
        kept = then_words(rule, row.order)[1:]
        return [_("Het tijdvak blijft langer open."), *filter(None, [ends]), *kept, _everybody_reads()]
    anew = _("Het tijdvak gaat meteen dicht, en vanzelf opnieuw open op %(at)s.")
    told = anew % {"at": instant(datetime.fromisoformat(opens))} if opens else ""
    return [*filter(None, [told, ends]), *kept_words(rule, row.order), _everybody_reads()]


def _everybody_reads() -> str:
    return _("Iedereen leest dit, met de reden, op de pagina van het tijdvak.")


def _moved(row: Round, details: Mapping[str, Any]) -> str:
    target = row if details["to_round"] == row.pk else Round.objects.filter(pk=details["to_round"]).first()
    told = {
        "amount": euros(details["cents"]), "part": part_name(details["part"]), "round": name_of(row),
        "to_part": part_name(details["to_part"]), "to_round": name_of(target) if target else "",
    }  # fmt: skip
    words_ = _(
        "%(amount)s gaat van het deel voor %(part)s van %(round)s naar het deel voor %(to_part)s van %(to_round)s."
    )
    return words_ % told
