"""The parts of a message that change from one occurrence to the next, taken out.

Two masked messages are the same message if their texts are equal: for grouping reports no rule
knows, and for proposing the placeholders of a new phrase. Error codes stay, they are what the
message says: `0x80070005`, `5.1.1`, `AADSTS50011`, `EXP-4012`, and a number called an error (`error
691`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was taken out."""

    placeholder: str
    """`address`, `server`, `file` or `any`, as in a phrase of a rule."""
    words: str
    span: tuple[int, int]
    """Where in the text it stood."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, and what they stand for."""

    text: str
    parts: tuple[Part, ...]


_NAME: Final = r"A-Za-z0-9\u3005-\u3007\u30a1-\u30fe\u3400-\u9fff"
"""Letters of a file's name. Hiragana is rarer there than the particle that ends the word before."""
_FILE_ENDINGS: Final = (
    "docx?|xls[xmb]?|pptx?|pdf|csv|txt|log|msg|eml|ost|pst|zip|7z|exe|dll|msi|sys|ini|json|ya?ml|xml|"
    "html?|js|ts|py|java|jar|cs|sql|png|jpe?g|gif|svg|mp4|bat|ps1|sh|lnk|tmp|iso|cer|pfx|pem"
)
_HOST_ENDINGS: Final = (
    "com|net|org|jp|io|dev|local|lan|internal|corp|edu|gov|info|biz|cloud|app|uk|de|eu|test"
)

_CODE: Final = (
    r"\b0x[0-9A-Fa-f]{1,8}\b"
    r"|\b[245]\.[0-9]{1,3}\.[0-9]{1,3}\b(?!\.[0-9])"
    r"|\b[A-Za-z_]+[0-9]{3,}\b"
    r"|\b[A-Z]{2,}-[0-9]{3,5}\b"
    r"|(?:\b[Ee]rror|ERROR|エラー)[\s:：#]{0,3}(?:(?:[Cc]ode|コード)[\s:：#]{0,3})?\(?-?[0-9]{1,6}\b"
)
_VOLATILE: Final = {
    "server": r"(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s<>\"'」』）)、。]+",
    "address": r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "guid": r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b",
    "file": (
        r"\b[A-Za-z]:\\[^\s\"'<>|、。」』]*|\\\\[\w.$-]+(?:\\[^\s\\\"'<>|、。」』]+)*"
        r"|(?<![\w/])~?(?:/[\w.@%+-]+){2,}/?"
        rf"|(?<![\w()~.-])[{_NAME}_()（）~.-]{{1,60}}\.(?:{_FILE_ENDINGS})(?![A-Za-z0-9])"
    ),
    "ip": (
        r"(?<![A-Za-z0-9_.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?(?!\.?[0-9])"
        r"|(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f]{1,4}(?![\w:])"
    ),
    "host": rf"(?<![A-Za-z0-9.@_-])(?:[A-Za-z0-9-]+\.)+(?:{_HOST_ENDINGS})(?![A-Za-z0-9])",
    "time": (
        r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
        r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?Z?)?"
        r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
        r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[APap][Mm]\b)?|[0-9]{1,2}時(?:[0-9]{1,2}分)?"
    ),
    "hex": r"\b0x[0-9A-Fa-f]{9,}\b|\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b",
    "number": r"(?<![A-Za-z0-9_.])-?[0-9]+(?:[.,][0-9]+)*(?![0-9]*[A-Za-z_])",
}
_ANY: Final = {"guid", "time", "hex", "number"}
_SERVER: Final = {"ip", "host"}
_PATTERN: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{expression})"
        for kind, expression in (
            *(
                (kind, _VOLATILE[kind])
                for kind in ("server", "address", "guid", "file", "ip", "time")
            ),
            ("code", _CODE),
            *((kind, _VOLATILE[kind]) for kind in ("host", "hex", "number")),
        )
    ),
    re.ASCII,
)


def mask(text: str) -> Masked:
    """`text` with placeholders for what varies. Takes time in proportion to its length."""
    pieces: list[str] = []
    parts: list[Part] = []
    end = 0
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup or "code"
        if kind == "code":
            continue
        placeholder = "any" if kind in _ANY else "server" if kind in _SERVER else kind
        pieces += (text[end : match.start()], "{", placeholder, "}")
        parts.append(Part(placeholder, match.group(), match.span()))
        end = match.end()
    return Masked("".join((*pieces, text[end:])), tuple(parts))
