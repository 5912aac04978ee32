"""How long `python -m bot ask <an error>` takes from nothing, and against `python -c pass`.

Both are run alternately, after one run each that only fills the disk cache; the median counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
ERROR = "メール サーバーに対して、暗号化された接続を使用できません。"
ASK = ("-m", "bot", "ask", ERROR)
NOTHING = ("-c", "pass")
PATIENCE = 30.0
"""Seconds one run may take."""


def measure(runs: int) -> tuple[list[float], list[float]]:
    """Seconds of each run of `ask`, and of the interpreter alone."""
    for arguments in (ASK, NOTHING):
        seconds(arguments)
    pairs = [(seconds(ASK), seconds(NOTHING)) for _ in range(runs)]
    return [ask for ask, _ in pairs], [nothing for _, nothing in pairs]


def seconds(arguments: tuple[str, ...]) -> float:
    """How long this Python runs with the arguments. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**_without_settings(), "PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return time.perf_counter() - start


def _without_settings() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("FIRSTCHECK_", "SLACK_"))}


def table(asks: list[float], nothings: list[float]) -> str:
    """Medians and best runs, in seconds, and their ratios."""
    middle, best = (median(asks), median(nothings)), (min(asks), min(nothings))
    rows = [
        f"cold start, {len(asks)} runs          median       best",
        f"python -m bot ask <error>  {middle[0]:6.3f} s   {best[0]:6.3f} s",
        f"python -c pass             {middle[1]:6.3f} s   {best[1]:6.3f} s",
        f"ratio                      {middle[0] / middle[1]:6.1f}     {best[0] / best[1]:6.1f}",
    ]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two runs only, to see that it works")
    print(table(*measure(2 if parser.parse_args().quick else 10)))  # noqa: T201  (its purpose)


if __name__ == "__main__":
    main()
