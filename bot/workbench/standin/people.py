"""Acts as the people of the workspace: they write, edit, press, fill in and invite.

Everything here may be called from any thread. People and channels are named by id or by short
name (`sakura`, `help-it`). What a person could not do raises LookupError or ValueError.
"""

from __future__ import annotations

from bot.workbench.standin.interacting import Interacting
from bot.workbench.standin.writing import Writing


class People(Writing, Interacting):
    """`standin.people`: see `Writing` and `Interacting`."""
