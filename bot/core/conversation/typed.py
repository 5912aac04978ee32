"""What a typed answer means: people write はい or "still broken" instead of pressing a button.

Short answers are compared as a whole with rapidfuzz; a wish for a person is also heard inside a
longer sentence, because that way out must never be missed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from bot.core.conversation.model import Case, Event, Kind, Phase
from bot.core.rulebook.model import AnswerKind, Check, Rule
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Mapping


class Said(StrEnum):
    """What was meant."""

    YES = "yes"
    NO = "no"
    FIXED = "fixed"
    FAILED = "failed"
    NOT_SURE = "not_sure"
    HUMAN = "human"
    OTHER = "other"
    NOT_AN_ERROR = "not_an_error"


_SAYINGS: Final[Mapping[Said, str]] = {
    Said.YES: "はい|うん|ええ|そうです|はいそうです|できます|開けます|開けました|開きました|"
    "あります|"
    "yes|y|yeah|yep|yes it does|yes i can|it does|correct",
    Said.NO: "いいえ|いえ|ちがいます|違います|できません|開けません|開けませんでした|ありません|"
    "no|n|nope|no it doesn't|no i can't|it doesn't|not really",
    Said.FIXED: "直りました|なおりました|直った|治りました|解決しました|解決|"
    "解決です|できました|"
    "できるようになりました|うまくいきました|いけました|設定できました|"
    "つながりました|動きました|入れました|入りました|届きました|送れました|印刷できました|"
    "見えました|見られました|映りました|聞こえました|表示されました|消えました|出なくなりました|"
    "fixed|it works|it works now|works now|that worked|it worked|solved|resolved|all good now|"
    "that fixed it|working now",
    Said.FAILED: "だめでした|ダメでした|だめです|ダメです|まだだめでした|まだだめです|まだダメです|"
    "まだです|だめ|ダメ|"
    "直りません|直りませんでした|直らない|変わりません|変わらない|"
    "変わりませんでした|同じです|同じでした|"
    "できませんでした|うまくいきません|うまくいきませんでした|まだ出ます|解決しません|"
    "解決しませんでした|still broken|still not working|didn't work|did not work|doesn't work|"
    "does not work|not working|no luck|same error|still the same|still failing|it failed|"
    "that didn't help",
    Said.NOT_SURE: "わかりません|分かりません|わからない|分からない|わからないです|不明です|"
    "よくわかりません|not sure|don't know|i don't know|no idea|unsure|dunno|idk",
    Said.HUMAN: "担当者|担当者に相談|担当者お願いします|ヘルプデスク|ヘルプデスクに相談|"
    "人|人に相談|"
    "人と話したい|オペレーター|human|agent|helpdesk|help desk|a person|talk to a human|"
    "talk to the helpdesk|real person|operator|someone please",
    Said.OTHER: "ほかの確認|他の確認|ほか|他|次|次へ|ほかには|他には|"
    "other|other checks|next|skip|something else",
    Said.NOT_AN_ERROR: "エラーではない|エラーではありません|エラーじゃない|エラーではないです|"
    "not an error|false alarm|this is not an error|ignore|never mind|nevermind",
}
"""Both languages side by side: people mix them."""

_HUMAN_WITHIN: Final = (
    "担当者",
    "ヘルプデスクに",
    "人に相談",
    "人と話",
    "人間と",
    "オペレーター",
    "talktoahuman",
    "talktoaperson",
    "talktosomeone",
    "talktosomebody",
    "speaktosomebody",
    "直接聞きたい",
    "直接話",
    "realperson",
    "speaktosomeone",
    "contactthehelpdesk",
    "talktothehelpdesk",
    "callthehelpdesk",
    "humanplease",
    "agentplease",
)

_LIKE: Final = 84
"""rapidfuzz ratio from which a short answer counts as meant."""

_SHORT: Final = 40
"""Longer texts (normalised characters) are sentences, not answers."""


def _key(text: str) -> str:
    return "".join(c for c in read(text).text if c.isalnum() or c == "ー")


_BY_KEY: Final = {
    _key(saying): said for said, sayings in _SAYINGS.items() for saying in sayings.split("|")
}


def said(text: str) -> Said | None:
    """What a typed answer means by itself; None if it is not one we know."""
    key = _key(text)
    if not key or len(key) > 4 * _SHORT:
        return None
    if any(word in key for word in _HUMAN_WITHIN):
        return Said.HUMAN
    if len(key) > _SHORT:
        return None
    if key in _BY_KEY:
        return _BY_KEY[key]
    best = process.extractOne(key, _BY_KEY.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return _BY_KEY[best[0]] if best and len(key) >= 3 else None


def is_answer(text: str, rule: Rule | None) -> bool:
    """Whether it can only be meant as an answer in a case about `rule`, wherever it was typed."""
    return said(text) is not None or any(
        _choice(text, check) for check in (rule.checks if rule else ())
    )


def event_for(text: str, case: Case, rule: Rule | None) -> Event | None:
    """What a typed answer does to this case; None if nothing is to be read into it."""
    kind, _, key = case.step.partition(":")
    check = rule.check(key) if rule and kind == "ask" else None
    if check is not None and (choice := _choice(text, check)):
        return Event(Kind.ANSWERED, choice)
    meant = said(text)
    if meant is None:
        return _as_fact(text, check)
    if meant in (Said.YES, Said.NO):
        return _yes_or_no(meant, case, check)
    if check is not None and check.kind is AnswerKind.YES_NO and meant is Said.FAILED:
        return Event(Kind.ANSWERED, "no")  # 「できませんでした」
    return Event(_PLAIN[meant])


def _choice(text: str, check: Check) -> str | None:
    """The answer whose label was typed."""
    by_label = {
        _key(label): a.id for a in check.answers if a.label for label in (a.label.ja, a.label.en)
    }
    best = process.extractOne(_key(text), by_label.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return by_label[best[0]] if best else None


def _as_fact(text: str, check: Check | None) -> Event | None:
    wanted = check is not None and check.kind is AnswerKind.TEXT
    return Event(Kind.ANSWERED, text.strip()) if wanted else None


_PLAIN: Final = {
    Said.FIXED: Kind.FIXED,
    Said.FAILED: Kind.FAILED,
    Said.NOT_SURE: Kind.NOT_SURE,
    Said.HUMAN: Kind.WANTS_HUMAN,
    Said.OTHER: Kind.OTHER_CHECKS,
    Said.NOT_AN_ERROR: Kind.NOT_AN_ERROR,
}


def _yes_or_no(meant: Said, case: Case, check: Check | None) -> Event | None:
    """An answer to whatever we asked last: a check, "did it work?", "is it this?", "hand over?"."""
    if check is not None:
        return Event(Kind.ANSWERED, meant.value) if check.kind is AnswerKind.YES_NO else None
    yes = meant is Said.YES
    match case.phase:
        case Phase.OFFERED | Phase.EXPIRED:
            return Event(Kind.FIXED if yes else Kind.FAILED)
        case Phase.CHOOSING if yes and len(case.candidates) == 1:
            return Event(Kind.CHOSE, case.candidates[0])
        case Phase.CHOOSING if not yes:
            return Event(Kind.OTHER_CHECKS)
        case Phase.PEOPLE if yes:
            return Event(Kind.WANTS_HUMAN)
        case _:
            return None
