"""Does what is deployed hold a known vulnerability? Says so when nobody can be asked.

Run by `make audit`. Exit status 1 only where an index was reached and knows of one: being offline
is no fault. An index that mirrors packages alone knows of none and says so, which is no all-clear.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "deploy" / "requirements.txt"
PATIENCE_S = 180


def main() -> int:
    """Ask, and tell."""
    said, status = verdict(asked())
    sys.stdout.write(f"audit: {said}\n")
    return status


def asked() -> Any:
    """What pip-audit reports; None where it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes"]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None


def verdict(report: Any) -> tuple[str, int]:
    """A sentence or more, and the exit status."""
    packages = report["dependencies"] if report else []
    known = [package for package in packages if "vulns" in package]
    bad = [package for package in known if package["vulns"]]
    if bad:
        return "\n".join(
            ["vulnerable; run make lock, or see what the advisory says", *_told(bad)]
        ), 1
    if not known:
        return "skipped: no index that knows of vulnerabilities can be reached", 0
    unknown = len(packages) - len(known)
    rest = f"; {unknown} are unknown to the index" if unknown else ""
    return f"no known vulnerability in {len(known)} packages{rest}", 0


def _told(bad: list[Any]) -> list[str]:
    return [
        f"  {package['name']} {package['version']}: {vulnerability['id']}"
        f" (fixed in {', '.join(vulnerability['fix_versions']) or 'no version yet'})"
        for package in bad
        for vulnerability in package["vulns"]
    ]


if __name__ == "__main__":
    sys.exit(main())
