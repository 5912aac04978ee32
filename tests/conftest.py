"""For all tests: property tests are judged by what they find, never by how long an example took."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile(
    "firstcheck",
    deadline=None,
    # CI must give the same verdict twice; at home every run may find something new
    derandomize="CI" in os.environ,
    print_blob=True,
)
settings.load_profile("firstcheck")
