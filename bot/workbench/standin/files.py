"""Files people share, and their download as Slack does it.

Without a token that may read files Slack answers a sign-in page with status 200, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from bot.workbench.standin import mint
from bot.workbench.standin.model import Json

SIGN_IN_PAGE: Final = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head></html>"


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person attaches."""

    name: str
    content: bytes
    mimetype: str = "image/png"


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file the workspace holds."""

    card: Json
    content: bytes
    mimetype: str


def hold(upload: Upload, user: str, origin: str) -> HeldFile:
    """The file with the card that events and `files.info` show."""
    file_id = mint.slack_id("F")
    address = f"{origin}/files/{file_id}/{{}}{quote(upload.name, safe='')}"
    card = {
        "id": file_id,
        "name": upload.name,
        "title": upload.name,
        "mimetype": upload.mimetype,
        "filetype": upload.name.rpartition(".")[2].lower(),
        "user": user,
        "size": len(upload.content),
        "mode": "hosted",
        "is_external": False,
        "file_access": "visible",
        "url_private": address.format(""),
        "url_private_download": address.format("download/"),
    }
    return HeldFile(card, upload.content, upload.mimetype)


def stub(card: Json) -> Json:
    """What an event of a Slack Connect channel shows: the app must call `files.info`."""
    return {"id": card["id"], "mode": "file_access", "file_access": "check_file_info"}
