"""POST and GET /bundles: advisers register people from their own system, by the same command as the page and the file.

A national number comes in with a row, and never goes out: an answer holds the adviser's own reference and nothing else
of a person, and a refusal never repeats what was given.
"""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from doorleren.applications.bundles.completing import lacking_in
from doorleren.applications.bundles.queries import (
    answers_of,
    bundles_of,
    registering_tracks,
    rounds_to_register_in,
    rows_of,
    states_of,
)
from doorleren.applications.bundles.refusing import BUSY, KEY_USED, BundleRefused
from doorleren.applications.bundles.rows import LARGEST_BYTES, BundleUnreadable, rows_of_json
from doorleren.applications.commands.claim_key import claim_key
from doorleren.applications.commands.submit_bundle import submit_bundle
from doorleren.applications.models import Bundle, Outcome
from doorleren.people.models import Organisation
from doorleren.rounds.models import Round
from doorleren.rules.faults import ProfileFault
from doorleren.rules.profile import read_json
from doorleren.web import known
from doorleren.web.adviser.own import LARGEST_NUMBER, Adviser, adviser_signed_in, sealing
from doorleren.web.api import shapes_of_bundles as shapes
from doorleren.web.api.answers import told
from doorleren.web.api.asker import FEW_SECONDS, asker
from doorleren.web.api.asking import bytes_of, only_parameters
from doorleren.web.api.problems import INPUT_TYPE, Refused, bad_input

router = Router(tags=["bundles"])

FIELDS = ("round", "kvk", "rows")
KEY_HEADER = "Idempotency-Key"
KEY_WRITTEN = "a text of your own of 16 to 64 letters, digits, - or _, such as a UUID; a new one for each bundle"
ON_A_PAGE = 50
LANGUAGES = "nl, en"
SMALL = 10_000_000
"""Only numbers below this are repeated in a refusal: no longer one is, whatever it was."""
_KEY = re.compile(r'"?([A-Za-z0-9_-]{16,64})"?', re.ASCII)


@router.post("/bundles", response={201: shapes.BundleAnswer}, operation_id="submitBundle", summary="Register people")
def submit(request: HttpRequest) -> HttpResponse:
    """Register up to 10,000 people at once; every row is answered by itself, in the order of the rows.

    The same bundle under the same key gives the same answer, word for word; another bundle under that key is refused.
    """
    asking = asker(request, writes=True)
    only_parameters(request, ())
    own = adviser_signed_in(asking.who, asking.at)
    key = _key(request)
    given = _content(request)
    round_, firm = _round(given.get("round")), _firm(own, given.get("kvk"))
    sealed, library = sealing(), known.library()
    try:
        rows = rows_of_json(given.get("rows"), library.vocabulary)
        claim_key(key, rows, round_=round_.pk, organisation=firm.pk, secret=sealed.person, by=own.who, at=own.at)
        made = submit_bundle(
            round_, rows, organisation=firm.pk, sealing=sealed, today=known.today(), library=library, by=own.who, at=own.at
        )  # fmt: skip
    except BundleUnreadable as refused:
        raise _unreadable(refused) from refused
    except BundleRefused as refused:
        raise _refused(refused) from refused
    response = told(answers_of(made), LANGUAGES)
    response.status_code = 201
    response["Location"] = f"/api/v1/bundles/{made.pk}"
    return response


@router.get("/bundles", response=shapes.Bundles, operation_id="listBundles", summary="My bundles")
def bundles(request: HttpRequest, after: str = "") -> HttpResponse:
    """The bundles that who asks handed in, for the firms whose mandate holds today; the newest first."""
    own = _own(request)
    only_parameters(request, ("after",))
    rows = list(_before(bundles_of(own.who.person).filter(organisation__in=own.firms), after)[: ON_A_PAGE + 1])
    last = str(rows[ON_A_PAGE - 1].pk) if len(rows) > ON_A_PAGE else None
    return told({"items": [_summary(one) for one in rows[:ON_A_PAGE]], "after": last}, LANGUAGES)


