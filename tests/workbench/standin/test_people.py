from __future__ import annotations

import http.client
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from slack_sdk.errors import SlackApiError

from bot.workbench.standin import (
    AppSettings,
    Channel,
    ChannelKind,
    Options,
    StandinThread,
    Timings,
    Upload,
    cast,
)

if TYPE_CHECKING:
    from slack_sdk import WebClient

HELP = cast.HELP_IT.id


def _events(standin: StandinThread) -> list[dict[str, Any]]:
    return [d.event for d in standin.deliveries]


def test_a_message_event_looks_as_slack_sends_it(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "```\nValueError: a -> b\n```")

    payload = standin.deliveries[0].payload
    event = payload["event"]
    assert (payload["type"], payload["team_id"]) == ("event_callback", cast.TEAM.id)
    assert payload["authorizations"][0]["user_id"] == cast.BOT.id
    assert payload["event_id"].startswith("Ev")
    assert (event["channel"], event["channel_type"], event["ts"]) == (HELP, "channel", said.ts)
    assert event["text"] == "```ValueError: a -&gt; b```"
    assert event["blocks"][0]["elements"][0]["type"] == "rich_text_preformatted"
    assert event["client_msg_id"]
    assert "subtype" not in event


def test_the_bot_hears_nothing_of_channels_it_is_not_in(standin: StandinThread) -> None:
    standin.people.post("sakura", "general", "こんにちは")
    assert standin.deliveries == []

    standin.people.join("general")
    standin.people.post("sakura", "general", "エラーです")
    assert [e["type"] for e in _events(standin)] == ["member_joined_channel", "message"]


def test_a_reply_can_also_go_to_the_channel(standin: StandinThread) -> None:
    root = standin.people.post("sakura", "help-it", "エラー")
    standin.people.broadcast("sakura", "help-it", "まだです", root.ts)

    event = _events(standin)[-1]
    assert (event["subtype"], event["thread_ts"]) == ("thread_broadcast", root.ts)


def test_a_reaction_names_the_message(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "エラー")
    standin.people.react("alex", "help-it", said.ts, "eyes")

    event = _events(standin)[-1]
    assert (event["type"], event["reaction"], event["user"]) == (
        "reaction_added",
        "eyes",
        cast.ALEX.id,
    )
    assert event["item"] == {"type": "message", "channel": HELP, "ts": said.ts}


