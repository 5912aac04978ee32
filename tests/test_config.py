from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import (
    Config,
    Hours,
    LogFormat,
    Mode,
    WhoMayAnswer,
    env_file,
    load,
    settings_table,
    shipped_rules,
    show,
)
from bot.config.settings import CONFIG_FILE, SETTINGS
from bot.core.text.language import Language
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.config.setting import Setting

BOT = {"SLACK_BOT_TOKEN": "xoxb-111-222-abc"}
APP = {"SLACK_APP_TOKEN": "xapp-1-A111-222-def"}
SIGNING = {"SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}
CANARY = "canary7f3e"


def complaint(environ: dict[str, str], toml: Path | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(environ, toml)
    return str(caught.value)


def test_with_nothing_set_it_runs_in_the_workbench_with_sensible_values() -> None:
    config = load({})
    assert config.mode is Mode.WORKBENCH
    assert config.rules == (shipped_rules(),)
    assert config.database == "sqlite:///firstcheck.sqlite3"
    assert config.timezone == ZoneInfo("Asia/Tokyo")
    assert config.working_hours == Hours(9 * 3600, 18 * 3600)
    assert config.working_days == {0, 1, 2, 3, 4}
    assert (config.nudge_after, config.close_after) == (4 * 3600, 7 * 86400)
    assert config.retention == 30 * 86400
    assert config.who_may_answer is WhoMayAnswer.ASKER_AND_STAFF
    assert not config.answer_connect
    assert config.language is Language.JA
    assert config.log_format is LogFormat.TEXT
    assert config.api_url == "https://slack.com/api/"


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        (BOT | APP, Mode.SOCKET),
        (BOT | SIGNING, Mode.HTTP),
        (BOT | APP | SIGNING, Mode.SOCKET),
        ({}, Mode.WORKBENCH),
    ],
)
def test_the_tokens_tell_how_it_runs(environ: dict[str, str], mode: Mode) -> None:
    assert load(environ).mode is mode


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        (BOT, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]),
        (APP, ["SLACK_BOT_TOKEN is missing"]),
        (SIGNING, ["SLACK_BOT_TOKEN is missing"]),
    ],
)
def test_a_missing_token_is_named(environ: dict[str, str], missing: list[str]) -> None:
    text = complaint(environ)
    assert all(part in text for part in missing)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = complaint(
        {
            "FIRSTCHECK_WORKERS": "many",
            "FIRSTCHECK_TIMEZONE": "Asia/Tokio",
            "FIRSTCHECK_LOG_LEVEL": "loud",
            "FIRSTCHECK_TRIAGE_CHANEL": "C1234",
        }
    )
    assert text.startswith("4 settings are wrong:")
    assert len(text.splitlines()) == 5
    assert 'Did you mean "Asia/Tokyo"?' in text
    assert 'Did you mean "FIRSTCHECK_TRIAGE_CHANNEL"?' in text


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FIRSTCHECK_DATABASE", "mysql://u:pw@h/d", "sqlite:///firstcheck.sqlite3"),
        ("FIRSTCHECK_DATABASE", "firstcheck.db", "sqlite:///"),
        ("FIRSTCHECK_DATABASE", "sqlite://firstcheck.db", "three slashes"),
        ("FIRSTCHECK_DATABASE", "sqlite:///:memory:", "forgets everything"),
        ("FIRSTCHECK_DATABASE", '"sqlite:///firstcheck.db"', "Remove the quotes"),
        ("FIRSTCHECK_DATABASE", "postgresql://u:p@h:54x32/d", "port is no number"),
        ("FIRSTCHECK_DATABASE", "postgresql://u:p@h:70000/d", "port is no number"),
        ("FIRSTCHECK_DATABASE", "postgresql://u:p@ss@h/d", "@ as %40"),
        ("FIRSTCHECK_TRIAGE_CHANNEL", "#helpdesk", "bottom of the window"),
        ("FIRSTCHECK_STAFF", "U0123,@bob", "@bob"),
        ("FIRSTCHECK_WHO_MAY_ANSWER", "any one", 'Did you mean "anyone"?'),
        ("FIRSTCHECK_ANSWER_CONNECT", "maybe", "true or false"),
        ("FIRSTCHECK_LANGUAGE", "fr", "ja or en"),
        ("FIRSTCHECK_WORKING_HOURS", "9-18", "09:00-18:00"),
        ("FIRSTCHECK_WORKING_HOURS", "18:00-09:00", "closes before it opens"),
        ("FIRSTCHECK_WORKING_HOURS", "09:00-25:00", "24:00"),
        ("FIRSTCHECK_WORKING_HOURS", "09:60-18:00", "no time of day"),
        ("FIRSTCHECK_WORKING_DAYS", "weekdays", "mon-fri"),
        ("FIRSTCHECK_WORKING_DAYS", "mon-fri-sun", "mon-fri"),
        ("FIRSTCHECK_HOLIDAYS", "Japan", "JP"),
        ("FIRSTCHECK_NUDGE_AFTER", "1d", "h"),
        ("FIRSTCHECK_CLOSE_AFTER", "a week", "7d"),
        ("FIRSTCHECK_CLOSE_AFTER", "-1d", "7d"),
        ("FIRSTCHECK_WORKERS", "0", "from 1 to 64"),
        ("FIRSTCHECK_HTTP_PORT", "70000", "65535"),
        ("FIRSTCHECK_LOG_FORMAT", "xml", "text or json"),
        ("SLACK_API_URL", "http://slack.com/api/", "in clear"),
        ("SLACK_API_URL", "slack.com", "https://"),
        ("FIRSTCHECK_HELPDESK_CONTACT_EN", "x" * 301, "300"),
    ],
)
def test_a_bad_value_names_its_variable_and_the_fix(name: str, value: str, says: str) -> None:
    text = complaint({name: value})
    assert name in text
    assert says in text


