"""The fields of the forms of acts on a case: how each is called, what kind it is, and how much it may hold. One row per field.

Two fields may share a name: what the command calls it, so that a refusal stands beside the field that it is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from doorleren.decisions.commands.receive_objection import LONGEST as LONGEST_OBJECTION
from doorleren.web.officer.case_form_days import a_moment, later_day, past_day, view_day
from doorleren.web.officer.official import Official

Kind = Literal["choice", "ticks", "past", "future", "day", "moment", "text", "amount", "count"]
NOTE, REPORT = 1000, 10_000
"""Characters of what goes into a letter, and of a report that stays in the case."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field. `name`: in the form and for the command. `longest`: characters of a text. `help` may name a day of this year.

    `alone`: what is the only one to choose from is chosen already. `several`: asked where there are several to choose from, and needed then.
    """

    name: str
    kind: Kind
    label: Callable[[], str]
    help: Callable[[Official], str] | None = None
    optional: bool = False
    longest: int = NOTE
    alone: bool = False
    several: bool = False


def _told(words: Callable[[], str]) -> Callable[[Official], str]:
    return lambda asking: words()


def _for_the_file() -> str:
    return _("Schrijf alleen op wat nodig is. Dit blijft in het dossier, en over wie het gaat kan het opvragen.")


_FIELDS: tuple[tuple[str, Field], ...] = (
    # --- preparing and deciding
    ("to", Field("to", "choice", lambda: _("Aan wie?"))),
    ("suspicion", Field("suspicion", "choice", lambda: _("Is dit hetzelfde vermoeden als bij de vorige opschorting?"),
                        _told(lambda: _("Voor één vermoeden mag de betaling ten hoogste 13 weken stilstaan, ook in delen (Awb artikel 4:56).")),
                        optional=True, several=True)),
    ("suspending", Field("suspending", "choice", lambda: _("Waarom staat de termijn stil?"))),
    ("reopening", Field("reopening", "choice", lambda: _("Waarom opent u de zaak opnieuw?"))),
    ("channel", Field("channel", "choice", lambda: _("Hoe was er contact?"))),
    ("body", Field("body", "choice", lambda: _("Naar welke instantie?"))),
    ("parts", Field("parts", "ticks", lambda: _("Wat hebt u nodig?"))),
    ("lacking", Field("lacking", "choice", lambda: _("Ontbreekt dit, of vraagt u uitleg?"))),
    ("until", Field("until", "future", lambda: _("Tot en met welke dag?"), later_day)),
    ("view_until", Field("until", "future", lambda: _("Tot en met welke dag kan de aanvrager zeggen wat die ervan vindt?"), view_day)),
    ("on", Field("on", "past", lambda: _("Op welke dag was dit?"), past_day)),
    ("represented_by", Field("represented_by", "text", lambda: _("Wie handelt voor de aanvrager?"),
                             _told(lambda: _("De naam zoals die op de brief komt, bijvoorbeeld: de erven van A. Voorbeeld.")), longest=200)),
    ("represented_at", Field("represented_at", "text", lambda: _("Op welk adres?"), _told(lambda: _("Hier gaan alle brieven van deze zaak heen.")))),
    ("ends_on", Field("ends_on", "day", lambda: _("Tot en met welke dag lopen de activiteiten?"),
                      _told(lambda: _("Laat dit leeg om de dag te nemen die uit de aanvraag volgt, of als die niet bekend is.")), optional=True)),
    ("ground", Field("ground", "choice", lambda: _("Op welke grond?"))),
    ("intent_ground", Field("ground", "choice", lambda: _("Op welke grond?"))),
    ("words", Field("words", "text", lambda: _("De reden in woorden, in de brief"),
                    _told(lambda: _("Laat dit leeg als de grond genoeg zegt.")), optional=True)),
    ("note", Field("note", "text", lambda: _("Toelichting in de brief (mag leeg blijven)"), optional=True)),
    ("grounds", Field("grounds", "text", lambda: _("De reden, in de brief na 'De reden:'"),
                      _told(lambda: _("Begin met een kleine letter en zet er geen punt achter.")))),
    ("weighing", Field("weighing", "text", lambda: _("Hoe hebt u de belangen afgewogen?"),
                       _told(lambda: _("Schrijf wat dit voor de aanvrager betekent, en waarom u het toch doet.")))),
    ("view_text", Field("text", "text", lambda: _("Wat staat er in de zienswijze?"), longest=REPORT)),
    ("advice", Field("advice", "choice", lambda: _("Wat is het advies?"))),
    ("advice_words", Field("words", "text", lambda: _("Het advies in woorden"), longest=REPORT)),
    ("earlier", Field("earlier", "choice", lambda: _("Welke eerdere aanvraag herhaalt deze?"))),
    ("no_new_facts", Field("words", "text", lambda: _("Waarom zijn er geen nieuwe feiten?"))),
    ("revoking", Field("ground", "choice", lambda: _("Op welke grond?"))),
    ("amending", Field("ground", "choice", lambda: _("Op welke grond?"))),
    ("left", Field("cents", "amount", lambda: _("Welk bedrag blijft er over?"), _told(lambda: _("0 is niets.")))),
    ("cents", Field("cents", "amount", lambda: _("Welk bedrag?"))),
    ("why", Field("words", "text", lambda: _("De reden, in de brief na 'De reden:'"),
                  _told(lambda: _("Begin met een kleine letter en zet er geen punt achter.")))),
    ("weighing_if_less", Field("weighing", "text", lambda: _("Hoe hebt u de belangen afgewogen?"),
                               _told(lambda: _("Nodig als het bedrag lager wordt.")), optional=True)),
    ("adopted_on", Field("adopted_on", "past", lambda: _("Op welke dag is de begroting vastgesteld?"), past_day)),
    ("slip", Field("words", "text", lambda: _("Welke fout herstelt u, en hoe moet het zijn?"))),
    # --- after a grant
    ("how_it_goes", Field("words", "text", lambda: _("Hoe gaat het met de activiteiten?"), longest=REPORT)),
    ("started_on", Field("started_on", "past", lambda: _("Op welke dag begonnen de activiteiten?"), past_day)),
    ("ended_on", Field("ended_on", "past", lambda: _("Op welke dag eindigden zij?"), past_day)),
    ("planned", Field("planned", "count", lambda: _("Hoeveel was er gepland?"),
                      _told(lambda: _("Zoals de regeling telt: uren, weken, gesprekken of producten.")))),
    ("realised", Field("realised", "count", lambda: _("Hoeveel is er gedaan?"))),
    ("evidence", Field("evidence", "ticks", lambda: _("Welk bewijs is er?"), optional=True)),
    ("asked_evidence", Field("evidence", "ticks", lambda: _("Welk bewijs vraagt u?"), optional=True)),
    ("remarks", Field("words", "text", lambda: _("Toelichting (mag leeg blijven)"), optional=True)),
    ("question", Field("question", "text", lambda: _("Wat wilt u weten? Zo komt het in de brief"))),
    ("checking", Field("reason", "choice", lambda: _("Waarom controleert u deze zaak?"))),
    ("checking_by_asking", Field("reason", "choice", lambda: _("Waarom controleert u deze zaak?"),
                                 _told(lambda: _("Bewijs vraagt u hier alleen bij een controle. Deze zaak is niet bij loting gekozen, dus u kiest haar zelf.")),
                                 optional=True)),
    ("though", Field("words", "text", lambda: _("Waarom stelt u toch vast zoals verleend?"),
                     _told(lambda: _("Laat dit leeg als de verantwoording compleet is.")), optional=True)),
    ("proofs", Field("proofs", "ticks", lambda: _("Welke stukken zijn er en in orde?"),
                     _told(lambda: _("Wat u niet aankruist, ontbreekt. Schrijf dan hieronder waarom het niet nodig is.")), optional=True)),
    ("lower", Field("cents", "amount", lambda: _("Op welk bedrag stelt u vast?"))),
    ("instalments", Field("instalments", "count", lambda: _("In hoeveel delen, elke maand één?"))),
    ("first_by", Field("first_by", "future", lambda: _("Tot en met welke dag voor het eerste deel?"), later_day)),
    ("interest_free", Field("interest_free", "choice", lambda: _("Komt er intussen rente bij?"))),
    ("owed_in", Field("other_case", "choice", lambda: _("Met geld uit welke zaak?"),
                      _told(lambda: _("Alleen van dezelfde ontvanger, regeling en instantie.")))),
    # --- objection and appeal
    ("against", Field("against", "choice", lambda: _("Tegen welk besluit?"), alone=True)),
    ("appealed", Field("against", "choice", lambda: _("Waartegen gaat het beroep?"),
                       _told(lambda: _("Meestal de beslissing op een bezwaar. Zonder bezwaar kan het alleen als dat is afgesproken, of als er "
                                       "niet op tijd is beslist.")), alone=True)),
    ("which_appeal", Field("appeal", "choice", lambda: _("Welk beroep is geëindigd?"), optional=True, several=True)),
    ("objection_words", Field("words", "text", lambda: _("Wat staat er in het bezwaar?"), longest=LONGEST_OBJECTION)),
    ("received_on", Field("received_on", "past", lambda: _("Op welke dag kwam het binnen?"), past_day)),
    ("posted_on", Field("posted_on", "past", lambda: _("Op welke dag is het op de post gedaan?"),
                        _told(lambda: _("Het poststempel. Laat dit leeg als u het niet weet.")), optional=True)),
    ("committee", Field("committee", "choice", lambda: _("Adviseert een commissie over dit bezwaar?"))),
    ("which_objection", Field("objection", "choice", lambda: _("Over welk bezwaar gaat dit?"), optional=True, several=True)),
    ("lacks", Field("question", "text", lambda: _("Wat ontbreekt er? Zo komt het in de brief"))),
    ("heard_at", Field("heard_at", "moment", lambda: _("Wanneer is de hoorzitting?"), a_moment)),
    ("report", Field("report", "text", lambda: _("Wat is er op de hoorzitting gezegd?"), longest=REPORT)),
    ("why_decided", Field("words", "text", lambda: _("Waarom beslist u zo? Zo komt het in de brief"), longest=REPORT)),
    *((key, Field("without_hearing", "choice", lambda: _("Waarom is er niet gehoord?"),
                  _told(lambda: _("Laat dit leeg als er een hoorzitting was.")), optional=True))
      for key in ("upheld_unheard", "rejected_unheard", "dismissed_unheard")),
    ("excused", Field("excused", "text", lambda: _("Waarom mocht het bezwaar te laat komen?"),
                      _told(lambda: _("Alleen nodig bij een bezwaar dat te laat kwam.")), optional=True)),
    ("inadmissible", Field("reason", "choice", lambda: _("Waarom wordt het niet behandeld?"))),
    ("late_decision", Field("objection", "choice", lambda: _("Over welke beslissing gaat de ingebrekestelling?"),
                            _told(lambda: _("Laat dit leeg als er maar één beslissing te laat is.")), optional=True)),
    ("which_notice", Field("notice", "choice", lambda: _("Voor welke ingebrekestelling?"),
                           _told(lambda: _("Laat dit leeg voor de eerste waarvan de dwangsom niet meer oploopt.")), optional=True)),
    ("payment_evidence", Field("evidence", "text", lambda: _("Welk bewijs van de betaling zag u?"))),
    ("why_outside", Field("reason", "text", lambda: _("Waarom is buiten een betaalrun betaald?"))),
    ("penalty_days", Field("days", "count", lambda: _("Over hoeveel dagen loopt de dwangsom?"))),
    ("court_until", Field("until", "day", lambda: _("Voor welke dag moeten wij opnieuw beslissen?"),
                          _told(lambda: _("Alleen als de rechter een dag noemde. Anders loopt de termijn van de wet opnieuw.")), optional=True)),
    ("judgment", Field("judgment", "choice", lambda: _("Hoe liep het beroep af?"))),
    # --- noting
    ("said", Field("words", "text", lambda: _("Wat is er gezegd of geschreven?"), _told(_for_the_file), longest=REPORT)),
    ("complaint", Field("words", "text", lambda: _("Wat is de klacht?"), _told(_for_the_file), longest=REPORT)),
    ("returned", Field("of", "choice", lambda: _("Welke brief kwam terug?"))),
    ("came_back", Field("returned", "choice", lambda: _("Welke brief stuurt u opnieuw?"), alone=True)),
    ("why_again", Field("why", "choice", lambda: _("Waarom kwam de brief terug?"))),
    ("way_again", Field("channel", "choice", lambda: _("Hoe gaat de brief nu?"), alone=True)),
    ("envelope", Field("envelope", "ticks", lambda: _("Gaat de brief per post omdat het adres niet klopte? Kruis dit dan aan."), optional=True)),
)  # fmt: skip

FIELDS: Mapping[str, Field] = dict(_FIELDS)
"""All fields by their key."""