def test_an_uninstalled_app_is_told_and_locked_out(
    standin: StandinThread, client: WebClient
) -> None:
    standin.standin.uninstall()

    assert [e["type"] for e in _events(standin)] == ["tokens_revoked", "app_uninstalled"]
    assert client.api_test()["ok"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        client.auth_test()


def test_a_direct_message_is_no_mention(standin: StandinThread) -> None:
    standin.people.direct("alex", f"<@{cast.BOT.id}> help")

    (event,) = _events(standin)
    assert (event["type"], event["channel_type"]) == ("message", "im")


def test_an_edit_tells_the_old_and_the_new_text(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "えらー")
    standin.people.edit("sakura", "help-it", said.ts, "エラー")

    event = _events(standin)[-1]
    assert event["subtype"] == "message_changed"
    assert (event["message"]["text"], event["message"]["ts"]) == ("エラー", said.ts)
    assert event["previous_message"]["text"] == "えらー"
    assert event["message"]["edited"]["user"] == cast.SAKURA.id
    assert event["ts"] != said.ts


def test_a_link_preview_changes_no_word(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "https://example.com")
    standin.people.unfurl("help-it", said.ts, "https://example.com")

    event = _events(standin)[-1]
    assert event["subtype"] == "message_changed"
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert "edited" not in event["message"]


def test_a_deletion_names_what_was_deleted(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "エラー")
    standin.people.delete("sakura", "help-it", said.ts)

    event = _events(standin)[-1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", said.ts)
    assert standin.messages("help-it") == []


def test_other_apps_are_marked_as_bots(standin: StandinThread) -> None:
    standin.people.post_as_app("help-it", "disk full")
    standin.people.post_as_app("help-it", "disk full", legacy=True)

    modern, legacy = _events(standin)
    assert (modern["bot_id"], modern["user"]) == (cast.MONITOR.bot_id, cast.MONITOR.id)
    assert (legacy["subtype"], legacy["username"]) == ("bot_message", "Monitor")
    assert "user" not in legacy


def test_a_partners_message_says_where_it_comes_from(standin: StandinThread) -> None:
    standin.people.post("dana", "partner-acme", "VPN error 809")

    payload = standin.deliveries[0].payload
    assert payload["is_ext_shared_channel"] is True
    assert payload["event"]["user_team"] == cast.PARTNER_TEAM
    assert payload["team_id"] == cast.TEAM.id


def test_a_private_channel_has_its_own_type(standin: StandinThread) -> None:
    members = (cast.SAKURA.id, cast.BOT.id)
    private = Channel(id="G0SECRET01", name="secret", kind=ChannelKind.PRIVATE, members=members)
    standin.people.add_channel(private)
    standin.people.post("sakura", "secret", "エラー")

    assert _events(standin)[0]["channel_type"] == "group"


def test_events_the_app_did_not_subscribe_to_are_not_sent() -> None:
    app = AppSettings(events=("app_mention",))
    with StandinThread(Options(app=app, timings=Timings.quick())) as standin:
        standin.people.mention("sakura", "help-it", "エラー")

        assert [e["type"] for e in _events(standin)] == ["app_mention"]


def test_the_manifest_decides_what_the_app_may_do() -> None:
    manifest = {
        "features": {
            "slash_commands": [{"command": "/help"}],
            "shortcuts": [{"type": "message", "callback_id": "check"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "channels:history", "commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
    }
    app = AppSettings.from_manifest(manifest)
    assert (app.commands, app.message_shortcuts) == (("/help",), ("check",))

    manifest["settings"] = {"event_subscriptions": {"bot_events": ["message.im"]}}
    with pytest.raises(ValueError, match=r"im:history"):
        AppSettings.from_manifest(manifest)


@pytest.mark.parametrize("name", ["slack-manifest.yaml", "slack-manifest-http.yaml"])
def test_the_manifests_people_install_are_understood(name: str) -> None:
    path = Path(__file__).parents[3] / "deploy" / name
    app = AppSettings.from_manifest(yaml.safe_load(path.read_text("utf-8")))

    assert "message.channels" in app.events
    assert app.commands == AppSettings().commands
    assert app.message_shortcuts == AppSettings().message_shortcuts


def test_the_very_same_event_can_come_again(standin: StandinThread) -> None:
    said = standin.people.mention("sakura", "help-it", "エラー")
    again = standin.people.redeliver(said)

    first = standin.deliveries[:2]
    assert [d.payload for d in again] == [d.payload for d in first]


def test_a_shared_file_can_be_downloaded_with_the_token_only(
    standin: StandinThread, client: WebClient
) -> None:
    standin.people.share("sakura", "help-it", [Upload("画面.png", b"\x89PNG", "image/png")])

    event = _events(standin)[0]
    (card,) = event["files"]
    assert (event["subtype"], card["mimetype"], card["size"]) == ("file_share", "image/png", 4)
    assert _get(card["url_private_download"], standin.bot_token) == b"\x89PNG"
    assert b"Sign in" in _get(card["url_private_download"], "xoxb-wrong")
    assert client.files_info(file=card["id"])["file"]["name"] == "画面.png"


def test_a_file_from_a_shared_channel_must_be_asked_for(
    standin: StandinThread, client: WebClient
) -> None:
    standin.people.share("dana", "partner-acme", [Upload("a.png", b"x")])

    (card,) = _events(standin)[0]["files"]
    assert card["file_access"] == "check_file_info"
    assert client.files_info(file=card["id"])["file"]["url_private_download"]


def test_people_do_only_what_people_can(standin: StandinThread) -> None:
    said = standin.people.post("sakura", "help-it", "エラー")

    with pytest.raises(ValueError, match="alex is not in #helpdesk-triage"):
        standin.people.post("alex", "helpdesk-triage", "x")
    with pytest.raises(ValueError, match="only what they wrote"):
        standin.people.edit("alex", "help-it", said.ts, "x")
    with pytest.raises(LookupError, match="nobody"):
        standin.people.post("nobody", "help-it", "x")
    with pytest.raises(LookupError, match="nothing to press"):
        standin.people.press("sakura", said.ts, "help-it", "yes")
    with pytest.raises(LookupError, match="not a command"):
        standin.people.command("sakura", "help-it", "/other")


def test_value_tells_two_buttons_with_one_action_apart(
    standin: StandinThread, client: WebClient
) -> None:
    def row(value: str) -> dict[str, Any]:
        label = {"type": "plain_text", "text": value}
        button = {"type": "button", "action_id": "answer", "value": value, "text": label}
        return {"type": "actions", "elements": [button]}

    ts = client.chat_postMessage(channel=HELP, text="?", blocks=[row("a"), row("b")])["ts"]
    pressed = standin.people.press("sakura", str(ts), "help-it", "answer", "b")

    (action,) = pressed.payload["actions"]
    assert (action["value"], action["type"]) == ("b", "button")
    assert pressed.payload["container"]["message_ts"] == ts
    assert pressed.payload["message"]["text"] == "?"


def test_a_message_shortcut_carries_the_message(standin: StandinThread) -> None:
    said = standin.people.post("alex", "help-it", "VPN 809")
    used = standin.people.shortcut("sato", said)

    assert used.payload["type"] == "message_action"
    assert used.payload["message"]["text"] == "VPN 809"
    assert used.payload["user"]["id"] == cast.SATO.id


def _get(url: str, token: str) -> bytes:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", parts.path, headers={"Authorization": f"Bearer {token}"})
    content = connection.getresponse().read()
    connection.close()
    return content