@pytest.mark.parametrize(
    "environ",
    [
        {"SLACK_BOT_TOKEN": f"xoxp-{CANARY}", **APP},
        {"SLACK_BOT_TOKEN": f'"xoxb-{CANARY}"', **APP},
        {"SLACK_APP_TOKEN": f"xoxb-{CANARY}", **BOT},
        {"SLACK_SIGNING_SECRET": CANARY, **BOT},
        {"FIRSTCHECK_STAFF": f"xoxb-{CANARY}"},
        {"FIRSTCHECK_DATABASE": f"mysql://bot:{CANARY}@db/x"},
        {"FIRSTCHECK_DATABASE": f"postgresql://bot:a@{CANARY}@db/x"},
        {"FIRSTCHECK_DATABASE": f"postgresql://bot:a@{CANARY}/b@db/x"},
        {"FIRSTCHECK_DATABASE": f"postgresql://bot:{CANARY}"},
        {"FIRSTCHECK_DATABASE": f"'postgresql://bot:{CANARY}@db/x'"},
        {"SLACK_BOT_TOKEN": f"xoxb-{CANARY}…", **APP},
    ],
)
def test_a_secret_is_never_repeated(environ: dict[str, str]) -> None:
    assert CANARY not in complaint(environ)
    assert not any(CANARY in s.text for s in show(environ) if s.name.startswith("SLACK_"))


def test_a_configuration_does_not_print_its_secrets() -> None:
    assert "xoxb" not in repr(load(BOT | APP))


def test_a_token_of_the_wrong_kind_is_recognised() -> None:
    text = complaint({"SLACK_BOT_TOKEN": "xoxp-1-2", **APP})
    assert "should start with xoxb- but starts with xoxp-" in text
    assert "OAuth & Permissions" in text


def test_a_token_that_is_cut_off_is_told_apart_from_one_of_the_wrong_kind() -> None:
    text = complaint({"SLACK_BOT_TOKEN": "xoxb-…", **APP})
    assert "incomplete" in text
    assert "starts with" not in text
    assert "OAuth & Permissions" in text


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://firstcheck@db.example.com/firstcheck",
        "postgresql://firstcheck:p%40ss@db.example.com:5432/firstcheck?sslmode=verify-full",
        "postgresql:///firstcheck?host=/var/run/postgresql",
        "postgresql://firstcheck:pw@[2001:db8::1]:5432/firstcheck",
        "postgresql+psycopg://[2001:db8::1]/firstcheck",
        "postgresql://firstcheck@server:pw@db.example.com/firstcheck",
    ],
)
def test_an_address_of_a_database_is_taken_as_it_is(url: str) -> None:
    assert load({"FIRSTCHECK_DATABASE": url}).database == url


