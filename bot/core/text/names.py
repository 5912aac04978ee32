"""Names of persons, where the words around them tell that they are names.

Said with さん or 様, in a greeting, a sign-off, an introduction or a form. What is called so and
is nobody (皆さん, お客様, 仕様) stays.
No dictionary of names: it would take out words of errors, too.
"""

from __future__ import annotations

import re
from typing import Final

NAME: Final = "[name]"

_KANJI: Final = "一-龠々ヶ"
_KATAKANA: Final = "ァ-ヺー"
_GIVEN: Final = r"[A-Z][a-zé'’-]{1,20}"
_ENGLISH: Final = rf"{_GIVEN}(?: [A-Z]\.)?(?: {_GIVEN}){{0,2}}"

_NOBODY: Final = (
    "皆|皆々|客|奥|娘|嫁|息子|婿|孫|姉|兄|父|母|爺|婆|神|王|何|貴|仏|親|各位|一同|同|仕|多|一|異|有|模|両|逆"
    "|お互い|疲れ|苦労|世話|両親|殿|今|無|式|此|如|左|右|十人十|御"
)
_ROLE: Final = "者係部課社店長員師客側室所局院庁校行屋家手役人方席"
"""A name that ends so is a part somebody plays, or a company."""
_CALLED: Final = {
    "ユーザー", "ユーザ", "メーカー", "ベンダー", "ヘルプデスク", "サポート", "システム",
    "オペレーター", "スタッフ", "マイクロソフト", "グーグル", "アップル", "リーダー",
    "カスタマー", "マネージャー",
    "ボット", "サーバー", "パートナー", "オーナー", "メンバー", "ゲスト", "デスク",
}  # fmt: skip

_HONORIFIC: Final = re.compile(
    rf"(?<![\d{_KANJI}{_KATAKANA}お御ご])"
    rf"((?:[{_KANJI}]{{1,4}}[ \u3000]?[{_KANJI}]{{0,4}}|[{_KATAKANA}]{{2,12}}))"
    rf"([ \u3000]?(?:さん|さま|(?:様|殿)(?![{_KANJI}{_KATAKANA}])))"
)
_DEAR: Final = re.compile(
    rf"((?:\b[Dd]ear|(?:^|\n)[ >]{{0,4}}(?:Hi|Hello|Hey)) (?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?)"
    r"(?!All\b|Team\b|Colleague|Customer|Sir\b|Madam\b|User|IT\b|Help|Support|Everyone|Service|Admin"
    rf"|Folks|There\b|Friend|Guys|Desk|Sirs|(?:Mr|Mrs|Ms|Dr|Prof)\b)({_ENGLISH})"
    r"(?=[ \u3000]{0,2}(?:[,、:!.\n-]|\Z))"
)
_TITLED: Final = re.compile(rf"(\b(?:Mr|Mrs|Ms|Dr|Prof)\.? )({_ENGLISH})")
_SIGNED: Final = re.compile(
    r"((?:^|\n)[ >]{0,4}(?:(?:[Bb]est|[Kk]ind|[Ww]arm)(?: [Rr]egards| [Ww]ishes)?|[Rr]egards|BR"
    r"|[Ss]incerely(?: yours)?|[Yy]ours(?: (?:sincerely|faithfully|truly))?|[Cc]heers"
    r"|(?:[Mm]any )?[Tt]hanks|[Tt]hank you)[,.!]?[ ]{0,4}\n{1,3}[ >—-]{0,4})"
    rf"({_ENGLISH})(?=[ ]{{0,4}}(?:[,(（/|\n]|\Z))"
)
_NOTED: Final = re.compile(
    r"(よろしく(?:お願い|おねがい|御願い)(?:いた|致)?(?:します|申し上げます)[。.！!]?[ \u3000]{0,4}"
    rf"\n{{1,3}}[ \u3000—-]{{0,4}})"
    rf"((?:[{_KANJI}]{{1,4}}(?:[ \u3000][{_KANJI}]{{1,4}})?|[{_KATAKANA}]{{2,12}}))"
    r"(?=[ \u3000]{0,4}(?:[(（/|\n]|\Z))"
)
_INTRODUCED: Final = re.compile(
    rf"((?:お疲れさまです|お疲れ様です|お世話になって(?:い|お)ります|はじめまして)[、。！\s]{{0,4}}"
    rf"(?:[{_KANJI}{_KATAKANA}A-Za-z]{{1,12}}の)?)([{_KANJI}]{{1,5}})(?=です|と申します)"
    rf"|(?<![{_KANJI}])([{_KANJI}]{{2,5}})(?=と申します)"
)
_PART: Final = r"[^\s、。，,;:：()（）\[\]／/]{1,20}"
_FORM: Final = re.compile(
    r"((?:(?:^|[\n、。,，(（])[ \u3000>・*-]{0,8}(?:full |your |my |first |last |user )?name"
    r"|(?:(?<![のた」』ァ-ヶー一-龠])|(?<=私の))お?名前(?!は(?:既|す|有|無|使|不|長|短|正|必|空|存))"
    r"|氏名|フルネーム|申請者名?|本名|担当者名?|利用者名)[ \u3000]{0,4}(?:は|[:：＝=]))"
    rf"(?![ \u3000]{{0,4}}\[name\])[ \u3000]{{0,4}}(?!\[){_PART}(?:[ \u3000](?!\[){_PART})?",
    re.IGNORECASE,
)
_MY_NAME: Final = re.compile(
    rf"(\b(?:[Mm]y name is|I am|I'm) )({_ENGLISH})(?= (?:from|in|of|at)\b)"
)


def redact(text: str) -> str:
    """`text` with `[name]` where a person is named."""
    text = _FORM.sub(rf"\1 {NAME}", text)
    text = _HONORIFIC.sub(_honoured, text)
    for pattern in (_DEAR, _TITLED, _SIGNED, _NOTED, _MY_NAME):
        text = pattern.sub(rf"\1{NAME}", text)
    return _INTRODUCED.sub(lambda m: f"{m.group(1) or ''}{NAME}", text)


_IS_NOBODY: Final = re.compile(_NOBODY)


def _honoured(match: re.Match[str]) -> str:
    name, title = match.group(1).strip(), match.group(2)
    polite = "様" in title or "殿" in title
    nobody = _IS_NOBODY.fullmatch(name) or name in _CALLED or name[-1] in _ROLE
    short = polite and len(name) < 2  # 仕様, 同様: a word, more often than a name of one letter
    return match.group() if nobody or short else NAME + title
