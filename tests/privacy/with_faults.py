"""The bot, as it is run, but that it breaks where a text says so, with that text in the exception.

`python with_faults.py run`; see `test_nothing_leaks.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.helpdesk.desk import Desk
from bot.slack import app, messenger

if TYPE_CHECKING:
    from collections.abc import Callable

IN_THE_LISTENER = "breaks-the-listener"
IN_THE_STEP = "breaks-the-step"
IN_THE_POST = "breaks-the-post"


def _breaking(call: Callable[..., Any], word: str) -> Callable[..., Any]:
    def broken(*args: Any, **more: Any) -> Any:
        if word in (said := f"{args} {more}"):
            raise ValueError(f"cannot work on {said}")
        return call(*args, **more)

    return broken


if __name__ == "__main__":
    from bot.cli import main

    for where, name, word in (
        (app, "decode", IN_THE_LISTENER),
        (Desk, "step", IN_THE_STEP),
        (messenger, "outward_of", IN_THE_POST),
    ):
        setattr(where, name, _breaking(getattr(where, name), word))
    main()
