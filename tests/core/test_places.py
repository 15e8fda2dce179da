"""Where things are kept."""

from pathlib import Path

import pytest

from doorleren.core.places import home_of, index_folder


@pytest.mark.parametrize(
    ("variables", "home"),
    [
        ({"DOORLEREN_HOME": "/srv/d"}, Path("/srv/d")),
        ({"XDG_DATA_HOME": "/x"}, Path("/x/doorleren")),
        ({"DOORLEREN_HOME": "", "XDG_DATA_HOME": ""}, Path("~/.local/share/doorleren").expanduser()),
    ],
)
def test_the_home_is_what_is_named_or_the_users_folder(variables, home):
    """A named home wins; else it is a folder of the user's; an empty variable counts as absent."""
    assert home_of(variables) == home
    assert index_folder(home, "activities") == home / "index" / "activities"
