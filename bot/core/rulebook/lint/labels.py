"""What the screen shows is quoted, and placeholders stand only where they are filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.model import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRESSED_EN = re.compile(
    r"\b(?:click|press|tap)\s+(?:on\s+)?(?!Windows\b|Ctrl|Alt\b|Enter\b|Shift|Esc|Tab\b|F\d|Delete\b"
    r"|Command\b|Option\b|Space)(?P<label>[A-Z][\w’']*)",
)
_PRESSED_JA = re.compile(
    r"(?P<label>[A-Za-zァ-ヶー]{2,}|はい|いいえ|次へ|完了|閉じる|保存|適用|削除|更新)を"
    r"(?:押|クリック|タップ)"
)
_KEYS_JA = re.compile(
    r"(?:キー|ボタン|リンク|アイコン|Enter|Esc|Tab|F\d+|Ctrl|Shift|Alt|Windows|電源)$"
)
_PLACEHOLDER = re.compile(r"\{(?:address|server|code|file|any)\}")
_DOUBLED = re.compile(r"\{[a-z]+\}\s*\{[a-z]+\}")


def unquoted_label(case: Case) -> Iterator[Finding]:
    """What people press is quoted as the screen shows it: “…”, in Japanese ［…］ or 「…」.

    Bad: `fix: {en: Press Next, ja: 次へを押してください}`
    Good: `fix: {en: Press “Next”, ja: ［次へ］を押してください}`
    """
    for sentence in case.sentences:
        english = sentence.language == "en"
        found = (_PRESSED_EN if english else _PRESSED_JA).search(sentence.text)
        if found and not _KEYS_JA.search(found["label"]):
            label = found["label"]
            quoted = f"“{label}”" if english else f"［{label}］"
            message = f"“{label}” is on the screen, but not quoted"
            yield Finding(sentence.place, message, f"write {quoted}")


def dead_placeholder(case: Case) -> Iterator[Finding]:
    """Placeholders stand in phrases, with words between them; elsewhere nothing fills them.

    Bad: `fix: {en: Restart {server}., ja: …}`, `- phrase: Cannot open {any} {file}`
    Good: `fix: {en: Restart the server named., ja: …}`, `- phrase: Cannot open {file}`
    """
    for sentence in case.sentences:
        if found := _PLACEHOLDER.search(sentence.text):
            message = f"nothing fills {found[0]} here: people would read it as it stands"
            yield Finding(sentence.place, message, "say it in words")
    for number, signature in enumerate(case.rule.signatures):
        if isinstance(signature, Phrase) and (doubled := _DOUBLED.search(signature.text)):
            message = f"of {doubled[0]} one is dead: nothing tells where it ends"
            yield Finding(case.at("signatures", number), message, "one placeholder is enough")
