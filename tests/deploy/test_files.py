"""What operators copy: the example settings, the unit, the image."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import __version__
from bot.config import env_file, load

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ANALYZE = shutil.which("systemd-analyze") or ""


def unit() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # keys keep their case
    parser.read(DEPLOY / "systemd" / "firstcheck.service", encoding="utf-8")
    return parser


def bot() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["bot"]


def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_the_example_settings_are_the_settings() -> None:
    example = (DEPLOY / "firstcheck.env.example").read_text(encoding="utf-8")
    assert example == env_file(), "python -c 'from bot.config import env_file; …' writes it"


def test_the_unit_does_not_restart_on_a_wrong_setting() -> None:
    assert unit()["Service"]["RestartPreventExitStatus"] == "2"


def test_the_unit_keeps_its_data_where_only_it_can_read_it() -> None:
    service = unit()["Service"]
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    assert service["StateDirectoryMode"] == "0700"
    assert service["ProtectSystem"] == "strict"
    assert service["User"] != "root"


@pytest.mark.skipif(not ANALYZE, reason="systemd is not installed")
def test_systemd_understands_the_unit_and_finds_it_tight() -> None:
    unit = DEPLOY / "systemd" / "firstcheck.service"
    checked = _analyze("verify", str(unit))
    said = [line for line in checked.stderr.splitlines() if unit.name in line]
    assert [line for line in said if "is not executable" not in line] == []
    judged = _analyze("security", "--offline=true", "--threshold=15", str(unit))
    assert judged.returncode == 0, judged.stdout


def _analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ANALYZE, *words], capture_output=True, text=True, check=False, timeout=60
    )


def test_the_unit_gives_the_bot_time_to_end() -> None:
    assert 10 < int(unit()["Service"]["TimeoutStopSec"]) <= 30


def test_the_command_beside_the_service_has_its_settings_and_its_rights() -> None:
    """What `sudo firstcheck doctor` runs must be what the service runs."""
    script = (DEPLOY / "systemd" / "firstcheck").read_text("utf-8")
    service = unit()["Service"]
    for name in ("EnvironmentFile", "StateDirectory", "StateDirectoryMode", "UMask"):
        assert f"--property={name}={service[name]}" in script
    assert f"--uid={service['User']} --gid={service['User']}" in script
    assert f"--working-directory={service['WorkingDirectory']}" in script
    assert service["ExecStart"].removesuffix(" run") in script
    assert (DEPLOY / "systemd" / "firstcheck").stat().st_mode & 0o111


def test_the_image_runs_as_nobody_special_and_installs_only_what_is_locked() -> None:
    text = dockerfile()
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    fetched = re.findall(r"(?:pip|python)(?: \S+)* (?:download|install) (?!--directory)(.+)", text)
    assert len(fetched) == 3
    for packages in fetched:
        assert "--require-hashes" in packages or "--no-index" in packages


def test_every_stage_of_the_image_stands_on_one_base_that_cannot_move() -> None:
    stages = re.findall(r"^FROM (\S+)(?: AS (\S+))?$", dockerfile(), re.MULTILINE)
    names = {name for _, name in stages}
    assert {base for base, _ in stages} - names == {"${PYTHON_IMAGE}"}
    pinned = r"^ARG PYTHON_IMAGE=python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}$"
    assert re.search(pinned, dockerfile(), re.MULTILINE)


def test_the_image_says_which_version_it_is() -> None:
    assert re.search(rf"^ARG VERSION={re.escape(__version__)}$", dockerfile(), re.MULTILINE)


def test_the_image_is_asked_for_its_health_where_it_listens() -> None:
    text = dockerfile()
    [probe] = re.findall(r'CMD \["python", "-c", "(.+)"\]', text)
    compile(probe.replace('\\"', '"'), "probe", "exec")
    assert "FIRSTCHECK_HEALTH_PORT" in probe
    assert re.search(r"^STOPSIGNAL SIGTERM$", text, re.MULTILINE)


def test_the_image_settings_are_valid() -> None:
    environ = dict(re.findall(r"\b(FIRSTCHECK_[A-Z_]+)=(\S+)", dockerfile()))
    assert load(environ).database == "sqlite:////var/lib/firstcheck/firstcheck.sqlite3"


def test_the_image_can_be_built_from_what_is_sent() -> None:
    kept = re.findall(
        r"^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8"), re.MULTILINE
    )
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile(), re.MULTILINE)
        for source in line.split()
    ]
    assert sorted(copied) == sorted(kept)
    assert all((ROOT / name).exists() for name in kept)


def test_the_container_may_write_only_its_data() -> None:
    service = bot()
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["data:/var/lib/firstcheck"]
