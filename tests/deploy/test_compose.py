"""The files of Compose: hardened, pinned, and with settings that exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.config import load
from bot.config.settings import SETTINGS
from bot.slack.settings import SlackSettings
from tests.deploy.offline import COMPOSE, DEPLOY, KUBERNETES

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {setting.name for setting in SETTINGS.values()}


def services(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text("utf-8"))["services"]
    return found


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_what_compose_starts_may_do_no_more_than_it_must(path: Path) -> None:
    for name, service in services(path.name).items():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"mem_limit", "pids_limit"} <= service.keys()
        assert name in {"postgres", "proxy"} or "cap_add" not in service


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_images_that_are_not_ours_cannot_move(path: Path) -> None:
    for service in services(path.name).values():
        pinned = re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}", service["image"])
        assert service["image"] == "firstcheck" or pinned


@pytest.mark.parametrize("path", [*KUBERNETES.rglob("*.yaml"), *COMPOSE], ids=lambda p: p.name)
def test_every_setting_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bFIRSTCHECK_[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= KNOWN


def test_two_listen_and_two_work_once_the_tables_are_there() -> None:
    several = services("compose.postgresql.yaml")
    for role in ("ingress", "worker"):
        assert several[role]["command"] == ["run", "--role", role]
        assert several[role]["deploy"]["replicas"] == 2
        ready = several[role]["depends_on"]["migrate"]["condition"]
        assert ready == "service_completed_successfully"
    assert several["migrate"]["command"] == ["db", "upgrade"]
    assert several["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_the_database_is_kept_where_its_version_puts_it_and_reached_by_the_bots_only() -> None:
    whole = yaml.safe_load((DEPLOY / "compose.postgresql.yaml").read_text("utf-8"))
    database = whole["services"]["postgres"]
    assert database["volumes"] == ["postgres:/var/lib/postgresql"]
    assert database["networks"] == ["database"]
    assert whole["networks"]["database"] == {"internal": True}
    assert "ports" not in database


def test_the_proxy_passes_the_bots_paths_to_whoever_listens_and_nothing_else() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    [passed] = re.findall(r"^\t@slack path (.+)$", text, re.MULTILINE)
    assert SlackSettings(bot_token="xoxb-1").events_path in passed.split()
    assert set(passed.split()) == {"/slack/events", "/slack/install", "/slack/oauth_redirect"}
    [(name, port)] = re.findall(r"dynamic a (\S+) (\d+)", text)
    assert int(port) == load({}).http_port
    for file, listener in (("compose.yaml", "bot"), ("compose.postgresql.yaml", "ingress")):
        assert services(file)[listener]["networks"]["default"]["aliases"] == [name]
