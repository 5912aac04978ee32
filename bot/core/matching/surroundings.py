"""What the words around an error say about it: solved, announced, or happening now.

People also write about errors that are over, and teach others about them. There a public answer
would be noise, so such surroundings lower the band; they never change which rule it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.core.text.fold import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH: Final = 200
"""How many characters on either side of an error speak of it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show an error is not happening to the person who writes."""

    kind: str
    """`solved` or `announced`."""
    words: str


_SOLVED: Final = re.compile(
    r"(?:解決|解消|復旧|改善|完治)(?:済|いた?し(?:まし)?た|し(?:まし)?た|でき(?:まし)?た|され(?:まし)?た|して(?:い|お|ます|る)|です|$)"
    r"|(?<!一度)(?<!一旦)(?:直|治|なお)(?:りました|った(?!り|と思|けど|のに|かと|が)|って(?:い|ま))"
    r"|対応(?:済|完了|しました)|修正(?:済|しました|されました)|直して(?:おき|き)ました|直しました(?!が|けど)"
    r"|(?:使える|できる|つながる|繋がる|開ける|送れる|見られる|見れる|入れる)ように(?:なりました|なった)"
    r"|(?:使え|つながり|繋がり|入れ|送れ|開け|うまくいき|うまく行き|成功し)ました(?!が|けど)"
    r"|(?:設定|印刷|送信|受信|接続|サインイン|ログイン|起動|インストール|更新|アクセス|参加|共有)(?:が|も|は)?"
    r"でき(?:まし)?た(?!ら|が|けど|り)"
    r"|(?:出|表示され|発生し)なく(?:なりました|なった)|消えました|問題(?:なく|ありません|なし)"
    r"|クローズ|原因は.{1,40}(?:でした|だった)|おかげ(?:さま)?で"
    r"|\b(?:(?:is|was|are|were|been|got|get|now|all|already|finally)\s+(?:now\s+|all\s+|been\s+)?"
    r"(?:fixed|solved|resolved|sorted|working|gone|cleared|closed|restored|back)"
    r"|(?:fixed|solved|resolved|sorted)\s+(?:it|this|that|the|my|by|now|itself|already|after|with)"
    r"|(?:issue|problem|error|ticket|case)\s+(?:solved|fixed|resolved|closed|gone)"
    r"|works?\s+(?:now|again|fine)|(?:fine|ok|okay|good)\s+(?:now|again)|working\s+(?:now|again|fine)|no\s+longer|went\s+away"
    r"|never\s*mind|nvm|turned\s+out|back\s+to\s+normal|did\s+the\s+trick|that\s+(?:worked|helped))\b",
)
_ANNOUNCED: Final = re.compile(
    r"お知らせ|ご案内|案内です|周知|アナウンス|メンテナンス|共有(?:です|します|いたします|まで)|連携です"
    r"|マニュアル|手順書|ナレッジ|faq|まとめました|記事|研修|勉強会|議事録|既知の(?:問題|事象|不具合)"
    r"|(?:出|表示され|発生し|なっ)(?:た|る|ている)(?:場合|とき|時|際|方)(?:は|に|には|も|、)"
    r"|(?:出|表示され|発生し)(?:たら|ましたら|れば).{0,40}(?:ください|下さい|お願い|連絡|れば)"
    r"|\b(?:announcement|heads[\s-]?up|please\s+note|reminder|maintenance|newsletter|known\s+issue"
    r"|release\s+notes?|run\s?book|knowledge\s+base|wiki|how[\s-]?to|documentation|training|workshop"
    r"|wrote\s+(?:up|a)|postmortem|post-mortem|retro"
    r"|(?:if|when|in\s+case|whenever)\s+(?:you|anyone|users?|people|someone|somebody|they)\s+"
    r"(?:see|sees|get|gets|receive|receives|encounter|encounters|run|hit|hits|face|faces)"
    r"|(?:anyone|users?|people|those|customers)\s+(?:who|seeing|getting|receiving))\b",
)
_OPEN: Final = re.compile(
    r"(?<![しりえけせてねべめれ])(?:直|治)(?:ら|りませ|るの|せ|し(?:方|た)|りそう|ってい?な|ってませ|りますか|りました(?:か|が|けど))"
    r"|(?:解決|復旧|解消|改善)(?:し(?:ない|ませ|たい|ておら|ていな|ていませ|ますか)|せず|でき(?:ない|ませ|ず)|方法|策|され(?:ない|ませ)|には|するには|(?:しました|した)(?:か|が|けど))"
    r"|未解決|再発|再び|また(?:出|同|発生|表示|エラー|起)|まだ|やはり|変わら|改善なし|(?:と思った|かと思|のに)"
    r"|(?:使え|つながり|入れ|うまくいき)ました(?:が|けど)|今日(?:は|も)(?:また)?(?:出|だめ|ダメ)"
    r"|(?<!work )(?<!works )(?<!working )\bagain\s*[:：…]"
    r"|\b(?:not\s+(?:fixed|solved|resolved|working)|(?:isn|wasn|hasn|aren)['’]?t\s+(?:\w+\s+)?(?:fixed|solved|resolved|working|gone)"
    r"|still|(?:today|but)\s+again|again\s+(?:today|now|this|since)|came\s+back|is\s+back|keeps?|unresolved|unsolved"
    r"|how\s+(?:do|can|to|should)|(?:need|want|get|have|be)\s+(?:this|it|that)?\s*(?:to\s+be\s+)?(?:fixed|solved|resolved)"
    r"|(?:has|is|was)\s+(?:this|it|that)\s+(?:been\s+)?(?:fixed|solved|resolved)|thought)\b",
)


def cue(text: str, spans: Iterable[tuple[int, int]]) -> Cue | None:
    """What the words around the errors at `spans` of `text` show, if they show anything."""
    around = _around(text, list(spans))
    if _OPEN.search(around):
        return None
    for kind, expression in (("solved", _SOLVED), ("announced", _ANNOUNCED)):
        found = expression.search(around)
        if found:
            return Cue(kind, found.group().strip())
    return None


def _around(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` near the spans, each of them replaced by an ellipsis, in plain small letters."""
    first = max(0, min(start for start, _ in spans) - _REACH)
    last = max(end for _, end in spans) + _REACH
    parts, since = [], first
    for start, end in sorted(spans):
        parts.append(text[since:start])
        since = max(since, end)
    parts.append(text[since:last])
    return plain("…".join(parts))


