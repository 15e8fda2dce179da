"""What asking to complete, completing, leaving out and deciding do to the place in the order, for who is about to do so.

The act is done, its places are given, and both are undone: so what is told is what would happen now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.core.days import day_of
from doorleren.decisions.completeness import EXPLAINS, makes_incomplete
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import Decision
from doorleren.decisions.rules import own_ground
from doorleren.decisions.settlement_terms import lacks_last_day
from doorleren.decisions.trying import tried
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.completing import at_the_end
from doorleren.rounds.freed import INCOMPLETE, LOWERED, REFUSED
from doorleren.rounds.models import PlaceChange
from doorleren.rounds.queries import PlaceNow, announced_for, ids_of, last_found, place_now
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_form_kinds import Typed
from doorleren.web.officer.provision_forms import amending
from doorleren.web.provision_words import words_of
from doorleren.web.public.values import euros

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Effect:
    """The place before an act and after it, and how many others come in by it."""

    before: PlaceNow | None
    after: PlaceNow | None
    came_in: int


def asked_place(found: AtHand, typed: Typed, act: Act) -> list[str]:
    """Say what asking for these parts does to the place."""
    matter = found.matter
    if matter is None:
        return []
    if not makes_incomplete(matter.version, typed.named, explains=typed.says("lacking") == EXPLAINS):
        return [
            _("U vraagt alleen om uitleg: de aanvraag telt als compleet en houdt haar plaats."),
            _("Komt de uitleg niet, dan kunt u de aanvraag niet buiten behandeling laten."),
        ]
    if not announced_for(matter.round).follows_completion:
        return [_("De plaats in de volgorde verandert hierdoor niet.")]
    effect = _tried(found, matter, act)
    return [
        *_freed(effect, _("De aanvraag heeft geen plaats in de volgorde tot zij is aangevuld.")),
        _afterwards(matter),
        *_refused(matter),
    ]


def completed_place(found: AtHand, typed: Typed, act: Act) -> list[str]:
    """Say which place the application gets once it is completed."""
    matter = found.matter
    if matter is None:
        return []
    last = last_found(matter.ticket.pk)
    if last is None or last.complete:
        return [_("De plaats in de volgorde verandert hierdoor niet.")]
    after = _tried(found, matter, act).after
    late = _("Noteer een aanvulling op de dag waarop zij komt. Wie intussen een plaats kreeg, houdt die.")
    if after is None or after.reason == INCOMPLETE:
        day = max(typed.days["on"], day_of(last.noted_at))
        return [
            _("De aanvraag telt op %(day)s. Haar plaats volgt als die dag is verdeeld.") % {"day": written_day(day)},
            late,
        ]
    if after.outcome == "inside":
        return [_("De aanvraag krijgt een plaats: er is %(amount)s voor.") % {"amount": euros(after.cents)}, late]
    if after.outcome == "waiting":
        return [_("De aanvraag komt op de wachtlijst."), late]
    return [_("Op de nieuwe plek in de volgorde is er geen geld meer voor de aanvraag."), late]


def left_out_place(found: AtHand, typed: Typed, act: Act) -> list[str]:
    """Say what leaving out of treatment frees."""
    if found.matter is None:
        return []
    return _freed(_tried(found, found.matter, act), "")


def decided_place(found: AtHand, typed: Typed, act: Act) -> list[str]:
    """Say what a grant or a refusal sets free of the place, and how many come in by that."""
    matter = found.matter
    now = None if matter is None else place_now(matter.ticket)
    if matter is None or now is None or now.outcome != "inside":
        return []
    effect = _tried(found, matter, act)
    if effect.after is None or effect.after.reason not in (REFUSED, LOWERED):
        return []
    told = [
        _("Van wat voor deze aanvraag opzij stond, komt %(amount)s vrij. Dat gaat naar wie daarna komt in de volgorde.")
        % {"amount": euros(now.cents - effect.after.cents)},
        *_came_in(effect),
    ]
    if effect.after.reason == REFUSED:
        told.append(
            _(
                "Wint de aanvrager een bezwaar, dan telt het geld van nu: wat er dan niet meer is, komt boven het plafond."
            )
        )
    return [*told, *_refused(matter)]


def granted_ahead(found: AtHand, typed: Typed, act: Act) -> list[str]:
    """Say what a grant sets free, and that its last day is still to be named where settling counts from it."""
    told = decided_place(found, typed, act)
    if found.matter is None or typed.days.get("ends_on") is not None:
        return told
    made, procedure = tried(found.case, act).made, found.case.procedure
    if isinstance(made, Decision) and lacks_last_day(made.settle_how, made.activities_until):
        told.append(
            _(
                "Let op: de laatste dag van de activiteiten is niet bekend. Zonder die dag kunt u niet %(settle)s zonder verzoek van de ontvanger. "
                "Vul die nu in, of noem die later met '%(amending)s'."
            )
            % {"settle": words_of(procedure)["settle"], "amending": amending(procedure)}
        )
    return told


def _tried(found: AtHand, matter: Matter, act: Act) -> Effect:
    """Do an act and give the places that follow, look, and undo both."""

    def done() -> Effect:
        at, before = found.asking.at, place_now(matter.ticket)
        act()
        fill_freed(matter.round.pk, at=at)
        others = PlaceChange.objects.filter(ticket__id__range=ids_of(matter.round.pk), changed_at=at, outcome="inside")
        return Effect(before, place_now(matter.ticket), others.exclude(ticket=matter.ticket).count())

    made = tried(found.case, done).made
    if not isinstance(made, Effect):
        raise TypeError(made)
    return made


def _freed(effect: Effect, without: str) -> list[str]:
    """Say what comes free and how many come in by that; `without`: where nothing does."""
    if effect.before is None or effect.before.outcome != "inside":
        return [without] if without else []
    told = [_("De aanvraag verliest haar plaats: %(amount)s komt vrij.") % {"amount": euros(effect.before.cents)}]
    return [*told, *_came_in(effect)]


def _came_in(effect: Effect) -> list[str]:
    if not effect.came_in:
        return []
    return [ngettext(
        "Daardoor krijgt %(number)s andere aanvraag een plaats of meer geld. Zij houdt dat.",
        "Daardoor krijgen %(number)s andere aanvragen een plaats of meer geld. Zij houden dat.", effect.came_in,
    ) % {"number": effect.came_in}]  # fmt: skip


def _afterwards(matter: Matter) -> str:
    if at_the_end(announced_for(matter.round)):
        return _("Is zij compleet, dan komt zij achteraan in de volgorde van de loting, in de volgorde van aanvulling.")
    if announced_for(matter.round).per_day:
        return _("Is zij compleet, dan telt zij op de dag van de aanvulling.")
    return _("Is zij compleet, dan komt zij na wie er dan al is.")


def _refused(matter: Matter) -> list[str]:
    """Say how many were refused already for want of money, whom what comes free does not reach."""
    number = Decision.objects.filter(round=matter.round, replaces=None, ground=own_ground(outside=True)).count()
    if not number:
        return []
    return [ngettext(
        "%(number)s aanvraag in dit tijdvak is al afgewezen omdat het geld op was. Dat besluit verandert hierdoor niet.",
        "%(number)s aanvragen in dit tijdvak zijn al afgewezen omdat het geld op was. Die besluiten veranderen hierdoor niet.",
        number,
    ) % {"number": number}]  # fmt: skip
