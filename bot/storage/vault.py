"""Tokens at rest: Fernet (AES-128-CBC with HMAC-SHA256) of the `cryptography` library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def new_key() -> str:
    """A fresh key, as the settings take it."""
    return Fernet.generate_key().decode()


class Vault:
    """Seals with the first key, opens with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """What may be stored."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises StorageError when no key fits."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise StorageError(_NO_KEY) from None

    def renew(self, sealed: str) -> str:
        """The same under the first key. Raises StorageError when no key fits."""
        try:
            return self._fernet.rotate(sealed).decode()
        except InvalidToken:
            raise StorageError(_NO_KEY) from None


_NO_KEY = (
    "A stored token was encrypted with a key that is not among FIRSTCHECK_TOKEN_KEYS (or in "
    "FIRSTCHECK_TOKEN_KEYS_FILE). Add that key after the others, restart the bot, then run "
    "`firstcheck keys rotate`. Where it is lost, install the app again there: all goes on then."
)
