// Small helpers about messages, names and times.
import type { Block, Language, Message, Snapshot } from "./api";
import { unescape } from "./mrkdwn";

/** What the person wrote, markup undone: what the bot reads, and what is edited. */
export function plain(message: Message): string {
  const rich = message.blocks.find((b) => b.type === "rich_text");
  if (rich) return (rich.elements ?? []).map(richPlain).join("").replace(/\n+$/, "");
  return unescape(message.text.replace(/<([^<>|\n]+)\|([^<>\n]+)>/g, "$2").replace(/<((?:https?|mailto):[^<>\n]+)>/g, "$1"));
}

function richPlain(element: Block): string {
  const inside = ((element.elements as Block[]) ?? []).map((e) => {
    if (e.type === "text") return String(e.text);
    if (e.type === "link") return String(e.text ?? e.url);
    if (e.type === "emoji") return `:${e.name}:`;
    if (e.type === "user") return `<@${e.user_id}>`;
    if (e.elements) return richPlain(e);
    return "";
  });
  if (element.type === "rich_text_preformatted") return `\n\`\`\`\n${inside.join("")}\n\`\`\`\n`.replace(/^\n/, "");
  return inside.join("") + (element.type === "rich_text_quote" ? "\n" : "");
}

/** The same without fences and our own mentions: what is asked about in `why`. */
export function asReport(message: Message, bot: string): string {
  return plain(message)
    .replace(/^```\n|\n```$/gm, "")
    .replaceAll(`<@${bot}>`, "")
    .trim();
}

/** The conversation a message belongs to, as the bot names it; what it began in a direct message has no thread. */
export function laneOf(snapshot: Snapshot, message: Message): string {
  const direct = snapshot.channels.find((c) => c.id === message.channel)?.direct;
  const root = message.thread || message.ts;
  const ours = direct && snapshot.messages.find((m) => m.channel === message.channel && m.ts === root)?.user === snapshot.bot;
  return `${snapshot.team.id}:${message.channel}:${ours ? "" : root}`;
}

export function nameOf(snapshot: Snapshot, id: string): string {
  return snapshot.people.find((p) => p.id === id)?.name ?? id;
}

/** The part of "田中 さくら / Sakura Tanaka" that fits the page's language. */
export function shortName(name: string, language: Language): string {
  const parts = name.replace(/\s*\([^)]*\)$/, "").split(" / ");
  return (language === "ja" ? parts[0] : parts[parts.length - 1]) ?? name;
}

const seconds = (ts: string) => Number(ts) * 1000;

export function clock(ts: string, language: Language): string {
  return new Intl.DateTimeFormat(language === "ja" ? "ja-JP" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(seconds(ts));
}

export function fullTime(ts: string, language: Language): string {
  return new Intl.DateTimeFormat(language === "ja" ? "ja-JP" : "en-GB", { dateStyle: "full", timeStyle: "medium" }).format(seconds(ts));
}

export function day(ts: string, language: Language): string {
  return new Intl.DateTimeFormat(language === "ja" ? "ja-JP" : "en-GB", { weekday: "long", month: "long", day: "numeric" }).format(seconds(ts));
}

export function sameDay(a: string, b: string): boolean {
  return new Date(seconds(a)).toDateString() === new Date(seconds(b)).toDateString();
}

/** A span of time in its largest unit: "4 min", "22 時間". */
export function span(secondsLeft: number, language: Language): string {
  const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, size]) => secondsLeft >= size) ?? ["second", 1];
  const format = new Intl.NumberFormat(language === "ja" ? "ja-JP" : "en-GB", {
    style: "unit", unit, unitDisplay: language === "ja" ? "short" : "long",
  });
  return format.format(Math.max(0, Math.round(secondsLeft / size)));
}

export function initials(name: string): string {
  const short = name.replace(/\s*\([^)]*\)$/, "").split(" / ")[0] ?? name;
  if (/[^\x00-\x7f]/.test(short)) return short.slice(0, 1);
  return short.split(/\s+/).map((w) => w[0] ?? "").slice(0, 2).join("").toUpperCase();
}
