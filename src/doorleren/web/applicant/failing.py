"""Which conditions an application fails, each with the pages on which what it looks at is told."""

from collections.abc import Collection
from typing import Any

from doorleren.applications.form import ROLE, Form
from doorleren.applications.models import Application
from doorleren.web import known
from doorleren.web.applicant.together import where_told
from doorleren.web.public.questions import label, language


def failing_shown(application: Application, form: Form, taken: Collection[str]) -> list[dict[str, Any]]:
    """Describe them; none where nothing fails. `taken`: facts that were taken over, which only a page that changes them asks."""
    judgement, facts = form.judgement, known.library().vocabulary.facts
    if judgement.truth is not False:
        return []
    failing = [judgement.settled.conditions[one] for one in judgement.best.places if judgement.holds[one] is False]
    return [
        {
            "text": one.condition.says(language()),
            "told": [
                {"label": label(fact), "url": where_told(application, form, fact) + ("&change=1" if name in taken else "")}
                for name, fact in facts.items()
                if name in one.facts and name in judgement.profile and name != ROLE and not fact.sensitive and not fact.assessed
            ],
        }
        for one in failing
    ]  # fmt: skip
