"""Sample words for the specimen pages. Invented, to try lengths and states; no fact of a scheme rests on them."""

from datetime import UTC, datetime

CLOSES = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
OPENS = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
BINDING = {"cite": "Stcrt. 2020, 39785, artikel 4", "weight": "binding", "url": "#bron"}
LETTER = {"cite": "Kamerbrief van 2 juli 2020, paragraaf 3.2", "weight": "parliament"}
GUESS = {"cite": "aanname: leeftijd op de dag van de aanvraag", "weight": "assumption"}
CLASH = {**LETTER, "conflict": {"text": "€ 700 in plaats van € 600", "cite": "persbericht van 1 augustus 2020"}}

CONDITIONS = [
    {"state": "met", "text": "u bent 18 jaar of ouder en nog niet met pensioen", "source": BINDING},
    {"state": "met", "text": "u heeft een band met de Nederlandse arbeidsmarkt", "source": GUESS},
    {"state": "unknown", "text": "de opleiding staat in het scholingsregister", "source": BINDING, "question_url": "#"},
    {
        "state": "unmet",
        "text": "u heeft dit kalenderjaar nog geen STAP-budget gekregen",
        "source": CLASH,
        "change": "Vanaf 1 januari 2027 voldoet u hier wel aan.",
        "track": "opleiding met erkend diploma",
    },
]
PROVIDED = [{"state": "provided", "text": "het plan is volgens de adviseur haalbaar", "source": LETTER}]


def verdict(group, scheme, name, why, **more):
    return {
        "group": group,
        "scheme": scheme,
        "name": name,
        "url": "#",
        "version": "1 maart 2026",
        "why": why,
        "apply": {"who": "u zelf", "where": "Mijn UWV", "url": "#"},
        "round": {"state": "open", "closes": CLOSES},
        "conditions": CONDITIONS,
        "provided": PROVIDED,
        "met": 2,
        "computable": 4,
        **more,
    }


VERDICTS = {
    "get": [
        verdict(
            "get",
            "voorbeeldbudget",
            "Voorbeeldbudget voor leren en ontwikkelen",
            "U werkt, u bent jonger dan de AOW-leeftijd en de opleiding staat in het register.",
            amount={"value": "1000", "max": None, "unit": "per jaar"},
            unfolded=True,
        ),
        verdict(
            "get",
            "advies",
            "Ontwikkeladvies",
            "Uw loopbaanadviseur kan dit voor u aanvragen.",
            amount={"value": "699.95", "max": None, "unit": "per traject", "note": "gaat naar de adviseur"},
            apply={"who": "uw loopbaanadviseur", "where": "Uitvoering van Beleid", "url": None},
        ),
    ],
    "maybe": [
        verdict(
            "maybe",
            "omscholing",
            "Omscholing naar krapteberoepen",
            "Als uw nieuwe werkgever u een contract van minstens zes maanden geeft.",
            amount={"value": None, "max": "3750", "note": "de helft van de kosten"},
            round={"state": "planned", "opens": OPENS},
        )
    ],
    "closed": [
        verdict(
            "closed",
            "sectoraal",
            "Sectoraal ontwikkelingsmaatwerkprogramma voor uitzendarbeidsorganisaties",
            "U voldoet, maar het geld voor dit tijdvak is op.",
            round={"state": "exhausted", "closes": CLOSES},
        )
    ],
    "not": [
        verdict(
            "not",
            "studiefinanciering",
            "Levenlanglerenkrediet",
            "U bent op de eerste dag van de opleiding ouder dan de leeftijdsgrens.",
            round={"state": "closed", "closes": datetime(2024, 1, 31, tzinfo=UTC)},
            apply=None,
        )
    ],
}
COUNTS = {group: len(verdicts) for group, verdicts in VERDICTS.items()}

