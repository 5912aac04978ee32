"""The workbench in a real browser, as somebody uses it who has never seen the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import CHROMIUM, chromium, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SEED_EN = "Outlook says: An encrypted connection to your mail server is not available."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh workbench in a fresh window; Japanese unless a test asks otherwise."""
    options: dict[str, Any] = {"locale": "ja-JP", "viewport": {"width": 1440, "height": 900}}
    options |= getattr(request, "param", {})
    with workbench() as url:
        context = browser.new_context(**options)
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: troubles.append(r.url) if not r.url.startswith(url) else None)
        page.goto(url)
        yield page
        context.close()
        assert not troubles


def paste(page: Page, text: str) -> None:
    box = page.locator("main textarea, textarea").first
    box.fill(text)
    box.press("Enter")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def test_the_seed_error_to_solved(page: Page) -> None:
    paste(page, SEED)
    expect(page.get_by_text("多くは設定画面への入力内容が原因です").first).to_be_visible()
    expect(page.get_by_text("氏名（姓＋名）").first).to_be_visible()
    press(page, "直りました")
    expect(page.get_by_text("この件は解決済みにしました").first).to_be_visible()
    expect(page.get_by_text("回答：直りました").first).to_be_visible()
    expect(page.get_by_role("button", name="直りません", exact=True)).to_have_count(0)


def test_the_seed_error_to_the_helpdesk_and_back(page: Page) -> None:
    paste(page, SEED)
    press(page, "直りません")
    press(page, "「メールボックスが見つかりません」")
    expect(page.get_by_text("引き継ぎました").first).to_be_visible()
    page.get_by_role("navigation").get_by_label("操作する人").select_option(label="佐藤 健")
    page.get_by_role("button", name=re.compile("helpdesk-triage")).click()
    expect(page.get_by_text("ライセンス未割り当て").first).to_be_visible()
    press(page, "担当する")
    expect(page.get_by_text("さんが対応中").first).to_be_visible()
    press(page, "対応完了")
    expect(page.get_by_text("さんが対応完了").first).to_be_visible()


@pytest.mark.parametrize("page", [{"locale": "en-US"}], indirect=True)
def test_english_people_get_an_english_page_and_answer(page: Page) -> None:
    paste(page, SEED_EN)
    expect(page.get_by_text("most often it is something entered").first).to_be_visible()
    expect(page.get_by_role("button", name="It works now", exact=True)).to_be_visible()


def test_it_says_why(page: Page) -> None:
    paste(page, SEED)
    why = page.get_by_label("ボットがそうした理由")
    expect(why.locator("mark").first).to_contain_text("暗号化された接続を使用できません")
    expect(why.get_by_text("outlook-encrypted-connection").first).to_be_visible()
    expect(why.get_by_text(re.compile("よくある 6")).first).to_be_visible()


def test_chatter_is_answered_by_nothing_and_the_page_says_why(page: Page) -> None:
    paste(page, "明日の会議室を変更しました")
    expect(page.get_by_text("何も答えません").first).to_be_visible()
    expect(page.get_by_text(re.compile("件の返信"))).to_have_count(0)


@pytest.mark.parametrize("page", [{"viewport": {"width": 375, "height": 740}}], indirect=True)
def test_on_a_phone_nothing_is_cut_off(page: Page) -> None:
    paste(page, SEED)
    expect(page.get_by_text("氏名（姓＋名）").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("textarea").first.focus()
    page.keyboard.insert_text(SEED)
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="直りました", exact=True)
    expect(button).to_be_visible()
    for _ in range(60):
        if button.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("この件は解決済みにしました").first).to_be_visible()
    page.keyboard.press("Escape")


def test_who_opens_the_direct_message_is_offered_errors_to_try(page: Page) -> None:
    page.get_by_role("button", name="Firstcheck", exact=True).last.click()
    offered = page.get_by_role("region", name=re.compile("エラーの文を貼り付けて"))
    expect(offered.get_by_role("button")).to_have_count(4)
    offered.get_by_role("button").first.click()
    expect(page.get_by_role("button", name="担当者に相談", exact=True).first).to_be_visible()
    expect(page.get_by_role("complementary", name="スレッド")).to_be_visible()
