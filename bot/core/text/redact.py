"""Secrets and personal data, taken out of a text before it is kept.

What helps to recognise an error stays: error codes, GUIDs such as correlation ids, host and file
names. When in doubt a secret goes: a handover can do without it. Redacting twice changes nothing,
and it takes time in proportion to the text: what repeats in a pattern is bounded, or can begin in
one place only. Why not a kept detector: see bot/decisions/0009-privacy.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.core.text import names, passwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ROUNDS: Final = 6
"""One is nearly always enough; what is left by one replacement may show to the next."""


class Secret(StrEnum):
    """What lets somebody in: whoever showed it should change it."""

    PASSWORD = "password"  # noqa: S105  (the word, not one)
    TOKEN = "token"  # noqa: S105
    PRIVATE_KEY = "private_key"


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text fit to be kept, and which secrets were surely in it."""

    text: str
    secrets: tuple[Secret, ...] = ()


def redact(text: str) -> str:
    """`text` with `[address]`, `[phone]`, `[secret]`… in place of what must not be stored."""
    return looked_through(text).text


def looked_through(text: str) -> Redacted:
    """As `redact`, and what its writer should be warned about."""
    seen: set[Secret] = set()
    for _ in range(_ROUNDS):
        redacted = _once(text, seen)
        if redacted == text:
            break
        text = redacted
    return Redacted(text, tuple(sorted(seen)))


def _once(text: str, seen: set[Secret]) -> str:
    for pattern, replacement, kind in _TOKENS:
        text, found = pattern.subn(replacement, text)
        if kind and found:
            seen.add(kind)
    text, sure = passwords.redact(text)
    if sure:
        seen.add(Secret.PASSWORD)
    for pattern, instead in _NUMBERED if _DIGIT.search(text) else _UNNUMBERED:
        text = pattern.sub(instead, text)
    return names.redact(text)


