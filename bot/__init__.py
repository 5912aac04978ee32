"""Firstcheck: a Slack bot for helpdesks. Paste an error, get the one thing to check first.

The map, in reading order:

1. `bot.helpdesk`   the use cases; START with `bot/helpdesk/diagnose.py`
2. `bot.core`       pure: text → rulebook → matching → diagnosis → conversation → triage → wording
3. `bot.slack`      what we listen for, how payloads are decoded, how replies are drawn and sent
4. `bot.storage`    the durable mailbox (SQLite, PostgreSQL), its in-memory twin, the rules folder
5. `bot.bootstrap`  the only file that knows every adapter; `bot.config` says what it is given
6. `bot.cli`        the `firstcheck` command
7. `bot.workbench`  the local page and the stand-in for Slack it talks through
8. `bot.telemetry`  logs, metrics, health
9. `bot.errors`     every exception raised on purpose
10. `bot/decisions` why it is so
"""

__version__ = "0.1.0"
