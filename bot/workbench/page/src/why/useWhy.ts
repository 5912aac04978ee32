// What the panel explains, fetched when the focus, the conversation or the rules change.
import { useEffect, useRef, useState } from "preact/hooks";
import { type CaseView, type Message, type Why, get, post } from "../api";
import { trouble } from "../i18n";
import { current, useStore } from "../store";
import { asReport, laneOf } from "../text";

export interface Explained {
  why: Why | null;
  talk: CaseView | null;
  /** The message explained; null for a draft. */
  message: Message | null;
  loading: boolean;
  failed: string;
}

/** A button press or a reply is about the message that opened the conversation. */
function subject(message: Message): Message {
  const { snapshot } = current();
  if (!snapshot) return message;
  const direct = snapshot.channels.find((c) => c.id === message.channel)?.direct;
  if (message.user !== snapshot.bot) return message;
  const before = snapshot.messages.filter((m) => m.channel === message.channel && m.ts < message.ts && m.user !== snapshot.bot);
  const own = direct && !message.thread ? before : before.filter((m) => m.ts === message.thread || m.thread === message.thread);
  return own.find((m) => m.ts === message.thread) ?? own[own.length - 1] ?? message;
}

export function useWhy(): Explained {
  const { focus, snapshot, epoch } = useStore();
  const [found, setFound] = useState<Omit<Explained, "message">>({ why: null, talk: null, loading: false, failed: "" });
  const asked = useRef(0);
  const message = focus.kind === "message" ? (snapshot?.messages.findLast((m) => m.ts === focus.ts && m.channel === focus.channel) ?? null) : null;
  const about = message ? subject(message) : null;
  const text = focus.kind === "draft" ? focus.text : about && snapshot && about.user !== snapshot.bot ? asReport(about, snapshot.bot) : "";
  const lane = message && snapshot ? laneOf(snapshot, message) : "";

  useEffect(() => {
    const mine = ++asked.current;
    if (!text && !lane) return setFound({ why: null, talk: null, loading: false, failed: "" });
    setFound((f) => ({ ...f, loading: true }));
    const ask = async () => {
      try {
        const [why, talk] = await Promise.all([
          text ? post("/api/why", { text }) : null,
          lane ? get(`/api/case?lane=${encodeURIComponent(lane)}`) : null,
        ]);
        if (mine === asked.current) setFound({ why, talk: talk?.case ?? why?.case ?? null, loading: false, failed: "" });
      } catch (error) {
        if (mine === asked.current) setFound({ why: null, talk: null, loading: false, failed: trouble(error, current().language) });
      }
    };
    const wait = setTimeout(ask, focus.kind === "draft" ? 180 : 20);
    return () => clearTimeout(wait);
  }, [text, lane, epoch]);

  return { ...found, message: about };
}
