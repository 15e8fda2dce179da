"""What assessments and decisions are called, in the language of the page."""

from django.utils.translation import gettext as _


def holds() -> dict[bool | None, str]:
    """Say whether a condition is met."""
    return {True: _("voldaan"), False: _("niet voldaan"), None: _("niet te zeggen")}


def bases() -> dict[str, str]:
    """Say what a result rests on (decisions.rules.Basis)."""
    return {
        "computed": _("berekend uit de antwoorden"),
        "declared": _("gezegd bij het indienen; dat antwoord bewaren wij niet"),
        "stated": _("de aanvrager verklaart dit; niemand kan het berekenen"),
        "unknown": _("er ontbreekt een antwoord"),
        "hand": _("beoordeeld door een medewerker"),
    }


def outcomes() -> dict[str, str]:
    """Name what an assessment came to."""
    return {"meets": _("voldoet"), "fails": _("voldoet niet"), "open": _("er staat nog iets open")}


def decision_kinds() -> dict[str, str]:
    """Name the decisions."""
    return {
        "granted": _("verleend"), "partly_granted": _("gedeeltelijk verleend"), "refused": _("afgewezen"),
        "left_out": _("buiten behandeling gelaten"),
    }  # fmt: skip
