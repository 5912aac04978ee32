"""Every block and element the stand-in takes, with Slack's limits. Others are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.block_kit_shapes import (
    any_of_fields,
    flag,
    listing,
    number,
    one_of,
    shape,
    string,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bot.workbench.standin.block_kit_shapes import Checker

_ID: Final = string(255)
_URL: Final = string(3000)


def _plain(limit: int) -> Checker:
    return typed({"plain_text": shape({"text": string(limit)}, {"emoji": flag})})


def _text(limit: int) -> Checker:
    mrkdwn = shape({"text": string(limit)}, {"verbatim": flag})
    plain = shape({"text": string(limit)}, {"emoji": flag})
    return typed({"mrkdwn": mrkdwn, "plain_text": plain})


_CONFIRM: Final = shape(
    {"title": _plain(100), "text": _text(300)},
    {"confirm": _plain(30), "deny": _plain(30), "style": one_of("primary", "danger")},
)
_OPTION: Final = shape(
    {"text": _text(75), "value": string(150)}, {"description": _text(75), "url": _URL}
)
_OPTION_GROUP: Final = shape({"label": _plain(75), "options": listing(_OPTION, 100)}, {})
_DISPATCH: Final = shape(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2)},
)
_COMMON: Final[Mapping[str, Checker]] = {"action_id": _ID, "focus_on_load": flag}
_PLACEHOLDER: Final = {"placeholder": _plain(150)}
_CONFIRMED: Final = {"confirm": _CONFIRM}
_MULTI: Final = {"max_selected_items": number}

_BUTTON: Final = shape(
    {"text": _plain(75)},
    {
        "action_id": _ID,
        "url": _URL,
        "value": string(2000, least=0),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_CHOICES: Final = {"options": listing(_OPTION, 100), "option_groups": listing(_OPTION_GROUP, 100)}


def _select(**more: Checker) -> Checker:
    return shape({}, {**_COMMON, **_PLACEHOLDER, **_CONFIRMED, **more})


def _static(**more: Checker) -> Checker:
    return any_of_fields("options", "option_groups", inner=_select(**_CHOICES, **more))


def _few_options(most: int, **more: Checker) -> Checker:
    options = {"options": listing(_OPTION, most)}
    return shape(options, {**_COMMON, **_CONFIRMED, **more})


def _entry(**more: Checker) -> Checker:
    dispatch = {"dispatch_action_config": _DISPATCH}
    return shape({}, {**_COMMON, **_PLACEHOLDER, **dispatch, **more})


_TEXT_INPUT: Final = _entry(
    initial_value=string(3000, least=0), multiline=flag, min_length=number, max_length=number
)
_SELECTS: Final[Mapping[str, Checker]] = {
    "static_select": _static(initial_option=_OPTION),
    "multi_static_select": _static(initial_options=listing(_OPTION, 100), **_MULTI),
    "users_select": _select(initial_user=_ID),
    "multi_users_select": _select(initial_users=listing(_ID, 100), **_MULTI),
    "conversations_select": _select(initial_conversation=_ID, default_to_current_conversation=flag),
    "radio_buttons": _few_options(10, initial_option=_OPTION),
    "checkboxes": _few_options(10, initial_options=listing(_OPTION, 10)),
    "datepicker": _select(initial_date=string(10)),
    "timepicker": _select(initial_time=string(5), timezone=string(60)),
}
_IMAGE_ELEMENT: Final = shape({"image_url": _URL, "alt_text": string(2000)}, {})
_ACTIVE: Final[Mapping[str, Checker]] = {
    "button": _BUTTON,
    "overflow": _few_options(5),
    **_SELECTS,
}
INPUTS: Final[Mapping[str, Checker]] = {
    "plain_text_input": _TEXT_INPUT,
    "email_text_input": _entry(initial_value=string(3000, least=0)),
    "url_text_input": _entry(initial_value=string(3000, least=0)),
    "number_input": _entry(
        is_decimal_allowed=flag,
        initial_value=string(100),
        min_value=string(100),
        max_value=string(100),
    ),
    **_SELECTS,
}

_STYLE: Final = shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "unlink"), flag)
)
_STYLED: Final = {"style": _STYLE}
_INLINE: Final = typed(
    {
        "text": shape({"text": string(40_000)}, _STYLED),
        "link": shape({"url": _URL}, {"text": string(3000), "unsafe": flag, **_STYLED}),
        "user": shape({"user_id": _ID}, _STYLED),
        "channel": shape({"channel_id": _ID}, _STYLED),
        "usergroup": shape({"usergroup_id": _ID}, _STYLED),
        "emoji": shape({"name": string(100)}, {"unicode": string(100), **_STYLED}),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "date": shape(
            {"timestamp": number, "format": string(500)},
            {"url": _URL, "fallback": string(500), **_STYLED},
        ),
    }
)
_INLINES: Final = {"elements": listing(_INLINE, 10_000, least=0)}
_BORDER: Final = {"border": number}
_SECTION: Final = typed({"rich_text_section": shape(_INLINES, {})})
_RICH: Final = typed(
    {
        "rich_text_section": shape(_INLINES, {}),
        "rich_text_preformatted": shape(_INLINES, {**_BORDER, "language": string(50)}),
        "rich_text_quote": shape(_INLINES, _BORDER),
        "rich_text_list": shape(
            {"elements": listing(_SECTION, 1000), "style": one_of("bullet", "ordered")},
            {"indent": number, "offset": number, **_BORDER},
        ),
    }
)

_BLOCK: Final = {"block_id": _ID}
_CONTEXT_TEXT: Final = _text(3000)


def _context_item(value: Any, at: str) -> Iterator[str]:
    image = isinstance(value, dict) and value.get("type") == "image"
    yield from (_IMAGE_ELEMENT if image else _CONTEXT_TEXT)(value, at)


_EVERYWHERE: Final[Mapping[str, Checker]] = {
    "section": any_of_fields(
        "text",
        "fields",
        inner=shape(
            {},
            {
                **_BLOCK,
                "text": _text(3000),
                "fields": listing(_text(2000), 10),
                "accessory": typed({**_ACTIVE, "image": _IMAGE_ELEMENT}),
                "expand": flag,
            },
        ),
    ),
    "actions": shape({"elements": listing(typed(_ACTIVE), 25)}, _BLOCK),
    "context": shape({"elements": listing(_context_item, 10)}, _BLOCK),
    "divider": shape({}, _BLOCK),
    "header": shape({"text": _plain(150)}, _BLOCK),
    "image": shape(
        {"image_url": _URL, "alt_text": string(2000)}, {**_BLOCK, "title": _plain(2000)}
    ),
    "rich_text": shape({"elements": listing(_RICH, 1000, least=0)}, _BLOCK),
    "input": shape(
        {"label": _plain(2000), "element": typed(INPUTS)},
        {**_BLOCK, "hint": _plain(2000), "optional": flag, "dispatch_action": flag},
    ),
}
MESSAGE_BLOCKS: Final = {
    **_EVERYWHERE,
    "markdown": shape({"text": string(12_000)}, _BLOCK),
}
VIEW_BLOCKS: Final = _EVERYWHERE
MODAL: Final = shape(
    {"title": _plain(24), "blocks": listing(typed(VIEW_BLOCKS), 100, least=0)},
    {
        "close": _plain(24),
        "submit": _plain(24),
        "private_metadata": string(3000, least=0),
        "callback_id": string(255, least=0),
        "external_id": string(255, least=0),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
HOME: Final = shape(
    {"blocks": listing(typed(VIEW_BLOCKS), 100, least=0)},
    {
        "private_metadata": string(3000, least=0),
        "callback_id": string(255, least=0),
        "external_id": string(255, least=0),
    },
)
