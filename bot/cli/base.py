"""The rule base that another is compared with."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap.desk import rule_folders
from bot.errors import RulesError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def folder_of(base: str) -> Iterator[Path]:
    """The rule folder `base` names: a folder, `shipped`, or `rules` in a revision of git.

    Raises:
        RulesError: it is none of these.
    """
    if base == "shipped" or Path(base).is_dir():
        yield rule_folders([base], os.environ)[0]
        return
    if base.startswith("-"):  # git would take it for an option
        raise RulesError(f"{base} is neither a folder nor a revision of git.")
    archive = subprocess.run(  # noqa: S603  (`base` is one argument, and no shell reads it)
        ["git", "archive", "--format=tar", base, "rules"],  # noqa: S607  (the git of the PATH)
        capture_output=True, check=False,
    )  # fmt: skip
    if archive.returncode:
        raise RulesError(f"{base} is neither a folder nor a revision of git with a folder `rules`.")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(scratch, filter="data")
        yield Path(scratch) / "rules"
