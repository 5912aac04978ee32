"""Reply → Block Kit. Pure; nothing in a reply can ping, link or format by itself."""

from bot.slack.render.blocks import blocks
from bot.slack.render.plain import escape, fallback_text

__all__ = ["blocks", "escape", "fallback_text"]