def test_one_port_cannot_serve_both_slack_and_health() -> None:
    signing = {"SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}
    text = complaint({**BOT, **signing, "FIRSTCHECK_HEALTH_PORT": "3000"})
    assert "FIRSTCHECK_HEALTH_PORT and FIRSTCHECK_HTTP_PORT are both 3000" in text
    assert load({**BOT, **APP, "FIRSTCHECK_HEALTH_PORT": "3000"}).health_port == 3000


def test_empty_and_blank_mean_not_set() -> None:
    assert load({"SLACK_BOT_TOKEN": "", "FIRSTCHECK_WORKERS": "  "}) == load({})


def test_other_programs_variables_are_none_of_its_business() -> None:
    assert load({"HOME": "/", "SLACK_TEAM": "1", "FIRSTCHECKER": "x"}) == load({})


def test_rule_folders_are_stacked_in_the_order_given() -> None:
    config = load({"FIRSTCHECK_RULES": os.pathsep.join(["shipped", "/etc/firstcheck/rules"])})
    assert config.rules == (shipped_rules(), Path("/etc/firstcheck/rules"))


def test_the_shipped_rules_are_there() -> None:
    assert shipped_rules().is_dir()


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("mon, Wed ,fri", {0, 2, 4}),
        ("mon-tue,saturday", {0, 1, 5}),
        ("sun", {6}),
    ],
)
def test_working_days(days: str, numbers: set[int]) -> None:
    assert load({"FIRSTCHECK_WORKING_DAYS": days}).working_days == numbers


@given(st.integers(0, 99), st.integers(0, 59))
def test_durations_add_up(hours: int, minutes: int) -> None:
    config = load({"FIRSTCHECK_NUDGE_AFTER": f"{hours}h{minutes}m"})
    assert config.nudge_after == hours * 3600 + minutes * 60


def test_a_nudge_can_be_switched_off() -> None:
    assert load({"FIRSTCHECK_NUDGE_AFTER": "0"}).nudge_after == 0


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_working_hours_open_before_they_close_or_are_refused(opens: int, closes: int) -> None:
    text = "-".join(f"{m // 60:02}:{m % 60:02}" for m in (opens, closes))
    if opens < closes:
        hours = load({"FIRSTCHECK_WORKING_HOURS": text}).working_hours
        assert hours == Hours(opens * 60, closes * 60)
    else:
        assert "before it opens" in complaint({"FIRSTCHECK_WORKING_HOURS": text})


@given(st.sampled_from(sorted(SETTINGS)), st.text(st.characters(codec="utf-8")))
def test_any_text_is_either_read_or_refused_by_name(field: str, value: str) -> None:
    name = SETTINGS[field].name
    try:
        load({name: value})
    except ConfigError as error:
        assert name in str(error)  # noqa: PT017  (either outcome is fine; the text is the point)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIRSTCHECK_PUBLIC_URL", "https://[half"),
        ("SLACK_API_URL", "https://[half"),
        (CONFIG_FILE, "~nobody-here/firstcheck.toml"),
        ("SLACK_BOT_TOKEN_FILE", "~nobody-here/token"),
        ("FIRSTCHECK_NUDGE_AFTER", "9" * 5000 + "h"),
        ("FIRSTCHECK_CLOSE_AFTER", "9" * 400 + "h"),
        ("FIRSTCHECK_RETENTION", "521w6d"),
        ("FIRSTCHECK_QUIET", "0"),
        ("FIRSTCHECK_SLACK_TIMEOUT", "0s"),
        ("FIRSTCHECK_LEASE", "2h"),
    ],
)
def test_what_no_bot_could_work_with_is_refused_by_name(name: str, value: str) -> None:
    assert name in complaint({name: value})


def test_a_folder_of_a_user_who_is_not_there_is_looked_for_by_that_name() -> None:
    assert load({"FIRSTCHECK_RULES": "~nobody-here/rules"}).rules == (Path("~nobody-here/rules"),)


def test_conversations_are_not_forgotten_while_open() -> None:
    text = complaint({"FIRSTCHECK_CLOSE_AFTER": "40d"})
    assert "FIRSTCHECK_RETENTION" in text
    assert load({"FIRSTCHECK_CLOSE_AFTER": "40d", "FIRSTCHECK_RETENTION": "0"}).retention == 0


