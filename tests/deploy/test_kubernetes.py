"""The overlays as kubectl builds them: hardened, closed, and each part finding the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot import __version__
from bot.config import load
from bot.config.settings import SETTINGS
from bot.errors import ConfigError
from tests.deploy.offline import KUBERNETES, OVERLAYS, documents, resources

if TYPE_CHECKING:
    from pathlib import Path

SERVING = OVERLAYS[:3]
WORKLOADS = {"Deployment", "StatefulSet", "Job"}
SLACKS_LIMIT = 10
"""Connections that Slack allows an app in Socket Mode."""


def name(overlay: Path) -> str:
    return overlay.name


def workloads(overlay: Path) -> list[dict[str, Any]]:
    return [part for part in resources(overlay) if part["kind"] in WORKLOADS]


def template(workload: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = workload["spec"]["template"]
    return found


def containers(overlay: Path) -> list[dict[str, Any]]:
    return [one for of in workloads(overlay) for one in template(of)["spec"]["containers"]]


def selected(labels: dict[str, str], overlay: Path) -> list[str]:
    """The workloads whose pods have these labels."""
    return [
        workload["metadata"]["name"]
        for workload in workloads(overlay)
        if labels.items() <= template(workload)["metadata"]["labels"].items()
    ]


@pytest.mark.parametrize("overlay", OVERLAYS, ids=name)
def test_a_pod_may_do_no_more_than_it_must(overlay: Path) -> None:
    assert workloads(overlay)
    for workload in workloads(overlay):
        pod = template(workload)["spec"]
        allowed = pod["securityContext"]
        assert allowed["runAsNonRoot"]
        assert allowed["runAsUser"] == allowed["runAsGroup"] == 10001
        assert allowed["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False  # FIRSTCHECK_SERVICE_HOST is no setting of ours
    for container in containers(overlay):
        allowed = container["securityContext"]
        assert allowed["readOnlyRootFilesystem"]
        assert allowed["allowPrivilegeEscalation"] is False
        assert allowed["capabilities"] == {"drop": ["ALL"]}
        assert {"requests", "limits"} <= container["resources"].keys()
        assert {mount["mountPath"] for mount in container["volumeMounts"]} == {
            "/tmp",  # noqa: S108  (a mount)
            "/var/lib/firstcheck",
        }


@pytest.mark.parametrize("overlay", SERVING, ids=name)
def test_what_serves_is_probed_and_given_time_to_end(overlay: Path) -> None:
    for workload in workloads(overlay):
        assert template(workload)["spec"]["terminationGracePeriodSeconds"] >= 30
    for container in containers(overlay):
        assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
        assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
        assert container["startupProbe"]["httpGet"]["path"] == "/healthz"
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        assert ports["health"] == int(settings()["FIRSTCHECK_HEALTH_PORT"])


@pytest.mark.parametrize("overlay", OVERLAYS, ids=name)
def test_the_image_is_the_version_of_this_code(overlay: Path) -> None:
    images = {container["image"] for container in containers(overlay)}
    assert images == {f"firstcheck:{__version__}"}


def test_deleting_an_overlay_leaves_the_namespace_and_deleting_the_job_all_else() -> None:
    for overlay in OVERLAYS:
        assert not resources(overlay, "Namespace")
    assert [part["kind"] for part in resources(OVERLAYS[3])] == ["Job"]


@pytest.mark.parametrize("overlay", SERVING, ids=name)
def test_services_budgets_and_scalers_find_their_pods(overlay: Path) -> None:
    for service in resources(overlay, "Service"):
        assert len(selected(service["spec"]["selector"], overlay)) == 1
    for budget in resources(overlay, "PodDisruptionBudget"):
        assert selected(budget["spec"]["selector"]["matchLabels"], overlay)
    names = {workload["metadata"]["name"] for workload in workloads(overlay)}
    for scaler in resources(overlay, "HorizontalPodAutoscaler"):
        assert scaler["spec"]["scaleTargetRef"]["name"] in names
    for workload in workloads(overlay):
        labels = workload["spec"]["selector"]["matchLabels"]
        assert selected(labels, overlay) == [workload["metadata"]["name"]]


@pytest.mark.parametrize("overlay", OVERLAYS[1:3], ids=name)
def test_one_of_each_half_may_go_at_any_time(overlay: Path) -> None:
    ingress, worker = resources(overlay, "Deployment")
    [scaler] = resources(overlay, "HorizontalPodAutoscaler")
    assert ingress["spec"]["replicas"] == scaler["spec"]["minReplicas"] == 2
    assert "replicas" not in worker["spec"], "it would fight with the scaler"
    for half in (ingress, worker):
        spread = template(half)["spec"]["topologySpreadConstraints"]
        assert {one["topologyKey"] for one in spread} == {
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
        }
    assert len(resources(overlay, "PodDisruptionBudget")) == 2


def test_a_rollout_opens_no_more_connections_than_slack_allows() -> None:
    ingress, _ = resources(OVERLAYS[1], "Deployment")
    most = ingress["spec"]["replicas"] + ingress["spec"]["strategy"]["rollingUpdate"]["maxSurge"]
    assert most * load(settings()).sockets <= SLACKS_LIMIT


def policies(overlay: Path) -> dict[str, Any]:
    found = resources(overlay, "NetworkPolicy")
    return {policy["metadata"]["name"]: policy["spec"] for policy in found}


def ports(rules: list[dict[str, Any]]) -> set[int]:
    return {port["port"] for rule in rules for port in rule["ports"]}


def test_nothing_goes_in_or_out_but_what_is_needed() -> None:
    wanted = {
        "sqlite": ({9090}, {53, 443}),
        "postgresql": ({9090}, {53, 443, 5432}),
        "postgresql-http": ({3000, 9090}, {53, 443, 5432}),
    }
    for overlay in SERVING:
        rules = policies(overlay)
        closed = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
        assert rules.pop("deny-all") == closed
        incoming = [rule for policy in rules.values() for rule in policy.get("ingress", [])]
        outgoing = [rule for policy in rules.values() for rule in policy.get("egress", [])]
        assert (ports(incoming), ports(outgoing)) == wanted[overlay.name]
        assert all(rule["from"] for rule in incoming)
        for policy in rules.values():
            assert selected(policy["podSelector"]["matchLabels"], overlay)


def test_names_are_asked_of_the_clusters_dns_and_slack_is_not_within_it() -> None:
    rules = policies(OVERLAYS[0])
    [names] = rules["to-dns"]["egress"]
    assert names["to"][0]["podSelector"] == {"matchLabels": {"k8s-app": "kube-dns"}}
    [slack] = rules["to-slack"]["egress"]
    assert {"10.0.0.0/8", "169.254.0.0/16"} <= set(slack["to"][0]["ipBlock"]["except"])


def test_slack_and_browsers_reach_only_the_bots_own_paths() -> None:
    overlay = OVERLAYS[2]
    [ingress] = resources(overlay, "Ingress")
    [rule] = ingress["spec"]["rules"]
    paths = {path["path"]: path for path in rule["http"]["paths"]}
    assert set(paths) == {"/slack/events", "/slack/install", "/slack/oauth_redirect"}
    assert {path["pathType"] for path in paths.values()} == {"Exact"}
    [service] = resources(overlay, "Service")
    [listens] = [
        port["containerPort"]
        for container in containers(overlay)
        for port in container["ports"]
        if port["name"] == service["spec"]["ports"][0]["targetPort"]
    ]
    assert listens == load({}).http_port


def settings() -> dict[str, str]:
    """What the ConfigMap sets."""
    lines = (KUBERNETES / "base" / "settings.properties").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_are_valid_also_those_that_are_offered() -> None:
    assert load(settings()).http_host == "0.0.0.0"  # noqa: S104  (read, not bound)
    text = (KUBERNETES / "base" / "settings.properties").read_text("utf-8")
    offered = dict(re.findall(r"^#([A-Z_]+)=(.+)$", text, re.MULTILINE))
    assert len(offered) >= 10
    load(settings() | offered)
    secret = {setting.name for setting in SETTINGS.values() if setting.secret}
    assert not secret & (offered.keys() | settings().keys())


def test_the_example_secret_has_a_place_for_each_secret_and_holds_none() -> None:
    text = (KUBERNETES / "secret.example.yaml").read_text("utf-8")
    secret = {setting.name for setting in SETTINGS.values() if setting.secret}
    assert secret <= set(re.findall(r"^  (?:# )?([A-Z_]+): REPLACE\b", text, re.MULTILINE))
    [example] = documents(text)
    assert set(example["stringData"].values()) == {"REPLACE"}
    for key in example["stringData"]:
        with pytest.raises(ConfigError):
            load({key: "REPLACE"})


def test_the_pods_read_the_example_secret_by_its_name() -> None:
    example = yaml.safe_load((KUBERNETES / "secret.example.yaml").read_text("utf-8"))
    for overlay in OVERLAYS:
        for container in containers(overlay):
            sources = [one["secretRef"] for one in container["envFrom"] if "secretRef" in one]
            assert sources[0] == {"name": example["metadata"]["name"]}
