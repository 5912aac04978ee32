"""The way a workspace installs the app, and everything that people and forgers do on it instead."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import create_engine

from bot.storage.install_states import STATE_SECONDS, StateStore
from tests.e2e.conftest import CALM
from tests.e2e.quarter import GRID, SAKURA_CO, SEED, TOKYO

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.quarter import Quarter


def is_refusal(body: str) -> bool:
    """Two sentences, one a language, and nothing else."""
    paragraph = r'<p lang="(..)">([^<]*)</p>'
    said = re.findall(paragraph, body)
    assert sorted(language for language, _ in said) == ["en", "ja"]
    rest = re.sub(paragraph, "", body)
    return (
        rest == "<!doctype html><title>Firstcheck</title>"
        and "追加できませんでした" in dict(said)["ja"]
        and "was not installed" in dict(said)["en"]
    )


def test_a_state_is_good_once_and_in_its_own_browser(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    assert many.get(back)[0] == 400  # another browser
    assert many.get(back.replace("state=", "state=x"), cookie)[0] == 400
    assert many.get(back, cookie)[0] == 200
    status, _, body = many.get(back, cookie)
    assert status == 401
    assert "追加できませんでした" in body
    assert len(many.slack.exchanges) == 1
    (code,) = parse_qs(urlsplit(back).query)["code"]
    assert code not in many.log()


def test_who_opens_the_link_and_goes_no_further_leaves_nothing(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO)
    for _ in range(20):
        many.to_consent(SAKURA_CO.id)
    assert many.rows("SELECT count(*) FROM slack_oauth_states") == [(0,)]
    many.install(SAKURA_CO.id)
    assert many.rows("SELECT count(*) FROM slack_oauth_states") == [(1,)]


def test_what_people_decline_or_forge_installs_nothing(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    address = back.split("?", 1)[0]
    status, _, body = many.get(f"{address}?error=<script>access_denied", cookie)
    assert status == 200
    assert "<script>" not in body
    (state,) = parse_qs(urlsplit(back).query)["state"]
    assert many.get(f"{address}?code=forged&state={state}", cookie)[0] == 401
    root = many.one(SAKURA_CO.id).people.post("sakura", "help-it", SEED)
    time.sleep(CALM)
    assert not many.one(SAKURA_CO.id).replies(root.channel, root.ts)
    assert many.rows("SELECT count(*) FROM slack_bots") == [(0,)]


def test_who_declines_gets_a_page_in_both_languages_and_may_try_again(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    address = back.split("?", 1)[0]
    (state,) = parse_qs(urlsplit(back).query)["state"]
    _, headers, body = many.get(f"{address}?error=access_denied&state={state}", cookie)
    assert is_refusal(body)
    assert "Max-Age=0" in headers["set-cookie"] or "expires=" in headers["set-cookie"].lower()
    many.install(SAKURA_CO.id)


def test_a_state_lapses(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    back, cookie = many.to_consent(SAKURA_CO.id)
    (state,) = parse_qs(urlsplit(back).query)["state"]
    long_ago = time.time() - STATE_SECONDS - 1
    secret = many.slack.grants.client_secret
    old = StateStore(create_engine("sqlite://"), secret, lambda: long_ago).issue()
    status, _, body = many.get(back.replace(state, old), cookie.replace(state, old))
    assert status == 401
    assert is_refusal(body)
    assert many.slack.exchanges == []


def test_a_cookie_is_for_this_browser_and_no_script(quarter: Callable[..., Quarter]) -> None:
    many = quarter(SAKURA_CO)
    _, headers, _ = many.get(f"http://127.0.0.1:{many.port}/slack/install")
    attributes = {one.strip().lower() for one in headers["set-cookie"].split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "max-age=600"} <= attributes


def test_a_failure_of_ours_or_of_slack_shows_no_more_than_any_other(
    quarter: Callable[..., Quarter],
) -> None:
    many = quarter(SAKURA_CO)
    for broken in (many.slack.faults.fail, many.slack.faults.reset):
        broken("oauth.v2.access")
        back, cookie = many.to_consent(SAKURA_CO.id)
        status, _, body = many.get(back, cookie)
        assert status >= 400
        assert is_refusal(body)
    back, cookie = many.to_consent(SAKURA_CO.id)
    many.do("ALTER TABLE slack_bots RENAME TO gone")
    status, _, body = many.get(back, cookie)
    assert status == 500
    assert is_refusal(body)
    many.do("ALTER TABLE slack_oauth_states RENAME TO gone_too")
    status, _, body = many.get(back, cookie)
    assert status == 500
    assert is_refusal(body)
    assert "Traceback" not in many.log()
    for secret in (*parse_qs(urlsplit(back).query)["code"], many.slack.grants.client_secret):
        assert secret not in many.log()


def test_an_organisation_is_kept_under_its_own_key(quarter: Callable[..., Quarter]) -> None:
    many = quarter(TOKYO)
    many.install(TOKYO.id)
    for rows in (
        many.rows("SELECT enterprise_id, team_id FROM slack_bots"),
        many.rows("SELECT enterprise_id, team_id FROM slack_installations"),
    ):
        assert rows == [(GRID, None)]
