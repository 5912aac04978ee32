"""The page in a real browser: what a person sees, hears and can do with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from bot.workbench.web import tell_rules
from tests.workbench.conftest import ERROR, HELP_IT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.workbench.conftest import Bench

SAKURA, ALEX = "U0SAKURA01", "U0ALEX0001"


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": action, "value": action, "text": text}


# --- Writing --------------------------------------------------------------------------------------


def test_enter_sends_and_shift_enter_starts_a_line(page: Page, bench: Bench) -> None:
    page.locator("#composer").press_sequentially("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(page.locator(".chat .message")).to_have_count(1)
    assert bench.texts() == ["one\ntwo"]
    expect(page.locator("#composer")).to_have_value("")
    page.keyboard.type("three")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".chat .message")).to_have_count(2)


def test_the_enter_that_ends_a_japanese_conversion_does_not_send(page: Page, bench: Bench) -> None:
    page.fill("#composer", "変換")
    page.evaluate(
        """() => document.getElementById("composer").dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true}))"""
    )
    expect(page.locator("#composer")).to_have_value("変換")
    page.keyboard.press("Enter")
    expect(page.locator(".chat .message")).to_have_count(1)
    assert bench.texts() == ["変換"]


def test_a_slash_command_goes_to_the_bot_and_not_to_the_channel(page: Page, bench: Bench) -> None:
    page.fill("#composer", "/firstcheck help me")
    page.keyboard.press("Enter")
    expect(page.locator("#composer")).to_have_value("")
    commands = [d.payload for d in bench.standin.deliveries if "command" in d.payload]
    assert [(c["command"], c["text"]) for c in commands] == [("/firstcheck", "help me")]
    assert bench.texts() == []


def test_a_mention_as_people_type_it_reaches_the_bot(page: Page, bench: Bench) -> None:
    page.fill("#composer", "@Firstcheck VPN 809")
    page.keyboard.press("Enter")
    expect(page.locator(".b-mention")).to_have_text("@Firstcheck")
    assert bench.texts() == ["<@U0FIRSTBOT> VPN 809"]


# --- Reading --------------------------------------------------------------------------------------


def test_mrkdwn_is_drawn_as_slack_draws_it(page: Page, bench: Bench) -> None:
    bench.says(
        [
            section("*bold* and `a &amp; b` and 1&gt;2 and 3 &lt; 4"),
            section("*太字*です _and_ snake_case_name"),
            section("&gt; quoted\nnot quoted"),
            section("```if a &lt; b:\n    go()```"),
            section("&lt;!channel&gt; <https://example.com/?a=1&amp;b=2|there>"),
        ]
    )
    expect(page.locator(".b-section")).to_have_count(5)
    first, second, third, fourth, fifth = page.locator(".b-section").all()
    expect(first).to_have_text("bold and a & b and 1>2 and 3 < 4")
    expect(first.locator("b")).to_have_text("bold")
    expect(second).to_have_text("*太字*です and snake_case_name")
    expect(second.locator("i")).to_have_text("and")
    expect(third.locator("blockquote")).to_have_text("quoted")
    assert fourth.locator("pre").inner_text() == "if a < b:\n    go()"
    expect(fifth).to_have_text("<!channel> there")
    assert fifth.locator("a").get_attribute("href") == "https://example.com/?a=1&b=2"


def test_script_in_a_paste_stays_text(page: Page) -> None:
    page.fill("#composer", "<img src=x onerror=alert(1)> javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.locator(".message-body")).to_have_text(
        "<img src=x onerror=alert(1)> javascript:alert(1)"
    )


def test_a_message_for_one_person_is_shown_to_nobody_else(page: Page, bench: Bench) -> None:
    bench.bot.chat_postEphemeral(channel=HELP_IT, user=SAKURA, text="for Sakura")
    expect(page.locator(".ephemeral")).to_contain_text("Only visible to you")
    page.locator(".sidebar .act-as select").select_option(ALEX)
    expect(page.locator(".ephemeral")).to_have_count(0)


def test_a_thread_opens_with_its_answer_and_escape_closes_it(page: Page, bench: Bench) -> None:
    page.fill("#composer", ERROR)
    page.keyboard.press("Enter")
    expect(page.locator(".chat .message")).to_have_count(1)
    root = bench.standin.messages(HELP_IT)[0]
    bench.bot.chat_postMessage(channel=HELP_IT, text="answer", thread_ts=root.ts)
    expect(page.get_by_role("complementary", name="Thread")).to_contain_text("answer")
    expect(page.locator("#composer-thread")).to_be_focused()
    page.keyboard.type("thanks")
    page.keyboard.press("Enter")
    expect(page.locator(".thread .message")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".thread")).to_have_count(0)
    expect(page.locator("#composer")).to_be_focused()
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()


# --- Acting ---------------------------------------------------------------------------------------


def test_a_button_has_a_name_and_its_press_reaches_the_bot(page: Page, bench: Bench) -> None:
    bench.says([{"type": "actions", "elements": [button("It works now", "fc_fixed")]}])
    page.get_by_role("button", name="It works now").click()
    expect(page.locator(".toast")).to_contain_text("did not respond")
    (press,) = [d.payload["actions"] for d in bench.standin.deliveries if "actions" in d.payload]
    assert press[0]["action_id"] == "fc_fixed"


def test_a_modal_is_filled_in_and_sent_with_the_keyboard(page: Page, bench: Bench) -> None:
    bench.says([{"type": "actions", "elements": [button("Open", "open")]}])
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".toast")).to_be_visible()
    trigger = next(
        d.payload["trigger_id"] for d in bench.standin.deliveries if "actions" in d.payload
    )
    bench.bot.views_open(trigger_id=trigger, view=FORM)
    modal = page.get_by_role("dialog", name="New rule")
    modal.get_by_role("button", name="Save").click()
    expect(modal.get_by_role("alert").first).to_have_text("Please fill this in.")
    expect(modal.get_by_label("Error text")).to_be_focused()
    modal.get_by_label("Error text").fill("VPN 809")
    modal.get_by_label("Product").select_option("vpn")
    modal.get_by_label("Error text").press("Enter")
    expect(page.locator(".toast")).to_have_count(2)
    sent = [d.payload for d in bench.standin.deliveries if d.payload["type"] == "view_submission"]
    values = sent[0]["view"]["state"]["values"]
    assert values["b1"]["text"]["value"] == "VPN 809"
    assert values["b2"]["product"]["selected_option"]["value"] == "vpn"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


FORM = {
    "type": "modal",
    "callback_id": "rule",
    "title": {"type": "plain_text", "text": "New rule"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "b1",
            "label": {"type": "plain_text", "text": "Error text"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "b2",
            "label": {"type": "plain_text", "text": "Product"},
            "element": {
                "type": "static_select",
                "action_id": "product",
                "options": [{"text": {"type": "plain_text", "text": "VPN"}, "value": "vpn"}],
            },
        },
    ],
}


def test_the_menu_of_a_message_edits_deletes_and_diagnoses(page: Page, bench: Bench) -> None:
    page.fill("#composer", "old")
    page.keyboard.press("Enter")
    more = page.get_by_role("button", name="More actions")
    more.press("Enter")
    page.get_by_role("menuitem", name="Edit message").press("Enter")
    page.locator(".editor textarea").fill("new")
    page.keyboard.press("Enter")
    expect(page.locator(".message-body")).to_have_text("new(edited)")
    more.press("Enter")
    page.get_by_role("menuitem", name="Diagnose this message").press("Enter")
    more.press("Enter")
    page.get_by_role("menuitem", name="Delete message").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete message").click()
    expect(page.locator(".message")).to_have_count(0)
    assert bench.texts() == []
    assert "message_action" in [d.payload["type"] for d in bench.standin.deliveries]


# --- Why ------------------------------------------------------------------------------------------


def test_a_draft_is_explained_while_it_is_typed(page: Page) -> None:
    why = page.get_by_role("complementary", name="Why the bot did this")
    page.fill("#composer", f"🙂 「{ERROR}」")  # an emoji is one character for Python, two here
    expect(why).to_contain_text("Draft, not sent yet")
    expect(why.locator("mark")).to_have_text(ERROR)
    expect(why).to_contain_text("Outlook cannot set up an account")
    page.fill("#composer", "thanks, it works")
    expect(why).to_contain_text("Stays silent")
    expect(why).to_contain_text("No rule fits.")


def test_a_sample_is_pasted_into_the_composer(page: Page) -> None:
    page.locator(".empty [data-sample=chatter]").click()
    expect(page.locator("#composer")).to_be_focused()
    expect(page.locator("#composer")).not_to_have_value("")


def test_broken_rules_are_told_with_file_line_and_column(page: Page, bench: Bench) -> None:
    problem = {"path": "rules/a.yaml", "line": 4, "column": 2, "code": "unknown-key"}
    bench.desk.problems = [{**problem, "message": "no such key", "hint": "did you mean id?"}]
    tell_rules(bench.app)
    page.locator(".toast").get_by_role("button", name="Show").click()
    dialog = page.get_by_role("dialog", name="Rules")
    expect(dialog).to_contain_text("rules/a.yaml:4:2")
    expect(dialog).to_contain_text("Hint: did you mean id?")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_rules_that_broke_before_the_page_listened_are_told(page: Page, bench: Bench) -> None:
    bench.desk.problems = [{"path": "rules/a.yaml", "line": 1, "column": 1, "code": "x"}]
    page.reload()
    expect(page.locator(".toast").get_by_role("button", name="Show")).to_be_visible()


# --- For everybody --------------------------------------------------------------------------------


def test_the_language_is_remembered(page: Page) -> None:
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("navigation", name="チャンネル")).to_be_visible()
    page.reload()
    expect(page.locator("#composer")).to_have_attribute("placeholder", "#help-it へのメッセージ")
    assert page.evaluate("document.documentElement.lang") == "ja"


def test_dark_mode_follows_the_system_and_the_switch(page: Page) -> None:
    colour = "getComputedStyle(document.querySelector('.chat')).backgroundColor"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colour)
    page.get_by_label("Theme").select_option("light")
    assert page.evaluate(colour) == light != dark


def test_new_messages_are_read_aloud(page: Page, bench: Bench) -> None:
    bench.says([section("t")])
    expect(page.locator(".sr[aria-live=polite]").last).to_have_text(
        "New message from Firstcheck: t"
    )


def test_every_control_can_be_reached_and_is_named(page: Page, bench: Bench) -> None:
    bench.says([{"type": "actions", "elements": [button("Yes", "a"), button("No", "b")]}])
    expect(page.get_by_role("button", name="Yes")).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, textarea, a")]
            .filter((e) => e.checkVisibility() && !e.innerText.trim() && !e.labels?.length
                && !e.getAttribute("aria-label"))
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.innerText || document.activeElement.id"))
    assert {"Yes", "No", "composer", "general", "13 rules"} <= seen


def test_nothing_is_wider_than_the_window(page: Page, bench: Bench) -> None:
    bench.says([section("C:\\" + "long" * 80), {"type": "actions", "elements": [button("A", "a")]}])
    for width in (360, 390, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 740})
        expect(page.get_by_role("button", name="A", exact=True)).to_be_visible()
        assert page.evaluate(TOO_WIDE) == [], width


TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && !e.closest(".sr, .skip"))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.className)"""


def test_on_a_phone_the_reasons_are_a_tab(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    why = page.get_by_role("complementary", name="Why the bot did this")
    expect(why).to_be_hidden()
    page.get_by_role("button", name="Why", exact=True).click()
    expect(why).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()
