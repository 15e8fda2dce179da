"""Officials of one body, and a case that just came in."""

import pytest

from doorleren.cases.models import Case
from tests.cases import made


@pytest.fixture
def staff(db: None) -> made.Staff:
    """One official for each duty."""
    return made.Staff()


@pytest.fixture
def case(db: None) -> Case:
    """A case that came in on 2 March 2026, to be decided on in 13 weeks."""
    return made.a_case()
