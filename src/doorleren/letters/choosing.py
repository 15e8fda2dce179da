"""By which way a letter goes: as the body sends its letters, unless the recipient chose another. Post stays post."""

from collections.abc import Iterable, Mapping

from doorleren.audit.acts import Party
from doorleren.letters.models import Channel
from doorleren.people.models import Body, LetterWay, Person


def way_for(body: Body, *, by_post: bool) -> Channel:
    """Give the way in which a body sends a letter, or post."""
    return Channel.PRINT if by_post else Channel(body.letters_by)


def chosen_ways(recipients: Iterable[Party]) -> Mapping[Party, tuple[str, bool]]:
    """Read for people what they chose (empty: nothing) and whether there is an address for e-mail; all in one question."""
    people = {int(one.id): one for one in recipients if one.kind == "person" and one.id.isdecimal()}
    rows = Person.objects.filter(pk__in=people).values_list("pk", "letters_by", "notice_email") if people else ()
    return {people[key]: (chosen, bool(address)) for key, chosen, address in rows}


def way_of_recipient(by_body: Channel, chosen: str = "", mailable: bool = False) -> Channel:
    """Give the way of one letter; pure. Example: the body sends e-mail, and there is no address: the message box."""
    if by_body == Channel.PRINT:
        return by_body
    wanted = chosen or by_body
    return Channel.E_MAIL if wanted == LetterWay.E_MAIL and mailable else Channel.MESSAGE_BOX
