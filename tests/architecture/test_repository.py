"""Promises about the files themselves: what they say, and what they must never say."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.config import settings_table
from bot.config.settings import CONFIG_FILE, SETTINGS

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", ".hypothesis"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".jsonl", ".txt", ".css", ".html", ".svg"}
TEXT |= {".ts", ".tsx", ".js", ".sh", ".service", ".env", ".mako", ".cfg", ".ini", ""}

# put together here so that this file does not say them either
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root)/\w")

RUNTIME = ROOT / "deploy" / "requirements.txt"
TESTS = ROOT / "tests" / "requirements.txt"


@cache
def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(*extras: str) -> list[Requirement]:
    texts = [*project()["dependencies"]]
    for extra in extras:
        texts += project()["optional-dependencies"][extra]
    return [Requirement(text) for text in texts]


def our_files() -> list[Path]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        if Path(folder) == ROOT:
            folders[:] = [name for name in folders if name != "dist"]
        found += [Path(folder, name) for name in names if Path(name).suffix in TEXT]
    return found


PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def locked(path: Path) -> dict[str, str]:
    """Versions by name; of a package that is pinned for each Python, that of the newest."""
    return dict(PIN.findall(path.read_text(encoding="utf-8")))


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    bad = [
        str(path.relative_to(ROOT))
        for path in our_files()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        if any(host in text for host in REGISTRIES) or MACHINE_PATH.search(text)
    ]
    assert not bad


@pytest.mark.parametrize("lock", [RUNTIME, TESTS], ids=lambda path: path.parent.name)
def test_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert len(entries) == len(PIN.findall(text))


@pytest.mark.parametrize(
    ("lock", "extras"), [(RUNTIME, ("build",)), (TESTS, ("build", "dev"))], ids=["deploy", "tests"]
)
def test_a_lock_satisfies_what_the_project_asks_for(lock: Path, extras: tuple[str, ...]) -> None:
    pinned = {canonicalize_name(name): version for name, version in locked(lock).items()}
    stale = [
        str(asked)
        for asked in requirements(*extras)
        if not asked.specifier.contains(pinned.get(canonicalize_name(asked.name), "0"))
    ]
    assert not stale, "run make lock"


def test_what_is_tested_is_what_is_deployed() -> None:
    assert locked(RUNTIME).items() <= locked(TESTS).items()


def test_every_dependency_has_its_reason() -> None:
    decision = (ROOT / "bot/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    asked = {requirement.name for requirement in requirements("build", "dev")}
    named = set(re.findall(r"^\| `([^`]+)` \|", decision, re.MULTILINE))
    assert named == asked


def test_decisions_are_numbered_and_complete() -> None:
    decisions = sorted((ROOT / "bot" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[:4] == ["Status", "Context", "Decision", "Consequences"], path.name


def test_the_readme_shows_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- generated: settings -->\n(.*?)<!-- end -->", readme, re.DOTALL)
    assert shown, "README.md lacks the markers <!-- generated: settings --> and <!-- end -->"
    assert shown[1].strip() == settings_table().strip()


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    files = {setting.file for setting in SETTINGS.values() if setting.secret}
    known = {CONFIG_FILE, *files, *(setting.name for setting in SETTINGS.values())}
    unknown = {
        (str(path.relative_to(ROOT)), name)
        for path in our_files()
        if "tests" not in path.parts and (path.suffix in {".md", ".yaml", ".service", ".env"})
        for name in re.findall(r"\bFIRSTCHECK_[A-Z0-9_]+[A-Z0-9]", path.read_text(encoding="utf-8"))
        if name not in known
    }
    assert not unknown


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", changelog, re.MULTILINE)
    headings = set(re.findall(r"^### (.+)$", changelog, re.MULTILINE))
    assert headings <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert project()["license"] == "Apache-2.0"


@pytest.mark.parametrize("path", sorted(ROOT.glob("deploy/**/*.yaml")), ids=lambda path: path.name)
def test_what_operators_copy_is_valid_yaml(path: Path) -> None:
    assert list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
