"""What tables, fields and values of the archive are called, in both languages, for the page that one can read."""

from collections.abc import Mapping

from doorleren.core.texts import Texts


def _named(rows: Mapping[str, tuple[str, str]]) -> dict[str, Texts]:
    return {name: {"nl": dutch, "en": english} for name, (dutch, english) in rows.items()}


TABLES = _named({
    "people.Person": ("uw account", "your account"),
    "people.NationalNumber": ("uw burgerservicenummer", "your national number"),
    "people.Identity": ("hoe u inlogt", "how you sign in"),
    "people.Session": ("waar u nu bent ingelogd", "where you are signed in now"),
    "people.Role": ("uw rollen", "your roles"),
    "people.Mandate": ("uw machtigingen", "your mandates"),
    "people.Absence": ("wanneer u afwezig was", "when you were away"),
    "applications.AdviserListing": ("hoe u op de openbare lijst van adviseurs staat", "how you stand on the public list of advisers"),
    "applications.Qualification": ("uw kwalificatie als adviseur", "your qualification as an adviser"),
    "applications.Application": ("uw aanvragen", "your applications"),
    "applications.Answer": ("uw antwoorden", "your answers"),
    "applications.CorrectionRequest": ("uw verzoeken om gegevens te verbeteren", "your requests to correct"),
    "applications.CorrectionStep": ("wat er met die verzoeken gebeurde", "what happened to those requests"),
    "applications.Freeze": ("wat u klaarzette om in te dienen", "what you put ready to submit"),
    "applications.Document": ("uw bewijsstukken", "your evidence"),
    "applications.DocumentStep": ("wat er met uw bewijsstukken gebeurde", "what happened to your evidence"),
    "applications.RegisteredPerson": ("hoe een adviseur u noemde", "how an adviser named you"),
    "applications.Registration": ("aanmeldingen van u", "registrations of you"),
    "applications.BundleRow": ("antwoord op de aanmelding", "answer to the registration"),
    "applications.Completion": ("wat een adviseur daarna over u aanvulde", "what an adviser completed of you"),
    "applications.Confirmation": ("wat u van een aanmelding zei", "what you said of a registration"),
    "applications.EnrolledPerson": ("hoe een opleider u noemde", "how a provider named you"),
    "applications.Enrolment": ("inschrijvingen van u", "enrolments of you"),
    "applications.EnrolmentWord": ("wat u van een inschrijving zei", "what you said of an enrolment"),
    "applications.EnrolmentProof": ("wat een opleider over uw inschrijving bevestigde", "what a provider confirmed of your enrolment"),
    "applications.EnteredFor": ("een aanvraag die iemand voor u invoerde", "an application that somebody entered for you"),
    "applications.Member": ("met wie u samen aanvraagt", "with whom you apply together"),
    "applications.MemberMark": ("wat zij daarvan zeiden", "what they said of that"),
    "applications.Division": ("hoe u de kosten verdeelt", "how you divide the cost"),
    "applications.DivisionLine": ("delen van de kosten", "parts of the cost"),
    "applications.Sharing": ("met wie een aanvraag is gedeeld", "with whom an application is shared"),
    "applications.OfferLine": ("opleidingen in uw aanbod", "trainings in your offer"),
    "applications.OfferShare": ("wie meebetaalt aan uw aanbod", "who pays along for your offer"),
    "applications.Plan": ("uw plan", "your plan"),
    "applications.PlanPath": ("paden in uw plan", "paths in your plan"),
    "applications.Bundle": ("bestanden met aanmeldingen die u gaf", "files of registrations that you gave"),
    "applications.BundleKey": ("hoe vaak u een bestand gaf", "how often you gave a file"),
    "letters.Letter": ("brieven aan u", "letters to you"),
    "decisions.CommitteeMember": ("commissies waarin u zit", "committees in which you sit"),
    "payments.PayeeAccount": ("uw bankrekening", "your bank account"),
    "payments.PaymentLine": ("betalingen aan u", "payments to you"),
    "rounds.Ticket": ("uw plaatsen in een tijdvak", "your places in a round"),
})  # fmt: skip
"""What the tables are called of which rows are in the archive."""

