"""What people paste is recognised, however it arrives."""

from __future__ import annotations

import pytest

from bot.core.matching.matcher import Matcher
from bot.core.matching.model import Band, Matches
from bot.core.matching.why import reasons
from bot.core.rulebook.model import Phrase
from bot.core.text.normalise import read
from tests.core.matching.rules import ENCRYPTED_EN, ENCRYPTED_JA, ORDINARY, book, rule

MATCHER = Matcher(ORDINARY)
PROXY_EN = "The name on the security certificate is invalid or does not match the name of the site"
"""The second sentence of a long message."""


def match(text: str) -> Matches:
    return MATCHER.match(read(text))


def found(text: str) -> list[str]:
    return [m.rule.id for m in match(text).found]


@pytest.mark.parametrize(
    "text",
    [
        ENCRYPTED_JA,
        "メールサーバーに対して暗号化された接続を使用できません",
        "ﾒｰﾙ ｻｰﾊﾞｰに対して､暗号化された接続を使用できません｡",
        "メール サーバに対して、暗号化された\n接続を使用\n  できません。",
        "> メール サーバーに対して、暗号化された\n> 接続を使用できません。",
        f"お疲れさまです。Outlookの設定で「{ENCRYPTED_JA}」って出ます",
        "朝からメールサーバーに対して暗号化された接続を使用できませんと出て困っています",
        "暗号化された接続を使用できません",
        "メール サーバーに対して、暗号化された接続を…",
        "メールサーバーに対して、暗号化された接読を使用できません",
        "メ一ル サ一バ一に対して、暗号化ざれた接続を使用できません。",
        f"昨日は直りましたが、また「{ENCRYPTED_JA}」と出ます",
        ENCRYPTED_EN,
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in ENCRYPTED_EN),
        "an encrypted conection to yuor mail server is not availble",
        "An encrypted connection to your mail\n    server is not avail\nable.",
        "*An encrypted connection to your mail server is not available.*",
        f"Hi all, since this morning I get `{ENCRYPTED_EN}` when I start Outlook",
        f"It was fixed yesterday but today again: {ENCRYPTED_EN}",
        "Anencrypted connection to your mai1 serveris not availab1e",
    ],
)
def test_the_seed_error_is_recognised(text: str) -> None:
    assert found(text) == ["outlook-encrypted-connection"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0x8004010F", "outlook-data-file"),
        ("エラー（０ｘ８００４０１０Ｆ）です", "outlook-data-file"),
        ("error 8004010f when I open Outlook", "outlook-data-file"),
        ("エラー コード -2147221233 と出ます", "outlook-data-file"),
        ("AADSTS50011: The reply URL…", "sign-in-reply-url"),
        ("AADSTS: 50011", "sign-in-reply-url"),
        ("aadsts 50011", "sign-in-reply-url"),
        ("AADSTS500011 になりました", "sign-in-account-missing"),
        ("what is 550 5.1.1?", "recipient-unknown"),
        ("#5.1.1 で戻ってきます", "recipient-unknown"),
        ("550-5.1.1 The email account that you tried to reach does not exist", "recipient-unknown"),
        ("メールが 5.2.2 で戻ります", "mailbox-full"),
        ("OneDriveで0x80070005が出ます", "onedrive-denied"),
        ("更新プログラムの失敗 80070005", "windows-update-denied"),
        ("VPN エラー 691", "vpn-691"),
        ("VPNが (-14) で切れます。エラー -14", "forticlient-unreachable"),
        ("net::ERR_NAME_NOT_RESOLVED", "name-not-resolved"),
        ("ERR_NAME_\nNOT_RESOLVED", "name-not-resolved"),
        ("taro@example.com のメールボックスが見つかりませんでした。", "owa-mailbox-missing"),
        ("A mailbox couldn’t be found for sales.east@example.com.", "owa-mailbox-missing"),
        (f"{PROXY_EN} mail.example.com.", "proxy-certificate"),
    ],
)
def test_codes_and_placeholders(text: str, expected: str) -> None:
    assert found(text) == [expected]


def test_two_errors_in_one_paste_are_both_found_where_they_are() -> None:
    text = f"まず「{ENCRYPTED_JA}」、そのあと OneDrive で 0x80070005 です"
    quotes = {m.rule.id: m.quote for m in match(text).found}
    assert quotes == {
        "outlook-encrypted-connection": ENCRYPTED_JA.rstrip("。"),
        "onedrive-denied": "0x80070005",
    }


def test_a_long_log_hides_nothing() -> None:
    noise = "\n".join(f"2024-11-08 09:{i:02} INFO worker {i} finished its batch" for i in range(60))
    text = f"{noise}\n{ENCRYPTED_EN}\n{noise}"
    [only] = match(text).found
    assert text[slice(*only.span)] == ENCRYPTED_EN.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "0x800700051",
        "0x80070006 on OneDrive",
        "AADSTS530033",
        "OneDrive を 15.1.1.10 に更新しました",
        "691番の会議室、空いてますか",
        "VPN の打ち合わせは 691 会議室です",
    ],
)
def test_other_codes_and_bare_numbers_are_not_ours(text: str) -> None:
    assert found(text) == []


def test_a_code_without_its_context_asks_for_it() -> None:
    matches = match("0x80070005 が出ます")
    assert matches.band is Band.NEAR
    assert {m.rule.id for m in matches.ambiguous} == {"windows-update-denied", "onedrive-denied"}


