"""How long we keep a case after it was closed, in words: the scheme's own term or that of its framework, with the source."""

from django.utils.translation import gettext as _

from doorleren.applications.retention.due import kept_until
from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import Case
from doorleren.cases.retention import retention_of
from doorleren.core.term_steps import written
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import day_in_words


def kept_shown(case: Case) -> dict[str, str] | None:
    """Say how long, which of the two says so, and until which day where that is known; None once it was destroyed."""
    if case.destroyed_at is not None:
        return None
    found, due = retention_of(case), kept_until(case)
    if found.of_scheme:
        because = _("Deze regeling heeft een eigen bewaartermijn. Die gaat voor.")
    else:
        because = _("De regeling noemt geen eigen termijn. Daarom geldt die van: %(framework)s.") % {
            "framework": in_language(frameworks()[case.framework].name)
        }
    return {
        "long": _("Wij bewaren dit dossier %(length)s nadat het is gesloten.")
        % {"length": written(found.length, language())},
        "until": _("Dat is tot en met %(day)s.") % {"day": day_in_words(due.kept_until)} if due is not None else "",
        "because": because,
        "source": found.source,
    }