@router.get("/bundles/{id}", response=shapes.BundleNow, operation_id="readBundle", summary="One bundle, row by row")
def bundle(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The answer to every row of one's own bundle, how each registration stands now, and what it still lacks."""
    own = _own(request)
    only_parameters(request, ())
    try:
        found = own.bundle(int(id) if id.isascii() and id.isdecimal() else 0)
    except Http404 as error:
        raise bad_input("id", "another", "the id of a bundle from /bundles", status=404) from error
    rows = list(rows_of(found))
    states = states_of(rows)
    lacking = lacking_in(found, rows, states)
    registrations, answers = {one.line: one.registration_id or 0 for one in rows}, answers_of(found)
    for written in answers["answers"]:
        registration = registrations.get(written["row"], 0)
        state = states.get(registration)
        written |= {
            "confirmation": (state.said or None) if state else None,
            "place": (state.place or None) if state else None,
            "lacking": lacking.get(registration),
            "completed_at": state.completed_at.isoformat() if state and state.completed_at else None,
        }
    return told(answers, LANGUAGES)


def _own(request: HttpRequest) -> Adviser:
    asking = asker(request)
    return adviser_signed_in(asking.who, asking.at)


def _before(found: QuerySet[Bundle], after: str) -> QuerySet[Bundle]:
    if not after:
        return found
    if not (after.isascii() and after.isdecimal()):
        raise bad_input("after", after, "the key of a page, as an earlier answer gave it")
    return found.filter(pk__lt=min(int(after[:20]), LARGEST_NUMBER))


def _key(request: HttpRequest) -> str:
    found = _KEY.fullmatch(request.headers.get(KEY_HEADER, ""))
    if found is None:
        raise bad_input(KEY_HEADER, "nothing, or another text", KEY_WRITTEN)
    return found[1]


def _content(request: HttpRequest) -> dict[str, Any]:
    """Read the body; what it holds is never repeated."""
    raw = bytes_of(request, LARGEST_BYTES)
    try:
        given = read_json(raw)
    except ProfileFault as fault:
        what = "a name twice" if fault.given == "named twice" else "no JSON object"
        raise bad_input("body", what, "a JSON object with " + ", ".join(FIELDS)) from fault
    except (ValueError, ArithmeticError) as error:
        raise bad_input("body", "a number beyond all measure", "numbers that exist") from error
    if set(given) - set(FIELDS):
        raise bad_input("body", "a field that is not known", "the fields " + ", ".join(FIELDS))
    return given


def _round(given: object) -> Round:
    """Give the round that is named: one in which advisers register, open or not, so that a lost answer can be asked again."""
    number = given if isinstance(given, int) and not isinstance(given, bool) else 0
    rows = Round.objects.select_related("version", "gate").filter(pk=min(max(number, 0), LARGEST_NUMBER))
    found = next((one for one in rows if registering_tracks(one)), None)
    if found is None:
        known_rounds = ", ".join(str(one.pk) for one in rounds_to_register_in()) or "none is open now"
        shown = number if 0 < number < SMALL else "nothing, or something else"
        raise bad_input("round", shown, f"the id of a round in which advisers register: {known_rounds}")
    return found


def _firm(own: Adviser, given: object) -> Organisation:
    try:
        if given is not None and not isinstance(given, str):
            raise Http404
        return own.firm(given or "")
    except Http404 as error:
        firms = ", ".join(sorted(one.kvk for one in own.firms))
        raise bad_input("kvk", "nothing, or another number", f"the number of your firm: {firms}") from error


def _unreadable(refused: BundleUnreadable) -> Refused:
    return Refused(
        400, refused.texts["en"], type=INPUT_TYPE, title="Input that cannot be read", fact="rows",
        given="rows that cannot be read", allowed="1 up to 10000 rows, each with reference, name and birth_date",
    )  # fmt: skip


def _refused(refused: BundleRefused) -> Refused:
    if refused.texts is BUSY:
        return Refused(503, BUSY["en"], headers={"Retry-After": str(FEW_SECONDS)})
    return Refused(422 if refused.texts is KEY_USED else 409, refused.texts["en"])


def _summary(one: Bundle) -> dict[str, Any]:
    counts = {each.value: getattr(one, each.value) for each in Outcome}
    return {
        "bundle": one.pk, "round_id": one.round_id, "scheme": one.round.version.scheme, "round": one.round.code,
        "kvk": one.organisation.kvk, "at": one.at.isoformat(), "rows": one.rows,
        "answered": getattr(one, "answered", 0), **counts,
    }  # fmt: skip