_QUOTES: Final = {
    "「": "」",
    "『": "』",
    '"': '"',
    "“": "”",
    "'": "'",
    "‘": "’",
    "[": "]",
    "［": "］",
}
_TOLD: Final = re.compile(
    r"(?:エラー|メッセージ|と(?:いう|出|表示|なり|なっ|言われ)|って(?:出|表示|言われ|なり|いう)|が(?:出|表示)|になり(?:ました|ます)|と怒られ|でした"
    r"|←|→|\b(?:errors?|messages?|pop\s?up|dialog|says?|said|shows?|showing|reads|getting|gets?|got"
    r"|saying|displays?|seeing|i\s+see|fails?|failed|exception)\b)",
)


def standing(text: str, start: int, end: int) -> float:
    """How much (0 to 1) of its line, or of the quotes around it, the part of `text` fills."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : len(text) if last < 0 else last]
    before, after = text[first:start].rstrip(), text[end : first + len(line)]
    quoted = bool(before) and _QUOTES.get(before[-1], "\n") in after[:60]
    if quoted:
        mark = after.index(_QUOTES[before[-1]])
        return (end - start) / (end - start + len(after[:mark].strip(" 。．.!！?？…")))
    return (end - start) / max(1, len(line.strip(" \t\r>*-・。．.!！?？…`")))


def told(text: str, start: int, end: int) -> bool:
    """Whether the words next to the part of `text` call it an error or say that it is shown."""
    near = text[max(0, start - 40) : start] + " … " + text[end : end + 25]
    return bool(_TOLD.search(plain(near)))


_CLOSING: Final = re.compile(r"[」』”’\]］)）]")
_LEADS_IN: Final = re.compile(
    r"(?:から|たら|ですが|ますが|ので|質問です|ところ|(?<=[A-Za-z])で|客先で|自宅で|在宅で|会社で"
    r"|\b(?:message|error|says|shows?|getting|reads|get|see|this|is|it))\s*$",
    re.IGNORECASE,
)
_LEADS_OUT: Final = re.compile(
    r"\s*(?:と(?:いう|出|表示|なり|言わ)|って|というエラ|どう|助けて|よろしく|何(?:度|でしょう|です|が)|上司|同僚|自分だけ|私だけ"
    r"|PC|OSは|スクショ|スクリーンショット|再起動|ちなみに|昨日|今朝|急ぎ|困って|お願い|すみません"
    r"|(?:any\s?(?:idea|one|body)|my|pls|please|thanks?|thx|it\s+worked|what|when\s+i|happens|restarted"
    r"|help|can\s+(?:you|some|any)|no\s+screenshot|and\s+(?:stops|then|i)|but\s+i|i['’]?m|i\s+(?:get|can))\b)",
    re.IGNORECASE,
)


_SPOKEN: Final = re.compile(
    r"(?:か(?![らけもっ])|ので|から(?!の)|けど|が、|ね|よ(?!ろ)|し、|かも|という(?:わけ|こと)|と(?:伝え|書|聞)"
    r"|、と(?:伝え|書))"
)
_GOES_ON: Final = re.compile(r"[ ,]+[a-z0-9]", re.IGNORECASE)


def spoken(text: str, end: int, *, as_error: bool) -> bool:
    """Whether a message that ends at `end` goes on as a sentence of the person's own.

    「アカウントが無効になっていますので…」 and "Your mailbox is full of my mails" say the words
    of a message without quoting one.
    """
    rest = text[end : end + 24]
    if _SPOKEN.match(rest):
        return True
    return not as_error and bool(_GOES_ON.match(rest)) and not _LEADS_OUT.match(rest)


def ends(text: str, index: int, *, before: bool) -> bool:
    """Whether a quotation could begin (`before`) or end at `index` of `text`."""
    beyond = text[max(0, index - 12) : index] if before else text[index : index + 20]
    if (_LEADS_IN.search if before else _LEADS_OUT.match)(beyond):
        return True
    if before:
        beyond = beyond[::-1]
    rest = beyond.lstrip(" ")
    if not rest or (rest[0] in "\"'" and before and rest[1:2].isalnum()):
        return not rest
    if rest[0].isalnum():
        return rest != beyond and not rest[0].isascii()
    return not before or not _CLOSING.match(rest)
