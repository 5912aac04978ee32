"""When a run was slow, and what the machine did then: a stall of the disk is not ours."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

TICK: Final = os.sysconf("SC_CLK_TCK")
SLICE: Final = 5.0
"""Seconds that are told together."""
_BEAT: Final = 0.05
"""Seconds between two looks at the clock."""
_SLOW: Final = 0.5
"""An acknowledgement that took so many seconds is worth a line."""


@dataclass
class _Machine:
    """What all processes have used and waited for so far, in seconds."""

    busy: float
    stolen: float
    """By the machine's other guests."""
    disk: float
    """In which somebody waited for the disk."""

    @classmethod
    def now(cls) -> _Machine:
        """As the kernel counts."""
        ticks = [int(n) for n in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        user, nice, system, _idle, _wait, irq, soft, steal = ticks[:8]
        busy = (user + nice + system + irq + soft) / TICK
        return cls(busy, steal / TICK, _pressure("io"))


def _pressure(of: str) -> float:
    """Seconds of `some` pressure; 0 where the kernel does not say."""
    try:
        some = Path(f"/proc/pressure/{of}").read_text().split("\n", 1)[0]
    except OSError:
        return 0.0
    return int(some.rsplit("total=", 1)[1]) / 1e6


@dataclass
class Timeline:
    """The acknowledgements of a run by when they came, beside what the machine did."""

    start: float = field(default_factory=monotonic)
    _acks: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    _machine: dict[int, str] = field(default_factory=dict)

    def ack(self, seconds: float) -> None:
        """One came, after so many seconds."""
        self._acks[self._slice()].append(seconds)

    def _slice(self) -> int:
        return int((monotonic() - self.start) / SLICE)

    async def watch(self) -> None:
        """Note what the machine does; never ends."""
        before, slice_, late = _Machine.now(), self._slice(), 0.0
        while True:
            due = monotonic() + _BEAT
            await asyncio.sleep(_BEAT)
            late = max(late, monotonic() - due)
            if self._slice() == slice_:
                continue
            now = _Machine.now()
            self._machine[slice_] = (
                f"{(now.busy - before.busy) / SLICE:5.2f} cores busy, "
                f"{(now.stolen - before.stolen) / SLICE:4.2f} stolen, "
                f"disk waited for {(now.disk - before.disk) / SLICE:4.0%}, "
                f"the people's own clock late by {1000 * late:.0f} ms"
            )
            before, slice_, late = now, self._slice(), 0.0

    def slow(self) -> list[str]:
        """A line for each slice in which an acknowledgement was slow."""
        return [
            f"  at {number * SLICE:4.0f} s: slowest of {len(acks)} acks {max(acks):.1f} s, "
            f"{sum(a > _SLOW for a in acks)} over {_SLOW} s; {self._machine.get(number, '')}"
            for number, acks in sorted(self._acks.items())
            if max(acks) > _SLOW
        ]
