"""What the record of acts and the log of who viewed call things, in the language of the page. What has no words here is shown by its own name."""

from django.utils.translation import gettext as _

from doorleren.audit.models import Act
from doorleren.cases.acts import ACTS
from doorleren.web.people.words import assurances, roles
from doorleren.web.public.questions import in_language
from doorleren.web.spoken import once_per_language


def act_words(act: str, kind: str = "") -> str:
    """Say what somebody did; `kind` is what it was done to, where that makes a difference."""
    if kind == "case" and act in ACTS:
        return in_language(ACTS[act].texts)
    words = _acts() | _acts_of_money() | _acts_of_a_committee() | _acts_of_applying_together() | _acts_of_correcting()
    return (
        words.get(f"{act} {kind}") or words.get(act) or ("" if kind else _of_any(act, words)) or act.replace("_", " ")
    )


def _of_any(act: str, words: dict[str, str]) -> str:
    """Give what an act is called where nobody says what it was done to, as in a list to choose from; nothing where we have no words."""
    if act in ACTS:
        return in_language(ACTS[act].texts)
    return next((text for name, text in words.items() if name.startswith(f"{act} ")), "")


def _acts_of_correcting() -> dict[str, str]:
    return {
        "correction_asked": _("om verbetering van gegevens gevraagd"), "correction_extended": _("termijn van een verzoek verlengd"),
        "corrected correction": _("gegevens verbeterd"), "corrected_in_part": _("gegevens voor een deel verbeterd"),
        "completed_by_statement": _("gegevens aangevuld met een verklaring"),
        "correction_refused": _("verbetering van gegevens geweigerd"), "correction_taken_back": _("verzoek om verbetering ingetrokken"),
        "receivers_told": _("anderen over een verbetering ingelicht"),
        "correction_objected": _("bezwaar gemaakt tegen een antwoord over gegevens"),
        "correction_more_time": _("meer tijd genomen voor een bezwaar over gegevens"),
        "correction_upheld": _("bezwaar over gegevens gegrond"),
        "correction_upheld_in_part": _("bezwaar over gegevens voor een deel gegrond"),
        "correction_objection_rejected": _("bezwaar over gegevens ongegrond"),
        "correction_inadmissible": _("bezwaar over gegevens niet behandeld"),
        "correction_objection_withdrawn": _("bezwaar over gegevens ingetrokken"),
    }  # fmt: skip


def _acts_of_a_committee() -> dict[str, str]:
    return {
        "appointed_scorer": _("commissielid benoemd"), "ended_scorer": _("lidmaatschap van de commissie beëindigd"),
        "declared_interest": _("belang of geen belang verklaard"), "proposed_scores": _("scores voorgesteld"),
        "fixed_scores": _("scores vastgesteld"), "withdrew_scores": _("voorgestelde scores ingetrokken"),
        "ranked": _("aanvragen gerangschikt"),
    }  # fmt: skip


def _acts_of_applying_together() -> dict[str, str]:
    return {
        "added_member": _("lid toegevoegd"), "member_removed": _("lid eruit gehaald"),
        "member_back": _("lid teruggezet"), "member_confirmed": _("deelname van een lid bevestigd"),
        "divided_shares": _("kosten verdeeld over de leden"), "divided_financing": _("gezegd wie de kosten betaalt"),
        "share_confirmed": _("deel van de kosten bevestigd"), "share_not_ours": _("gezegd dat een deel van de kosten niet van hen is"),
        "member_task": _("gezegd wat een lid doet"),
    }  # fmt: skip


