"""Checks that the built page belongs to its sources, without Node.

`python -m bot.workbench.page_check` exits 1 with a sentence when `page/dist` was built from other
sources, or changed by hand; with `--write` it builds the page anew first (needs Node and npm). The
build itself writes `dist/build.json`, so a stale page cannot be declared fresh.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PAGE: Final = Path(__file__).parent / "page"
SOURCES: Final = (
    "index.html",
    "package.json",
    "package-lock.json",
    "public",
    "src",
    "tsconfig.json",
    "vite.config.ts",
)
"""What the output depends on; `vite.config.ts` names the same."""
_REMEDY: Final = "Run `python -m bot.workbench.page_check --write` and commit page/dist."


def faults(page: Path = PAGE) -> list[str]:
    """What is wrong with the built page, in sentences; empty when it belongs to the sources."""
    record = page / "dist" / "build.json"
    if not record.is_file():
        return ["The workbench page has not been built."]
    built = json.loads(record.read_text("utf-8"))
    found = []
    if built.get("sources") != sources_digest(page):
        found.append("The workbench page was built from other sources than these.")
    changed = _differing(built.get("files", {}), _digests(page / "dist", [page / "dist"]))
    if changed:
        found.append(f"Files in page/dist are not as they were built: {', '.join(changed)}.")
    return found


def sources_digest(page: Path = PAGE) -> str:
    """One digest over the names and contents of all sources, sorted by name (SHA-256, hex)."""
    digests = _digests(page, [page / name for name in SOURCES])
    lines = "".join(f"{name}\0{digests[name]}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def _digests(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for path in paths
        for file in _files(path)
        if file.name != "build.json"
    }


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (p for p in path.rglob("*") if p.is_file())


def _differing(built: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    names = built.keys() | there.keys()
    return sorted(name for name in names if built.get(name) != there.get(name))


def _build(page: Path) -> None:
    for command in (["npm", "ci"], ["npm", "run", "build"]):
        subprocess.run(command, cwd=page, check=True)  # noqa: S603  (our own fixed commands)


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when the page is fresh, 1 when not, 2 for other arguments."""
    if list(arguments) not in ([], ["--write"]):
        sys.stderr.write("usage: python -m bot.workbench.page_check [--write]\n")
        return 2
    if arguments:
        _build(PAGE)
    found = faults()
    if found:
        sys.stderr.write("\n".join([*found, _REMEDY]) + "\n")
        return 1
    sys.stdout.write("The workbench page belongs to its sources.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
