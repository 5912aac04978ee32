"""Fills in a modal as a person does, and judges it as Slack's client does before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.workbench.standin.block_kit import elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.workbench.standin.model import Json

_SINGLE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}


def fill_in(blocks: Sequence[Json], values: Mapping[str, Any]) -> Json:
    """The `state.values` of a modal: by block id, then action id.

    Args:
        blocks: the modal's blocks.
        values: what is entered, by action id or block id: a text, the value of an option, a list
            of them for checkboxes and multi-selects.

    Raises:
        LookupError: the modal has no such input, or the input no such option.
        ValueError: a required input is empty; Slack would not let the person send it.
    """
    left = dict(values)
    state: Json = {}
    for block, element in elements(blocks):
        if element["type"] in {"button", "overflow"}:
            continue
        entered = left.pop(element["action_id"], left.pop(block["block_id"], None))
        answer = entry(element, entered)
        if block["type"] == "input" and not block.get("optional") and _empty(answer):
            raise ValueError(f"the input {element['action_id']!r} must be filled in")
        state.setdefault(block["block_id"], {})[element["action_id"]] = answer
    if left:
        raise LookupError(f"the modal has no input {sorted(left)}")
    return state


def entry(element: Json, entered: Any) -> Json:
    """One element's part of the state, as entered or as it was preset."""
    kind = element["type"]
    if kind in {"static_select", "radio_buttons", "overflow"}:
        preset = element.get("initial_option")
        chosen = preset if entered is None else option(element, entered)
        return {"type": kind, "selected_option": chosen}
    if kind in {"checkboxes", "multi_static_select"}:
        preset = element.get("initial_options", [])
        many = preset if entered is None else [option(element, e) for e in entered]
        return {"type": kind, "selected_options": many}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": entered or element.get("initial_users", [])}
    if kind in _SINGLE:
        preset = element.get(_SINGLE[kind].replace("selected", "initial"))
        return {"type": kind, _SINGLE[kind]: preset if entered is None else entered}
    return {"type": kind, "value": entered or element.get("initial_value")}


def option(element: Json, value: str) -> Json:
    """The option with this value. Raises LookupError."""
    for candidate in _options(element):
        if candidate["value"] == value:
            return candidate
    raise LookupError(f"{element['action_id']!r} has no option {value!r}")


def _options(element: Json) -> Iterator[Json]:
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group["options"]


def _empty(answer: Json) -> bool:
    return not any(value for name, value in answer.items() if name != "type")
