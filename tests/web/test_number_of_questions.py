"""How many questions a page asks of the database: no more for a long page than for a short one."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ITEM = re.compile(r'<article class="dl-verdict dl-training"|"courseId":|"organizationId":|"changed_at":|"kvk":')
MOST = 16
"""Questions of the longest page, with those that begin and end the transaction: far from one per item."""

LISTS = {
    "search": "/trainings?q=opleiding&match=any&size={}",
    "narrowed search": "/trainings?delivery=on_site&sort=start&size={}",
    "activities": "/api/v1/activities?size={}",
    "providers": "/api/v1/providers?size={}",
    "courses": "/ooapi/v5/courses?pageSize={}",
    "organizations": "/ooapi/v5/organizations?pageSize={}",
}


def test_a_longer_page_asks_no_more_of_the_database(client: Client, demo: None) -> None:
    """Ten items and fifty (or as many as there are) take the same number of questions, and not many, in every list."""
    for name, address in LISTS.items():
        client.get(address.format(10))  # what is read once per process
        items, questions = [], []
        for size in (10, 100 if "ooapi" in address else 50):
            with CaptureQueriesContext(connection) as told:
                reply = client.get(address.format(size))
            items.append(len(ITEM.findall(reply.content.decode())))
            questions.append(len(told))
        assert reply.status_code == 200, name
        assert items[1] > items[0] >= 10, name
        assert questions[0] == questions[1] <= MOST, name
