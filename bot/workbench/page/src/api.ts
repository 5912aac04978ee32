// What the server and the page say to each other. Every part may be missing: the page draws what
// is there. The same is told in ../README.md for whoever writes the server's side.

export type Language = "en" | "ja";

/** A sentence, in one language or in both. */
export type Words = string | { en?: string; ja?: string };

export interface Person {
  id: string;
  name: string;
  bot: boolean;
  staff: boolean;
  guest: boolean;
}

export interface Channel {
  id: string;
  name: string;
  direct: boolean;
  members: string[];
}

export interface Reaction {
  name: string;
  users: string[];
}

export interface Attached {
  name: string;
  mimetype: string;
}

export interface Message {
  ts: string;
  channel: string;
  user: string;
  username: string;
  text: string;
  blocks: Block[];
  thread: string;
  broadcast: boolean;
  edited: boolean;
  deleted: boolean;
  onlyFor: string;
  reactions: Reaction[];
  files: Attached[];
}

export interface OpenView {
  id: string;
  user: string;
  type: string;
  title: string;
  submit: string;
  close: string;
  blocks: Block[];
  errors: Record<string, string>;
}

/** What an agent offers above a direct message. */
export interface Offered {
  title: string;
  prompts: { title: string; message: string }[];
}

export interface Snapshot {
  team: { id: string; name: string };
  bot: string;
  connected: boolean;
  people: Person[];
  channels: Channel[];
  messages: Message[];
  views: OpenView[];
  homes: Record<string, OpenView>;
  /** By channel. */
  offered: Record<string, Offered>;
}

export type Block = Record<string, any> & { type: string };

// ---- why -----------------------------------------------------------------------------------

export interface Reason {
  feature?: string;
  value?: number;
  words?: Words;
}

export interface Match {
  rule?: string;
  title?: Words;
  score?: number;
  band?: "confident" | "near" | "none";
  /** Where in `original`, in Unicode code points (as Python counts). */
  span?: [number, number] | null;
  quote?: string;
  signature?: string;
  needs_context?: boolean;
  /** draft, tested, trusted, retired */
  status?: string;
  path?: string;
  reasons?: Reason[];
}

export interface CauseView {
  id?: string;
  title?: Words;
  /** 0 to 1; 0 when ruled out. */
  probability?: number;
  arithmetic?: string;
  /** What excluded it, or null. */
  ruled_out_by?: Words | null;
}

export interface OptionView {
  /** `fix:<cause>` or `ask:<check>` */
  step?: string;
  title?: Words;
  /** Expected cost from here when this is done next; lower is better. */
  cost?: number | null;
  why?: Words;
}

export interface Evidence {
  check?: string;
  title?: Words;
  /** The answer's id, and as a person reads it. */
  value?: string;
  label?: Words;
  /** `paste`: read in the report; `person`: they said so. */
  from?: "paste" | "person" | string;
}

export interface DiagnosisView {
  rule?: string;
  misdirection?: Words | null;
  evidence?: Evidence[];
  causes?: CauseView[];
  options?: OptionView[];
  next?: string | null;
  why?: Words;
}

export interface CaseView {
  lane?: string;
  rule?: string;
  title?: Words;
  phase?: string;
  turn?: number;
  /** The step on the table, `fix:<cause>` or `ask:<check>`. */
  step?: string;
  quote?: string;
  answers?: Evidence[];
  /** Causes whose fix did not help: ids, or ids with a title. */
  tried?: (string | { step?: string; title?: Words; result?: string })[];
  skipped?: string[];
  timers?: { name?: string; due_at?: number }[];
  ticket?: string | { id?: string; status?: string; team?: Words } | null;
  diagnosis?: DiagnosisView | null;
}

export interface Why {
  original?: string;
  normalised?: string;
  language?: string;
  band?: "confident" | "near" | "none";
  /** Why nothing is said; empty when something is. */
  silent?: Words;
  thresholds?: { confident?: number; near?: number };
  matches?: Match[];
  diagnosis?: DiagnosisView | null;
  case?: CaseView | null;
}

// ---- rules and samples ---------------------------------------------------------------------

export interface Problem {
  path?: string;
  line?: number;
  column?: number;
  code?: string;
  message?: string;
  hint?: string;
}

export interface Rules {
  version?: string;
  count?: number;
  problems?: Problem[];
  /** Unix seconds. */
  reloaded_at?: number;
}

export interface Sample {
  id: string;
  label: Words;
  text: string;
  expect?: Words;
}

// ---- calls ---------------------------------------------------------------------------------

/** The server said no, in a sentence for the person. */
export class Refused extends Error {}

/** The server failed; its log says why. */
export class Broken extends Error {}

async function answer(response: Response): Promise<any> {
  const body = await response.json().catch(() => ({}));
  if (response.status >= 500) throw new Broken();
  if (!response.ok) throw new Refused(String(body.message ?? response.statusText));
  return body;
}

export async function get(path: string): Promise<any> {
  return answer(await fetch(path, { headers: { Accept: "application/json" } }));
}

export async function post(path: string, body: unknown): Promise<any> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