SECTORS = ["Landbouw", "Techniek", "ICT", "Bouw", "Industrie", "Transport en logistiek", "Zorg en welzijn"]
SECTORS += ["Onderwijs", "Horeca", "Recreatie", "Detailhandel"]
QUESTIONS = [
    {
        "name": "person.birth_date",
        "kind": "date",
        "question": "Wanneer bent u geboren?",
        "help": "Bijvoorbeeld 27 3 1985.",
        "value": {"day": "31", "month": "2", "year": "1985"},
        "error": "Deze dag bestaat niet. Februari heeft 28 of 29 dagen.",
    },
    {
        "name": "person.threatened_with_dismissal",
        "kind": "bool",
        "question": "Dreigt u uw baan te verliezen?",
        "help": "Bijvoorbeeld omdat uw werkgever gaat reorganiseren.",
        "value": "true",
        "allow_na": True,
        "why": "Twee regelingen zijn er alleen voor mensen die hun baan dreigen te verliezen.",
    },
    {
        "name": "person.work_status",
        "kind": "enum",
        "question": "Wat doet u nu?",
        "value": "employee",
        "options": [
            {"value": "employee", "label": "Ik werk in loondienst"},
            {"value": "self_employed", "label": "Ik ben zelfstandige", "hint": "Zonder personeel in dienst."},
            {"value": "jobseeker", "label": "Ik zoek werk"},
            {"value": "student", "label": "Ik volg een opleiding"},
        ],
    },
    {
        "name": "training.components",
        "kind": "set",
        "question": "Wat hoort er bij uw traject?",
        "help": "U mag meer dan één antwoord kiezen.",
        "value": ["advice"],
        "options": [
            {"value": "training", "label": "Scholing"},
            {"value": "advice", "label": "Advies"},
            {"value": "guidance", "label": "Begeleiding"},
        ],
    },
    {
        "name": "person.sector",
        "kind": "enum",
        "question": "In welke sector werkt u?",
        "value": "3",
        "options": [{"value": str(place), "label": label} for place, label in enumerate(SECTORS)],
        "allow_na": True,
    },
    {
        "name": "training.price",
        "kind": "money",
        "question": "Wat kost de opleiding?",
        "help": "Alles bij elkaar, met btw.",
        "value": "1.250,50",
    },
    {
        "name": "person.contract_hours",
        "kind": "decimal",
        "question": "Hoeveel uur werkt u volgens uw contract?",
        "unit": "uur per week",
        "value": None,
        "allow_na": True,
        "error": "Vul een getal in, bijvoorbeeld 24 of 24,5.",
    },
]
ANSWERS = [
    {"name": "person.work_status", "question": "Wat doet u nu?", "answer": "Ik werk in loondienst"},
    {"name": "person.birth_date", "question": "Wanneer bent u geboren?", "answer": "27 maart 1985"},
    {"name": "training.price", "question": "Wat kost de opleiding?", "answer": "€ 1.250,50"},
]
CHOICES = [
    {
        "url": "question.nl.html",
        "icon": "person",
        "title": "Voor mijzelf",
        "text": "Ik werk, ben zelfstandige of zoek werk, en wil iets leren.",
    },
    {"url": "#", "icon": "employer", "title": "Voor mijn bedrijf", "text": "Ik wil mijn mensen laten leren."},
    {
        "url": "#",
        "icon": "region",
        "title": "Voor een sector of regio",
        "text": "Wij organiseren scholing samen met anderen.",
    },
]
TABLE = {
    "id": "instruments",
    "caption": "Alle 157 instrumenten, de eerste drie",
    "columns": [{"label": "Naam"}, {"label": "Pijler"}, {"label": "Uitvoerder"}, {"label": "Budget", "numeric": True}],
    "rows": [
        {
            "cells": [
                {"text": name, "url": "#"},
                {"text": "1. Eigen regie", "label": "Pijler"},
                {"text": "Arbeidsmarktregio's en gemeenten", "label": "Uitvoerder"},
                {"text": budget, "numeric": True, "label": "Budget"},
            ]
        }
        for name, budget in (
            ("Ontwikkeladviestrajecten", "€ 50 miljoen"),
            ("Levenlanglerenkrediet", "€ 1,2 miljard"),
            ("Arbeidsmarktdiscriminatiebeleid", "onbekend"),
        )
    ],
}
COMPARISON = {
    "old": "1 maart 2022",
    "new": "3 juli 2023",
    "rows": [
        {"what": "Hoogste bedrag", "old": "€ 1.000", "new": "€ 1.000", "change": "same"},
        {"what": "Aanvangstermijn", "old": "binnen drie maanden", "new": "binnen zes maanden", "change": "changed"},
        {
            "what": "Erkend diploma",
            "old": None,
            "new": "de opleiding leidt op tot een erkend diploma",
            "change": "added",
        },
        {"what": "Hobbycursussen", "old": "toegestaan", "new": None, "change": "removed"},
    ],
}
FILTER = {
    "action": "all.nl.html",
    "search": {"name": "q", "value": "", "label": "Zoek op naam"},
    "fields": [
        {"name": "pillar", "label": "Pijler", "options": [{"value": "", "label": "Alle pijlers", "selected": True}]},
        {
            "name": "status",
            "label": "Nu open?",
            "options": [{"value": "", "label": "Maakt niet uit", "selected": True}],
        },
    ],
}
PAGING = {
    "pages": [
        {"number": 1, "url": "#1"},
        {"number": 2, "url": "#2", "current": True},
        {"number": 3, "url": "#3"},
        {"number": 0},
        {"number": 8, "url": "#8"},
    ],
    "previous_url": "#1",
    "next_url": "#3",
}


def context(page: str, language: str) -> dict[str, object]:
    """All samples at once; a page takes what it shows."""
    labels = ("What can I get?", "Schemes", "Overview", "Figures")
    if language == "nl":
        labels = ("Wat kan ik krijgen?", "Regelingen", "Overzicht", "Cijfers")
    return {
        "nav": [
            {"url": f"{target}.{language}.html", "label": label, "current": target == page}
            for target, label in zip(("question", "scheme", "all", "parts"), labels, strict=True)
        ],
        "languages": [
            {"code": "nl", "short": "NL", "name": "Nederlands", "url": f"{page}.nl.html", "current": language == "nl"},
            {"code": "en", "short": "EN", "name": "English", "url": f"{page}.en.html", "current": language == "en"},
        ],
        "trail": [
            {"url": f"home.{language}.html", "label": "Begin"},
            {"url": "#", "label": "Regelingen"},
            {"label": "Voorbeeldbudget"},
        ],
        "verdicts": VERDICTS,
        "verdict": VERDICTS["get"][0],
        "counts": COUNTS,
        "questions": QUESTIONS,
        "one": QUESTIONS[1],
        "answers": ANSWERS,
        "choices": CHOICES,
        "table": TABLE,
        "comparison": COMPARISON,
        "filter": FILTER,
        "paging": PAGING,
        "conditions": [{**one, "state": "rule"} for one in CONDITIONS[:2]] + CONDITIONS + PROVIDED,
        "rounds": [
            {"state": "open", "closes": CLOSES},
            {"state": "planned", "opens": OPENS},
            {"state": "closed", "closes": CLOSES},
            {"state": "exhausted"},
            {"state": "none"},
        ],
        "errors": [{"name": q["name"], "text": q["error"]} for q in QUESTIONS if q.get("error")],
    }