@pytest.mark.parametrize(
    "text",
    [
        "別のアプリで使用されているため、マイクにアクセスできません。",
        "Cannot access the microphone because another app is using it.",
        "An unencrypted connection to your mail server is not available.",
        "An encrypted connection to your mail server is available.",
        "メール サーバーに対して、暗号化された接続を使用できました。",
        "VPN接続を確立できません。VPNサーバーに到達できない可能性があります。(-20)",
    ],
)
def test_another_word_is_another_error(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "暗号化された接続の件、直りました",
        f"「{ENCRYPTED_JA}」の件、直りました",
        f"【周知】「{ENCRYPTED_JA}」と表示される場合は、お名前の入力をご確認ください",
        "the encrypted connection issue is solved",
        f"{ENCRYPTED_EN} - fixed now, thanks!",
        f'If you see "{ENCRYPTED_EN}", please check your full name first.',
        "AADSTS50011 の件は解決済みです",
        "AADSTS50011 was resolved by resetting the app",
    ],
)
def test_solved_and_announced_errors_are_never_answered(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [f"「{ENCRYPTED_JA}」の件、直りました", f"{ENCRYPTED_EN} - fixed now, thanks!"],
)
def test_what_surrounds_an_error_never_changes_which_it_is(text: str) -> None:
    first = match(text).ranked[0]
    assert (first.rule.id, first.band) == ("outlook-encrypted-connection", Band.NEAR)
    assert any(reason.feature == "surroundings" for reason in first.notes)


MESSAGES = Matcher(
    book(
        rule("destructor", "デストラクタの優先度は整数でなければいけません"),
        rule("cores", "invalid node cpu cores value"),
        rule("min-size", "min_wal_size must be at least twice the segment size"),
        rule("feature", "Target CPU feature {any} does not match source {any}"),
        rule("security-screen", "Could not load Wi-Fi security user interface."),
        rule(
            "policies", "Your organization's policies do not allow you to share with these users."
        ),
        rule("many-formats", "セルの書式が多すぎるため、書式を追加できません。"),
        rule(
            "workstation", "このワークステーションとプライマリ ドメインとの信頼関係に失敗しました。"
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('my screen reads "Your organization\'s policies do not allow y", why?', "policies"),
        ("セルの書式が多すぎるため、書式を追加出来ません、と出ます", "many-formats"),
        ("セルの書式が多すぎるため、書式を追加できまんせ。", "many-formats"),
        ("Target CPU feature HP LaserJet does not match source Book1.xlsx", "feature"),
        (
            "Target CPU feature imap．example．com RPM does not match\n> source Book1.xlsx",
            "feature",
        ),
        ("Could not load Wi-Fi security user interface. any idea?", "security-screen"),
    ],
)
def test_cut_off_respelt_and_filled_messages_are_recognised(text: str, expected: str) -> None:
    assert [m.rule.id for m in MESSAGES.match(read(text)).found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "コンストラクタの優先度は整数でなければいけません",
        "invalid node cpu nodes value",
        "max_wal_size must be at least twice the segment size",
        "Target CPU feature count 5 does not match source 7",
    ],
)
def test_a_message_with_another_word_at_its_end_or_beside_a_placeholder_is_another(
    text: str,
) -> None:
    assert MESSAGES.match(read(text)).found == ()


def test_what_was_respelt_is_quoted_as_it_was_written() -> None:
    text = (
        "朝から、セルの書式が多すぎるため、書式を追加出来ません。と出て、全て止まって下さいません"
    )
    [only] = MESSAGES.match(read(text)).found
    assert only.quote == "セルの書式が多すぎるため、書式を追加出来ません"


def test_a_weak_phrase_supports_and_never_suffices() -> None:
    weak = "暗号化されていない接続を使用するには[次へ]をクリックしてください。"
    assert match(weak).ranked == ()
    half = "暗号化された接続を使用できません"
    alone, together = match(half).ranked[0], match(f"{half}\n{weak}").ranked[0]
    assert together.rule.id == "outlook-encrypted-connection"
    assert together.score > alone.score


def test_a_retired_rule_never_matches() -> None:
    assert match("この古いメッセージはもう表示されることがありません。").ranked == ()


def test_a_draft_is_only_suggested() -> None:
    text = "新しい下書きのエラー メッセージが表示されています。"
    assert match(text).band is Band.NEAR
    assert Matcher(ORDINARY, include_drafts=True).match(read(text)).band is Band.CONFIDENT


def test_an_excluding_phrase_vetoes() -> None:
    text = "編集のためロックされています。使用者は別のユーザーです。"
    assert found(text) == ["excel-locked"]
    assert found(f"{text} 読み取り専用の推奨もオンです") == []


def test_every_match_says_why() -> None:
    said = {reason.feature: reason for reason in reasons(match(ENCRYPTED_JA).ranked[0])}
    assert said["coverage"].value > 0
    assert "100%" in said["coverage"].words
    assert all(reason.words for reason in said.values())


def test_a_phrase_that_several_products_show_asks_for_its_context() -> None:
    unknown = Matcher(
        book(rule("teams-unknown", Phrase("Unknown User", near=("teams", "チームズ"))))
    )
    assert [m.rule.id for m in unknown.match(read("Teams shows “Unknown User”")).found] == [
        "teams-unknown"
    ]
    alone = unknown.match(read("it says “Unknown User”"))
    assert alone.band is Band.NEAR
    assert [m.rule.id for m in alone.ambiguous] == ["teams-unknown"]