// ---- the stand-in's snapshot, read with goodwill -------------------------------------------

type Raw = Record<string, any>;

const list = (value: unknown): Raw[] =>
  Array.isArray(value) ? value : value && typeof value === "object" ? Object.values(value as Raw) : [];

function person(raw: Raw): Person {
  const name = String(raw.profile?.display_name || raw.display_name || raw.real_name || raw.name || raw.handle || raw.id);
  return {
    id: String(raw.id),
    name,
    bot: Boolean(raw.bot_id || raw.is_bot || raw.bot),
    staff: Boolean(raw.staff ?? raw.is_staff ?? /helpdesk|ヘルプデスク/i.test(name)),
    guest: Boolean(raw.guest ?? raw.is_stranger ?? /\(partner\)/.test(name)),
  };
}

function channel(raw: Raw): Channel {
  const direct = raw.kind === "im" || raw.is_im === true;
  return { id: String(raw.id), name: String(raw.name ?? raw.id), direct, members: (raw.members ?? [raw.user].filter(Boolean)).map(String) };
}

function message(raw: Raw, inChannel = ""): Message {
  return {
    ts: String(raw.ts),
    channel: String(raw.channel ?? inChannel),
    user: String(raw.user ?? ""),
    username: String(raw.username ?? ""),
    text: String(raw.text ?? ""),
    blocks: list(raw.blocks) as Block[],
    thread: raw.thread_ts && raw.thread_ts !== raw.ts ? String(raw.thread_ts) : "",
    broadcast: Boolean(raw.broadcast ?? raw.subtype === "thread_broadcast"),
    edited: Boolean(raw.edited),
    deleted: raw.subtype === "tombstone",
    onlyFor: String(raw.only_for ?? raw.onlyFor ?? ""),
    reactions: list(raw.reactions).map((r) =>
      Array.isArray(r) ? { name: String(r[0]), users: r[1] ?? [] } : { name: String(r.name), users: r.users ?? [] },
    ),
    files: list(raw.files).map((f) => ({ name: String(f.name ?? f.title ?? "file"), mimetype: String(f.mimetype ?? "") })),
  };
}

const words = (value: any): string => (typeof value === "string" ? value : String(value?.text ?? ""));

function view(raw: Raw): OpenView {
  const content: Raw = raw.content ?? raw.view ?? raw;
  return {
    id: String(raw.id ?? ""),
    user: String(raw.user ?? ""),
    type: String(content.type ?? "modal"),
    title: words(content.title),
    submit: words(content.submit),
    close: words(content.close),
    blocks: list(content.blocks) as Block[],
    errors: raw.errors ?? {},
  };
}

/** `{person: [thing, …]}` or a plain list of things that name their person. */
function byPerson(raw: unknown): Raw[] {
  if (Array.isArray(raw)) return raw;
  return Object.entries((raw ?? {}) as Raw).flatMap(([user, things]) => list(things).map((t) => ({ ...t, user: t.only_for ? t.user : user })));
}

function offer(raw: Raw): Offered {
  const prompts = list(raw.prompts).map((p) => ({ title: String(p.title ?? ""), message: String(p.message ?? "") }));
  return { title: String(raw.title ?? ""), prompts };
}

function connected(raw: Raw): boolean {
  if (typeof raw.connections === "number") return raw.connections > 0;
  return Array.isArray(raw.connections) ? raw.connections.length > 0 : true;
}

/** Messages come as one list, or by channel as a list or by ts. */
function messages(raw: unknown): Message[] {
  if (Array.isArray(raw)) return raw.map((m) => message(m));
  return Object.entries((raw ?? {}) as Raw).flatMap(([id, inside]) => list(inside).map((m) => message(m, id)));
}

export function readSnapshot(raw: Raw): Snapshot {
  const people = list(raw.users ?? raw.people).map(person);
  const channels = list(raw.channels);
  const nested = channels.flatMap((c) => list(c.messages).map((m) => message(m, String(c.id))));
  const views = byPerson(raw.views).map(view);
  const homes = Object.entries((raw.homes ?? {}) as Raw).map(([user, v]): [string, OpenView] => [user, view({ user, ...v })]);
  const all = [...messages(raw.messages), ...nested, ...byPerson(raw.ephemerals).map((m) => message(m))];
  const bySent = new Map(all.map((m) => [`${m.channel}:${m.ts}:${m.onlyFor}`, m]));
  return {
    team: { id: String(raw.team?.id ?? raw.team ?? ""), name: String(raw.team?.name ?? "") },
    bot: String(raw.bot?.user_id ?? raw.bot?.id ?? people.find((p) => p.bot)?.id ?? ""),
    connected: connected(raw),
    people,
    channels: channels.map(channel),
    messages: [...bySent.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1)),
    views: views.filter((v) => v.type === "modal"),
    homes: Object.fromEntries([...views.filter((v) => v.type === "home").map((v): [string, OpenView] => [v.user, v]), ...homes]),
    offered: Object.fromEntries(Object.entries((raw.offered ?? {}) as Raw).map(([id, o]): [string, Offered] => [id, offer(o)])),
  };
}