class TestFile:
    @pytest.fixture
    def write(self, tmp_path: Path) -> Path:
        return tmp_path / "firstcheck.toml"

    def test_it_holds_the_same_settings(self, write: Path) -> None:
        write.write_text(
            '[slack]\nbot_token = "xoxb-1"\napp_token = "xapp-1"\n'
            '[firstcheck]\nworkers = 3\nanswer_connect = true\nstaff = ["U111", "U222"]\n'
            'rules = ["shipped", "mine"]\nhelpdesk_contact_ja = "内線 1234"\n',
            encoding="utf-8",
        )
        config = load({CONFIG_FILE: str(write)})
        assert config.mode is Mode.SOCKET
        assert config.workers == 3
        assert config.answer_connect
        assert config.staff == {"U111", "U222"}
        assert config.rules[1] == Path("mine")
        assert config.helpdesk_contact.ja == "内線 1234"

    def test_the_environment_wins(self, write: Path) -> None:
        write.write_text("[firstcheck]\nworkers = 3\nhttp_port = 80\n", encoding="utf-8")
        config = load({"FIRSTCHECK_WORKERS": "5"}, write)
        assert (config.workers, config.http_port) == (5, 80)

    def test_a_bad_value_is_placed(self, write: Path) -> None:
        write.write_text('[firstcheck]\ntimezone = "Tokyo"\n', encoding="utf-8")
        assert "(timezone in [firstcheck] of firstcheck.toml)" in complaint({}, write)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("[firstcheck]\nworker = 3\n", 'Did you mean "workers"?'),
            ("[firstcheck]\nbot_token = 'xoxb-1'\n", "bot_token in [firstcheck]"),
            ("[other]\nx = 1\n", "Use [firstcheck] and [slack]"),
            ("workers = 3\n", "Use [firstcheck] and [slack]"),
            ("[firstcheck]\nworkers = 1.5\n", "no text, number, switch or list"),
            ("[firstcheck\n", "no valid TOML"),
        ],
    )
    def test_a_mistake_is_explained(self, write: Path, content: str, says: str) -> None:
        write.write_text(content, encoding="utf-8")
        assert says in complaint({}, write)

    def test_a_syntax_error_says_where_but_quotes_nothing(self, write: Path) -> None:
        write.write_text(f"[slack]\nbot_token = xoxb-{CANARY}\n", encoding="utf-8")
        text = complaint({}, write)
        assert "line 2" in text
        assert CANARY not in text

    def test_a_missing_file_is_an_error(self, write: Path) -> None:
        assert "No such file" in complaint({CONFIG_FILE: str(write)})

    def test_a_file_that_is_not_utf8_is_an_error(self, write: Path) -> None:
        write.write_bytes("# 設定".encode("cp932"))
        assert "not UTF-8" in complaint({}, write)

    def test_what_needs_no_slack_is_not_kept_by_its_settings(self, write: Path) -> None:
        write.write_text('[slack]\nclient_id = "1.2"\n[firstcheck]\nworkers = 3\n', "utf-8")
        wrong = {"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_APP_TOKEN_FILE": "/nowhere"}
        config = load(wrong, write, slack=False)
        assert (config.mode, config.workers) == (Mode.WORKBENCH, 3)


