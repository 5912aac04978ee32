"""Names of persons, where the words around them tell that they are names.

Said with さん, 様, a rank or -san, in a greeting, a sign-off, an introduction, the head of a
mail or a form. What is called so and is nobody (皆さん, お客様, 営業部長, Microsoft Outlook) stays.
No dictionary of names: it would take out words of errors, too.
"""

from __future__ import annotations

import re
from typing import Final

NAME: Final = "[name]"

_KANJI: Final = "一-龠々ヶ"
_KATAKANA: Final = "ァ-ヺー"
_NOT_GIVEN: Final = (
    r"(?!(?:"
    r"Microsoft|Windows|Outlook|Office|Team|Excel|Word|PowerPoint|One|Share|Google|Gmail|Chrome"
    r"|Edge|Firefox|Safari|Slack|Zoom|Adobe|Acrobat|Apple|Mac|Exchange|Intune|Azure|Entra|Active"
    r"|Directory|Wi|Git|Mail|Mailer|Postmaster|Delivery|Subsystem|System|Server|Service|Support"
    r"|Help|Helpdesk|Desk|Admin|Administrator|Security|Defender|Network|Printer|User|Customer"
    r"|Client|Colleague|Valued|All|Everyone|Sir|Madam|Folk|There|Friend|Guy|IT|Account"
    r"|Notification|No|Not|None|Unknown|Guest|Version|Error|Update|The|This|That|My|Your|We|You"
    r"|It|If|In|On|Please|When|After|What|How|Why|Can|Could|Will|Would|Since|Subject|To|From|Sent"
    r"|Date|Re|Sorry|Sales|Accounting|Task|Manager|Event|Domain|Group|Power|Device|Control"
    r"|Credential|Mr|Mrs|Ms|Dr|Prof"
    r")s?\b)"
)
"""Words with a capital that are no names: they end one, or there is none."""
_GIVEN: Final = rf"{_NOT_GIVEN}[A-Z][a-zà-ÿ'’-]{{1,20}}(?:(?<=-)[A-Z][a-zà-ÿ]{{1,20}})?"
_ENGLISH: Final = rf"{_GIVEN}(?: [A-Z]\.)?(?: {_GIVEN}){{0,2}}"
_IN_FULL: Final = rf"{_GIVEN}(?: [A-Z]\.)?(?: {_GIVEN}){{1,2}}"

_NOBODY: Final = (
    "皆|皆々|客|奥|娘|嫁|息子|婿|孫|姉|兄|父|母|爺|婆|神|王|何|貴|仏|親|各位|一同|同|仕|多|一|異|有|模|両|逆"
    "|お互い|疲れ|苦労|世話|両親|殿|今|無|式|此|如|左|右|十人十|御|団体|通訳|各|某|彼|諸|主|暴|摂|華|源"
    "|.*(?:本|他|外|主|個|新|友|知|証|住|管理|世話|代理|受取|名義|職)人|.*(?:銀|当|本|弊|同)行"
)
_ROLE: Final = "者係部課社店長員師客側室所局院庁校屋家手役方席先"
"""A name that ends so is a part somebody plays, or a company."""
_SO_NAMED: Final = {
    "阿部", "安部", "服部", "渡部", "岡部", "磯部", "矢部", "園部", "長谷部", "日下部", "綾部",
    "武部", "軽部", "刑部", "土屋", "守屋", "古屋", "大屋", "関屋", "田所", "別所", "緒方", "土方",
    "宗方", "棟方", "四方", "大家", "古家", "福家", "井手", "横手", "小手", "山手", "小室", "氷室",
    "三室", "御室",
}  # fmt: skip
"""Families whose names end so."""
_CALLED: Final = {
    "ユーザー", "ユーザ", "メーカー", "ベンダー", "ヘルプデスク", "サポート", "システム",
    "オペレーター", "スタッフ", "マイクロソフト", "グーグル", "アップル", "リーダー",
    "カスタマー", "マネージャー", "メンテナ",
    "ボット", "サーバー", "パートナー", "オーナー", "メンバー", "ゲスト", "デスク",
}  # fmt: skip
_FIELD: Final = re.compile(
    "住所|電話|部署|所属|必須|任意|入力|記入|年齢|性別|番号|会社|役職|未定|不明|空欄|変更"
    "|同上|内線|外線|登録|設定|確認|対応|依頼|作業|障害|終了|完了|件名|問題|会議|予算|資料"
    "|書類|端末|備品|管轄|仕事|業務|判断|指示|希望|都合|責任|新人|社員|予定|全員|社内|社外"
    "|多数|複数|一部|各自|本人|自分|自動|手動|当方|弊社|御社|先方|窓口|受付|代表|総務|人事"
    "|経理|営業|開発|情報|技術|製造|企画|法務|広報|品質|購買|財務|物流|調達|監査|研究|設計"
    "|生産|管理|事業|国内|海外|各|前|副|元|新|当|現|旧|上司|同僚|後任|前任|担当|交代|調整中"
    "|確認中|検討中|不在|休暇|支店|本社|当社|取締役|代表取締役|第[一二三四五]|関東|関西|東京"
    "|大阪|名古屋|札幌|担任|学"
)
"""What stands in a form, or before a rank, and is nobody."""

