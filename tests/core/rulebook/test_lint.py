"""Each lint finds its slip on its line, and leaves alone what is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.rulebook.lint import LINTS, explained, lint_rule, lint_rules
from bot.core.rulebook.lint.dangers import ASKED, BROUGHT, DANGERS, advised
from bot.core.rulebook.parse import Reading, parse_taxonomy, read_rule

SAMPLES = Path(__file__).parent / "samples/rules"
GOOD = (SAMPLES / "vpn/vpn-809.yaml").read_text("utf-8")
PATH = "rules/vpn/vpn-809.yaml"
TAXONOMY = parse_taxonomy("taxonomy.yaml", (SAMPLES / "taxonomy.yaml").read_text("utf-8"))[0]
TODAY = date(2026, 11, 22)


def reading(source: str, path: str = PATH) -> Reading:
    return read_rule(path, source, TAXONOMY)


def without(section: str, source: str = GOOD) -> str:
    """The rule without a top-level section."""
    lines, kept, skipping = source.splitlines(keepends=True), [], False
    for line in lines:
        if not line.startswith((" ", "#")):
            skipping = line.startswith(f"{section}:")
        if not skipping:
            kept.append(line)
    return "".join(kept)


def test_a_sound_rule_is_left_in_peace() -> None:
    assert lint_rule(reading(GOOD), TODAY) == []


FIX_EN = "Please try once with your phone's hotspot instead of this Wi-Fi."
FIX_JA = "この Wi-Fi の代わりに、スマートフォンのテザリングで一度お試しください。"
SLIPS = [
    ("japanese-code", "code: 809", "code: 809 エラー"),
    ("too-long", FIX_EN, "word " * 36),
    ("too-long", FIX_JA, "長" * 121),
    ("too-long", "Can a colleague connect at the moment?", "word " * 36),
    ("too-long", "label: {en: At home", f"label: {{en: {'x' * 76}"),
    ("wrong-language", FIX_EN, "テザリングをお試しください。"),
    ("wrong-language", FIX_JA, FIX_EN),
    ("wrong-language", "ja: 場所とネットワーク名", "ja: place and network"),
    ("blame", FIX_EN, "You typed the server name wrong."),
    ("blame", FIX_EN, "This is usually a user error."),
    ("blame", FIX_JA, "多くは入力ミスです。"),
    ("blame", FIX_JA, "パスワードを間違えた可能性があります。"),
    ("unbalanced-quotes", FIX_JA, "「インターネット共有を押してください。"),
    ("unbalanced-quotes", FIX_EN, "Choose “Personal Hotspot in the settings."),
    ("unbalanced-quotes", FIX_EN, 'Choose "Personal Hotspot in the settings.'),
    ("unquoted-label", FIX_EN, "Open the settings and press Next."),
    ("unquoted-label", FIX_EN, "Please click on Connect."),
    ("unquoted-label", FIX_JA, "次へを押してください。"),
    ("unquoted-label", FIX_JA, "設定を開き、OKをクリックしてください。"),
    ("dead-placeholder", FIX_EN, "Please connect to {server} again."),
    ("full-stop", "{en: line that blocks VPN, ja", "{en: The line blocks VPN., ja"),
    ("full-stop", "ja: VPN を通さない回線", "ja: VPN を通しません。"),
    ("full-stop", "en: you use the VPN that", "en: when you use the VPN that"),
    ("full-stop", "ja: Windows 標準の VPN をお使いの", "ja: Windows 標準の VPN をお使いの場合"),
    ("dangerous-advice", FIX_EN, "Disable the firewall and try again."),
    ("asks-for-secret", "en: the place and the name", "en: the password and the name"),
    ("asks-for-secret", "Since when does it fail?", "What is your password?"),
    ("personal-data", "Windows VPN error 809 since", "taro.yamada@nihon-shoji.co.jp error 809"),
    ("idle-check", "no: {points_to: [server-down]}", "no: {rules_out: [server-down]}"),
    ("dead-cause", "points_to: [account-not-enabled]", "points_to: [line-blocks-vpn]"),
    ("contradiction", "[server-down]}", "[server-down], rules_out: [server-down]}"),
    (
        "nothing-left",
        "points_to: [account-not-enabled]",
        "rules_out: [line-blocks-vpn, two-users-one-router, account-not-enabled, server-down]",
    ),
    ("ambiguous-words", "no: {points_to", "no: {shown_by: [他の人は繋がる], points_to"),
    ("short-signature", "phrase: The network connection between", "phrase: エラー # "),
    ("short-signature", "    near: [vpn, リモート接続]\n", ""),
    ("repeated-signature", "code: 809", 'phrase: "{server}に　接続 できません"'),
    ("stale-review", "reviewed: 2026-03-01", "reviewed: 2025-03-01"),
    ("stale-review", "reviewed: 2026-03-01", "reviewed: 2027-03-01"),
    ("stale-review", "reviewed: 2026-03-01\n", ""),
    ("no-owner", "owner: network-team\n", ""),
    ("too-few-examples", "  - text: Windows VPN error 809 since this morning\n", ""),
]


@pytest.mark.parametrize(("code", "old", "new"), SLIPS)
def test_a_slip_is_found_where_it_is(code: str, old: str, new: str) -> None:
    quoted = f"'{new}'" if old.endswith((".", "?")) and "'" not in new else new
    source = GOOD.replace(old, quoted, 1)
    line = GOOD[: GOOD.index(old)].count("\n") + 1

    problems = lint_rule(reading(source), TODAY)

    assert reading(source).draft is not None
    assert {p.code for p in problems} == {code}
    nearby = (line, line - 1) if new else range(1, len(GOOD))
    assert any(p.line in nearby or code in ("idle-check", "dead-cause") for p in problems)


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("sources", "no-source"),
        ("counterexamples", "too-few-counterexamples"),
        ("examples", "too-few-examples"),
        ("owner", "no-owner"),
    ],
)
def test_a_status_demands_what_it_demands(section: str, code: str) -> None:
    trusted = without(section)
    tested = trusted.replace("status: trusted", "status: tested")
    draft = trusted.replace("status: trusted", "status: draft")

    assert [p.code for p in lint_rule(reading(trusted), TODAY)] == [code]
    assert [p.code for p in lint_rule(reading(tested), TODAY)] == [code] * (code != "no-owner")
    assert lint_rule(reading(draft), TODAY) == []


def test_examples_are_demanded_in_both_languages() -> None:
    source = GOOD.replace("VPN がつながらない、エラー 809 と出ます", "VPN says error 809 again")

    problems = lint_rule(reading(source), TODAY)

    assert [(p.code, p.message) for p in problems] == [
        ("too-few-examples", "no example is in Japanese")
    ]
    assert source.splitlines()[problems[0].line - 1] == "examples:"


def test_facts_for_the_ticket_are_demanded() -> None:
    kept = GOOD.replace("  bring:\n    - {en: the place and the name of the network", "#", 1)
    source = "\n".join(
        line for line in kept.splitlines() if not line.startswith(("#", "    - {en: your user"))
    )

    assert [p.code for p in lint_rule(reading(source), TODAY)] == ["nothing-to-bring"]


def test_a_retired_rule_is_left_alone() -> None:
    source = GOOD.replace("status: trusted", "status: retired").replace(FIX_EN, "Disable firewall")

    assert lint_rule(reading(source), TODAY) == []


def test_a_rule_of_weak_signatures_is_found() -> None:
    source = GOOD.replace("  - code: 809\n    near: [vpn, リモート接続]\n", "")
    for start in ("- phrase: The network", "- phrase: リモート"):
        line = next(t for t in source.splitlines() if start in t)
        source = source.replace(line, f"{line}\n    weak: yes")

    assert [p.code for p in lint_rule(reading(source), TODAY)] == ["never-fires"]


def test_a_pin_without_a_fix_is_found() -> None:
    source = GOOD.replace("    likelihood: rare\nchecks", "    pin: first\nchecks")
    source = source.replace("    pin: first\n    fix", "    fix")

    assert [p.code for p in lint_rule(reading(source), TODAY)] == ["pin-without-fix"]


def test_a_title_may_be_a_products_name_in_both_languages() -> None:
    source = GOOD.replace("{en: At home, ja: 自宅}", "{en: Windows 11, ja: Windows 11}")

    assert lint_rule(reading(source), TODAY) == []


def test_two_rules_that_claim_one_message_are_told_of_each_other() -> None:
    other = GOOD.replace("id: vpn-809", "id: vpn-809-again")
    found = lint_rules([reading(GOOD), reading(other, "rules/vpn/vpn-809-again.yaml")], TODAY)

    assert {p.code for p in found} == {"shared-signature"}
    assert len(found) == 3  # two phrases and the code; the weak phrase may be shared
    assert all(p.path.endswith("again.yaml") and "vpn-809.yaml:" in p.hint for p in found)


def test_a_code_may_be_shared_when_other_words_are_near() -> None:
    other = "\n".join(
        line
        for line in GOOD.replace("id: vpn-809", "id: other").splitlines()
        if not line.startswith("  - phrase") and line != "    weak: yes"
    ).replace("near: [vpn, リモート接続]", "near: [printer]")

    assert lint_rules([reading(GOOD), reading(other, "rules/vpn/other.yaml")], TODAY) == []


def test_lints_run_on_what_is_half_right() -> None:
    source = GOOD.replace("status: trusted", "status: trustd").replace(FIX_EN, "You failed to.")
    half = reading(source)

    assert half.rule is None
    assert "blame" in {p.code for p in lint_rule(half, TODAY)}


ADVISES = [
    ("en", "Turn off your antivirus for a moment."),
    ("en", "If it does not help, disable Windows Defender Firewall."),
    ("en", "Enable TLS 1.0 in the Internet options."),
    ("en", "Ignore the certificate warning and continue."),
    ("en", "Click Next to use an unencrypted connection."),
    ("en", "Run pip install --trusted-host pypi example."),
    ("en", "Enable insecure guest logons in the policy."),
    ("en", "Turn on SMB 1 in Windows features."),
    ("en", "Disable multi-factor authentication for this user."),
    ("ja", "ファイアウォールを無効にして、もう一度お試しください。"),
    ("ja", "直らない場合は、セキュリティソフトを一時的に停止してください。"),
    ("ja", "TLS 1.0 を有効にしてください。"),
    ("ja", "証明書の警告を無視して進んでください。"),
    ("ja", "暗号化されていない接続を使用してください。"),
    ("ja", "SMB 1.0 を有効にしてください。"),
    ("ja", "多要素認証を一時的に解除してください。"),
]


@pytest.mark.parametrize(("language", "text"), ADVISES)
def test_dangerous_advice_is_seen(language: str, text: str) -> None:
    assert any(advised(danger, language, text) for danger in DANGERS)


FORBIDS = [
    ("en", "Please do not disable the firewall; it does not help here."),
    ("en", "Never click Next for an unencrypted connection."),
    ("en", "Don't ignore the certificate warning."),
    ("en", "There is no need to turn off the antivirus."),
    ("en", "It sounds like encryption or the firewall, but it is not."),
    ("en", "Please turn off the VPN and try again."),
    ("en", "The certificate of the server has expired; only the network team can renew it."),
    ("en", "Please check the date of your PC: a wrong clock causes certificate errors."),
    ("en", "The firewall is on by default."),
    ("ja", "ファイアウォールは無効にしないでください。"),
    ("ja", "暗号化されていない接続の［次へ］は押さないでください。"),
    ("ja", "証明書の警告を無視して進まないでください。"),
    ("ja", "ウイルス対策ソフトを停止する必要はありません。"),
    ("ja", "暗号化や回線の問題に見えますが、多くは設定画面に入力した内容が原因です。"),
    ("ja", "VPN をオフにして、もう一度お試しください。"),
    ("ja", "PC の日時がずれていると、証明書のエラーが出ます。"),
]


@pytest.mark.parametrize(("language", "text"), FORBIDS)
def test_what_forbids_a_danger_or_only_names_it_passes(language: str, text: str) -> None:
    assert [d.what for d in DANGERS if advised(d, language, text)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please send us your password."),
        ("en", "Please write your password here."),
        ("en", "Reply with the verification code."),
        ("en", "What is your PIN?"),
        ("ja", "パスワードを教えてください。"),
        ("ja", "確認コードをこのスレッドに貼り付けてください。"),
    ],
)
def test_asking_for_a_secret_is_seen(language: str, text: str) -> None:
    assert advised(ASKED, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please enter your password again in the sign-in window."),
        ("en", "Please enter your password again and tell us what you see."),
        ("en", "Please tell us whether the password is accepted."),
        ("en", "Never send your password to anybody."),
        ("en", "Does web mail accept the same address and password?"),
        ("ja", "パスワードをもう一度入力してください。"),
        ("ja", "パスワードは誰にも教えないでください。"),
        ("ja", "パスワードを入力し、表示された内容を教えてください。"),
        ("ja", "同じアドレスとパスワードで Web メールを開けますか？"),
    ],
)
def test_speaking_of_a_secret_is_not_asking_for_it(language: str, text: str) -> None:
    assert not advised(ASKED, language, text)


@pytest.mark.parametrize(
    ("language", "text", "asks"),
    [
        ("en", "address and password", True),
        ("en", "the address (never the password)", False),
        ("en", "when the password was last changed", False),
        ("en", "whether you entered your password on another page (never the password)", False),
        ("ja", "アドレスとパスワード", True),
        ("ja", "アドレス（パスワードは書かないでください）", False),
        ("ja", "パスワードを変更した日", False),
        ("ja", "見慣れない画面でパスワードを入力したか（パスワードは不要です）", False),
        ("ja", "パスワード以外の入力内容", False),
    ],
)
def test_a_secret_among_the_facts_is_seen(language: str, text: str, asks: bool) -> None:  # noqa: FBT001  (a table column)
    assert bool(advised(BROUGHT, language, text)) is asks


@pytest.mark.parametrize(
    ("was", "put"),
    [
        (FIX_EN, "Press Ctrl+Alt+Delete, then press “Next” and press Enter."),
        (FIX_EN, "Press the power button, then select the network again."),
        (FIX_JA, "Enter キーを押し、［次へ］を押してください。"),
        (FIX_JA, "電源ボタンを押してから、「OK」をクリックしてください。"),
    ],
)
def test_keys_and_quoted_labels_are_left_alone(was: str, put: str) -> None:
    assert lint_rule(reading(GOOD.replace(was, put)), TODAY) == []


def test_of_two_placeholders_in_a_row_one_is_dead() -> None:
    line = "  - phrase: The server {server} {any} did not answer the call.\n"
    source = GOOD.replace("signatures:\n", f"signatures:\n{line}")
    assert [p.code for p in lint_rule(reading(source), TODAY)] == ["dead-placeholder"]


def test_every_lint_is_documented_with_a_bad_and_a_good_sample() -> None:
    assert len(explained()) == len(LINTS) + 1
    for lint in explained():
        assert lint.says.endswith("."), lint.code
        assert lint.bad.startswith("`"), lint.code
        assert lint.good.startswith("`") or "`" in lint.good, lint.code
        assert any(lint.code == code for code, *_ in SLIPS) or lint.code in _ELSEWHERE, lint.code


_ELSEWHERE = {
    "too-few-counterexamples",
    "no-source",
    "nothing-to-bring",
    "never-fires",
    "pin-without-fix",
    "shared-signature",
}
"""Shown in tests of their own above."""