FIELDS = _named({
    "about": ("waarover", "about what"), "asked_at": ("gevraagd op", "asked on"),
    "due_on": ("antwoord uiterlijk op", "answer by"), "request": ("nummer van het verzoek", "number of the request"),
    "until": ("verlengd tot en met", "extended up to and including"),
    "absent": ("waarom geen antwoord", "why no answer"), "address": ("adres", "address"), "adviser": ("adviseur", "adviser"),
    "applicant_kind": ("soort aanvrager", "kind of applicant"), "applicant_number": ("wie aanvraagt", "who applies"),
    "application": ("nummer van de aanvraag", "number of the application"), "appointed_at": ("benoemd op", "appointed on"),
    "appointed_by": ("benoemd door", "appointed by"), "arrived_at": ("binnengekomen op", "came in on"),
    "assurance": ("betrouwbaarheidsniveau", "level of assurance"), "at": ("moment", "moment"),
    "beneficiary_kind": ("soort ontvanger van de subsidie", "kind of beneficiary"),
    "beneficiary_number": ("voor wie de subsidie is", "for whom the grant is"), "birth_date": ("geboortedatum", "day of birth"),
    "body": ("instantie", "authority"), "boolean": ("ja of nee", "yes or no"), "by": ("door", "by"), "by_id": ("door", "by"),
    "case": ("nummer van de zaak", "number of the case"), "cents": ("bedrag", "amount"),
    "channel": ("hoe", "how"), "confirmed_by": ("bevestigd door", "confirmed by"), "content": ("onderwerp of inhoud", "subject or content"),
    "created_at": ("gemaakt op", "made on"), "day": ("dag", "day"), "decimal": ("getal", "number"),
    "digest": ("controlegetal (SHA-256)", "checksum (SHA-256)"), "division": ("nummer van de verdeling", "number of the division"),
    "document": ("nummer van het stuk", "number of the document"),
    "earlier": ("overgenomen uit aanvraag", "taken over from application"), "effective_at": ("geldt vanaf", "holds from"), "stopped_at": ("gestopt op", "stopped on"),
    "email": ("e-mailadres", "e-mail address"), "ended_at": ("beëindigd op", "ended on"), "ended_by": ("beëindigd door", "ended by"), "ends_on": ("laatste dag", "last day"),
    "enrolment": ("nummer van de inschrijving", "number of the enrolment"), "entered_at": ("ingevoerd op", "entered on"),
    "entered_by": ("ingevoerd door", "entered by"), "evidence": ("welk bewijs", "which evidence"),
    "expire_date": ("eindigt op", "ends on"), "fact": ("vraag", "question"), "file_name": ("naam van het bestand", "name of the file"),
    "financier": ("soort betaler", "kind of payer"), "from_work": ("van welk werk", "from which work"),
    "frozen_at": ("klaargezet op", "put ready on"), "given_at": ("gegeven op", "given on"),
    "given_by_id": ("gegeven door", "given by"), "id": ("nummer", "number"), "issuer": ("inlogdienst", "sign-in service"),
    "kept_as": ("bewaard als", "kept as"), "kind": ("soort", "kind"), "kvk": ("KvK-nummer", "number in the trade register"),
    "deputy": ("vervangen door", "replaced by"), "letters_by": ("hoe u brieven wilt", "how you want letters"), "team": ("team", "team"),
    "last_used_at": ("laatst gebruikt op", "last used on"), "listed_at": ("op de lijst sinds", "on the list since"), "line": ("nummer van de regel", "number of the line"),
    "made_at": ("gemaakt op", "made on"), "made_by": ("gemeld door", "told by"), "may_edit": ("mag veranderen", "may change"),
    "member": ("nummer van de deelnemer", "number of the member"), "members": ("keuzes", "choices"), "name": ("naam", "name"),
    "notice_email": ("e-mailadres voor berichten", "e-mail address for notices"), "of": ("waarvan", "of what"),
    "organisation": ("organisatie", "organisation"), "origin": ("waar het antwoord vandaan komt", "where the answer comes from"),
    "outcome": ("uitkomst", "outcome"), "part": ("deel", "part"), "phone": ("telefoonnummer", "telephone number"), "place": ("plaats", "place"), "payee_id": ("wie het geld krijgt", "who receives the money"),
    "payee_kind": ("soort ontvanger van het geld", "kind of payee"), "payee_number": ("wie het geld krijgt", "who receives the money"),
    "person": ("wie", "who"), "plan": ("nummer van het plan", "number of the plan"), "proposed_at": ("voorgesteld op", "proposed on"),
    "proposed_by": ("voorgesteld door", "proposed by"), "reason": ("reden", "reason"),
    "name_check": ("controle van de naam", "check of the name"), "stop_reason": ("reden van het stoppen", "reason for stopping"), "stopped_by": ("gestopt door", "stopped by"), "received_on": ("ontvangen op", "received on"),
    "recipient_id": ("aan wie", "to whom"), "reference": ("kenmerk", "reference"), "registered_on": ("aangemeld op", "registered on"),
    "registration": ("nummer van de aanmelding", "number of the registration"),
    "reporter_kind": ("soort van wie verslag doet", "kind of who reports"), "reporter_number": ("wie verslag doet", "who reports"),
    "round": ("nummer van het tijdvak", "number of the round"), "scan": ("uitkomst van de viruscontrole", "outcome of the virus check"),
    "sealed": ("nummer", "number"), "sealed_name": ("naam", "name"), "signed_on": ("ondertekend op", "signed on"),
    "size": ("grootte in bytes", "size in bytes"), "started_at": ("begonnen op", "begun on"), "starts_on": ("eerste dag", "first day"),
    "stated": ("wat is opgegeven", "what was stated"), "step": ("stap", "step"), "subject": ("kenmerk bij de inlogdienst", "mark at the sign-in service"),
    "text": ("antwoord in woorden", "answer in words"), "to_work": ("naar welk werk", "to which work"), "turn": ("de hoeveelste keer", "which time"),
    "what": ("waarvoor", "for what"), "whole": ("geheel getal", "whole number"), "withdrawn_at": ("ingetrokken op", "withdrawn on"),
    "word": ("wat u zei", "what you said"),
})  # fmt: skip
"""What the fields are called that are given of those tables."""

