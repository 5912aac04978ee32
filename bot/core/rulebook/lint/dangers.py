"""The words of dangerous advice, in both languages.

A danger is a verb and a thing near each other in one clause: "disable … the firewall". English
negates before the verb ("do not disable"), Japanese after it (「無効にしないで」): see `advised`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = r"[^.;]{0,40}?"
"""English verb to thing: the same clause, some words between."""
_GAP_JA = r"[^。、]{0,16}?"
"""Japanese thing to verb: no comma between."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of advice nobody should be given."""

    what: str
    """A noun phrase: "… advises {what}"."""
    en: re.Pattern[str]
    ja: re.Pattern[str]


def advised(danger: Danger, language: str, text: str) -> str | None:
    """The dangerous words in `text`, unless its sentence forbids them."""
    pattern = danger.en if language == "en" else danger.ja
    for part in _STOP.split(text):
        for found in pattern.finditer(part):
            if language == "en" and _forbidden_en(part[: found.end()]):
                continue
            if language == "ja" and _forbidden_ja(part[found.end() :]):
                continue
            return found[0]
    return None


def _forbidden_en(before: str) -> bool:
    # "If it does not help, disable …" forbids nothing: conditions do not count.
    return bool(_NOT_EN.search(_CONDITION_EN.sub("", before)))


def _forbidden_ja(following: str) -> bool:
    return bool(_NOT_JA.match(following))


_STOP = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？])")
_CONDITION_EN = re.compile(r"\b(?:if|when|unless|in case|once|after)\b[^,.;]*,", re.IGNORECASE)
_NOT_EN = re.compile(
    r"\b(?:not|never|no need|without|avoid|instead of|rather than|refrain|cannot|nobody|no one"
    r"|except)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT_JA = re.compile(
    r"[^。]{0,16}?(?:ないで|なく(?:て|とも)|せず|しない(?:よう|こと)|必要は|必要がな|不要|禁止|避け"
    r"|お?控え|いけません|なりません|ません|やめ|行わない|危険|以外|ではなく|除[くい])"
)


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _danger(what: str, en: tuple[str, ...], ja: tuple[str, ...]) -> Danger:
    return Danger(what, re.compile(_any(*en), re.IGNORECASE), re.compile(_any(*ja), re.IGNORECASE))


_OFF = r"\b" + _any(
    r"disabl\w+",
    r"(?:turn|switch)(?:ing)? off",
    r"stop(?:ping)?",
    r"remov\w+",
    r"uninstall\w*",
    r"paus\w+",
    r"deactivat\w+",
)
_ON = r"\b" + _any(
    r"enabl\w+",
    r"(?:turn|switch)(?:ing)? on",
    r"allow\w*",
    r"tick\w*",
    r"check\w*",
    r"select\w*",
    r"activat\w+",
    r"us(?:e|ing)\b",
)
_OFF_JA = _GAP_JA + _any(
    "無効",
    "オフ(?!ライン)",
    "切っ",
    "切る",
    "停止",
    "解除",
    "外し",
    "外す",
    "止め",
    "削除",
    "アンインストール",
)
_ON_JA = _GAP_JA + _any(
    "有効", "オン(?!ライン)", "許可", "チェックを(?:入れ|付け)", "使用する", "使って", "選択"
)
_GUARD = _any(
    "firewall",
    "anti-?virus",
    "virus protection",
    "defender",
    "security software",
    "endpoint protection",
)
_GUARD_JA = _any(
    "ファイア ?ウォール",
    "ウ[イィ]ルス ?(?:対策|バスター)",
    "アンチ ?ウ[イィ]ルス",
    "Defender",
    "セキュリティ ?(?:対策)? ?(?:ソフト|製品)",
)
_WARNING = _any("certificate", "security warning", "privacy error", "SSL (?:warning|error)")
_PASS = r"\b" + _any(
    r"ignor\w+",
    r"click(?:ing)? (?:through|past)",
    r"skip\w*",
    r"bypass\w*",
    r"accept\w*",
    r"dismiss\w*",
    r"(?:continue|proceed|go) (?:past|anyway|despite|through)",
    r"disabl\w+",
    r"turn off",
)
_PLAIN = _any("unencrypted", "non-encrypted", "not encrypted", "without encryption", "plain-?text")
_USE = r"\b" + _any(
    r"us(?:e|ing)\b",
    "try",
    "switch",
    r"choos\w+",
    r"select\w*",
    r"allow\w*",
    "continue",
    r"connect\b",
    r"accept\w*",
    "click",
)
_PLAIN_JA = _any("暗号化され(?:てい)?ない", "暗号化(?:なし|しない|せずに)", "平文")
_USE_JA = r"[^。、]{0,24}?" + _any(
    "使用し",
    "使っ",
    "使い",
    "利用し",
    "続行",
    "選択",
    "選ん",
    "試し",
    "進[みんめ]",
    "クリック",
    "押し",
    "接続し",
)
_COMMAND_SWITCHES = (
    "--trusted-host",
    "--insecure",
    r"sslverify\W{1,3}false",
    r"strict-ssl\W{1,3}false",
    r"verify\W{0,3}=\W{0,3}false",
)
_GUEST = _any("guest (?:log-?ons?|access|auth)", r"SMB ?v?1\b")
_GUEST_JA = _any("ゲスト ?(?:ログオン|アクセス|認証)", r"SMB ?v?1(?:\.0)?")
_FACTOR = _any("multi-?factor", "two-?factor", "two-?step", r"\b[M2]FA\b")
_FACTOR_JA = _any("[多二2]要素認証", "[二2] ?段階認証", "[M2]FA")

