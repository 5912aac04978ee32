"""`make fuzz`: each target for a while, steered by the branches it takes.

python -m tests.fuzz [--seconds N] [TARGET …]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec

from tests.fuzz.targets import TARGETS


def main() -> int:
    """Exit status 1: something was found; its input is shown and kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no target is called {', '.join(sorted(unknown))}")
    if find_spec("atheris") is None:
        sys.stdout.write("skipped: atheris has no wheel for this Python and machine\n")
        return 0
    found = [name for name in asked.targets or TARGETS if _child(name, asked.seconds)]
    sys.stdout.write(f"found something: {', '.join(found)}\n" if found else "nothing found\n")
    return 1 if found else 0


def _child(name: str, seconds: int) -> int:
    """A process of its own: the fuzzer ends the one it runs in."""
    sys.stdout.write(f"== {name}, {seconds} s\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(seconds)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
