"""A number that processes watch: raised by one, seen by all, and never the same for two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.generation import Generation


def test_eight_who_raise_it_at_once_get_eight_numbers(any_url: str) -> None:
    engine = make_engine(any_url)
    migrations.upgrade(engine)
    rules, other = Generation(engine, "rules"), Generation(engine, "other")
    start = rules.now()
    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(lambda _: rules.advance(), range(8)))
    assert numbers == list(range(start + 1, start + 9))
    assert rules.now() == start + 8
    assert other.now() == 0
    engine.dispose()
