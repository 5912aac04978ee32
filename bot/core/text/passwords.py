"""Passwords and PINs, by the words that announce them: a label, a command, a configuration.

パス is a password or a path: what looks like a path, a file or a variable stays.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def redact(text: str) -> tuple[str, bool]:
    """`text` with `[secret]` for passwords; whether one surely was: then its writer is warned."""
    sure = False
    for pattern, surely in _patterns(announced=bool(_ANNOUNCED.search(text))):
        redacted = pattern.sub(_given, text)
        sure |= surely and redacted != text
        text = redacted
    return text, sure


def _given(match: re.Match[str]) -> str:
    """What leads to a password stays."""
    return f"{next(filter(None, match.groups()))}[secret]"


# What leads to a secret, and what is one.
_LABEL: Final = (
    r"(?:(?<![A-Za-z\[])(?:[A-Za-z0-9]{1,20}_){0,4}"
    r"(?:pass(?:word|wd|code|phrase)?|pwd|pw|pin(?:[ _-]?code)?|(?:client[ _-]?)?secret"
    r"|(?:secret[ _-]?)?access[ _-]?key|api[ _-]?key|(?:account|shared ?access|encryption)[ _-]?key"
    r"|(?:access|auth|refresh|bot)[ _-]?token|auth[ _-]?key|token|ｐａｓｓ(?:ｗｏｒｄ)?|ＰＷ"
    r"|パスワード|パスコード|パスフレーズ|ﾊﾟｽﾜｰﾄﾞ|パスワ(?![ァ-ー])|暗証(?:番号)?|合い?言葉|トークン|秘密鍵"
    r"|(?:暗号化|事前共有)キー|(?:ワンタイム|認証|確認)コード|ロック(?:解除)?(?:番号|コード)))"
)
_PATH_OR_NOT: Final = r"(?:(?<![ァ-ー定対全有照先力元行])(?<![クルーリ] )パス(?![ァ-ー]))"
_NO_PATH: Final = (
    r"(?![!-~]{0,127}[\\/])(?![%$~.])(?![!-~]{0,60}\.[A-Za-z][A-Za-z0-9]{0,8}(?![!-~]))"
)
_SAID: Final = r"[「『\"'“‘（(]?"
_QUOTE: Final = r"[「『\"'“‘]?"
_MIXED: Final = r"(?=[!-~]{0,127}[0-9!#$%&*+@^~])(?!\[|0x|\d{1,4}[年月日桁文回時分])"
"""Has a digit or a sign: no ordinary word, no code, no length or date."""
_BOTH: Final = (
    r"(?=[!-~]{0,127}(?:[0-9]|[!#$%&*+^~][A-Za-z]))(?=[!-~]{0,127}[A-Za-z])(?![\[(]|0x|AADSTS)"
)
_A_SENTENCE: Final = (
    r"(?!\(?(?:blank|empty|none|hidden)\)|\*{3}"
    r"|(?:something|(?:the |your )?(?:password|pin|account|user))\s"
    r"(?:went|does|is|was|has|must|can|cannot|could|will|should|did)\b)"
)
"""An error may say what is wrong after its title: `PIN: Something went wrong`."""
_SO_IT_IS: Final = (
    r"(?=\s?(?:です|でした|だった|に(?:し|な|変)|で(?:入|ロ|サ|試|合)|[。、」』]|\n|\Z))"
)
_NOT_ONE: Final = (
    r"(?:expired|wrong|incorrect|correct|not|right|invalid|valid|reset|ok(?:ay)?|fine|the|no|still|never"
    r"|too|always|also|broken|different|weak|unknown|forgotten|lost|set|gone|same|in|on|for|to|a|an|now"
    r"|then|stuck|out|only|very|really|case|what|where|up|bad|old|new|long|short|good|hidden|shown|strong"
    r"|at|by|from|with|there|here|this|that|it|your|my|just|due|because|back|again|already|like|as"
    r"|probably|maybe|sometimes|suddenly|somehow|all|about|active|Microsoft|Google|Windows|Outlook"
    r"|Office|Teams|Slack|Zoom|Adobe|Azure|Entra|LDAP|\w{1,20}(?:ed|ing|able|ible))"
)
"""What is said of a password, more often than it is one."""


def _announced(label: str, but: str, colon: str) -> Iterator[tuple[str, bool]]:
    """What stands after `label` unless `but` (a lookahead) is there too; `colon`: after a colon."""
    verb = (
        r"(?:(?:\s{1,4}(?:(?:(?:is|was|been)\s{1,4}(?:now\s{1,4})?)?(?:changed|reset|set)\s{1,4}to"
        r"|is|was|to)|['’]s)\s{1,4}(?:(?:now|still)\s{1,4})?|\s{0,4}[はがを]\s{0,4})"
    )
    anew = (
        r"[^\n]{0,40}?(?:新しい(?:の|もの|やつ|方)?は|\b(?:new|current|temp(?:orary)?) one"
        r"(?: is|['’]s))\s{0,2}"
    )
    titled = rf"({label}[\"']?\s{{0,4}}(?:は|が|を)?\s{{0,4}}[:：=＝→]\s{{0,4}}){_SAID}"
    yield rf"{titled}(?!\[secret\]){_A_SENTENCE}{but}{colon}", True
    yield rf"({label}{verb}{_SAID}){_MIXED}{but}[!-~]{{4,128}}", True
    yield rf"({label}{anew}{_QUOTE}){_MIXED}{but}[!-~]{{6,128}}", True
    typed = r"[^\n]{0,30}?(?<![!-~])"
    yield rf"({label}{typed}){_MIXED}{but}[!-~]{{4,64}}(?=\s?と(?:入れ|入力|打))", True
    whose = r"\s(?:for|to|of|on|they|that|we|you|I)\s[^\n.。]{0,30}?\s(?:is|was)\s"
    yield rf"({label}{whose}{_QUOTE}){_BOTH}{but}[!-~]{{6,128}}", False
    quoted = rf"({label}\s{{0,4}}(?:は|が|を|is|was)?\s{{0,4}}[「『\"“])"
    yield rf"{quoted}(?!\[){but}[!-~]{{4,64}}?(?=[」』\"”])", True
    word = rf"({label}\s{{0,4}}は\s{{0,4}}{_QUOTE})(?!{_NOT_ONE}(?![!-~]))"
    yield rf"{word}{but}[A-Za-z][!-~]{{3,63}}{_SO_IT_IS}", True
    inside = rf"({label}[ \t]?[（(])(?=[^\s)）]{{0,63}}[0-9])(?=[^\s)）]{{0,63}}(?-i:[a-z]))"
    yield rf"{inside}(?!0x|err){but}[!-'*-~]{{6,64}}(?=[)）])", False
    beside = rf"({label}(?:[ \t\u3000]{{1,2}}|(?<=[ァ-ー号証葉鍵ﾞ])){_QUOTE})"
    yield rf"{beside}{_BOTH}{but}[!-~]{{6,128}}", False


_MY: Final = (
    r"((?:\bmy\s{1,4}(?:(?:\w{1,20}\s{1,4})?(?:password|passcode|passphrase|pin|pwd?)|pass)|\bpwd?)"
    rf"\s{{1,4}}is\s{{1,4}})(?!\[|{_NOT_ONE}\b)[!-~]{{4,64}}(?<![.,;:!?])"
)
_PHRASE: Final = (
    r"(\b(?:pass ?phrase|パスフレーズ)\s{0,4}(?:は|is|was|[:：=])\s{0,4}[「『\"“])"
    r"(?!\[)[ -~]{4,128}?(?=[」』\"”])"
)
_PIN: Final = (
    r"((?<![A-Za-z])(?:PIN(?:[ _-]?(?:コード|code|番号|number))?|暗証(?:番号|コード)?|passcode"
    r"|パスコード|ロック(?:解除)?(?:番号|コード))\s{0,2}(?:[はがをの:：]|is)?\s{0,2}「?)"
    r"\d{4,12}(?![\dA-Za-z桁文回年月日./-])"
)
_CARD_CODE: Final = (
    r"((?:\bCV[VC]2?|セキュリティ(?:コード|番号))\s{0,2}(?:[はがを:：]|is)?\s{0,2})"
    r"\d{3,4}(?![\dA-Za-z桁])"
)
_WHO: Final = r"[A-Za-z\[][A-Za-z0-9._@\\\[\]-]{1,63}"
_KEY: Final = (
    r"(?=[!-~]{0,63}[0-9!#$%&*+@^~])(?=[!-~]{0,63}(?-i:[a-z]))"
    r"(?!\[|0x|OAuth|Office|Microsoft|Windows|v\d|[!-~]{0,64}[/:])[!-~]{5,64}"
)
_BOTH_SHORT: Final = r"ID\s?[/／・と]\s?(?:PW|pass(?:word)?|パス(?:ワード)?)"
_PAIR: Final = (
    r"((?<![A-Za-z])(?:(?:log|sign)(?:ged|ed)?[ -]?(?:in|on)|cred(?:ential)?s?|account"
    rf"|user(?:name| ?id)?|{_BOTH_SHORT}|(?:ログイン|サインイン)(?:ID|情報)?"
    r"|アカウント(?:情報)?|認証情報|ユーザー?(?:名|ID)?)"
    rf"(?:\s{{0,3}}(?:with|as|using|are|is|[はがを:：]))?\s{{1,3}}{_WHO}"
    rf"(?: / |／|:|：|\s?と\s?)){_KEY}"
    rf"|((?<![A-Za-z])(?:cred(?:ential)?s?|{_BOTH_SHORT})\s{{0,3}}(?:are|[は:：])?\s{{0,3}}{_WHO}/){_KEY}"
    rf"|(\b(?:log|sign)[ -]?(?:in|on)\s{{1,3}}as\s{{1,3}}{_WHO}\s{{1,3}}(?:with|and)\s{{1,3}})"
    rf"(?=[!-~]{{0,63}}[!#$%&*+@^~]){_KEY}"
)
_CODE: Final = (
    r"((?:(?:認証|確認|セキュリティ|ワンタイム)(?:コード|パスワード|番号)|\bOTP"
    r"|\b(?:verification|one[ -]time|security|authenticat(?:ion|or)|2fa|mfa)[ -]code)"
    r"\s{0,4}(?:は|が|is|was|[:：=])?\s{0,4}[「\"']?)"
    r"\d{3,4}(?:[-‐‑–−－ー ])?\d{3,4}(?!\d)"
)

# Configurations and commands.
_LOGIN: Final = r"((?:^|\s)-(?:u|-user)[ =][^\s:]{1,64}:)(?!\[secret\])[^\s]{1,128}"
_TAG: Final = (
    r"[\w:.-]{0,30}(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key)"
)
_ELEMENT: Final = rf"(<{_TAG}(?:\s[^<>]{{0,80}})?>)(?!\[secret\]<)[^<>]{{1,256}}(?=</)"
_ATTRIBUTE: Final = rf"([\"']{_TAG}[\"']\s{{1,4}}value\s?=\s?[\"'])(?!\[)[^\"']{{1,256}}"
_OPTION: Final = (
    r"(\b(?:sqlcmd|bcp|osql|plink|pscp|psftp|sshpass|psexec|mysql(?:dump|admin)?|mongo(?:sh|dump)?)\b"
    r"[^\n]{0,200}?\s-(?:pw|p)\s?)(?!\d{1,5}(?:\s|\Z))(?![-\[])[^\s]{1,128}"
)
_NET_USE: Final = (
    r"(\bnet\s{1,4}use\s[^\n]{0,200}?/user:[^\s]{1,80}[ \t]{1,4})(?![\[/])[!-~]{1,128}"
    r"|(\bnet\s{1,4}use\s{1,4}(?:[A-Za-z]:\s{1,4})?\\\\[^\s]{1,128}[ \t]{1,4})"
    r"(?![\[/*])[!-~]{1,128}(?=\s{1,4}/user:)"
    r"|(\bnet\s{1,4}user\s{1,4}[!-~]{1,64}[ \t]{1,4})(?![\[/*])[!-~]{1,128}"
)

_BY_SHAPE: Final = (
    (_LOGIN, True),
    (_ELEMENT, True),
    (_ATTRIBUTE, True),
    (_OPTION, True),
    (_NET_USE, True),
    (_CODE, False),  # good for a minute
    (_CARD_CODE, False),
    (_PAIR, True),
    (_MY, True),
    (_PIN, True),
)
_BY_LABEL: Final = (
    (_PHRASE, True),
    *_announced(_LABEL, "", r"[^\s、。，「」『』;；]{1,128}"),
    *_announced(_PATH_OR_NOT, _NO_PATH, r"[!-~！-～]{4,128}"),
)
_ANNOUNCED: Final = re.compile(f"{_LABEL}|{_PATH_OR_NOT}", re.IGNORECASE)


@cache
def _patterns(*, announced: bool) -> Sequence[tuple[re.Pattern[str], bool]]:
    """Compiled when they are needed: most texts announce none, and `ask` must start cold."""
    wanted = (*_BY_SHAPE, *_BY_LABEL) if announced else _BY_SHAPE
    return tuple((re.compile(pattern, re.IGNORECASE), sure) for pattern, sure in wanted)
