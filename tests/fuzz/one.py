"""One target, in a process that libFuzzer ends: `python -m tests.fuzz.one TARGET SECONDS`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot"]):
    from tests.fuzz.targets import TARGETS, seeds, within_bounds

MEMORY_MB = 2048
A_HANG_S = 20
LARGEST = 8192


def main(name: str, seconds: str) -> None:
    """Never returns."""
    target = TARGETS[name]
    corpus = Path(tempfile.mkdtemp(prefix=f"firstcheck-fuzz-{name}-"))
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
        target(seed)  # what is read once, such as the rules, is read now
    options = [
        f"-max_total_time={seconds}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-timeout={A_HANG_S}",
        f"-max_len={LARGEST}",
        f"-artifact_prefix={corpus.parent}/firstcheck-{name}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([name, *options, str(corpus)], lambda data: within_bounds(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
