"""What may be logged: never a word somebody wrote, nor an exception's text, which may quote one."""

from __future__ import annotations

import logging
from pathlib import PurePath
from traceback import extract_tb


def sdk_logger(name: str) -> logging.Logger:
    """A logger for the SDK, kept from writing what people wrote.

    At DEBUG it logs whole messages, and at INFO the body of a request with a wrong signature.
    """
    logger = logging.getLogger(f"bot.slack.{name}")
    logger.setLevel(logging.WARNING)
    return logger


def where(error: BaseException) -> str:
    """The error's type and the places it passed, innermost first."""
    frames = extract_tb(error.__traceback__)[-4:]
    path = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {path}"
