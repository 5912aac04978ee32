"""No secret and nobody's data is left; what identifies the error is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text.redact import Secret, looked_through, redact

SECRETS = [
    ("taro.yamada@example.co.jp", "taro"),
    ("パスワードは Abc123! です", "Abc123!"),
    ("password: hunter2", "hunter2"),
    ("PW：ひみつ9", "ひみつ9"),
    ("my password is s3cr3t-word", "s3cr3t"),
    ("xoxb-123456789012-abcdefGHIJKL", "abcdefGHIJKL"),
    ("ghp_abcdefghij0123456789abcdefghij", "abcdefghij"),
    ("AKIAIOSFODNN7EXAMPLE", "IOSFODNN7"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIi"),
    ("Authorization: Bearer abcdefgh12345", "abcdefgh12345"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----", "MIIabc"),
    ("https://user:pa55@example.com/x", "pa55"),
    ("https://example.com/?sig=abc%2Fdef&x=1", "abc%2F"),
    ("トークンはaGVsbG8gd29ybGQ3MjM5MDEyMzQ1Njc4OTAx", "aGVsbG8"),
    ("4111 1111 1111 1111", "1111 1111"),
    ("４１１１１１１１１１１１１１１１", "１１１１"),
    ("マイナンバー 123456789018", "123456789018"),
    ("電話は090-1234-5678です", "1234-5678"),
    ("03-1234-5678", "1234-5678"),
    ("+81 90 1234 5678", "1234 5678"),
    ("(555) 123-4567", "123-4567"),
    ("〒100-0001 東京都千代田区千代田1-1", "千代田区"),
    (r"C:\Users\yamada\Desktop\a.txt", "yamada"),
    (r"C:\Users\Taro Yamada\a.txt", "Yamada"),
    ("/home/yamada/.ssh/config", "yamada"),
    ("氏名：山田 太郎", "太郎"),
    ("Name: John Smith\nOS: Windows", "Smith"),
]

KEPT = [
    "0x80070005",
    "AADSTS50126: Error validating credentials due to invalid username or password.",
    "Correlation ID: 12345678-1234-1234-1234-123456789012",
    "Timestamp: 2024-11-08 09:14:22Z",
    "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found",
    "パスワードは正しいのにサインインできません",
    "The password is expired.",
    "パスワードの期限が切れています",
    "File Name: report.xls",
    "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
    "btsBizTalkServerNoVersionAdministrators",
    "エラー コード: 0xCAA20003 (1234567890123456)",
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_goes(text: str, secret: str) -> None:
    assert secret not in redact(f"困っています。{text}")
    assert secret not in redact(text)


@pytest.mark.parametrize("text", KEPT)
def test_what_identifies_the_error_stays(text: str) -> None:
    assert redact(text) == text


@given(
    st.lists(st.sampled_from([s for s, _ in SECRETS] + KEPT), max_size=4), st.sampled_from("\n、")
)
@settings(max_examples=150, deadline=None)
def test_planted_secrets_go_among_others(texts: list[str], between: str) -> None:
    redacted = redact(between.join(texts))
    assert redact(redacted) == redacted
    for text, secret in SECRETS:
        if text in texts:
            assert secret not in redacted


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("0123456789-+() :：=@./\\[]_abcXYZ東京都パスワード氏名は〒\n"),
            st.characters(),
        ),
        max_size=120,
    ),
)
@settings(max_examples=300, deadline=None)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


MORE_SECRETS = [
    ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "bPxRfiCY"),
    ("github_pat_11ABCDEFG0abcdefghij_0123456789", "11ABCDEFG0"),
    ("xoxe.xoxp-1-Mi0yLTEyMzQ1Njc4OTA", "Mi0yLTEy"),
    ("xapp-1-A0123-456-abcdef0123", "A0123-456"),
    ("Server=db1;User Id=sa;Password=Hoge9;", "Hoge9"),
    ("AccountName=x;AccountKey=Zm9vYmFyYmF6cXV4==;EndpointSuffix=core", "Zm9vYmFy"),
    ("postgresql://app:pw1secret@db.example.com/x", "pw1secret"),
    ("curl -u taro:letmein https://example.com", "letmein"),
    ("my password is hunter", "hunter"),
    ("パスワードは「opensesame」です", "opensesame"),
    ("the new password abc12345 is refused", "abc12345"),
    ("暗証番号は4829です", "4829"),
    ("０９０－１２３４－５６７８", "１２３４"),
    ("+44 20 7946 0958", "7946"),
    ("+1 (555) 123-4567", "123-4567"),
    ("横浜市西区みなとみらい2-2-1", "みなとみらい"),
    ("マイナンバーは 1234-5678-9018", "5678"),
    ("田中さんに聞きました", "田中"),
    ("鈴木 花子様", "花子"),
    ("Dear Mr. John Smith,\nOutlook fails", "Smith"),
    ("Outlook fails.\n\nBest regards,\nJohn Smith", "Smith"),
    ("お疲れ様です。営業部の佐藤です。", "佐藤"),
    ("よろしくお願いします。\n高橋", "高橋"),
]

MORE_KEPT = [
    "皆さん、お疲れ様です。お客様の仕様です",
    "システム管理者様にお問い合わせください",
    "この名前は既に使用されています。",
    "Dear all, the VPN fails",
    "My password is expired",
    "Basic authentication is disabled",
    "トークンの有効期限が切れています",
    "Your PIN is no longer available (0xd000a002)",
    "Enter your PIN code. ping: timeout",
    "glean-debug-ping-viewer-brand-name",
    "123456789012",
]


@pytest.mark.parametrize(("text", "secret"), MORE_SECRETS)
def test_more_secrets_go(text: str, secret: str) -> None:
    assert secret not in redact(text)


@pytest.mark.parametrize("text", MORE_KEPT)
def test_more_that_is_nobodys_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("VPNのパスワードは Abc123! です", (Secret.PASSWORD,)),
        ("xoxb-123456789012-abcdefGHIJKL", (Secret.TOKEN,)),
        ("-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", (Secret.PRIVATE_KEY,)),
        ("taro@example.co.jp 090-1234-5678 山田さん", ()),
        ("password: [secret]", ()),
        *((text, ()) for text in (*KEPT, *MORE_KEPT)),
    ],
)
def test_it_tells_what_should_be_changed(text: str, secrets: tuple[Secret, ...]) -> None:
    assert looked_through(text).secrets == secrets


PARTS = [
    *(
        "password",
        "pw",
        " ",
        "\t",
        "eyJ",
        "あ",
        "山",
        "Aa ",
        "a_",
        "の",
        "0",
        "1 ",
        "-",
        "://",
        "@",
        ".",
    ),
    *(
        "東京都",
        "市",
        "「",
        "Dear ",
        "お疲れ様です",
        "\n",
        "Bearer ",
        "-----BEGIN ",
        "3Q~",
        ":AA",
        "x/",
    ),
    *(
        "net use ",
        "sqlcmd -",
        "Cookie:",
        "a=b;",
        "<password",
        ">",
        "Authorization: ",
        "GB29 ",
        "1 Aa",
        "パスは",
        "パス",
        "password for ",
        "login as a / ",
        "user aa:",
        "社員番号",
        "A1",
        "12 Aa Drive, ",
        "From: Aa ",
        "担当：山 ",
        "氏名：",
        "-san",
    ),
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), st.integers(5_000, 10_000))
@settings(max_examples=15, deadline=None)
def test_it_takes_time_in_proportion_to_the_text(parts: list[str], times: int) -> None:
    """Anything quadratic takes minutes here, and the time limit of the tests ends it."""
    text = "".join(parts) * times
    assert len(redact(text)) <= 12 * len(text) + 100
