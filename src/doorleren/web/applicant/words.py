"""How an application is said on the pages: its state, its round, its answers with where they come from, its verdict."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.applications.answers import Counted
from doorleren.applications.form import Form
from doorleren.applications.models import Application, PartyKind, TakenFrom
from doorleren.applications.other_money import PAID_BY_OTHER
from doorleren.applications.partnerships.totals import AID, LINKED
from doorleren.applications.rules import State, filing_day
from doorleren.applications.values import UNKNOWN
from doorleren.core.days import AMSTERDAM
from doorleren.finder.check import Finding
from doorleren.people.models import Organisation, Person
from doorleren.rounds.announced import sealed
from doorleren.rounds.freed import REFUSED, WITHDRAWN
from doorleren.rounds.models import Gate, Round, RoundDraw, Ticket
from doorleren.rounds.queries import announced_for, day_counted, in_turn, last_found, place_now
from doorleren.rounds.times import Closings, closings_of
from doorleren.rules.profile import NA, plain
from doorleren.rules.versions import Scheme, Track, Version
from doorleren.rules.vocabulary import Fact
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.public.answers import NONE_OF_THESE, NOT_APPLICABLE, Answers
from doorleren.web.public.answers import UNKNOWN as DONT_KNOW
from doorleren.web.public.presentation import verdict
from doorleren.web.public.questions import in_language, label, language, question, value_in_words
from doorleren.web.public.values import euros
from doorleren.web.spoken import once_per_language

TOLD = ("self", "official")
"""Origins of answers that were told for the form: by the applicant, or by who entered it for them."""

DRAWN = ("draw", "random_present")
"""Orders in which tickets are drawn, all or those of the opening."""

TONES: dict[State, str] = {"draft": "maybe", "ready": "maybe", "submitted": "get", "withdrawn": "quiet"}


def states() -> dict[State, str]:
    """Give the words for a state."""
    return {
        "draft": _("concept, nog niet ingediend"),
        "ready": _("klaar om in te dienen, nog niet ingediend"),
        "submitted": _("ingediend"),
        "withdrawn": _("ingetrokken"),
    }


def state_shown(state: State) -> dict[str, str]:
    """Describe a state for a badge."""
    return {"name": state, "words": states()[state], "tone": TONES[state]}


@once_per_language
def origins() -> dict[str, str]:
    """Say where an answer comes from."""
    return {
        "self": _("van uzelf"), "register": _("uit het scholingsregister"), "official": _("van de uitvoerder"),
        "evidence": _("uit een bewijsstuk"), "members": _("berekend uit de leden"),
        "plan": _("berekend uit het plan"),
        "offer": _("berekend uit het aanbod"),
        "decisions": _("uit onze eigen besluiten"),
    }  # fmt: skip


def written_day(at: datetime) -> str:
    """Write the day of a moment in Amsterdam."""
    return date_format(at.astimezone(AMSTERDAM), "j F Y")


def moment(at: Any) -> str:
    """Write a moment in Amsterdam, to the second."""
    return date_format(at.astimezone(AMSTERDAM), "j F Y H:i:s")


def counts_on(ticket: Ticket) -> str:
    """Write the day on which a ticket counts, in a round where the day counts; nothing elsewhere."""
    day = day_counted(ticket)
    return date_format(day, "j F Y") if day else ""


def by_number(ticket: Ticket) -> bool:
    """Say whether the number of a ticket is its place in the order of its round: by arrival, where the moment counts.

    Not of who was found incomplete: where they stand follows the completion.
    """
    return in_turn(ticket.round) and ticket.round.order == "arrival" and last_found(ticket.pk) is None


def number_means(ticket: Ticket) -> str:
    """Say what the number of a ticket is worth in the order of its round."""
    day = counts_on(ticket)
    if day:
        return _("Uw aanvraag telt op %(day)s. Wie op dezelfde dag kwam, telt gelijk: het nummer is geen volgorde.") % {
            "day": day
        }
    if last_found(ticket.pk) is not None and announced_for(ticket.round).follows_completion:
        return _("Dit nummer is geen volgorde: voor uw plaats telt wanneer uw aanvraag compleet is.")
    if ticket.round.order == "draw":
        return _("Dit nummer is geen volgorde: wie aan de beurt is, wordt geloot. Snel zijn maakt niet uit.")
    if ticket.round.order == "random_present":
        minutes = announced_for(ticket.round).present_seconds // 60
        return _(
            "Dit nummer is geen volgorde. Wie binnen %(minutes)s minuten na de opening indiende, doet mee in dezelfde loting. "
            "Wie later kwam, is na hen aan de beurt."
        ) % {"minutes": minutes}
    return _("Een nummer is nog geen besluit. U krijgt bericht als uw aanvraag is bekeken.")


def lot_of(ticket: Ticket) -> str:
    """Give the seal of a ticket on the list of a draw; nothing in a round that does not draw.

    Where the draw only settles who is alike (the same day, the same score, a cent) it draws once that was announced.
    """
    drawn = ticket.round.order in DRAWN or RoundDraw.objects.filter(pk=ticket.round_id).exists()
    return sealed(ticket.round_id, ticket.key, ticket.content) if drawn else ""


def place_said(ticket: Ticket) -> str:
    """Say what place a ticket has now; nothing while it has none, or where it was withdrawn or refused: a letter tells that."""
    place, found = place_now(ticket), last_found(ticket.pk)
    if place is None or place.reason in (WITHDRAWN, REFUSED):
        return ""
    if found is not None and not found.complete:
        return _("Uw aanvraag is niet compleet. Wij houden daarom geen geld voor u vast.")
    if found is not None and place.follows < found.turn:
        return _("U hebt uw aanvraag aangevuld. Uw plaats in de volgorde moet nog worden bepaald.")
    return {
        "inside": _("Er is geld voor uw aanvraag opzijgezet. Dat is nog geen besluit."),
        "outside": _("Uw aanvraag past niet meer in de pot. U krijgt daarover een besluit."),
        "waiting": _("Uw aanvraag staat op de wachtlijst. Komt er geld vrij, dan krijgt u alsnog een plaats."),
    }[place.outcome]


def round_shown(round_: Round, closings: Closings | None = None) -> dict[str, Any]:
    """Describe a round: of which scheme, when, and whether submissions go through its gate now.

    An open one may have been opened again, until another moment. `closings`: those of closings_of, where several are shown.
    """
    gate, closes = gate_state(round_.gate), round_.closes_at
    if gate == "open":
        closes = (closings_of((round_,)) if closings is None else closings)[round_.pk]
    return {
        "number": round_.pk,
        "scheme": scheme_called(round_),
        "scheme_id": version_of(round_.version_id).id,
        "opens": date_format(round_.opens_at.astimezone(AMSTERDAM), "j F Y H:i"),
        "closes": date_format(closes.astimezone(AMSTERDAM), "j F Y H:i") if closes else "",
        "gate": gate,
        "rehearsal": round_.rehearsal,
        "judged_on": judged_on(round_),
    }


def scheme_called(round_: Round) -> str:
    """Name the scheme of a round."""
    return version_of(round_.version_id).called(language())


def gate_state(gate: Gate) -> str:
    """Say how a gate stands: "announced", "open" or "closed"."""
    if gate.opened_at is None:
        return "announced"
    return "open" if gate.closed_at is None else "closed"


def track_shown(track: Track, version: Version) -> str:
    """Name a track; nothing where there is no other."""
    return (in_language(track.name) or track.id) if len(version.tracks) > 1 else ""


def group_title(table: str, track: Track) -> str:
    """Name a group of questions; to who files for others, what is asked of a person is about the participant."""
    if table == "person" and track.applicant != "person":
        return _("over de werknemer of deelnemer")
    return in_language(known.library().vocabulary.tables.get(table, {})) or table


def training_named(application: Application) -> str:
    """Name the training of the register that an application is for; nothing where it names none."""
    activity = application.activity
    return activity.current.title if activity is not None and activity.current is not None else ""


def applicants_named(applications: Iterable[Application]) -> dict[int, str]:
    """Name who applies with each of these applications, by its number: a person too."""
    numbers: dict[str, set[int]] = {kind: set() for kind in PartyKind.values}
    for one in (rows := list(applications)):
        numbers[one.applicant_kind].add(one.applicant_number)
    people = Person.objects.filter(pk__in=numbers[PartyKind.PERSON]).values_list("pk", "name")
    organisations = Organisation.objects.filter(pk__in=numbers[PartyKind.ORGANISATION]).values_list("pk", "name")
    names = {PartyKind.PERSON.value: dict(people), PartyKind.ORGANISATION.value: dict(organisations)}
    return {one.pk: names[one.applicant_kind].get(one.applicant_number, "") for one in rows}


def applicant_shown(application: Application, names: Mapping[int, str] | None = None) -> str:
    """Say for whom an application is filed; nothing for oneself. `names`: those of applicants_named, where several are shown."""
    if application.applicant_kind == PartyKind.PERSON:
        return ""
    return (applicants_named((application,)) if names is None else names)[application.pk]


def typed_of(answers: Iterable[Counted], role: str) -> Answers:
    """Give stored answers as if they had just been typed, for the questions on a page."""
    facts, shown = known.library().vocabulary.facts, Answers(profile={"asker.role": role})
    for one in answers:
        if one.subject_number:
            continue
        shown.typed[one.fact] = typed(facts[one.fact], one.value)
        if one.value is UNKNOWN:
            shown.unknown.add(one.fact)
        else:
            shown.profile[one.fact] = one.value
    return shown


def typed(fact: Fact, value: Any) -> list[str]:
    """Write a value as the fields of its question have it."""
    if value is UNKNOWN:
        return [DONT_KNOW]
    if value is NA:
        return [NOT_APPLICABLE]
    if fact.type == "bool":
        return ["true" if value else "false"]
    if fact.type == "set":
        return sorted(value) or [NONE_OF_THESE]
    text = str(plain(fact, value))
    return [text.replace(".", ",") if fact.type in ("money", "decimal") and language() == "nl" else text]


def answer_shown(one: Counted) -> dict[str, Any]:
    """Describe an answer for a list: the question in short, the answer in words, where it comes from."""
    fact = known.library().vocabulary.facts[one.fact]
    if one.value is UNKNOWN:
        said = _("weet ik niet")
    elif one.value is NA:
        said = _("geldt niet voor mij")
    else:
        said = value_in_words(fact, one.value)
    return {
        "name": one.fact, "question": label(fact), "answer": said, "origin": _from(one),
        "own": one.origin in TOLD, "table": fact.table, "taken": bool(one.taken_from),
    }  # fmt: skip


def _from(one: Counted) -> str:
    """Say where an answer is from: taken over at the start, or told in this application."""
    if one.earlier is not None:
        return _("uit uw eerdere aanvraag van %(day)s") % {"day": written_day(one.earlier)}
    return _('van uzelf, bij "Wat kan ik krijgen?"') if one.taken_from == TakenFrom.FINDER else origins()[one.origin]


def question_shown(fact: Fact, answers: Answers, form: Form) -> dict[str, Any]:
    """Describe a question of the form; why it is asked are the conditions that need it, each in its own sentence."""
    shown = question(fact, answers, [])
    reasons = [condition.says(language()) for condition in form.why(fact.name)]
    said = _("Dit hoort bij de voorwaarde: %(conditions)s.") % {"conditions": "; ".join(reasons)} if reasons else ""
    amount = _("Het bedrag hangt hiervan af.") if form.for_amount(fact.name) else ""
    return shown | {"why": " ".join(filter(None, (said, amount, why_other_money(fact, form)))) or None}


def why_other_money(fact: Fact, form: Form) -> str:
    """Say why other money is asked, where that is so for the scheme and not for a condition or the amount; else nothing."""
    cap = form.judgement.settled.version.stacking.de_minimis_cap
    if fact.name in (AID, LINKED) and cap is not None:
        return _(
            "Deze subsidie is de-minimissteun. Een onderneming mag daarvan in drie jaar ten hoogste %(cap)s krijgen. Alleen wat daarboven komt, krijgt u niet."
        ) % {"cap": euros(int(cap * 100))}
    if fact.name == PAID_BY_OTHER and fact.name in form.also:
        return _("Wat een ander voor dezelfde kosten betaalt, kan de subsidie lager maken.")
    return ""


def judged_on(round_: Round) -> str:
    """Give the day that a rehearsal is judged on where that is another than today; nothing for any other round."""
    day = filing_day(round_.opens_at, round_.closes_at, known.today(), version_of(round_.version_id))
    return date_format(day, "j F Y") if round_.rehearsal and day != known.today() else ""


def verdict_shown(form: Form) -> dict[str, Any]:
    """Describe the verdict so far for components/verdict_card.html; of who cannot get it the conditions are open."""
    judgement, version = form.judgement, form.judgement.settled.version
    if form.asked is not None and judgement.truth is not False:
        judgement = judgement._replace(amount=None, amount_max=form.asked)
    finding = Finding(Scheme(version.id, (version,)), version, judgement, judgement.missing(), "none", None)
    return verdict(finding, known.library().vocabulary) | {
        "round": None, "apply": None, "unfolded": judgement.truth is False,
    }  # fmt: skip
