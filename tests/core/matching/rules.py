"""Rules for tests, without files: what a rule is recognised by, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.rulebook.model import (
    Audience,
    Bilingual,
    Code,
    Escalation,
    EscalationClass,
    Phrase,
    Rule,
    Rulebook,
    Status,
)

if TYPE_CHECKING:
    from bot.core.rulebook.model import Signature

_TITLE = Bilingual("A title", "題名")


def rule(
    rule_id: str,
    *signatures: Signature | str,
    status: Status = Status.TESTED,
    unless: tuple[str, ...] = (),
) -> Rule:
    """A rule; a bare string is a phrase."""
    return Rule(
        id=rule_id,
        status=status,
        product="outlook",
        audience=Audience.EMPLOYEE,
        title=_TITLE,
        signatures=tuple(Phrase(s) if isinstance(s, str) else s for s in signatures),
        causes=(),
        escalate=Escalation(EscalationClass("", None, "messaging", ())),
        unless=unless,
    )


def book(*rules: Rule) -> Rulebook:
    """These rules, and no taxonomy."""
    return Rulebook(rules)


ENCRYPTED_JA = "メール サーバーに対して、暗号化された接続を使用できません。"
ENCRYPTED_EN = "An encrypted connection to your mail server is not available."

ORDINARY = book(
    rule(
        "outlook-encrypted-connection",
        ENCRYPTED_JA,
        ENCRYPTED_EN,
        Phrase("暗号化されていない接続を使用するには[次へ]をクリックしてください。", weak=True),
    ),
    rule(
        "outlook-data-file",
        Code("0x8004010F"),
        "Outlook データ ファイルにアクセスできません。",
        "Outlook data file cannot be accessed.",
    ),
    rule(
        "sign-in-blocked",
        Code("AADSTS53003"),
        "条件付きアクセス ポリシーにより、アクセスがブロックされました。",
    ),
    rule("sign-in-reply-url", Code("AADSTS50011")),
    rule("sign-in-account-missing", Code("AADSTS500011")),
    rule("mailbox-full", Code("5.2.2", near=("mail", "メール", "NDR")), "554 5.2.2 mailbox full"),
    rule("recipient-unknown", Code("550 5.1.1")),
    rule("windows-update-denied", Code("0x80070005", near=("Windows Update", "更新プログラム"))),
    rule("onedrive-denied", Code("0x80070005", near=("OneDrive",))),
    rule(
        "forticlient-unreachable",
        Code("-14", near=("VPN", "FortiClient")),
        "VPN接続を確立できません。VPNサーバーに到達できない可能性があります。(-14)",
        "Unable to establish the VPN connection. The VPN server may be unreachable. (-14)",
    ),
    rule("vpn-691", Code("691", near=("VPN",))),
    rule(
        "camera",
        "別のアプリで使用されているため、カメラにアクセスできません。",
        "Cannot access the camera because another app is using it.",
    ),
    rule("name-not-resolved", Code("ERR_NAME_NOT_RESOLVED")),
    rule(
        "owa-mailbox-missing",
        "{address} のメールボックスが見つかりませんでした。",
        "A mailbox couldn't be found for {address}.",
    ),
    rule(
        "proxy-certificate",
        "There is a problem with the proxy server's security certificate. The name on the security "
        "certificate is invalid or does not match the name of the site {server}.",
    ),
    rule("file-locked", "別のプログラムがこのファイルを開いているので、操作を完了できません。"),
    rule(
        "encoded-old", "この古いメッセージはもう表示されることがありません。", status=Status.RETIRED
    ),
    rule("drafted", "新しい下書きのエラー メッセージが表示されています。", status=Status.DRAFT),
    rule(
        "excel-locked",
        "編集のためロックされています。使用者は別のユーザーです。",
        unless=("読み取り専用の推奨",),
    ),
)