def _acts() -> dict[str, str]:
    return {
        "signed_in": _("ingelogd"), "signed_out": _("uitgelogd"), "signed_out_everywhere": _("overal uitgelogd"),
        "vouched_for": _("door de beheerder van de machine aangewezen, voor een opdracht"), "enrolled_for_demo": _("ingeschreven voor de demo"),
        "gave_role": _("rol gegeven"), "named_deputy": _("vervanger gekozen"), "ended_absence": _("vervanging beëindigd"),
        "chose_letters": _("gekozen hoe brieven komen"), "letter_retried": _("brief opnieuw geprobeerd"), "set_team": _("in een team gezet of eruit gehaald"), "ended_role": _("rol beëindigd"),
        "gave_mandate": _("machtiging gegeven"), "ended_mandate": _("machtiging beëindigd"),
        "applied": _("toelating gevraagd"), "admitted": _("toegelaten"), "refused": _("geweigerd"),
        "suspended": _("geschorst"), "removed": _("uit het register verwijderd"),
        "former_price_noted": _("eerdere prijs genoteerd"), "recognition_stated": _("erkenning opgegeven"),
        "received": _("levering verwerkt"), "failed": _("levering mislukt"), "undone": _("levering teruggedraaid"),
        "announced round": _("tijdvak bekendgemaakt"), "announced package": _("pakket bekendgemaakt"), "opened round": _("geopend"), "closed round": _("gesloten"),
        "reopened round": _("opnieuw geopend"), "fell_back": _("mislukte opening: zoals bekendgemaakt"), "moved_money": _("geld verplaatst"),
        "raised_number": _("aantal verhoogd"), "filled_added": _("plaatsen gegeven aan wie buiten viel"), "received round": _("tickets vastgelegd"),
        "allocated": _("plaatsen gegeven"), "divided": _("pot verdeeld"), "withdrawn ticket": _("ticket ingetrokken"),
        "filled_freed": _("vrijgekomen plaatsen gegeven"),
        "found_incomplete": _("niet compleet bevonden"), "found_complete": _("compleet bevonden"), "proposed": _("voorgesteld"),
        "released": _("voorstel vrijgegeven"), "withdrew round_proposal": _("voorstel ingetrokken"),
        "announced_draw": _("loting aangekondigd"), "held_draw": _("loting gehouden"),
        "started application": _("aanvraag begonnen"), "answered application": _("vragen beantwoord"),
        "answers_confirmed application": _("bekende antwoorden bevestigd"),
        "frozen application": _("aanvraag klaargezet"), "withdrawn application": _("aanvraag ingetrokken"),
        "withdrawal_undone application": _("intrekking ongedaan gemaakt"),
        "entered_for application": _("aanvraag voor een ander ingevoerd"),
        "put_back application": _("weer concept gemaakt, om papier dat daarna is getekend"),
        "offered application": _("aanbod veranderd"), "enrolled application": _("deelnemer ingeschreven"),
        "answered_enrolment application": _("deelnemer reageerde op inschrijving"),
        "confirmed_enrolment application": _("inschrijving bevestigd"),
        "took_back_enrolment application": _("bevestiging van inschrijving teruggenomen"),
        "registered": _("mensen geregistreerd"), "confirmed_registration": _("op een registratie gereageerd"),
        "completed_registration": _("registratie afgerond"),
        "gave_qualification": _("kwalificatie van een adviseur vastgesteld"),
        "adviser_listed": _("adviseur op de openbare lijst gezet"), "adviser_unlisted": _("adviseur van de openbare lijst gehaald"),
        "evidence_uploaded": _("bewijsstuk ontvangen"), "evidence_refused": _("bewijsstuk geweigerd"),
        "evidence_checked": _("bewijsstuk op virussen nagekeken"), "evidence_withdrawn": _("bewijsstuk weggehaald"),
        "submitted_late_paper": _("papier van voor het sluiten ingediend"),
        "chose_training": _("opleiding gekozen"),
        "set_plan": _("plan bewaard"), "adjusted_plan": _("plan aangepast na het indienen"),
        "named_party": _("partij genoemd"), "shared application": _("aanvraag gedeeld met een collega"),
        "looked_into case": _("dossier geopend dat bij een ander hoort"),
        "published version": _("versie van een regeling vastgelegd"),
        "destroyed": _("inhoud vernietigd"), "scrubbed application": _("persoonsgegevens van een aanvraag gewist"),
        "account_destroyed person": _("account vernietigd"), "destruction_proposed": _("lijst om te vernietigen voorgesteld"),
        "destruction_released": _("lijst om te vernietigen vrijgegeven"),
        "destruction_withdrawn": _("lijst om te vernietigen ingetrokken"),
        "confirmed": _("upload verwerkt"), "kept source": _("bron bewaard"), "changed activity": _("opleiding veranderd"),
    }  # fmt: skip


def _acts_of_money() -> dict[str, str]:
    return {
        "proposed payment_run": _("betaalrun voorgesteld"), "released payment_run": _("betaalrun vrijgegeven"),
        "withdrawn payment_run": _("betaalrun ingetrokken"), "handed_over payment_run": _("betaalbestand aan de bank gegeven"),
        "left_out case": _("zaak uit een betaalrun gelaten"),
        "paid_back case": _("te veel ontvangen geld klaargezet om terug te betalen"),
        "owed_again payment_run": _("teruggekomen betaling opnieuw te betalen gezet"),
        "imported bank_message": _("bestand van de bank ingelezen"),
        "proposed payee_account": _("rekening van een ontvanger voorgesteld"),
        "confirmed payee_account": _("rekening van een ontvanger bevestigd"),
        "withdrawn payee_account": _("voorstel voor een rekening ingetrokken"),
        "destroyed payee_account": _("rekening van een ontvanger vernietigd"),
        "destroyed payment_file": _("betaalbestand vernietigd"),
        "stopped payee_account": _("rekening van een ontvanger gestopt"), "closed bank_entry": _("regel van de bank afgehandeld"),
    }  # fmt: skip


