"""The load run counts what it says it counts."""

from __future__ import annotations

import asyncio

from click.testing import CliRunner

from tests.bench.load import HEAD, Stream, main, reckoning, under_load


def test_a_second_of_load_is_answered_and_accounted_for() -> None:
    errors = asyncio.run(under_load(Stream(rate=10, seconds=1.5)))
    talk = asyncio.run(under_load(Stream(rate=10, seconds=1.5, errors=0.0)))
    assert errors.answered == errors.offered == len(errors.ack) > 0
    assert talk.answered == 0 < talk.offered
    cpu = errors.cpu
    assert min(cpu.ingress, cpu.match, cpu.store, cpu.post) > 0
    assert cpu.ingress + cpu.match + cpu.store + cpu.post < cpu.total
    assert talk.cpu.post == 0
    assert len(errors.row("SQLite")) == len(HEAD.splitlines()[1])
    assert "10,000 workspaces" in reckoning(errors, talk, 10_000, 500)


def test_rows_can_be_measured_by_themselves() -> None:
    ran = CliRunner().invoke(main, ["--seconds", "1", "--rate", "8", "echo"])
    assert ran.exit_code == 0, ran.output
    rows = ran.output.removeprefix(HEAD).strip().splitlines()
    assert rows[0].startswith("bare Bolt echo bot")
    assert rows[-1] == "Times the CPU of the echo bot: echo 1.0"
