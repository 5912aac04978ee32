"""No secret and nobody's data is left; what identifies the error is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text.redact import redact

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
