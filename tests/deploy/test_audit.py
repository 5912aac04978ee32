"""The audit fails for a vulnerability and for nothing else, least of all for being offline."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.audit import verdict

ROOT = Path(__file__).parents[2]
SOUND = {"name": "click", "version": "8.5.0", "vulns": []}
SKIPPED = {"name": "h11", "skip_reason": "Dependency not found"}
BAD = {
    "name": "pyyaml",
    "version": "5.3",
    "vulns": [{"id": "PYSEC-2021-142", "fix_versions": ["5.4"], "aliases": [], "description": ""}],
}


def test_a_known_vulnerability_is_named_with_its_cure() -> None:
    said, status = verdict({"dependencies": [SOUND, BAD]})
    assert status == 1
    assert "pyyaml 5.3: PYSEC-2021-142 (fixed in 5.4)" in said


def test_an_index_that_knows_nothing_is_no_all_clear() -> None:
    assert verdict({"dependencies": [SKIPPED, SKIPPED]}) == verdict(None)
    assert verdict(None)[0].startswith("skipped: no index")
    said = "no known vulnerability in 1 packages; 1 are unknown to the index"
    assert verdict({"dependencies": [SOUND, SKIPPED]}) == (said, 0)


def test_without_a_network_it_is_skipped() -> None:
    nowhere = {f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "https", "all")}
    loud = {name.upper(): value for name, value in nowhere.items()}
    done = subprocess.run(
        [sys.executable, "tests/audit.py"],
        cwd=ROOT,
        env={**os.environ, **nowhere, **loud, "NO_PROXY": "", "no_proxy": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "audit: skipped: no index that knows of vulnerabilities can be reached\n"
