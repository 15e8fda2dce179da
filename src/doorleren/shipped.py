"""Where the law and the schemes that come with the product lie: the one place that knows.

A checkout keeps `schemes/` and `law/` at its root; an installed wheel carries them inside the package.
Called by whoever loads definitions; a folder that the user names (`DOORLEREN_SCHEMES`) is not decided here.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `schemes` or `law` as shipped; FileNotFoundError where the installation lacks it."""
    for place in (_PACKAGE / "_shipped" / name, _PACKAGE.parents[1] / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"this installation of doorleren has no folder {name!r}")
