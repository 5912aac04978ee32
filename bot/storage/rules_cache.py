"""Rules that were read before, on disk: a rule file that did not change is not parsed again.

Each is kept under a hash of its text, of what it refers to, and of the code that reads it, so that
only what would come out the same is found. They are pickled, as nothing else makes a million small
objects in a second; but only the classes of the rule model can come out of it (`_Reader`), and no
code is run but theirs. Whatever is wrong with the file, the rules are parsed anew.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from typing_extensions import override

from bot.core import rulebook
from bot.core.rulebook import model
from bot.core.rulebook.model import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_KEPT: Final = 8
"""So many rule bases stay; older ones go."""
_KEY: Final = 32
"""Bytes of a hash."""
_LENGTH: Final = 8
_MODEL: Final = {
    name: thing
    for name, thing in vars(model).items()
    if isinstance(thing, type) and thing.__module__ == model.__name__
}


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Where programs keep what they can make again (XDG); None for a user without a home."""
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    try:
        return (base if base.is_absolute() else Path.home() / ".cache") / "firstcheck"
    except RuntimeError:  # a container may run as a user that its system does not know
        return None


def content_key(shared: bytes, place: str, source: bytes) -> bytes:
    """Under what the rule of a file is kept.

    Args:
        shared: a hash of what rules refer to: taxonomy and fragments.
        place: product folder and file name, which a rule is checked against.
        source: the file.
    """
    digest = hashlib.sha256(_code())
    for part in (shared, place.encode("utf-8", "surrogateescape"), source):
        digest.update(len(part).to_bytes(_LENGTH) + part)
    return digest.digest()


class RulesCache:
    """The rules of some rule folders in one file. Processes may share it: the last one wins."""

    def __init__(self, folder: Path, of: Sequence[Path]) -> None:
        """`folder` is where the file lies, `of` the rule folders."""
        named = "\0".join(str(path.absolute()) for path in of)
        name = hashlib.sha256(named.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._path = folder / f"rules-{name}.bin"
        self._kept = dict(_entries(self._path))
        self._used: dict[bytes, bytes] = {}
        self._new = False

    def get(self, key: bytes) -> tuple[Rule, bytes] | None:
        """The rule kept under `key`, its path left empty, and its `said_by`."""
        blob = self._kept.get(key)
        if blob is None:
            return None
        try:
            rule = _Reader(BytesIO(memoryview(blob)[_KEY:])).load()
        except Exception:  # noqa: BLE001  (pickle raises whatever the bytes make it raise)
            return None
        self._used[key] = blob
        return (rule, blob[:_KEY]) if isinstance(rule, Rule) else None

    def put(self, key: bytes, rule: Rule, said: bytes) -> None:
        """Keep a rule and its `said_by`."""
        written = BytesIO()
        written.write(said)
        _Writer(written, protocol=5).dump(rule)
        self._used[key] = written.getvalue()
        self._new = True

    def save(self) -> None:
        """Write what this process has used, if there is anything new in it; forget the rest."""
        if self._new:
            with suppress(OSError):  # a home that cannot be written is no reason not to start
                _write(self._path, self._used)
                _tidy(self._path.parent)
        self._kept, self._new = self._used, False


@contextmanager
def without_collector() -> Iterator[None]:
    """A million objects that stay need no search for those that may go: it takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor later: rules have no cycles, counting alone frees them
        if was_on:
            gc.enable()


class _Writer(pickle.Pickler):
    """Writes our dataclasses as their class and its arguments."""

    @override
    def reducer_override(self, obj: Any) -> Any:
        if is_dataclass(obj) and not isinstance(obj, type):
            return type(obj), tuple(getattr(obj, name) for name in _names(type(obj)))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Reads nothing but the classes of the rule model."""

    @override
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if module_name == model.__name__ and global_name in _MODEL:
            return _MODEL[global_name]
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a rule")


@cache
def _names(of: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast("Any", of)))


@cache
def _code() -> bytes:
    """A hash of the code that makes rules: a new version of it reads every file anew."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(rulebook.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def _entries(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Key and rule of each; nothing of a file that is not there or not ours."""
    try:
        content = path.read_bytes()
        if path.stat().st_uid != os.geteuid():
            return
    except OSError:
        return
    at = 0
    while at + _KEY + _LENGTH <= len(content):
        start = at + _KEY + _LENGTH
        length = int.from_bytes(content[at + _KEY : start])
        yield content[at : at + _KEY], content[start : start + length]
        at = start + length


def _write(path: Path, entries: dict[bytes, bytes]) -> None:
    """All at once: who reads meanwhile has the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            for key, blob in entries.items():
                file.write(key + len(blob).to_bytes(_LENGTH) + blob)
        Path(scratch).replace(path)
    except OSError:
        Path(scratch).unlink(missing_ok=True)
        raise


def _tidy(folder: Path) -> None:
    files = sorted(folder.glob("rules-*.bin"), key=lambda path: path.stat().st_mtime)
    for old in files[:-_KEPT]:
        old.unlink(missing_ok=True)
