"""Plain text for Slack: escaped, and not longer than Slack takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.text.visible import cut, one_line, visible

if TYPE_CHECKING:
    from bot.core.wording.reply import Reply

FALLBACK_LIMIT = 3900
"""chat.update takes 4,000 characters, escaped."""


def escape(text: str) -> str:
    """`text` so that Slack's mrkdwn shows it as it is: `<!channel>` pings nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback_text(reply: Reply) -> str:
    """What notifications and screen readers say; never empty."""
    labels = " / ".join(one_line(button.label) for button in reply.buttons)
    said = "\n".join(filter(None, (visible(line.text).strip() for line in reply.lines)))
    text = cut(said or labels.strip() or "…", FALLBACK_LIMIT)
    while len(escape(text)) > FALLBACK_LIMIT:
        text = cut(text, max(1, len(text) * FALLBACK_LIMIT // len(escape(text)) - 1))
    return escape(text)