def kind_words(kind: str) -> str:
    """Name a kind of thing that is acted upon, or that was viewed."""
    return _kinds().get(kind, kind.replace("_", " "))


@once_per_language
def _kinds() -> dict[str, str]:
    return {
        "person": _("persoon"), "site": _("de site zelf"), "role": _("rol"), "mandate": _("machtiging"),
        "provider": _("opleider"), "activity": _("opleiding"), "delivery": _("levering"), "source": _("bron"),
        "upload": _("upload"), "ticket": _("ticket"), "round": _("aanvraagtijdvak"), "round_proposal": _("voorstel voor een tijdvak"),
        "bundle": _("bundel"), "qualification": _("kwalificatie"), "adviser_listing": _("plaats op de lijst van adviseurs"), "version": _("versie van een regeling"),
        "evidence": _("bewijsstukken"), "round_evidence": _("bewijsstukken van tijdvak"),
        "application_evidence": _("bewijsstukken van aanvraag"), "registered_people": _("geregistreerde mensen van tijdvak"),
        "enrolled_people": _("ingeschreven mensen van tijdvak"),
        "application": _("aanvraag"), "enrolments": _("ingeschreven deelnemers"), "alert": _("bericht bij nieuw aanbod"),
        "destruction": _("lijst om te vernietigen"), "case": _("zaak"), "case_export": _("de lijst van zaken van instantie"), "case_name": _("naam van de aanvrager, op een lijst, van zaak"), "letter": _("brief"),
        "correction": _("verzoek om verbetering"),
        "payment_run": _("betaalrun"), "payment_file": _("betaalbestand van betaalrun"), "payable": _("wat te betalen is bij instantie"), "payable_case": _("wat te betalen is in zaak"),
        "bank_message": _("bestand van de bank"), "bank_entry": _("regel van de bank"), "payee_account": _("rekening van een ontvanger"),
        "person_roles": _("rollen van persoon"), "provider_prices": _("prijzen van opleider"),
        "activity_prices": _("prijzen van opleiding"), "provider_file": _("dossier van opleider"), "record_of_acts": _("het logboek van handelingen"),
        "log_of_views": _("het logboek van inzage"), "acts_of_person": _("handelingen van persoon"),
    }  # fmt: skip


def party_words(kind: str, number: str, names: dict[str, str] | None = None) -> str:
    """Name who acted or what was acted upon: a person by name where it is known, else the kind with its number."""
    name = (names or {}).get(number, "") if kind == "person" else ""
    named = f"{kind_words(kind)} {number}".strip()
    return f"{name} ({named})" if name else named


def detail_words(act: Act) -> str:
    """Write the details of an act: their names in words, roles in words, and every other code as it was recorded."""
    words, told = _details(), {name: value for name, value in act.details.items() if value not in (None, "")}
    return (
        ", ".join(f"{words.get(name, name.replace('_', ' '))}: {_said(name, value)}" for name, value in told.items())
        or "-"
    )


def _details() -> dict[str, str]:
    return {
        "kind": _("soort"), "role": _("rol"), "person": _("persoon"), "organisation": _("organisatie"),
        "for_body": _("namens instantie"), "starts_on": _("vanaf"), "ends_on": _("tot en met"),
        "effective_on": _("gaat in op"), "assurance": _("betrouwbaarheidsniveau"), "second_factor": _("tweede factor"),
        "sessions": _("sessies"), "new": _("nieuw"), "changed": _("veranderd"), "unchanged": _("hetzelfde"),
        "refused": _("geweigerd"), "restored": _("teruggezet"), "withdrawn": _("van de lijst"), "left": _("gelaten"),
        "form": _("vorm"), "every_hours": _("uren ertussen"), "most_refused_percent": _("hoogste percentage geweigerd"),
        "least_rows": _("laagste aantal rijen"), "rows": _("rijen"), "accepted": _("aangenomen"), "already": _("was er al"),
        "member": _("lid"), "document": _("document"), "evidence": _("bewijsstuk"), "size": _("bytes"), "scan": _("uitslag"),
        "adviser": _("adviseur"), "round": _("aanvraagtijdvak"), "word": _("antwoord"),
        "planned": _("gepland"), "realised": _("gedaan"), "ended_on": _("laatste dag"), "proofs": _("stukken bewijs"),
    }  # fmt: skip


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    words = roles() if name in ("kind", "role") else assurances() if name == "assurance" else {}
    return words.get(str(value), str(value))
