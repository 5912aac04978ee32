from __future__ import annotations

import io
import json
import logging
import re
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telemetry.logs import configure, outline
from bot.telemetry.redact import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CANARY = "暗号化された接続を使用できません 7f3e"
SLACK_TOKEN = "xoxb-1234567890-ABCdef"


@pytest.fixture
def logged() -> Iterator[Callable[[str, str], io.StringIO]]:
    """Sets logging up on a stream of our own, and puts everything back afterwards."""
    root, hook = logging.getLogger(), threading.excepthook
    names = ("", "bot", "aiohttp.access", "sqlalchemy", "uvicorn.access")
    before = root.handlers[:], {n: logging.getLogger(n).level for n in names}

    def start(level: str = "INFO", form: str = "text") -> io.StringIO:
        stream = io.StringIO()
        configure(level, form, stream)
        return stream

    yield start
    logging.captureWarnings(capture=False)
    threading.excepthook = hook
    root.handlers[:] = before[0]
    for name, level in before[1].items():
        logging.getLogger(name).setLevel(level)


def broken() -> ValueError:
    """An exception whose own text and whose cause's text hold what a person pasted."""
    pasted = CANARY
    try:
        try:
            int(pasted)
        except ValueError as error:
            raise KeyError(pasted) from error
    except KeyError as error:
        problem = ValueError(f"cannot read {pasted}")
        problem.__cause__ = error
    return problem


def test_a_text_line_says_when_how_bad_and_who(logged: Callable[[str, str], io.StringIO]) -> None:
    stream = logged("INFO", "text")
    logging.getLogger("bot.slack").info("connected to %s", "T111")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00 INFO bot\.slack: connected to T111\n", stream.getvalue()
    )


def test_a_json_line_is_one_object(logged: Callable[[str, str], io.StringIO]) -> None:
    stream = logged("INFO", "json")
    logging.getLogger("bot.slack").warning("二つ\nlines")
    entry = json.loads(stream.getvalue())
    assert (entry["level"], entry["logger"], entry["message"]) == (
        "WARNING",
        "bot.slack",
        "二つ\nlines",
    )
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_ends_a_thread_is_told_without_its_text(
    logged: Callable[[str, str], io.StringIO], form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def end() -> None:
        raise broken()

    stream = logged("INFO", form)
    thread = threading.Thread(target=end, name="tidy")
    thread.start()
    thread.join()
    text = stream.getvalue()
    assert "thread tidy ended" in text
    for place in ("ValueError", "KeyError", "test_logs.py", "broken"):
        assert place in text
    assert CANARY not in text + capfd.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_exc_info_shows_no_text_of_the_exception(
    logged: Callable[[str, str], io.StringIO], form: str
) -> None:
    stream = logged("INFO", form)
    error = broken()
    logging.getLogger("bot.slack").error("lost", exc_info=error)
    logging.getLogger("slack_bolt.AsyncApp").error("Failed (error: %s)", error, exc_info=error)
    assert "ValueError" in stream.getvalue()
    assert CANARY not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["slack_bolt.AsyncApp", "slack_sdk.web.client", "aiohttp.client", "app.py:AsyncApp"]
)
def test_libraries_never_debug_and_never_print_a_payload(
    logged: Callable[[str, str], io.StringIO], name: str
) -> None:
    stream = logged("DEBUG", "text")
    log = logging.getLogger(name)
    log.debug("Received message: %s", CANARY)
    log.warning("Unhandled request (%s)", {"event": {"text": CANARY}})
    assert "Unhandled request" in stream.getvalue()
    assert CANARY not in stream.getvalue()


def test_our_own_code_may_debug(logged: Callable[[str, str], io.StringIO]) -> None:
    stream = logged("DEBUG", "text")
    logging.getLogger("bot.core").debug("leased {a}")
    assert "leased {a}" in stream.getvalue()


@pytest.mark.parametrize("name", ["sqlalchemy.engine", "aiohttp.access"])
def test_libraries_that_log_every_statement_or_request_are_quiet(
    logged: Callable[[str, str], io.StringIO], name: str
) -> None:
    stream = logged("DEBUG", "text")
    logging.getLogger(name).info("INSERT INTO task … %s", CANARY)
    assert not stream.getvalue()


def test_configuring_twice_writes_once(logged: Callable[[str, str], io.StringIO]) -> None:
    first, second = logged("INFO", "text"), logged("INFO", "text")
    logging.getLogger("bot").info("hello")
    assert not first.getvalue()
    assert second.getvalue().count("hello") == 1


def test_the_outline_names_groups_and_system_errors() -> None:
    group = ExceptionGroup(CANARY, [ValueError(CANARY), OSError(28, CANARY)])
    assert outline(group) == "ExceptionGroup of ValueError, OSError (errno 28)"


def test_the_outline_ends_even_if_causes_form_a_ring() -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    assert outline(one) == "KeyError\nValueError"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        (f"token {SLACK_TOKEN} here", "token [token] here"),
        ("xoxe.xoxp-1-Mi0yLTE and xapp-1-A1-2-abc", "[token] and [token]"),
        ("{'Authorization': 'Bearer abc.def-123'}", "{'Authorization': 'Bearer [token]'}"),
        ("https://hooks.slack.com/actions/T1/2/abc gone", "https://hooks.slack.com/[token] gone"),
        (
            "wss://wss-primary.slack.com/link/?ticket=ab1&app_id=2",
            "wss://wss-primary.slack.com/[ticket]",
        ),
        ("postgresql://bot:hunter2@db/firstcheck", "postgresql://bot:[password]@db/firstcheck"),
        ('{"password": "hunter22"}', '{"password": "[secret]"}'),
        ("client_secret=abcd1234&x=1", "client_secret=[secret]&x=1"),
        ("leased T1:C1:1719211888.680799 at 10:00", "leased T1:C1:1719211888.680799 at 10:00"),
    ],
)
def test_credentials_are_taken_out_and_the_rest_stays(line: str, instead: str) -> None:
    assert redact(line) == instead


@given(st.text(), st.from_regex(r"xox[abpes]-[0-9]{8,12}-[A-Za-z0-9]{8,24}", fullmatch=True))
def test_no_token_survives_wherever_it_stands(around: str, secret: str) -> None:
    assert secret not in redact(f"{around} {secret}\n{around}")
    assert secret not in json.loads(json.dumps(redact(json.dumps(f"{around} {secret}"))))
