"""Can the rule be recognised, and only it?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.model import Code, Phrase, Rule, Signature
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator

_JAPANESE = re.compile(r"[\u3041-\u9fff]")
_PLACEHOLDER = re.compile(r"\{[a-z]+\}")
_SHORT_PHRASE = 8
_SHORT_CODE = 5


def never_fires(case: Case) -> Iterator[Finding]:
    """At least one signature suffices by itself.

    Bad: `signatures: [{phrase: …, weak: yes}]`
    Good: `signatures: [{phrase: …}, {phrase: …, weak: yes}]`
    """
    signatures = case.rule.signatures
    if signatures and all(s.weak for s in signatures):
        message = "all signatures are weak: the rule can never match"
        yield Finding(case.at("signatures"), message, "drop “weak” from the most telling one")


def short_signature(case: Case) -> Iterator[Finding]:
    """A phrase that acts alone has 8 letters or more, a code 5; or there are words to be near.

    Bad: `- phrase: エラー`
    Good: `- phrase: 操作を完了できませんでした。エラー {code}`
    """
    for number, signature in enumerate(case.rule.signatures):
        if signature.weak:
            continue
        size = _size(signature)
        if signature.near:
            continue
        if isinstance(signature, Phrase) and size < _SHORT_PHRASE:
            message = f"“{signature.text}” is too short to act alone ({size} letters)"
            hint = "quote more of the message, add “near: [words of the product]”, or “weak: yes”"
            yield Finding(case.at("signatures", number), message, hint)
        elif isinstance(signature, Code) and size < _SHORT_CODE:
            message = f"“{signature.code}” is too short to act alone"
            hint = "add “near: [words of the product]”"
            yield Finding(case.at("signatures", number), message, hint)


def japanese_code(case: Case) -> Iterator[Finding]:
    """A code is Latin letters, digits and marks: that is all that is compared of it.

    Bad: `- code: 403 禁止`
    Good: `- phrase: 403 禁止 このページを表示する権限がありません`
    """
    for number, signature in enumerate(case.rule.signatures):
        if isinstance(signature, Code) and _JAPANESE.search(signature.code):
            message = f"“{signature.code}” is no code: only its Latin part would be compared"
            yield Finding(case.at("signatures", number), message, "write it as a phrase")


def repeated_signature(case: Case) -> Iterator[Finding]:
    """A signature stands once in a rule; width, case and blanks do not count.

    Bad: `- phrase: メール サーバー`, `- phrase: メールサーバー`
    Good: `- phrase: メール サーバー`
    """
    seen: dict[str, int] = {}
    for number, signature in enumerate(case.rule.signatures):
        key = _compared(signature)
        if key and key in seen:
            first = case.at("signatures", seen[key]).line
            message = "this signature stands here twice"
            hint = f"the first is in line {first}; width, case and blanks do not count"
            yield Finding(case.at("signatures", number), message, hint)
        seen.setdefault(key, number)


def shared_signature(cases: list[Case]) -> Iterator[tuple[Case, Finding]]:
    """Two rules do not claim the same message; a shared code needs different words near it.

    Bad: `code: "0x80070005"` in two rules
    Good: `code: "0x80070005"` with `near: [outlook]` here and `near: [onedrive]` there
    """
    seen: dict[str, list[tuple[Case, int]]] = {}
    for case in cases:
        for number, signature in enumerate(case.rule.signatures):
            if not signature.weak and (key := _compared(signature)):
                for other, index in seen.get(key, ()):
                    if other is not case and _clash(signature, other.rule.signatures[index]):
                        yield case, _shared(case, number, other, index)
                        break
                seen.setdefault(key, []).append((case, number))


def signature_keys(rule: Rule) -> set[str]:
    """Signatures as far as they are worth a closer look; cheap, for thousands of rules."""
    texts = (s.text if isinstance(s, Phrase) else s.code for s in rule.signatures if not s.weak)
    return {"".join(text.split()).casefold() for text in texts}


def _clash(one: Signature, other: Signature) -> bool:
    if one.near and other.near:
        return bool({w.casefold() for w in one.near} & {w.casefold() for w in other.near})
    return True


def _shared(case: Case, number: int, other: Case, index: int) -> Finding:
    line = other.at("signatures", index).line
    return Finding(
        case.at("signatures", number),
        f"“{other.rule.id}” has the same signature",
        f"{other.rule.path}:{line}; quote more of the message, add “near”, or join the rules",
    )


def _compared(signature: Signature) -> str:
    """A signature as matching compares it; a placeholder is a gap."""
    text = signature.text if isinstance(signature, Phrase) else signature.code
    return read(_PLACEHOLDER.sub("\n", text)).text


def _size(signature: Signature) -> int:
    return len(_compared(signature).replace(" ", ""))
