"""Take the README's screenshots in the real workbench: `make screenshots`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import ViewportSize, expect

from tests.e2e.browser import chromium, workbench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent / "screenshots"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
SEED_JA = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SEED_EN = "Outlook set-up says: An encrypted connection to your mail server is not available."


def main() -> None:
    """Every picture the documents show."""
    HERE.mkdir(exist_ok=True)
    with chromium() as browser:
        shoot(browser, "answer", SEED_EN, "It works now", locale="en-US", viewport=DESKTOP)
        shoot(browser, "answer-ja", SEED_JA, "直りました", locale="ja-JP", viewport=DESKTOP)
        handover(browser)


def shoot(browser: Browser, name: str, text: str, button: str, **options: Any) -> None:
    """The answer to a paste."""
    with workbench() as url:
        page = browser.new_page(**options)
        page.goto(url)
        paste(page, text)
        expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
        page.wait_for_timeout(800)  # fonts and the panel settle
        page.screenshot(path=HERE / f"{name}.png")
        page.close()


def handover(browser: Browser) -> None:
    """The card the helpdesk gets, in the dark."""
    with workbench() as url:
        page = browser.new_page(locale="ja-JP", viewport=DESKTOP, color_scheme="dark")
        page.goto(url)
        paste(page, SEED_JA)
        page.get_by_role("button", name="直りません", exact=True).click()
        page.get_by_role("button", name="「メールボックスが見つかりません」", exact=True).click()
        expect(page.get_by_text("引き継ぎました").first).to_be_visible()
        page.get_by_role("navigation").get_by_label("操作する人").select_option(label="佐藤 健")
        page.get_by_role("button", name="helpdesk-triage").click()
        expect(page.get_by_role("button", name="担当する", exact=True)).to_be_visible()
        page.wait_for_timeout(800)
        page.screenshot(path=HERE / "handover.png")
        page.close()


def paste(page: Page, text: str) -> None:
    """Write into the channel."""
    box = page.locator("textarea").first
    box.fill(text)
    box.press("Enter")


if __name__ == "__main__":
    main()