DANGERS: tuple[Danger, ...] = (
    _danger(
        "switching protection off",
        (_OFF + _GAP + _GUARD, _GUARD + r" off\b"),
        (_GUARD_JA + _OFF_JA,),
    ),
    _danger(
        "lowering TLS",
        (
            _ON + _GAP + r"(?:TLS ?1\.[01]|SSL ?[23])",
            _OFF + _GAP + r"TLS ?1\.[23]",
            r"\blower" + _GAP + "TLS",
        ),
        (r"(?:TLS ?1\.[01]|SSL ?[23](?:\.0)?)" + _ON_JA, r"TLS ?1\.[23]" + _OFF_JA),
    ),
    _danger(
        "passing a certificate warning",
        (
            _PASS + _GAP + _WARNING,
            r"proceed to [^.]{0,30}\(unsafe\)",
            "continue to this website",
            *_COMMAND_SWITCHES,
        ),
        (
            _any("証明書", "セキュリティ", "プライバシー", "SSL")
            + _GAP_JA
            + _any("警告", "エラー", "検証", "確認")
            + _GAP_JA
            + _any("無視", "続行", "進[みんめ]", "許可", "同意", "無効", "スキップ"),
            r"安全ではありません[）)」］\]]{0,2}(?:に|へ)(?:進|アクセス)",
            "このサイトの閲覧を続行",
            *_COMMAND_SWITCHES,
        ),
    ),
    _danger(
        "an unencrypted connection",
        (_USE + _GAP + _PLAIN, _OFF + _GAP + "encryption"),
        (_PLAIN_JA + _USE_JA, "暗号化を[^。、]{0,6}(?:無効|オフ|解除|外)"),
    ),
    _danger(
        "guest access or SMB 1",
        (_ON + _GAP + _GUEST, "AllowInsecureGuestAuth"),
        (_GUEST_JA + _ON_JA, "AllowInsecureGuestAuth"),
    ),
    _danger(
        "switching multi-factor sign-in off", (_OFF + _GAP + _FACTOR,), (_FACTOR_JA + _OFF_JA,)
    ),
)

_HIDDEN = _any(
    "password",
    "passcode",
    "passphrase",
    r"\bPIN\b",
    "recovery key",
    "(?:verification|security|one-time) code",
)
_HIDDEN_JA = _any(
    "パスワード",
    "パスコード",
    "暗証番号",
    "PIN ?コード",
    "回復キー",
    "(?:確認|認証|セキュリティ)コード",
)

_REPORT = r"(?:(?!\b(?:whether|if|when|what|which|how|where)\b)[^.;]){0,40}?"
"""A gap without a question word: "tell us whether the password works" asks for no password."""
_HERE = r"\W+(?:here|below|in (?:this|the|your) (?:thread|chat|ticket|reply|message))\b"

ASKED = _danger(
    "telling a secret",
    (
        r"\b(?:tell|send|give|share|post|paste|dm|attach|reply with|write (?:us|me))\b"
        + _REPORT
        + _HIDDEN,
        r"\b(?:write|type|enter|include)\b" + _REPORT + _HIDDEN + _HERE,
        r"\bwhat(?: is|'s|’s)" + _GAP + r"\byour " + _HIDDEN,
    ),
    (
        _HIDDEN_JA
        + "[^。、]{0,12}?"
        + _any(
            "教え",
            "送っ",
            "送信し",
            "知らせ",
            "貼り付け",
            "書い",
            "書き込",
            "記入し",
            "伝え",
            "共有",
            "添付",
        ),
        _HIDDEN_JA + "(?:は何|を?お聞かせ)",
    ),
)
"""In a question or an instruction: the verb makes it a demand."""

BROUGHT = _danger(
    "telling a secret",
    (
        r"^(?:(?!\b(?:whether|when|if|since|how|which|what)\b).)*?\b"
        + _HIDDEN
        + r"(?!s? (?:was|expir|change|reset|prompt|box|screen|age|polic|manager|works?\b|is))",
    ),
    (
        _HIDDEN_JA
        + "(?!の?(?:変更|期限|有効|入力(?:画面|欄)|再設定|画面|要求|リセット|以外)"
        + "|[をが](?:変更|求め|聞かれ|リセット|入力し|通[っる]|合[っう]))",
    ),
)
"""In a list of facts for the ticket: the thing alone makes it a demand, unless it is asked about
("whether the password was changed").
"""
