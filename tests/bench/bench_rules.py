"""How long a large rule base takes: to be read cold and warm, and to have one changed file linted.

Rules are made of the shipped ones, each with messages of its own. Every step is a process of its
own, as `firstcheck` is; the memory is its peak.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("BENCH_RULES", "10000"))
LOAD = """
import resource, sys, time
start = time.perf_counter()
from pathlib import Path
from bot.bootstrap.desk import load_rules
loaded = load_rules([Path(sys.argv[1])])
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{len(loaded.rulebook.rules):,} rules  {took:6.2f} s  {peak:4} MB")
"""
LINT = """
import sys, time
start = time.perf_counter()
from bot.cli import firstcheck
firstcheck.main(["rules", "lint", sys.argv[2], sys.argv[1]], standalone_mode=False)
"""
SIGNATURES = re.compile(r"^signatures:\n(?:[ -].*\n)+", re.MULTILINE)


def make(folder: Path, count: int) -> Path:
    """So many rules, and one of their files."""
    shipped = sorted((ROOT / "rules").glob("*/*.yaml"))
    for name in ("taxonomy.yaml", "fragments.yaml"):
        (folder / name).write_bytes((ROOT / "rules" / name).read_bytes())
    for number in range(count):
        path = shipped[number % len(shipped)]
        own = (
            f"signatures:\n  - phrase: Unit {number} of the store could not be moved to bay {number}.\n"
            f"  - phrase: 倉庫{number}番の品目を棚{number}へ移動できませんでした。\n"
        )
        text = SIGNATURES.sub(own, path.read_text("utf-8"), count=1)
        text = re.sub(r"^id: .*$", f"id: rule-{number}", text, count=1, flags=re.MULTILINE)
        made = folder / path.parent.name / f"rule-{number}.yaml"
        made.parent.mkdir(exist_ok=True)
        made.write_text(text, "utf-8")
    return made


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = Path(scratch, "rules"), Path(scratch, "cache")
        folder.mkdir()
        changed = make(folder, COUNT)
        env = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
        for name in ("cold", "warm"):
            command = [sys.executable, "-c", LOAD, str(folder)]
            done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
            print(f"{name:5} {done.stdout.strip()}")  # noqa: T201  (a bench prints)


if __name__ == "__main__":
    main()