def test_what_is_in_force_is_shown_with_its_origin(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text("[firstcheck]\nworkers = 3\n", encoding="utf-8")
    shown = {s.name: s for s in show(BOT | {"FIRSTCHECK_HTTP_PORT": "8080"}, file)}
    assert shown["FIRSTCHECK_HTTP_PORT"].origin == "environment"
    assert shown["FIRSTCHECK_WORKERS"].origin == "workers in [firstcheck] of my.toml"
    assert shown["FIRSTCHECK_LANGUAGE"].origin == "default"
    assert shown["SLACK_BOT_TOKEN"].text == "set (16 characters, not shown)"
    assert not shown["SLACK_APP_TOKEN"].text


def test_every_setting_is_in_the_table_and_in_the_example_file() -> None:
    for setting in SETTINGS.values():
        assert f"| `{setting.name}` |" in settings_table()
        assert f"\n#{setting.name}=" in env_file()
    assert CONFIG_FILE in settings_table()
    assert f"\n#{CONFIG_FILE}=" in env_file()
    assert len(SETTINGS) == len(fields(Config))


def test_the_table_has_three_columns_in_every_row() -> None:
    assert {row.count("|") for row in settings_table().splitlines()} == {4}


def test_the_examples_are_valid() -> None:
    examples = {s.name: s.example for s in SETTINGS.values() if not s.secret and os.pathsep == ":"}
    own, key = examples | {"SLACK_CLIENT_ID": ""}, "k" * 43 + "="
    assert load(own | BOT | APP).staff == {"U0123456789", "U9876543210"}
    assert load(examples | {"SLACK_CLIENT_SECRET": "x", "FIRSTCHECK_TOKEN_KEYS": key} | APP).many


def test_many_workspaces_need_all_of_their_settings() -> None:
    with pytest.raises(ConfigError) as wrong:
        load(BOT | {"SLACK_CLIENT_ID": "1.2"})
    for name in ("SLACK_CLIENT_SECRET", "FIRSTCHECK_PUBLIC_URL", "FIRSTCHECK_TOKEN_KEYS"):
        assert f"{name} " in str(wrong.value)
    assert "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set" in str(wrong.value)


def test_keys_come_from_the_environment_or_a_file_and_are_never_shown(tmp_path: Path) -> None:
    key = "k" * 43 + "="
    (tmp_path / "keys").write_text(f"# newest first\n{key}\n")
    assert load({"FIRSTCHECK_TOKEN_KEYS_FILE": f"{tmp_path}/keys"}).token_keys == (key,)
    assert key not in repr(load({"FIRSTCHECK_TOKEN_KEYS": key}))
    with pytest.raises(ConfigError, match=r"number 2 is not 43 characters") as wrong:
        load({"FIRSTCHECK_TOKEN_KEYS": f"{key},{key[:-3]}"})
    assert key[:-3] not in str(wrong.value)
    with pytest.raises(ConfigError, match=r"FIRSTCHECK_TOKEN_KEYS_FILE .*cannot be read"):
        load({"FIRSTCHECK_TOKEN_KEYS_FILE": f"{tmp_path}/none"})


@pytest.mark.parametrize(
    "setting", [s for s in SETTINGS.values() if s.secret], ids=lambda s: s.name
)
def test_every_secret_can_stand_in_a_file(setting: Setting, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n", "utf-8")
    assert f"{setting.name}_FILE is" in complaint({f"{setting.name}_FILE": f"{tmp_path}/secret"})
    told = complaint({f"{setting.name}_FILE": f"{tmp_path}/none"})
    assert told.endswith('/none", which cannot be read: No such file or directory.')
    (tmp_path / "secret").write_text("x\n", "utf-8")
    told = complaint({f"{setting.name}_FILE": f"{tmp_path}/secret", setting.name: "x"})
    assert f"{setting.name} and {setting.name}_FILE are both set. Remove one." in told


def test_tokens_are_read_from_files_and_a_wrong_one_names_its_variable(tmp_path: Path) -> None:
    (tmp_path / "bot").write_text(f"{BOT['SLACK_BOT_TOKEN']}\n", "utf-8")
    (tmp_path / "app").write_text(APP["SLACK_APP_TOKEN"], "utf-8")
    files = {f"SLACK_{kind.upper()}_TOKEN_FILE": f"{tmp_path}/{kind}" for kind in ("bot", "app")}
    config = load(files)
    assert config == load(BOT | APP)
    assert config.mode is Mode.SOCKET
    assert {s.origin for s in show(files) if s.name == "SLACK_BOT_TOKEN"} == {
        "SLACK_BOT_TOKEN_FILE"
    }
    told = complaint(files | {"SLACK_BOT_TOKEN_FILE": f"{tmp_path}/app"})
    assert "SLACK_BOT_TOKEN (SLACK_BOT_TOKEN_FILE) is no token of the right kind" in told


def test_what_is_no_secret_stands_in_no_file() -> None:
    assert "FIRSTCHECK_WORKERS_FILE is no setting" in complaint({"FIRSTCHECK_WORKERS_FILE": "x"})


def test_a_lease_must_outlast_what_it_is_for() -> None:
    with pytest.raises(ConfigError, match=r"FIRSTCHECK_LEASE is 30 s, too short .*at least 62s"):
        load({"FIRSTCHECK_SLACK_TIMEOUT": "30s"})
    assert load({"FIRSTCHECK_SLACK_TIMEOUT": "30s", "FIRSTCHECK_LEASE": "62s"}).lease == 62.0


def test_a_database_is_a_file_or_postgresql_and_its_password_is_not_shown() -> None:
    config = load({"FIRSTCHECK_DATABASE": f"postgresql://bot:{CANARY}@db/firstcheck"})
    assert config.database == f"postgresql://bot:{CANARY}@db/firstcheck"
    assert CANARY not in repr(config)
