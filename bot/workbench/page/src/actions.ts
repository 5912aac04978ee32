// What a person does, as calls to the server. A refusal becomes a notice, never a silent nothing.
import type { Action } from "./blocks/Blocks";
import { type Message, type OpenView, post } from "./api";
import type { Values } from "./blocks/Inputs";
import { sayIn, trouble } from "./i18n";
import { current, explain, openThread, refresh, set, toast } from "./store";

async function tell(path: string, body: Record<string, unknown>): Promise<any | null> {
  const { me, language } = current();
  try {
    const answer = await post(`/api/${path}`, { user: me, ...body });
    void refresh();
    return answer;
  } catch (error) {
    toast("bad", sayIn(language)("refused", { why: trouble(error, language) }));
    return null;
  }
}

/** `@Firstcheck` as people type it becomes the mention Slack's composer would make of it. */
function withMentions(text: string): string {
  const { snapshot } = current();
  const bot = snapshot?.people.find((p) => p.id === snapshot.bot);
  return bot ? text.replace(/(^|[\s（(「])@firstcheck(?![\w-])/gi, `$1<@${bot.id}>`) : text;
}

/** True when the server took it: the composer may be emptied. */
export async function send(channel: string, text: string, thread = "", broadcast = false): Promise<boolean> {
  const slash = /^\/([\w-]+)\s*([\s\S]*)$/.exec(text);
  if (slash && !thread) {
    const [, name = "", rest = ""] = slash;
    return (await tell("command", { channel, command: `/${name}`, text: rest })) !== null;
  }
  const body = { channel, text: withMentions(text), ...(thread ? { thread_ts: thread, broadcast } : {}) };
  const sent = await tell("post", body);
  if (!sent) return false;
  if (typeof sent.ts === "string") explain({ kind: "message", channel, ts: sent.ts });
  return true;
}

export function press(message: Message, action: Action) {
  return tell("press", { channel: message.channel, message_ts: message.ts, ...action });
}

export function pressInView(view: OpenView, action: Action) {
  return tell("press_view", { view_id: view.id, ...action });
}

export function edit(message: Message, text: string) {
  return tell("edit", { channel: message.channel, ts: message.ts, text: withMentions(text) });
}

export function remove(message: Message) {
  return tell("delete", { channel: message.channel, ts: message.ts });
}

export function diagnose(message: Message) {
  return tell("shortcut", { channel: message.channel, message_ts: message.ts });
}

export function openHome() {
  return tell("open_home", {});
}

export function openMessages() {
  return tell("open_messages", {});
}

/** The sentences to show under the inputs, by block id; empty when it was accepted. */
export async function submitView(view: OpenView, values: Values): Promise<Record<string, string>> {
  if ((await tell("submit_view", { view_id: view.id, values: entered(values) })) === null) return {};
  await refresh();
  return current().snapshot?.views.find((v) => v.id === view.id)?.errors ?? {};
}

/** What was entered, by block: texts, option values, ids, or lists of them. */
function entered(values: Values): Record<string, unknown> {
  const plain = (state: Record<string, any>): unknown => {
    const { type: _, ...rest } = state;
    const value = Object.values(rest)[0];
    if (Array.isArray(value)) return value.map((v) => v?.value ?? v);
    return value?.value ?? value;
  };
  const all = Object.values(values).flatMap((inside) => Object.entries(inside));
  return Object.fromEntries(all.map(([action, state]) => [action, plain(state)]).filter(([, v]) => v !== null && v !== undefined));
}

export function closeView(view: OpenView) {
  return tell("close_view", { view_id: view.id });
}

export function goToThread(message: Message): void {
  openThread(message.thread || message.ts);
  explain({ kind: "message", channel: message.channel, ts: message.ts });
}

export function closeThread(): void {
  set({ thread: "" });
}
