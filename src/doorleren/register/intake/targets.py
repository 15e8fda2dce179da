"""What a column can be mapped to: the fields of an entry, the parts of its price, a run, its provider.

`kind` says how a value is read, `refuses` whether a value that cannot be read refuses the row (see rows.py). `runs`,
`provider.recognitions` and `provider.locations` are lists in JSON, as our own open data has them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column can hold. `most` is the longest text; `adds` allows several columns, put together."""

    name: str
    kind: str
    refuses: bool = False
    most: int = 0
    adds: bool = False


_ALL = (
    Target("code", "code", True, 200),
    Target("title", "text", True, 500),
    Target("description", "text", False, 100_000, True),
    Target("learning_outcomes", "list", False, 100_000, True),
    Target("kind", "word"),
    Target("route", "word"),
    Target("goal", "word"),
    Target("level", "level"),
    Target("nlqf_level", "step"),
    Target("eqf_level", "step"),
    Target("intensity", "word"),
    Target("study_hours", "hours"),
    Target("study_hours.ects", "ects"),
    Target("duration_months", "month"),
    Target("duration_months.weeks", "week"),
    Target("duration_months.days", "days"),
    Target("duration_months.years", "year"),
    Target("delivery", "word"),
    Target("delivery.online", "truth"),
    Target("independent_of_time", "truth"),
    Target("independent_of_place", "truth"),
    Target("evening", "truth"),
    Target("combinable_with_work", "truth"),
    Target("combinable_with_care", "truth"),
    Target("modular", "truth"),
    Target("language", "language"),
    Target("text_language", "language"),
    Target("entry_requirements", "text", False, 100_000, True),
    Target("sector", "word"),
    Target("sector.cip", "cip"),
    Target("occupations", "esco", False, 0, True),
    Target("skills", "esco", False, 0, True),
    Target("certificate", "text", False, 300),
    Target("certificate_value", "word"),
    Target("guidance", "truth"),
    Target("prior_learning_shortens", "truth"),
    Target("url", "url", False, 1000),
    Target("published_from", "day", True),
    Target("published_until", "end", True),
    Target("price.tuition", "price", True, 0, True),
    Target("price.examination", "price", True, 0, True),
    Target("price.material", "price", True, 0, True),
    Target("price.registration", "price", True, 0, True),
    Target("price.total", "price", True),
    Target("price.total.without_vat", "price", True),
    Target("price.tuition.without_vat", "price", True),
    Target("price.examination.without_vat", "price", True),
    Target("price.material.without_vat", "price", True),
    Target("price.registration.without_vat", "price", True),
    Target("price.currency", "currency"),
    Target("price.vat", "rate", True),
    Target("price.tuition.vat", "rate", True),
    Target("price.examination.vat", "rate", True),
    Target("price.material.vat", "rate", True),
    Target("price.registration.vat", "rate", True),
    Target("runs", "runs", True),
    Target("run.starts_on", "day", True),
    Target("run.ends_on", "end", True),
    Target("run.place", "text", False, 100),
    Target("run.postcode", "postcode"),
    Target("run.enrol_from", "day", True),
    Target("run.enrol_until", "end", True),
    Target("provider.code", "code", True, 100),
    Target("provider.name", "text", True, 300),
    Target("provider.kvk", "kvk", True),
    Target("provider.website", "url", False, 500),
    Target("provider.street", "text", False, 200),
    Target("provider.postcode", "postcode"),
    Target("provider.place", "text", False, 100),
    Target("provider.recognition", "word"),
    Target("provider.recognitions", "recognitions"),
    Target("provider.email", "email"),
    Target("provider.phone", "phone"),
    Target("provider.locations", "locations"),
)
TARGETS = {one.name: one for one in _ALL}
