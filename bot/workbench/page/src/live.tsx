// What happens when something new arrives: it is announced, and the answer's thread opens.
import type { Message } from "./api";
import { sayIn } from "./i18n";
import { current, openThread, useStore } from "./store";
import { nameOf, plain, shortName } from "./text";
import { unescape } from "./mrkdwn";

/** Opens the thread of the person's own message when the bot first answers there (not on a phone). */
export function followReplies(before: Message[], now: Message[]): void {
  const { snapshot, thread, me, channel, focus } = current();
  if (!snapshot || thread || focus.kind !== "message" || window.innerWidth < 760) return;
  const known = new Set(before.map((m) => m.ts));
  const fresh = now.find((m) => !known.has(m.ts) && m.user === snapshot.bot && m.thread === focus.ts && m.channel === channel);
  const root = fresh && now.find((m) => m.ts === fresh.thread && m.channel === channel);
  if (root && root.user === me && !fresh.onlyFor) openThread(root.ts);
}

/** Reads new messages of others in the open channel to screen readers. */
export function Announcer({ channel }: { channel: string }) {
  const { snapshot, me, language } = useStore();
  const last = snapshot?.messages.findLast((m) => m.channel === channel && m.user !== me && (!m.onlyFor || m.onlyFor === me));
  const text = last && snapshot ? sayIn(language)("newMessage", { name: shortName(nameOf(snapshot, last.user), language), text: unescape(last.text) || plain(last) }) : "";
  return <div class="sr" aria-live="polite" key={channel}>{text}</div>;
}