VALUES = _named({
    "you": ("uzelf", "yourself"), "someone_else": ("iemand anders", "somebody else"), "the_site": ("de site", "the site"),
    "destroyed": ("vernietigd: de bewaartermijn is voorbij", "destroyed: its retention is over"),
    "not_readable": ("niet meer zoals wij het bewaarden: neem contact met ons op", "not as we kept it any more: contact us"),
    "not_checked": ("niet helemaal ontvangen of nog niet gecontroleerd", "not received whole, or not checked yet"),
    "of_another": ("gegeven door een ander: vraag ons erom", "given by somebody else: ask us for it"),
    "too_large": ("te groot voor dit archief: haal het op bij uw aanvraag", "too large for this archive: get it at your application"),
    "True": ("ja", "yes"), "False": ("nee", "no"),
})  # fmt: skip
"""Values that are no words of a person."""

SEEN = _named({
    "application": ("een aanvraag", "an application"), "application_evidence": ("bewijsstukken", "evidence"),
    "evidence": ("een bewijsstuk", "a piece of evidence"), "case": ("een dossier", "a file"),
    "case_export": ("een lijst van zaken", "a list of cases"), "letter": ("een brief", "a letter"),
    "person_roles": ("rollen en machtigingen", "roles and mandates"), "acts_of_person": ("wat iemand deed", "what somebody did"),
    "registered_people": ("een lijst van aangemelde mensen", "a list of people who were registered"),
    "enrolments": ("een lijst van inschrijvingen", "a list of enrolments"),
    "enrolled_people": ("een lijst van ingeschreven mensen", "a list of people who were enrolled"),
    "payee_account": ("een rekeningnummer", "an account number"), "payment_run": ("een reeks betalingen", "a payment run"),
    "payment_file": ("een bestand voor de bank", "a file for the bank"),
    "correction": ("een verzoek om gegevens te verbeteren", "a request to correct"),
})  # fmt: skip
"""What somebody looked at, as the log of views names it."""