_HONORIFIC: Final = re.compile(
    rf"(?<![\d{_KANJI}{_KATAKANA}お御ご])"
    rf"((?:[{_KANJI}]{{1,4}}[ \u3000]?[{_KANJI}]{{0,4}}|[{_KATAKANA}]{{2,12}}))"
    rf"([ \u3000]?(?:さん|さま|くん|(?:様|殿|氏|君)(?![{_KANJI}{_KATAKANA}])))"
)
_RANKED: Final = re.compile(
    rf"(?<![{_KANJI}{_KATAKANA}])[{_KANJI}]{{1,3}}"
    r"(?=(?:部長|課長|係長|主任|社長|専務|常務|室長|次長|先生)(?:より|から|[にへのがはもと、。\s]|\Z))"
)
_ROMAJI: Final = re.compile(
    r"(?<![\w.@/\\-])(?!(?:[Mm]inna|[Ee]veryone|(?:[Oo]-?)?[Kk]yaku)-)[A-Za-z]{2,20}(?=-(?:san|sama)\b)"
)
_DEAR: Final = re.compile(rf"(\b[Dd]ear (?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?)({_ENGLISH})")
_HI: Final = re.compile(
    rf"((?:^|\n)[ >]{{0,4}}(?:Hi|Hello|Hey) (?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?)({_ENGLISH})"
    r"(?=[ \u3000]{0,2}(?:[,、:!.\n-]|\Z))"
)
_TITLED: Final = re.compile(rf"(\b(?:Mr|Mrs|Ms|Dr|Prof)\.? )({_ENGLISH})")
_SIGNED: Final = re.compile(
    r"((?:^|\n)[ >]{0,4}(?:(?:[Bb]est|[Kk]ind|[Ww]arm)(?: [Rr]egards| [Ww]ishes)?|[Rr]egards|BR"
    r"|[Ss]incerely(?: yours)?|[Yy]ours(?: (?:sincerely|faithfully|truly))?|[Cc]heers"
    r"|(?:[Mm]any )?[Tt]hanks|[Tt]hank you)(?:[,.!]?[ ]{0,4}\n{1,3}[ >—-]{0,4}|, ?))"
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
    rf"(?:(?![先今来本昨明次][日週月]?回?の)[{_KANJI}{_KATAKANA}A-Za-z]{{1,12}}の)?)"
    rf"([{_KANJI}]{{1,5}})(?=です|と申します)"
    rf"|(?<![{_KANJI}])([{_KANJI}]{{2,5}})(?=と申します)"
)
_AT_WORK: Final = re.compile(
    rf"((?:^|[\n、。！])(?:[{_KANJI}{_KATAKANA}A-Z]{{1,12}}(?:[部課室係]|支店|シス|グループ|チーム)の))"
    rf"([{_KANJI}]{{2,3}})(?=です(?:[、。！\n]|\Z))"
)
_PART: Final = r"[^\s、。，,;:：()（）\[\]／/]{1,20}+"
_FORM: Final = re.compile(
    r"((?:(?:^|[\n、。,，(（])[ \u3000>・*-]{0,8}(?:full |your |my |first |last |user )?name"
    r"|(?:(?<![のた」』ァ-ヶー一-龠])|(?<=私の))お?名前"
    r"(?!は[ \u3000]?(?:既|す|有|無|使|不|長|短|正|必|空|存|募|自|含))"
    r"|氏名|フルネーム|申請者名?|本名|担当者名?|利用者名|フリガナ|ふりがな)"
    r"[ \u3000]{0,4}(?:は|[:：＝=])[ \u3000]{0,4}+)(?!\[|[ \u3000]|0x|"
    r"\S{1,60}\.(?:com|net|org|jp|local|lan|internal|corp|example"
    r"|exe|dll|xlsx?|docx?|pdf|csv|txt)\b|(?-i:[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){1,9}(?![^\s])))"
    rf"({_PART})([ \u3000](?!\[){_PART}(?![:：]))?((?-i:(?: {_GIVEN})?))",
    re.IGNORECASE,
)
_JAPANESE: Final = (
    rf"(?:[{_KANJI}]{{1,5}}(?:[ \u3000][{_KANJI}]{{1,4}})?"
    rf"|[{_KATAKANA}]{{2,10}}・[{_KATAKANA}]{{2,10}})"
    rf"(?=まで|です|より|宛|[^{_KANJI}{_KATAKANA}ぁ-ん]|\Z)"
)
_FILLED_IN: Final = re.compile(
    r"((?:(?:氏名|お名前|フルネーム|報告者|申請者|依頼者|起票者)[ \u3000\t]{1,4}"
    rf"|(?:(?<![{_KANJI}])担当|担当者|対応者|報告者|申請者|依頼者|起票者|記入者|連絡先|送信者"
    r"|差出人|宛先|作成者|責任者|利用者|使用者)[ \u3000]{0,2}[:：][ \u3000]{0,4}"
    r"|(?:^|[\n>])[ ]{0,4}(?i:From|To|Cc)[:：][ ]{0,4}[\"']?))"
    rf"({_JAPANESE})"
)
_HEADED: Final = re.compile(
    r"((?:\b(?:[Nn]ame|[Ss]ender|[Rr]ecipient|[Oo]wner|[Cc]ontact|[Cc]aller|[Aa]ttn|[Uu]ser|[Mm]anager"
    r"):|\b(?:[Rr]eported|[Rr]equested|[Oo]pened|[Ss]ubmitted) by:?|\b[Aa]ssigned to:?"
    r"|(?:^|[\n>])[ ]{0,4}(?:From|To|Cc|CC):|\[name\](?: <[^>\n]{1,80}>)?[;,])[ ]{0,4}[\"']?)"
    rf"({_IN_FULL})(?=[\"']? {{0,2}}(?:[<(\[,;/|\n、。（]|(?:at|on|from|in)\b|\Z))"
)
_MY_NAME: Final = re.compile(rf"(\b[Mm]y name is )({_ENGLISH})")
_I_AM: Final = re.compile(rf"(\b(?:I am|I'm) )({_ENGLISH})(?= (?:from|in|of|at)\b)")
_THIS_IS: Final = re.compile(rf"(\b[Tt]his is )({_ENGLISH})(?= from [a-z])")


