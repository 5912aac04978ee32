"""Secrets and personal data, taken out of a text before it is kept.

What helps to recognise an error stays: error codes, GUIDs such as correlation ids, host and file
names. When in doubt a secret goes: a handover can do without it. Redacting twice changes nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS: Final = 6
"""One is nearly always enough; what is left by one replacement may show to the next."""


def redact(text: str) -> str:
    """`text` with `[address]`, `[phone]`, `[secret]`… in place of what must not be stored."""
    for _ in range(_ROUNDS):
        redacted = _once(text)
        if redacted == text:
            break
        text = redacted
    return text


def _once(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _card(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    return "[card]" if 13 <= len(digits) <= 19 and _luhn(digits) else match.group()


def _my_number(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    return "[my number]" if digits[11] == _check_digit(digits[:11]) else match.group()


def _random(match: re.Match[str]) -> str:
    """A long string that is no word: all three kinds of characters, changing often."""
    word = match.group()
    kinds = ["a" if c.islower() else "A" if c.isupper() else "0" for c in word if c.isalnum()]
    changes = sum(a != b for a, b in pairwise(kinds))
    return "[secret]" if len(set(kinds)) == 3 and changes >= 6 else word


def _digits(text: str) -> list[int]:
    return [int(c) for c in text if c.isdigit()]


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * d, 10)) if i % 2 else d for i, d in enumerate(reversed(digits))]
    return any(digits) and sum(doubled) % 10 == 0


def _check_digit(digits: list[int]) -> int:
    """The twelfth digit of an Individual Number (総務省令第85号, 2014, Article 5)."""
    weights = (n + 1 if n <= 6 else n - 5 for n in range(1, 12))
    rest = sum(d * w for d, w in zip(reversed(digits), weights, strict=True)) % 11
    return 0 if rest <= 1 else 11 - rest


_APART: Final = r"(?<![A-Za-z0-9_.-])"
"""Nothing Latin before: Japanese runs on without a blank."""
_END: Final = r"(?![A-Za-z0-9_-])"
_HYPHEN: Final = "[-‐‑–−－ー]"
_PREFECTURE: Final = (
    "(?:東京都|北海道|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟"
    "|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川"
    "|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)"
)

# Tokens known by their looks. Prefixes as documented by Slack, GitHub, GitLab, AWS, Google…
_KEY: Final = "[A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
_PRIVATE_KEY: Final = rf"-----BEGIN {_KEY}[\s\S]*?(?:-----END {_KEY}|\Z)"
_JWT: Final = rf"{_APART}eyJ[\w-]{{6,}}\.[\w-]{{4,}}(?:\.[\w-]*)?"
_BEARER: Final = r"(?<![A-Za-z])(Bearer|Basic|Negotiate|NTLM)\s+(?!\[secret\])[\w.~+/=-]{8,}"
_ISSUED: Final = (
    r"(?<![A-Za-z0-9])(?:(?:xox[a-z]-|xapp-|gh[a-z]_|github_pat_|glpat-|sk-|[ps]k_live_|npm_|AIza)"
    r"[A-Za-z0-9_-]{8,}|(?:AKIA|ASIA|AROA)[A-Z0-9]{12,})"
)
_WEBHOOK: Final = r"(hooks\.slack\.com/(?:services|workflows)/)(?!\[secret\])[\w/-]+"
_LONG: Final = r"(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+_=-]{24,}(?![A-Za-z0-9+/=_])"

_SCHEME: Final = r"((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://)"
_USERINFO: Final = rf"{_SCHEME}(?!\[secret\]@)[^\s/@?#]+@"
_QUERY: Final = (
    r"([?&;](?:(?:access_|id_|refresh_)?token|api_?key|key|sig(?:nature)?|(?:client_)?secret"
    r"|password|passwd|pwd|code|auth|sas)=)(?!\[secret\])[^\s&#;\"'<>]+"
)

# A word that announces a secret, and what follows it.
_LABEL: Final = (
    r"(?<![A-Za-z\[])(?:pass(?:word|wd|code|phrase)?|pwd|pw|(?:client[ _-]?)?secret|api[ _-]?key"
    r"|(?:access|auth)[ _-]?(?:token|key)|token|ＰＷ|パスワード|パスコード|パスフレーズ|暗証番号"
    r"|合言葉|ワンタイムコード|認証コード|確認コード)"
)
_AFTER_COLON: Final = (
    rf"({_LABEL}\s*(?:は|が|を)?\s*[:：=＝→]\s*)"
    r"[「『\"']?(?!\[secret\])[^\s、。，「」『』]{1,128}"
)
_AFTER_VERB: Final = (
    rf"({_LABEL}(?:\s+is\s+|\s+was\s+|\s*[はがを]\s*)[「『\"']?)"
    r"(?=[!-~]{0,127}[0-9!#$%&*+@^~])(?!\[)[!-~]{4,128}"  # a digit or a sign: no ordinary word
)

_ADDRESS: Final = (
    r"(?<![A-Za-z0-9._%+ａ-ｚＡ-Ｚ０-９．-])[A-Za-z0-9._%+ａ-ｚＡ-Ｚ０-９．-]+"
    r"([@＠][A-Za-z0-9ａ-ｚＡ-Ｚ０-９-]+(?:[.．][A-Za-z0-9ａ-ｚＡ-Ｚ０-９-]+)+)"
)
_CARD: Final = (
    rf"{_APART}(?:\d{{4}}([ -])\d{{4}}\1\d{{4}}\1\d{{1,7}}|\d{{13,19}}"
    rf"|\d{{4}}[ -]\d{{6}}[ -]\d{{5}}){_END}"
)
_INDIVIDUAL: Final = rf"{_APART}\d{{4}}([ -]?)\d{{4}}\1\d{{4}}{_END}"
_PHONE: Final = (
    rf"{_APART}(?:\+\d{{1,3}}[ -]?(?:\(0\)[ -]?)?\d{{1,4}}(?:[ -]?\d{{2,4}}){{2,4}}"
    rf"|[(（]?0\d{{1,4}}[)）]?{_HYPHEN}\d{{1,4}}{_HYPHEN}\d{{3,4}}"
    rf"|[(（]0\d{{1,4}}[)）] ?\d{{1,4}}{_HYPHEN}?\d{{3,4}}|[0０][5789５７８９][0０]\d{{8}}"
    rf"|\(\d{{3}}\) ?\d{{3}}-\d{{4}}|\d{{3}}-\d{{3}}-\d{{4}}){_END}"
)
_POSTCODE: Final = (
    rf"〒\s*\d{{3}}{_HYPHEN}?\d{{4}}|{_APART}\d{{3}}{_HYPHEN}\d{{4}}(?=\s{{0,3}}{_PREFECTURE})"
)
_HOME: Final = (
    rf"{_PREFECTURE}[^\s、。，\d]{{1,24}}\d{{1,4}}(?:(?:丁目|番地?|号|の|{_HYPHEN})\d{{1,4}}){{0,3}}"
    r"(?:丁目|番地|番|号)?"
)
_NOBODY: Final = r"(?!\[user\]|Public\b|Default\b|All Users\b)"
_WINDOWS_USER: Final = (
    r"([A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+)"
    rf"{_NOBODY}(?:[^\\/:*?\"<>|\r\n]{{1,40}}(?=[\\/])|[^\s\\/:*?\"'<>|、。」』]+)"
)
_UNIX_USER: Final = rf"(/home/|(?<![A-Za-z]:)/Users/){_NOBODY}[^\s\\/:*?\"'<>|、。」』]+"
_NAME_PART: Final = r"[^\s、。，,;:：()（）\[\]／/]{1,20}"
_NAME: Final = (
    r"((?:(?:^|[\n、。,，(（])[ \u3000>・*-]*(?:full |your )?name"
    r"|お?名前|氏名|フルネーム|申請者名?|本名)[ \u3000]*(?:は|[:：＝=]))"
    rf"(?![ \u3000]*\[name\])[ \u3000]*{_NAME_PART}(?:[ \u3000]{_NAME_PART})?"
)

_Replacement: TypeAlias = "str | Callable[[re.Match[str]], str]"

_RULES: Final[tuple[tuple[re.Pattern[str], _Replacement], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (_PRIVATE_KEY, "[secret]"),
        (_JWT, "[secret]"),
        (_BEARER, r"\1 [secret]"),
        (_ISSUED, "[secret]"),
        (_WEBHOOK, r"\1[secret]"),
        (_USERINFO, r"\1[secret]@"),
        (_QUERY, r"\1[secret]"),
        (_AFTER_COLON, r"\1[secret]"),
        (_AFTER_VERB, r"\1[secret]"),
        (_ADDRESS, r"[address]\1"),
        (_CARD, _card),
        (_INDIVIDUAL, _my_number),
        (_PHONE, "[phone]"),
        (_POSTCODE, "[postal code]"),
        (_HOME, "[postal address]"),
        (_WINDOWS_USER, r"\1[user]"),
        (_UNIX_USER, r"\1[user]"),
        (_NAME, r"\1 [name]"),
        (_LONG, _random),
    )
)
