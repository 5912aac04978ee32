"""How a rule speaks: short, in both languages, about the thing and never about the person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding, Sentence
from bot.core.text.language import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is quoted is the product's own wording and may be in any language.
_QUOTED = re.compile(
    r"「[^」]{0,200}」|『[^』]{0,200}』|“[^”]{0,200}”|\"[^\"]{0,200}\"|[\[［][^\]］]{0,200}[\]］]"
)

_BLAME_EN = re.compile(
    r"\byou(?:'ve|’ve| have)? (?:mistyped|misspelled|forgot|failed|made (?:a|an) (?:mistake|error))"
    r"|\byou (?:typed|entered|did|set|spelled|chose) [^.]{0,40}\b(?:wrong|incorrect|badly)"
    r"|\byou(?:r| are| 're|'re|’re)[^.]{0,12}\b(?:fault|mistake|careless|wrong)\b"
    r"|\byou should have\b|\b(?:user|typing|operator) error\b|\bobviously\b|\bcareless",
    re.IGNORECASE,
)
_BLAME_JA = re.compile(
    r"(?:入力|操作|設定|打ち|タイプ|確認)ミス|打ち間違|書き間違|(?:入力|書き|操作)の?誤り"
    r"|間違え(?!の?(?:ない|なく))|誤入力|誤って(?:入力|操作|設定)|不注意|うっかり|勘違い"
    r"|(?:あなた|お客様|ご自身)の(?:せい|ミス|責任)|するべきで|すべきで|当然ですが"
)

_PAIRS = (
    ("「", "」"),
    ("『", "』"),
    ("［", "］"),
    ("[", "]"),
    ("（", "）"),
    ("(", ")"),
    ("“", "”"),
    ("【", "】"),
)

_NOUNS = {"title", "label", "applies_to"}


def too_long(case: Case) -> Iterator[Finding]:
    """A fix or question has at most 35 English words or 120 Japanese characters, a button 75.

    Bad: `fix: {en: First open … then … and if that does not help … after which …}`
    Good: `fix: {en: Please compare the name entered with the registered one.}`
    """
    for sentence in case.sentences:
        words, chars = len(sentence.text.split()), len(sentence.text)
        most = sentence.field
        if sentence.language == "en" and most.en_words and words > most.en_words:
            yield _long(sentence, words, most.en_words, "words")
        elif sentence.language == "ja" and most.ja_chars and chars > most.ja_chars:
            yield _long(sentence, chars, most.ja_chars, "characters")
        elif most.chars and chars > most.chars:
            yield _long(sentence, chars, most.chars, "characters")


def _long(sentence: Sentence, size: int, most: int, unit: str) -> Finding:
    message = f"“{sentence.field.name}” has {size} {unit}, at most {most}"
    return Finding(sentence.place, message, "one action; move the how-to to “where”")


def wrong_language(case: Case) -> Iterator[Finding]:
    """`ja` is Japanese and `en` is not, but for what is quoted from the screen.

    Bad: `fix: {en: 名前をご確認ください, ja: Please check the name}`
    Good: `fix: {en: Press 「次へ」, ja: ［Next］を押してください}`
    """
    english = {(s.role, s.text) for s in case.sentences if s.language == "en"}
    for sentence in case.sentences:
        japanese = language_of(_QUOTED.sub("", sentence.text)) is Language.JA
        if sentence.language == "en" and japanese:
            hint = "translate it, or quote it if the screen says so: 「…」"
            yield Finding(sentence.place, f"“{_key(sentence)}” holds Japanese", hint)
        elif sentence.language == "ja" and language_of(sentence.text) is not Language.JA:
            # A product's name is a title in both languages.
            if sentence.field.name in _NOUNS and (sentence.role, sentence.text) in english:
                continue
            yield Finding(sentence.place, f"“{_key(sentence)}” is not in Japanese", "translate it")


def blame(case: Case) -> Iterator[Finding]:
    """The subject is the value, never the person: who is blamed stops reading.

    Bad: `misdirection: {en: You typed the name wrong., ja: 入力ミスが原因です。}`
    Good: `misdirection: {en: Most often the name entered differs …, ja: 入力内容が…}`
    """
    for sentence in case.sentences:
        pattern = _BLAME_EN if sentence.language == "en" else _BLAME_JA
        if found := pattern.search(_QUOTED.sub("", sentence.text)):
            hint = "speak of the value: “the name entered”, 「入力内容」"
            yield Finding(sentence.place, f"“{found[0]}” sounds like blame", hint)


def unbalanced_quotes(case: Case) -> Iterator[Finding]:
    """Quotes and brackets around what the screen shows are closed.

    Bad: `fix: {en: …, ja: 「次へを押してください。}`
    Good: `fix: {en: …, ja: 「次へ」を押してください。}`
    """
    for sentence in case.sentences:
        for opening, closing in _PAIRS:
            opened, closed = sentence.text.count(opening), sentence.text.count(closing)
            if opened != closed:
                message = f"{opened} “{opening}” but {closed} “{closing}”"
                yield Finding(sentence.place, message, "close what is opened")
        if sentence.text.count('"') % 2:
            yield Finding(sentence.place, "an odd number of double quotes", "close what is opened")


def full_stop(case: Case) -> Iterator[Finding]:
    """Titles, buttons and `applies_to` are put into sentences: no full stop, no “when”.

    Bad: `applies_to: {en: When you use a Mac., ja: Mac をお使いの場合。}`
    Good: `applies_to: {en: you use a Mac, ja: Mac をお使いの}`
    """
    for sentence in case.sentences:
        if sentence.field.name in _NOUNS and sentence.text[-1] in ".。":
            message = f"“{_key(sentence)}” ends with a full stop"
            yield Finding(sentence.place, message, "it is put into a sentence; leave it out")
        elif sentence.role == ("rule", "applies_to") and _CLAUSE.search(sentence.text):
            message = "“This applies when …” and 「…場合のご案内です。」 are added around it"
            yield Finding(sentence.place, message, "write the bare clause")


_CLAUSE = re.compile(r"^(?:when|if|this applies)\b|(?:場合|とき|時)(?:に|は|の)?$", re.IGNORECASE)


def _key(sentence: Sentence) -> str:
    return f"{sentence.field.name}: {sentence.language}"
