// Slack's mrkdwn as a tree of plain values. Slack's rules, not Markdown's: one asterisk is bold, a
// marker counts only at a word's edge (so `*太字*です` stays as typed, as it does in Slack), three
// entities exist, and everything in angle brackets is a link, a mention or a date.

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; inside: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; url: string; text: string }
  | { kind: "user" | "channel" | "group"; id: string; label: string }
  | { kind: "broadcast"; name: string }
  | { kind: "date"; seconds: number; fallback: string }
  | { kind: "emoji"; name: string };

export type Part = { kind: "paragraph"; inside: Inline[] } | { kind: "quote"; inside: Inline[] } | { kind: "pre"; text: string };

/** `&amp; &lt; &gt;` undone, once. */
export function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name as "amp"]);
}

export function parse(text: string): Part[] {
  const parts: Part[] = [];
  text.split(/```\n?([\s\S]+?)\n?```/).forEach((piece, index) => {
    if (index % 2) parts.push({ kind: "pre", text: plainLinks(piece) });
    else if (piece.trim()) parts.push(...paragraphs(index ? piece.replace(/^\n/, "") : piece));
  });
  return parts;
}

function paragraphs(text: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  let quoted = false;
  const flush = () => {
    if (lines.length) parts.push({ kind: quoted ? "quote" : "paragraph", inside: inlines(lines.join("\n")) });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?/.exec(line);
    if (Boolean(quote) !== quoted) flush();
    quoted = Boolean(quote);
    lines.push(quote ? line.slice(quote[0].length) : line);
  }
  flush();
  return parts;
}

const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):/g;

/**
 * A line's links, code and emoji first; markers are looked for in what lies between. What was found is
 * held back behind two control characters, which a text itself may therefore not bring along.
 */
export function inlines(text: string): Inline[] {
  const held: Inline[] = [];
  const open = text.replace(/[\u0000\u0001]/g, "").replace(TOKEN, (whole, code, angle, emoji) => {
    const found = code ? ({ kind: "code", text: unescape(code) } as const) : angle ? special(angle) : emojiOf(emoji);
    if (!found) return whole;
    held.push(found);
    return `\u0000${held.length - 1}\u0001`;
  });
  return marked(open, held);
}

const MARKERS = { "*": "bold", _: "italic", "~": "strike" } as const;
const MARKED = /(?<![\p{L}\p{N}*_~\u0001])([*_~])(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1(?![\p{L}\p{N}*_~\u0000])/u;

function marked(text: string, held: Inline[]): Inline[] {
  const drawn: Inline[] = [];
  for (let found; (found = MARKED.exec(text)); text = text.slice(found.index + found[0].length)) {
    const [, marker, inside] = found as unknown as [string, keyof typeof MARKERS, string];
    drawn.push(...restored(text.slice(0, found.index), held), { kind: MARKERS[marker], inside: marked(inside, held) });
  }
  return [...drawn, ...restored(text, held)];
}

function restored(text: string, held: Inline[]): Inline[] {
  return text.split(/\u0000(\d+)\u0001/).flatMap((piece, index): Inline[] => {
    if (index % 2) return [held[Number(piece)]!];
    return piece ? [{ kind: "text", text: unescape(piece) }] : [];
  });
}

function special(inside: string): Inline | null {
  const [target = "", label = ""] = split(inside);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: "user", id: target.slice(1), label: unescape(label) };
  if (/^#[CDG][A-Z0-9]+$/.test(target)) return { kind: "channel", id: target.slice(1), label: unescape(label) };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: "broadcast", name: target.slice(1) };
  if (/^!subteam\^S[A-Z0-9]+$/.test(target)) return { kind: "group", id: target.slice(9), label: unescape(label) };
  const date = /^!date\^(\d{1,12})\^/.exec(target);  // of more digits JavaScript makes no date
  if (date) return { kind: "date", seconds: Number(date[1]), fallback: unescape(label) };
  if (!/^(?:https?|mailto|tel|ftp|slack):/i.test(target)) return null;
  return { kind: "link", url: unescape(target), text: unescape(label) || unescape(target).replace(/^mailto:/, "") };
}

function split(inside: string): string[] {
  const bar = inside.indexOf("|");
  return bar < 0 ? [inside] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

/** In a fence links show their text and nothing is bold. */
function plainLinks(text: string): string {
  return unescape(text.replace(/<([^<>\n]+)>/g, (whole, inside) => {
    const found = special(inside);
    return found?.kind === "link" ? found.text : whole;
  }));
}

const EMOJI = new Map(Object.entries({
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", rotating_light: "🚨", wave: "👋",
  eyes: "👀", tada: "🎉", pray: "🙏", mag: "🔍", bulb: "💡", information_source: "ℹ️", question: "❓",
  sos: "🆘", ticket: "🎫", hourglass: "⌛", hourglass_flowing_sand: "⏳", bell: "🔔", lock: "🔒", key: "🔑",
  wrench: "🔧", hammer_and_wrench: "🛠️", memo: "📝", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎",
  bow: "🙇", person_bowing: "🙇", raised_hands: "🙌", arrow_right: "➡️", large_green_circle: "🟢",
  large_yellow_circle: "🟡", red_circle: "🔴", ok: "🆗", speech_balloon: "💬", busts_in_silhouette: "👥",
}));

/** The character of an emoji the page knows, else its name as typed. */
export function emoji(name: string): string {
  return EMOJI.get(name) ?? `:${name}:`;
}

function emojiOf(name: string): Inline | null {
  return EMOJI.has(name) ? { kind: "emoji", name } : null;
}
