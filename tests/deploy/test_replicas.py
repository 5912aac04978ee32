"""The files for several processes: hardened, and with settings that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config.settings import SETTINGS

DEPLOY = Path(__file__).parents[2] / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").rglob("*.yaml"))
KNOWN = {setting.name for setting in SETTINGS.values()} | {
    setting.file for setting in SETTINGS.values() if setting.secret
}


def documents(path: Path) -> list[dict[str, Any]]:
    return [part for part in yaml.safe_load_all(path.read_text("utf-8")) if part]


def pods() -> list[Any]:
    """A parameter for each workload: kind and name, and its pod."""
    found = [part for path in KUBERNETES for part in documents(path)]
    workloads = [part for part in found if part["kind"] in {"Deployment", "StatefulSet", "Job"}]
    return [
        pytest.param(part["kind"], part["spec"]["template"]["spec"], id=part["metadata"]["name"])
        for part in workloads
    ]


@pytest.mark.parametrize(("kind", "pod"), pods())
def test_a_pod_may_do_no_more_than_it_must(kind: str, pod: dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["enableServiceLinks"] is False  # FIRSTCHECK_SERVICE_HOST is no setting of ours
    for container in pod["containers"]:
        allowed = container["securityContext"]
        assert allowed["readOnlyRootFilesystem"]
        assert allowed["capabilities"] == {"drop": ["ALL"]}
        assert kind == "Job" or {"livenessProbe", "readinessProbe"} <= container.keys()


def test_the_bots_of_compose_may_do_no_more_than_they_must() -> None:
    [compose] = documents(DEPLOY / "compose.postgresql.yaml")
    bots = {name: of for name, of in compose["services"].items() if name != "postgres"}
    assert len(bots) >= 3
    for bot in bots.values():
        assert bot["read_only"]
        assert bot["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("path", [*KUBERNETES, DEPLOY / "compose.postgresql.yaml"], ids=str)
def test_every_setting_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bFIRSTCHECK_[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= {*KNOWN, "FIRSTCHECK_SERVICE_HOST"}
