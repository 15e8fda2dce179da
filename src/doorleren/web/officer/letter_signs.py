"""Signs of a letter that cannot be printed, told to the official who is about to send it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from doorleren.letters.filled import Content
from doorleren.letters.pdf import left_out

SHOWN = 20


def signs_ahead(letters: Iterable[Content]) -> list[str]:
    """Say which signs of letters get a code in the PDF; nothing where all can be printed."""
    found = list(dict.fromkeys(sign for one in letters for sign in left_out(one)))
    if not found:
        return []
    told = {"signs": " ".join(found[:SHOWN]), "more": len(found) - SHOWN}
    if len(found) > SHOWN:
        return [
            _("In de PDF staat een code voor tekens die wij niet kunnen afdrukken: %(signs)s en nog %(more)s.") % told
        ]
    return [_("In de PDF staat een code voor tekens die wij niet kunnen afdrukken: %(signs)s") % told]
