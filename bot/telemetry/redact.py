"""Takes credentials out of a line; the last line of defence, after not logging them at all."""

from __future__ import annotations

import re

_SECRETS = (
    # Slack: bot, user, configuration, refresh and app-level tokens
    (re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[A-Za-z0-9-]+"), "[token]"),
    (re.compile(r"(?i)\b(bearer)\s+[A-Za-z0-9._~+/=-]{6,}"), r"\1 [token]"),
    # addresses that are a credential by themselves: response URLs, webhooks, socket tickets
    (re.compile(r"https://hooks\.slack\.com/[^\s\"'<>]+"), "https://hooks.slack.com/[token]"),
    (re.compile(r"\bwss?://([^\s\"'<>/?]+)[^\s\"'<>]*"), r"wss://\1/[ticket]"),
    (re.compile(r"(\w://[^\s:/@\"']+):[^\s/@\"']+@"), r"\1:[password]@"),
    (
        re.compile(
            r"(?i)\b((?:api_?key|client_secret|password|secret|token)[\"']?\s?[=:]\s?[\"']?)(?!\[)[^\s\"',;&]{4,}"
        ),
        r"\1[secret]",
    ),
)


def redact(line: str) -> str:
    """`line` without credentials."""
    for pattern, instead in _SECRETS:
        line = pattern.sub(instead, line)
    return line
