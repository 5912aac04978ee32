"""People press, command, use shortcuts and fill in modals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.workbench.standin import cast, payloads
from bot.workbench.standin.acting import Acting
from bot.workbench.standin.block_kit import accept_view, elements
from bot.workbench.standin.composer import escape
from bot.workbench.standin.deliveries import Delivery, DeliveryKind
from bot.workbench.standin.forms import entry, fill_in
from bot.workbench.standin.model import Change, ChangeKind
from bot.workbench.standin.on_loop import on_loop
from bot.workbench.standin.refusal import Refused
from bot.workbench.standin.wire import message_json, view_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.workbench.standin.model import Channel, Json, Message, User, View


class Interacting(Acting):
    """Everything that carries a trigger id. Each gives the delivery: was it acked, how often."""

    @on_loop
    def press(
        self,
        user: str | User,
        message_ts: str,
        channel: str | Channel,
        action_id: str,
        value: str = "",
    ) -> Delivery:
        """Press a button of a message, or choose `value` in a menu of it.

        Where several blocks hold the action id, `value` tells the buttons apart.
        """
        person = self._workspace.user(user)
        message = self._seen(person, channel, message_ts)
        place = self._workspace.channels[message.channel]
        block, element = _pick(message.blocks, action_id, value)
        payload = payloads.interaction("block_actions", person, self._workspace) | {
            "container": payloads.container(message),
            "channel": payloads.channel_ref(place),
            "actions": [self._action(block, element, value)],
            "state": {"values": {}},
            "trigger_id": self._desk.triggers.issue(person.id),
            "response_url": self._stage.response_urls.issue(person.id, place.id, message),
        }
        if not message.only_for:
            payload["message"] = message_json(message, self._workspace, metadata=True)
        return self._send(payload, self._warn(person.id, action_id))

    @on_loop
    def press_in_view(self, user: str | User, action_id: str, value: str = "") -> Delivery:
        """Press a button of the visible modal or, with none open, of the Home tab."""
        person = self._workspace.user(user)
        view = self._visible(person)
        block, element = _pick(view.content["blocks"], action_id, value)
        payload = payloads.interaction("block_actions", person, self._workspace) | {
            "container": {"type": "view", "view_id": view.id},
            "view": view_json(view),
            "actions": [self._action(block, element, value)],
            "trigger_id": self._desk.triggers.issue(person.id),
        }
        return self._send(payload, self._warn(person.id, action_id))

    @on_loop
    def command(
        self, user: str | User, channel: str | Channel, command: str, text: str = ""
    ) -> Delivery:
        """Use a slash command; what the app answers at once is shown."""
        if command not in self._desk.app.commands:
            raise LookupError(f"{command} is not a command of this app")
        person, place = self._member(user, channel)
        enterprise = self._workspace.team.enterprise
        payload = {
            "token": payloads.VERIFICATION_TOKEN,
            "team_id": self._workspace.team.id,
            "team_domain": self._workspace.team.domain,
            **({"enterprise_id": enterprise} if enterprise else {}),
            "channel_id": place.id,
            "channel_name": payloads.channel_ref(place)["name"],
            "user_id": person.id,
            "user_name": person.handle,
            "command": command,
            "text": escape(text),
            "api_app_id": cast.APP_ID,
            "is_enterprise_install": str(self._workspace.team.org_install).lower(),
            "response_url": self._stage.response_urls.issue(person.id, place.id),
            "trigger_id": self._desk.triggers.issue(person.id),
        }
        then = self._show_answer(person.id, place.id, command)
        return self._stage.announcer.dispatch(DeliveryKind.COMMAND, payload, then)

    @on_loop
    def shortcut(self, user: str | User, message: Message, callback_id: str = "") -> Delivery:
        """Use a shortcut from a message's menu; the app's first, unless one is named."""
        person, place = self._member(user, message.channel)
        callback = _declared(self._desk.app.message_shortcuts, callback_id)
        current = self._existing(place, message.ts)
        payload = payloads.interaction("message_action", person, self._workspace) | {
            "callback_id": callback,
            "message_ts": message.ts,
            "message": message_json(current, self._workspace, metadata=True),
            "channel": payloads.channel_ref(place),
            "action_ts": self._workspace.clock.ts(),
            "trigger_id": self._desk.triggers.issue(person.id),
            "response_url": self._stage.response_urls.issue(person.id, place.id, current),
        }
        return self._send(payload, self._warn(person.id, callback))

    @on_loop
    def global_shortcut(self, user: str | User, callback_id: str = "") -> Delivery:
        """Use a shortcut from the composer; it knows no channel."""
        person = self._workspace.user(user)
        callback = _declared(self._desk.app.global_shortcuts, callback_id)
        payload = payloads.interaction("shortcut", person, self._workspace) | {
            "callback_id": callback,
            "action_ts": self._workspace.clock.ts(),
            "trigger_id": self._desk.triggers.issue(person.id),
        }
        return self._send(payload, self._warn(person.id, callback))

    @on_loop
    def submit_view(self, user: str | User, values: Mapping[str, Any] | None = None) -> Delivery:
        """Fill in the visible modal (by action id or block id) and send it.

        Once acknowledged it closes, or shows what the app answered.
        """
        person = self._workspace.user(user)
        view = self._top(person)
        state = fill_in(view.content["blocks"], values or {})
        payload = payloads.interaction("view_submission", person, self._workspace) | {
            "view": view_json(view, state),
            "response_urls": [],
            "trigger_id": self._desk.triggers.issue(person.id),
        }
        return self._send(payload, self._after_submission(person, view))

    @on_loop
    def close_view(self, user: str | User, *, everything: bool = False) -> list[Delivery]:
        """Close the visible modal, or all of the stack; the app hears it where it asked to."""
        person = self._workspace.user(user)
        self._top(person)
        sent = []
        for view in self._desk.views.close(person.id, everything=everything):
            if view.content.get("notify_on_close"):
                payload = payloads.interaction("view_closed", person, self._workspace)
                payload |= {"view": view_json(view), "is_cleared": everything}
                sent.append(self._send(payload, self._warn(person.id, "view_closed")))
        return sent

    @on_loop
    def open_home(self, user: str | User) -> None:
        """Open the app's Home tab."""
        person = self._workspace.user(user)
        event = self._opened(person, "home")
        if (home := self._desk.views.home(person.id)) is not None:
            event["view"] = view_json(home)
        self._stage.announcer.send_if("app_home_opened", event)

    @on_loop
    def open_messages(self, user: str | User) -> None:
        """Open the direct message with the app: its agent view, or the Messages tab."""
        person = self._workspace.user(user)
        self._stage.announcer.send_if("app_home_opened", self._opened(person, "messages"))

    def _opened(self, person: User, tab: str) -> Json:
        return {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._workspace.direct(person).id,
            "tab": tab,
            "event_ts": self._workspace.clock.ts(),
        }

    def _send(self, payload: Json, then: Callable[[Delivery], None]) -> Delivery:
        return self._stage.announcer.dispatch(DeliveryKind.INTERACTION, payload, then)

    def _seen(self, person: User, channel: str | Channel, ts: str) -> Message:
        whispered = self._workspace.find_ephemeral(ts)
        if whispered is not None and whispered.only_for == person.id:
            return whispered
        self._member(person, channel)
        return self._existing(channel, ts)

    def _top(self, person: User) -> View:
        stack = self._desk.views.stack(person.id)
        if not stack:
            raise LookupError(f"{person.handle} has no modal open")
        return stack[-1]

    def _visible(self, person: User) -> View:
        home = self._desk.views.home(person.id)
        if home is not None and not self._desk.views.stack(person.id):
            return home
        return self._top(person)

    def _action(self, block: Json, element: Json, value: str) -> Json:
        action: Json = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self._workspace.clock.ts(),
        }
        if element["type"] != "button":
            many = element["type"] in {"checkboxes", "multi_static_select", "multi_users_select"}
            return action | entry(element, value.split(",") if many else value)
        kept = ("text", "value", "style", "url")
        return action | {name: element[name] for name in kept if name in element}

    def _show_answer(self, user: str, channel: str, command: str) -> Callable[[Delivery], None]:
        warn = self._warn(user, command)

        def look(delivery: Delivery) -> None:
            warn(delivery)
            if not delivery.answer:
                return
            try:
                self._stage.response_urls.acknowledge(user, channel, delivery.answer)
            except Refused as refused:
                note = f"{command}: {refused.error}"
                self._stage.tell(Change(kind=ChangeKind.APP_SILENT, user=user, note=note))

        return look

    def _after_submission(self, person: User, view: View) -> Callable[[Delivery], None]:
        warn = self._warn(person.id, str(view.content.get("callback_id", "")))

        def look(delivery: Delivery) -> None:
            warn(delivery)
            if not delivery.acked:
                return
            try:
                self._respond(person, view, delivery.answer or {})
            except Refused as refused:
                note = f"response_action: {refused.error}"
                self._stage.tell(Change(kind=ChangeKind.APP_SILENT, user=person.id, note=note))

        return look

    def _respond(self, person: User, view: View, answer: Json) -> None:
        """Do what the acknowledgement of a submission says. Raises Refused."""
        views = self._desk.views
        match answer.get("response_action"):
            case None:
                views.close(person.id)
            case "clear":
                views.close(person.id, everything=True)
            case "errors":
                _check_error_blocks(view, answer.get("errors"))
                views.show_errors(view, answer["errors"])
            case "update":
                views.update(view, accept_view(answer.get("view")))
            case "push":
                views.push(person.id, accept_view(answer.get("view")))
            case strange:
                raise Refused("invalid_response_action", [str(strange)])


def _pick(blocks: Sequence[Json], action_id: str, value: str) -> tuple[Json, Json]:
    """The block and element a person means. Raises LookupError."""
    found = [(b, e) for b, e in elements(blocks) if e["action_id"] == action_id]
    exact = [(b, e) for b, e in found if e["type"] != "button" or e.get("value", "") == value]
    fitting = exact or ([] if value else found)
    if not fitting:
        there = [(e["action_id"], e.get("value", "")) for _, e in elements(blocks)]
        raise LookupError(f"nothing to press for {(action_id, value)}; there is {there}")
    return fitting[0]


def _declared(callbacks: Sequence[str], wanted: str) -> str:
    if not wanted and not callbacks:
        raise LookupError("this app declares no shortcut; name a callback id")
    if wanted and callbacks and wanted not in callbacks:
        raise LookupError(f"{wanted!r} is not a shortcut of this app")
    return wanted or callbacks[0]


def _check_error_blocks(view: View, errors: Any) -> None:
    known = {block["block_id"] for block in view.content["blocks"]}
    if not isinstance(errors, Mapping) or not errors or set(errors) - known:
        raise Refused("invalid_errors")
