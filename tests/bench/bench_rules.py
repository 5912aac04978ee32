"""How long a large rule base takes: to be read cold and warm, and to have one changed file linted.

Rules are made of the shipped ones, each with messages of its own. Every step is a process of its
own, as `firstcheck` is; the memory is its peak.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("BENCH_RULES", "10000"))
LOAD = """
import sys
from pathlib import Path
from bot.bootstrap.desk import load_rules
load_rules([Path(sys.argv[1])])
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
            "signatures:\n"
            f"  - phrase: Unit {number} of the store could not be moved to bay {number}.\n"
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
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="few rules, only to see it run")
    count = 200 if arguments.parse_args().quick else COUNT
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "rules")
        folder.mkdir()
        changed = make(folder, count)
        print(f"{count:,} rules           wall    peak")  # noqa: T201  (a bench prints)
        for name, command in (
            ("load, cold", ("-c", LOAD, str(folder))),
            ("load, warm", ("-c", LOAD, str(folder))),
            ("lint FILE, cold", ("-m", "bot", "rules", "lint", str(folder), str(changed))),
            ("lint FILE, warm", ("-m", "bot", "rules", "lint", str(folder), str(changed))),
        ):
            took, peak = measure(command, Path(scratch, "cache"))
            print(f"{name:20} {took:6.2f} s  {peak:4} MB")  # noqa: T201


def measure(arguments: tuple[str, ...], cache: Path) -> tuple[float, int]:
    """Seconds and peak megabytes of a process."""
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: lint found something
        raise SystemExit(f"failed: {arguments}")
    return took, used.ru_maxrss // 1024


if __name__ == "__main__":
    main()