def _card(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    return "[card]" if 13 <= len(digits) <= 19 and _luhn(digits) else match.group()


def _my_number(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    return "[my number]" if digits[11] == _check_digit(digits[:11]) else match.group()


def _account(match: re.Match[str]) -> str:
    """An IBAN (ISO 13616: letters count from 10, the whole leaves 1 when divided by 97)."""
    code = "".join(match.group().split())
    value = int("".join(str(int(c, 36)) for c in code[4:] + code[:4]))
    return "[account]" if value % 97 == 1 else match.group()


def _numbered(match: re.Match[str]) -> str:
    return f"{match.group(1) or match.group(2)}[account]"


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
_JWT: Final = rf"{_APART}eyJ[A-Za-z0-9_-]{{6,}}\.[A-Za-z0-9_-]{{4,}}(?:\.[A-Za-z0-9_-]*)?"
_BEARER: Final = (
    r"(?<![A-Za-z])(Bearer|Basic|Negotiate|NTLM)\s{1,8}(?!\[secret\])"
    r"(?=[A-Za-z0-9_.~+/=-]{0,512}[0-9=])[A-Za-z0-9_.~+/=-]{8,}"  # no ordinary word
)
_ISSUED: Final = (
    r"(?<![A-Za-z0-9])(?:(?:xox[a-z](?:\.xox[a-z])?-|xapp-|gh[a-z]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-"
    r"|sk-|[psr]k_(?:live|test)_|whsec_|npm_|pypi-|hf_|dop_v1_|shp[a-z]{2}_|GOCSPX-|AIza|ya29\."
    r"|SG\.|AGE-SECRET-KEY-|dckr_pat_|lin_api_|sq0[a-z]{3}-)(?!\[)[A-Za-z0-9_.-]{8,}"
    r"|(?:AKIA|ASIA|AROA|ABIA)[A-Z0-9]{12,}"
    r"|1//0[A-Za-z0-9_-]{20,}|\d{8,10}:AA[A-Za-z0-9_-]{30,}|[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{30,40})"
)
_WEBHOOK: Final = r"(hooks\.slack\.com/(?:services|workflows|triggers)/)(?!\[secret\])[\w/-]+"
_OFFICE_HOOK: Final = r"(webhook\.office\.com/|discord\.com/api/webhooks/)(?!\[secret\])[^\s\"'<>]+"
_AUTHORIZATION: Final = (
    r"(\bAuthorization[\"']?\s{0,3}:\s{0,3}[\"']?)(?!(?:[A-Za-z-]{1,20}\s{1,2})?\[secret\])"
    r"((?:[A-Za-z-]{1,20}\s{1,2})?)[^\s,\"']{8,4096}"
)
_CRUMB: Final = r"[^\s=;,\"'\[]{1,80}=[^\s;\"']{1,4096}"
_COOKIE: Final = rf"(\b(?:Set-)?Cookie[\"']?\s{{0,3}}:\s{{0,3}}){_CRUMB}(?:;\s?{_CRUMB}){{0,60}}"
_RECOVERY: Final = rf"{_APART}\d{{6}}(?:(?:{_HYPHEN}| )\d{{6}}){{7}}{_END}"
"""What BitLocker asks for."""
_LONG: Final = r"(?<![A-Za-z0-9+/=_.-])(?!IMCEAEX-)[A-Za-z0-9+_=-]{24,}(?![A-Za-z0-9+/=_])"

_SCHEME: Final = r"((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://)"
_USERINFO: Final = rf"{_SCHEME}(?!\[secret\]@)[^\s/@?#]+@"
_IN_QUERY: Final = r"([?&;](?:password|passwd|pwd)=)(?!\[secret\])[^\s&#;\"'<>]+"
_QUERY: Final = (
    r"([?&;](?:(?:access_|id_|refresh_)?token|api_?key|key|sig(?:nature)?|(?:client_)?secret"
    r"|code|auth|sas)=)(?!\[secret\])[^\s&#;\"'<>]+"
)

_ADDRESS: Final = (
    r"(?<![A-Za-z0-9._%+ａ-ｚＡ-Ｚ０-９．-])[A-Za-z0-9._%+ａ-ｚＡ-Ｚ０-９．-]+"
    r"([@＠][A-Za-z0-9ａ-ｚＡ-Ｚ０-９-]+(?:[.．][A-Za-z0-9ａ-ｚＡ-Ｚ０-９-]+)+)"
)
_CARD: Final = (
    rf"{_APART}(?:\d{{4}}([ -])\d{{4}}\1\d{{4}}\1\d{{1,7}}|\d{{13,19}}"
    rf"|\d{{4}}[ -]\d{{6}}[ -]\d{{4,5}}){_END}"
)
_INDIVIDUAL: Final = rf"{_APART}\d{{4}}([ \u3000-]|－)?\d{{4}}(?(1)\1)\d{{4}}{_END}"
_PHONE: Final = (
    rf"{_APART}(?:[+＋]\d{{1,3}}[ .-]?(?:\(0\)[ -]?)?\(?\d{{1,4}}\)?(?:[ .-]?\d{{2,4}}){{2,4}}"
    rf"|[(（]?[0０]\d{{1,4}}[)）]?{_HYPHEN}\d{{1,4}}{_HYPHEN}\d{{3,4}}"
    rf"|[0０]\d{{1,4}}[ \u3000]\d{{2,4}}[ \u3000]\d{{3,4}}"
    rf"|[(（][0０]\d{{1,4}}[)）] ?\d{{1,4}}{_HYPHEN}?\d{{3,4}}|[0０][5789５７８９][0０]\d{{8}}"
    rf"|\(\d{{3}}\) ?\d{{3}}-\d{{4}}|\d{{3}}-\d{{3}}-\d{{4}}){_END}"
)
_IBAN: Final = (
    rf"{_APART}(?-i:[A-Z]{{2}})\d{{2}}"
    rf"(?: ?(?-i:[A-Z0-9]){{4}}){{2,7}}(?: ?(?-i:[A-Z0-9]){{1,3}})?{_END}"
)
_BANK: Final = (
    r"((?:(?:普通|当座)(?:預金)?(?:口座)?|口座(?:番号)?"
    r"|\b(?:account|acct\.?|a/c) ?(?:number|no\.?|#)|\bbank account|\brouting (?:number|no\.?|#))"
    r"[\s:：はがを]{0,4}(?:(?:is|番号|No\.?)[\s:：は]{0,3})?)"
    r"\d(?:-?\d){5,11}(?!\d)|(\bsort code(?: is)?[\s:]{0,3})\d\d-?\d\d-?\d\d(?![\d-])"
)
_POSTAL_BANK: Final = (
    r"(記号[\s:：は]{0,4})\d{5}([\s、,／/・-]{1,3}番号[\s:：は]{0,4})\d{6,8}(?!\d)"
)
_MEMBER: Final = (
    r"((?:(?:社員|職員|従業員|スタッフ|会員|顧客|お客(?:様|さま)|患者|診察券|学籍|学生|被保険者|バッジ)"
    r"(?:番号|ID|No\.?|ナンバー|コード)|社番|\bbadge|\b(?:employee|emp|staff|badge|payroll|personnel|member(?:ship)?"
    r"|customer|patient|student) ?(?:number|no\.?|id|#))\s{0,3}(?:[はがを:：#=]|is)?\s{0,3})"
    r"[A-Z]{0,3}-?\d(?:-?\d){3,13}[A-Z]?(?![A-Za-z\d_-])"
)
_IDENTITY: Final = (
    r"((?:パスポート|旅券|免許証?|年金|保険証|在留カード|社員証|\bpassport|\blicen[cs]e|\bSSN"
    r"|\bsocial security)(?:の)?\s{0,2}(?:番号|number|no\.?)?\s{0,3}(?:は|が|is|[:：#])?\s{0,3})"
    r"(?=[A-Z\d-]{7,16}(?![A-Za-z\d-]))[A-Z]{0,2}[\d-]{7,14}[A-Z]{0,2}"
)
_BORN: Final = (
    r"((?:生年月日|誕生日|\bdate of birth|\bDOB|\bborn(?: on)?)\s{0,3}(?:は|が|is|[:：])?\s{0,3})"
    r"(?:(?:昭和|平成|令和|大正)?\d{1,4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,4}日?)"
)
_POSTCODE: Final = (
    rf"〒\s{{0,3}}\d{{3}}{_HYPHEN}?\d{{4}}"
    rf"|{_APART}\d{{3}}{_HYPHEN}\d{{4}}(?=\s{{0,3}}{_PREFECTURE})"
)
_NUMBERS: Final = rf"(?:(?:丁目|番地?|号|の|{_HYPHEN})\d{{1,4}})"
_HOME: Final = (
    rf"{_PREFECTURE}[^\s、。，\d]{{1,24}}\d{{1,4}}{_NUMBERS}{{0,3}}(?:丁目|番地|番|号)?"
    rf"|(?<![一-龠々ァ-ヶ])[一-龠々ヶケ]{{1,5}}[市区郡町村](?![」』])[^\s、。，\d「」]{{1,20}}"
    rf"(?:\d{{1,4}}{_NUMBERS}{{1,3}}|[\d一二三四五六七八九十]{{1,3}}丁目{_NUMBERS}{{0,3}})(?:番地|番|号)?"
)
_NO_STREET: Final = (
    r"(?!(?:Google|Shared?|Network|Hard|One|Usb|Team|My|Mapped|Flash|External|Internal|Home|Local|Cloud"
    r"|Thumb|Backup|System|Data|Disk|State|Virtual|Recovery|Market|Work|Window|App|Minute|Tab|File|Object"
    r"|Application|Document|Workbook|Program|Error|Failed|Then|Not|And|Or|Please|Press|Any|Each|Other|First"
    r"|Same|Best|Only|Right|Wrong|No|This|The|New|Second|Easy|Two|Factor|Step|Phase)s?\b)"
)
_WAY: Final = (
    r"(?:Street|Avenue|Road|Boulevard|Lane|Parkway|Drive|Way|Place|Court|Terrace|Square|Close"
    r"|Crescent|Circle|Gardens|Grove|Mews|Ave|Blvd|Pkwy|Rd|Ln"
    r"|(?:St|Dr|Ct|Pl|Sq)\.?(?=[ ,\n]|\Z))(?![A-Za-z])"
)
_STREET: Final = (
    r"(?<![\w.-])(?<!Windows )(?<!Office )(?<!Server )(?<!error )(?<!code )"
    r"(?:(?:Flat|Apt|Unit|Room)\.? \w{1,4}, )?\d{1,5}(?-i:[A-Z]?(?: [NSEW]\b\.?)?"
    rf"(?: {_NO_STREET}[A-Z][a-z'’]{{1,20}}){{1,3}} {_WAY}"
    r"(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Room)\.? ?\w{1,5}\b)?"
    r"(?:(?:, [A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?){0,2},?"
    r" (?:[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b)?)"
)
_LIVES: Final = (
    r"(\b(?:(?:home|postal|mailing|street|shipping|my) address(?: is)?|lives? at"
    r"|(?:ship|deliver|send)(?:p?ed)?(?: it)? to):? {1,3})"
    rf"\d{{1,5}}[a-z]?(?: {_NO_STREET}[a-z'’]{{2,20}}){{1,3}} {_WAY}"
)
_NOBODY: Final = r"(?!\[user\]|Public\b|Default\b|All Users\b)"
_WINDOWS_USER: Final = (
    r"([A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+)"
    rf"{_NOBODY}(?:[^\\/:*?\"<>|\r\n]{{1,40}}(?=[\\/])|[^\s\\/:*?\"'<>|、。」』]+)"
)
_UNIX_USER: Final = rf"(/home/|(?<![A-Za-z]:)/Users/){_NOBODY}[^\s\\/:*?\"'<>|、。」』]+"

_Replacement: TypeAlias = "str | Callable[[re.Match[str]], str]"


def _compiled(
    rules: Iterable[tuple[str, _Replacement]],
) -> tuple[tuple[re.Pattern[str], _Replacement], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in rules)


_TOKENS: Final[tuple[tuple[re.Pattern[str], str, Secret | None], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement, secret)
    for pattern, replacement, secret in (
        (_PRIVATE_KEY, "[secret]", Secret.PRIVATE_KEY),
        (_JWT, "[secret]", Secret.TOKEN),
        (_BEARER, r"\1 [secret]", Secret.TOKEN),
        (_ISSUED, "[secret]", Secret.TOKEN),
        (_RECOVERY, "[secret]", Secret.TOKEN),
        (_AUTHORIZATION, r"\1\2[secret]", Secret.TOKEN),
        (_COOKIE, r"\1[secret]", Secret.TOKEN),
        (_WEBHOOK, r"\1[secret]", Secret.TOKEN),
        (_OFFICE_HOOK, r"\1[secret]", Secret.TOKEN),
        (_USERINFO, r"\1[secret]@", Secret.PASSWORD),
        (_IN_QUERY, r"\1[secret]", Secret.PASSWORD),
        (_QUERY, r"\1[secret]", None),  # often a code that is spent already
    )
)
_DIGIT: Final = re.compile(r"\d|丁目")
_UNNUMBERED: Final = _compiled(
    (
        (_ADDRESS, r"[address]\1"),
        (_WINDOWS_USER, r"\1[user]"),
        (_UNIX_USER, r"\1[user]"),
    )
)
_NUMBERED: Final = (
    *_UNNUMBERED[:1],
    *_compiled(
        (
            (_IBAN, _account),
            (_POSTAL_BANK, r"\1[account]\2[account]"),
            (_BANK, _numbered),
            (_MEMBER, r"\1[number]"),
            (_IDENTITY, r"\1[number]"),
            (_BORN, r"\1[date]"),
            (_CARD, _card),
            (_INDIVIDUAL, _my_number),
            (_PHONE, "[phone]"),
            (_POSTCODE, "[postal code]"),
            (_HOME, "[postal address]"),
            (_STREET, "[postal address]"),
            (_LIVES, r"\1[postal address]"),
            (_LONG, _random),
        )
    ),
    *_UNNUMBERED[1:],
)
"""What has a number in it is looked for only where there is one: most messages have none."""
