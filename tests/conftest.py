"""For all tests: property tests are judged by what they find, never by how long an example took."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import postgres as server

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile(
    "firstcheck",
    deadline=None,
    # CI must give the same verdict twice; at home every run may find something new
    derandomize="CI" in os.environ,
    print_blob=True,
)
settings.load_profile("firstcheck")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests read is kept apart from what the person at this machine keeps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[server.Postgres]:
    """A PostgreSQL for all tests of this process; each takes a database of its own."""
    with server.running() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """A command that a test runs logs to that test's stderr, which is closed for the next."""
    yield
    root = logging.getLogger()
    for handler in [h for h in root.handlers if type(h) is logging.StreamHandler]:
        root.removeHandler(handler)
