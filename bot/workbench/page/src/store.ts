// What the page knows, in one place. The server's snapshot is the truth: the live feed only says
// that something changed, and the snapshot is fetched again. A missed event therefore costs nothing.
import { useEffect, useState } from "preact/hooks";
import { type Language, type Rules, type Sample, type Snapshot, get, readSnapshot } from "./api";

export type Theme = "auto" | "light" | "dark";
export type Connection = "connecting" | "live" | "lost";

/** What the right-hand panel explains. */
export type Focus = { kind: "none" } | { kind: "message"; channel: string; ts: string } | { kind: "draft"; text: string };

export interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
  rules: boolean;
}

export interface State {
  snapshot: Snapshot | null;
  rules: Rules | null;
  samples: Sample[];
  connection: Connection;
  me: string;
  channel: string;
  thread: string;
  focus: Focus;
  tab: "chat" | "why";
  home: boolean;
  rulesOpen: boolean;
  toasts: Toast[];
  language: Language;
  theme: Theme;
  /** Grows with every change of the conversation or the rules: what is derived is fetched anew. */
  epoch: number;
  seen: Record<string, string>;
}

function remembered(key: string): string {
  try {
    return localStorage.getItem(`firstcheck.${key}`) ?? "";
  } catch {
    return "";
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`firstcheck.${key}`, value);
  } catch {
    // Storage may be switched off; the choice then lasts until the page is closed.
  }
}

function firstLanguage(): Language {
  const chosen = remembered("language");
  if (chosen === "ja" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

function firstTheme(): Theme {
  const chosen = remembered("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

let state: State = {
  snapshot: null,
  rules: null,
  samples: [],
  connection: "connecting",
  me: remembered("me"),
  channel: "",
  thread: "",
  focus: { kind: "none" },
  tab: "chat",
  home: false,
  rulesOpen: false,
  toasts: [],
  language: firstLanguage(),
  theme: firstTheme(),
  epoch: 0,
  seen: {},
};

const listeners = new Set<() => void>();

export function current(): State {
  return state;
}

export function set(change: Partial<State>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function useStore(): State {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((n) => n + 1);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return state;
}

export function chooseLanguage(language: Language): void {
  remember("language", language);
  set({ language });
}

export function chooseTheme(theme: Theme): void {
  remember("theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  set({ theme });
}

let toasted = 0;

export function toast(tone: Toast["tone"], text: string, rules = false): void {
  const id = ++toasted;
  const kept = state.toasts.filter((t) => !(rules && t.rules)).slice(-2);
  set({ toasts: [...kept, { id, tone, text, rules }] });
  if (tone === "good") setTimeout(() => dismiss(id), 6000);
}

export function dismiss(id: number): void {
  set({ toasts: state.toasts.filter((t) => t.id !== id) });
}

/** The channels a person sees: all of their company's, and their own direct message. */
export function visibleChannels(snapshot: Snapshot, me: string) {
  const guest = snapshot.people.find((p) => p.id === me)?.guest ?? false;
  return snapshot.channels.filter((c) => (!c.direct && !guest) || c.members.includes(me));
}

export function actAs(me: string): void {
  remember("me", me);
  const { snapshot, channel } = state;
  const visible = snapshot ? visibleChannels(snapshot, me) : [];
  const direct = snapshot?.channels.find((c) => c.id === channel)?.direct;
  const next = visible.some((c) => c.id === channel) ? channel : (direct ? visible.find((c) => c.direct) : visible[0])?.id;
  set({ me, channel: next ?? "", thread: next === channel ? state.thread : "", home: direct ? state.home : false });
}

export function openChannel(channel: string, home = false): void {
  set({ channel, home, thread: "", tab: "chat", seen: { ...state.seen, [channel]: latest(channel) } });
}

export function openThread(ts: string): void {
  set({ thread: ts, tab: "chat" });
}

/** Follows a link to a message: its channel, its thread, its reasons. */
export function showMessage(channel: string, ts: string): void {
  const message = state.snapshot?.messages.find((m) => m.channel === channel && m.ts === ts);
  openChannel(channel);
  openThread(message?.thread || ts);
  explain({ kind: "message", channel, ts: message?.thread || ts });
}

export function explain(focus: Focus, show = false): void {
  set({ focus, ...(show ? { tab: "why" as const } : {}) });
}

export function latest(channel: string): string {
  return state.snapshot?.messages.findLast((m) => m.channel === channel)?.ts ?? "";
}

function adopt(snapshot: Snapshot): void {
  const people = snapshot.people.filter((p) => !p.bot && p.id !== snapshot.bot);
  const me = people.some((p) => p.id === state.me) ? state.me : (people[0]?.id ?? "");
  const known = snapshot.channels.some((c) => c.id === state.channel);
  const channel = known ? state.channel : (visibleChannels(snapshot, me)[0]?.id ?? "");
  const first = state.snapshot === null;
  set({ snapshot, me, channel, epoch: state.epoch + 1 });
  const seen = first ? Object.fromEntries(snapshot.channels.map((c) => [c.id, latest(c.id)])) : { ...state.seen };
  seen[channel] = latest(channel);
  set({ seen });
}

let fetching = false;
let stale = false;

/** Fetches the snapshot; calls while one is under way lead to one more fetch, not many. */
export async function refresh(): Promise<void> {
  if (fetching) {
    stale = true;
    return;
  }
  fetching = true;
  try {
    do {
      stale = false;
      adopt(readSnapshot(await get("/api/snapshot")));
    } while (stale);
  } catch {
    // The feed notices a lost server and fetches again once it is back.
  } finally {
    fetching = false;
  }
}

/**
 * What the feed told meanwhile is newer than the answer to a question asked before. Broken rules are
 * told however the page learns of them: the feed may have been away when they broke.
 */
async function refreshRules(onRules: (rules: Rules) => void): Promise<void> {
  const known = state.rules;
  const rules = (await get("/api/rules").catch(() => null)) as Rules | null;
  if (!rules || state.rules !== known) return;
  set({ rules, epoch: state.epoch + 1 });
  const same = JSON.stringify(known?.problems ?? []) === JSON.stringify(rules.problems ?? []);
  if (!same && rules.problems?.length) onRules(rules);
}

/** Listens to the feed for good; a lost connection is told and tried again, ever more patiently. */
export function follow(onRules: (rules: Rules) => void, onSilent: (note: string) => void): void {
  let wait = 500;
  const connect = () => {
    const feed = new EventSource("/api/feed");
    feed.onopen = () => {
      wait = 500;
      set({ connection: "live" });
      void refresh();
      void refreshRules(onRules);
    };
    feed.onmessage = (event) => {
      const what = JSON.parse(event.data);
      if (what.type === "rules") {
        const { type: _, ...rules } = what;
        set({ rules, epoch: state.epoch + 1 });
        onRules(rules);
        return;
      }
      if (what.kind === "app_silent" && (!what.user || what.user === state.me)) onSilent(String(what.note ?? ""));
      void refresh();
    };
    feed.onerror = () => {
      feed.close();
      if (state.connection === "live") set({ connection: "lost" });
      setTimeout(connect, wait);
      wait = Math.min(wait * 1.7, 8000);
    };
  };
  connect();
}

export async function loadSamples(): Promise<void> {
  const body = await get("/api/samples").catch(() => null);
  if (body) set({ samples: Array.isArray(body) ? body : (body.samples ?? []) });
}