def redact(text: str) -> str:
    """`text` with `[name]` where a person is named."""
    text = _FORM.sub(_formed, text)
    text = _FILLED_IN.sub(_filled_in, text)
    text = _HONORIFIC.sub(_honoured, text)
    text = _RANKED.sub(_ranked, text)
    text = _AT_WORK.sub(_filled_in, text)
    text = _ROMAJI.sub(NAME, text)
    for pattern in (_DEAR, _HI, _TITLED, _SIGNED, _NOTED, _HEADED, _MY_NAME, _I_AM, _THIS_IS):
        text = pattern.sub(rf"\1{NAME}", text)
    return _INTRODUCED.sub(lambda m: f"{m.group(1) or ''}{NAME}", text)


def _formed(match: re.Match[str]) -> str:
    """A form's field: `担当：経理部 佐藤` keeps what is no name."""
    label, first, second, _ = match.groups("")
    if not _is_part(first):
        return label + NAME
    return label + first + (second if _is_part(second.strip() or first) else second[0] + NAME)


def _filled_in(match: re.Match[str]) -> str:
    """The same without a colon, or of a person who has a part in it."""
    words = re.split(r"([ \u3000])", match.group(2))
    if not any(map(_is_part, words)):
        return match.group(1) + NAME
    return match.group(1) + "".join(w if w.isspace() or _is_part(w) else NAME for w in words)


def _ranked(match: re.Match[str]) -> str:
    return match.group() if _is_part(match.group()) else NAME


def _is_part(word: str) -> bool:
    """Whether it is a word of a form, or a part of a company, rather than a name."""
    return bool(_FIELD.fullmatch(word)) or _is_role(word)


def _is_role(word: str) -> bool:
    return word[-1] in _ROLE and word not in _SO_NAMED


_IS_NOBODY: Final = re.compile(_NOBODY)


def _honoured(match: re.Match[str]) -> str:
    name, title = match.group(1).strip(), match.group(2)
    polite = "様" in title or "殿" in title
    nobody = _IS_NOBODY.fullmatch(name) or name in _CALLED or _is_role(name.split()[-1])
    # 仕様, 書くん: a word, more often than a name of one letter
    short = (polite or title == "くん") and len(name) < 2
    return match.group() if nobody or short else NAME + title
