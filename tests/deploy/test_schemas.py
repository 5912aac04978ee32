"""What operators apply is what its schema allows; each check also refuses a broken copy."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import kubernetes_validate
import pytest

from tests.deploy.offline import (
    COMPOSE,
    DEPLOY,
    KUBERNETES,
    OVERLAYS,
    documents,
    resources,
    run,
    tool,
)

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

RELEASES = ("1.30", "1.37")
"""The oldest version that our manifests are meant for, and the newest there is a schema of."""
SOURCES = [
    path
    for path in sorted(KUBERNETES.rglob("*.yaml"))
    if path.name not in {"kustomization.yaml", "patch.yaml"}
]


def named(path: Path) -> str:
    return path.relative_to(DEPLOY).as_posix()


def refused(resource: dict[str, Any]) -> str:
    """Why Kubernetes would not take it, unknown fields included; empty if it would."""
    for version in RELEASES:
        try:
            kubernetes_validate.validate(resource, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            return f"{version}: {error.message}"
    return ""


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_kubernetes_takes_each_manifest(path: Path) -> None:
    assert [why for part in documents(path.read_text("utf-8")) if (why := refused(part))] == []


@pytest.mark.parametrize("overlay", OVERLAYS, ids=named)
def test_kubernetes_takes_each_overlay_as_it_is_built(overlay: Path) -> None:
    parts = resources(overlay)
    assert parts
    assert [why for part in parts if (why := refused(part))] == []


def test_kubernetes_would_not_take_a_misspelt_field() -> None:
    [workload] = documents((KUBERNETES / "sqlite/statefulset.yaml").read_text("utf-8"))
    [container] = workload["spec"]["template"]["spec"]["containers"]
    container["livenesProbe"] = container.pop("livenessProbe")
    assert "livenesProbe" in refused(workload)


def test_an_overlay_with_a_file_that_is_missing_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: [away.yaml]\n", encoding="utf-8")
    assert run(tool("kubectl"), "kustomize", tmp_path).returncode != 0


def compose_check(path: Path) -> subprocess.CompletedProcess[str]:
    schema = ("--builtin-schema", "vendor.compose-spec")
    return run(sys.executable, "-m", "check_jsonschema", *schema, path)


@pytest.mark.parametrize("path", COMPOSE, ids=named)
def test_compose_takes_each_file(path: Path) -> None:
    done = compose_check(path)
    assert done.returncode == 0, done.stdout


def test_compose_would_not_take_a_misspelt_field(tmp_path: Path) -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    broken = tmp_path / "compose.yaml"
    broken.write_text(text.replace("cap_drop:", "cap_dropped:"), encoding="utf-8")
    assert "cap_dropped" in compose_check(broken).stdout


def hadolint(path: Path) -> list[str]:
    """The codes of what it finds, down to the least."""
    done = run(tool("hadolint"), "--no-fail", "--format", "json", path)
    assert done.returncode == 0, done.stderr
    return [found["code"] for found in json.loads(done.stdout)]


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    assert hadolint(DEPLOY / "Dockerfile") == []


def test_hadolint_would_find_an_image_that_is_not_pinned(tmp_path: Path) -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    broken = tmp_path / "Dockerfile"
    broken.write_text(text.replace("FROM ${PYTHON_IMAGE}", "FROM python"), encoding="utf-8")
    assert "DL3006" in hadolint(broken)
