// The right-hand panel: first the verdict in one sentence, then the sheet it follows from.
import { useEffect, useState } from "preact/hooks";
import type { Why } from "../api";
import { SampleButtons } from "../chat/Composer";
import { pick, sayIn, type Key } from "../i18n";
import { useStore } from "../store";
import { clock, nameOf, shortName } from "../text";
import { Candidates } from "./Candidates";
import { Case } from "./Case";
import { Diagnosis } from "./Diagnosis";
import { Reading } from "./Reading";
import { type Explained, useWhy } from "./useWhy";

export function WhyPanel() {
  const { language } = useStore();
  const say = sayIn(language);
  const found = useWhy();
  const nothing = !found.why && !found.talk && !found.loading;
  return (
    <aside class={`why ${found.loading ? "loading" : ""}`} aria-label={say("whyPanel")} aria-busy={found.loading}>
      <header class="pane-head"><h2 class="pane-title">{say("why")}</h2><Subject found={found} /></header>
      <div class="scroll why-scroll">
        {found.failed && <p class="failed" role="alert">{say("refused", { why: found.failed })}</p>}
        {nothing && !found.failed ? <Nothing /> : <Sheet found={found} />}
      </div>
    </aside>
  );
}

function Subject({ found }: { found: Explained }) {
  const { snapshot, language, focus } = useStore();
  const say = sayIn(language);
  if (focus.kind === "draft") return <span class="subject subject-draft">{say("ofDraft")}</span>;
  if (!found.message || !snapshot) return null;
  const name = shortName(nameOf(snapshot, found.message.user), language);
  return <button type="button" class="subject" onClick={() => scrollToMessage(found.message!.ts)}>{say("ofMessage", { name, time: clock(found.message.ts, language) })}</button>;
}

function scrollToMessage(ts: string): void {
  document.querySelector(`[data-ts="${ts}"]`)?.scrollIntoView({ block: "center" });
}

function Nothing() {
  const { language, snapshot, channel } = useStore();
  const say = sayIn(language);
  const talked = snapshot?.messages.some((m) => m.channel === channel);
  return (
    <div class="why-nothing">
      <p>{say("whyEmpty")}</p>
      {talked && <><h3>{say("samples")}</h3><SampleButtons /></>}
    </div>
  );
}

function Sheet({ found }: { found: Explained }) {
  const { why, talk } = found;
  const diagnosis = talk?.diagnosis ?? why?.diagnosis ?? null;
  const drafted = !found.message;
  const unanswered = useUnanswered(found);
  return (
    <div class="sheet">
      {why && <Verdict why={why} unanswered={unanswered} />}
      {why && <Reading why={why} />}
      {why && <Candidates why={why} />}
      {diagnosis && <Diagnosis of={diagnosis} answers={talk?.answers ?? []} />}
      {!drafted && <Case of={talk} />}
    </div>
  );
}

const OUTCOMES: Record<string, [Key, Key]> = {
  answer: ["outcomeAnswer", "bandAnswerWhy"],
  near: ["outcomeNear", "bandNearWhy"],
  silent: ["outcomeSilent", "bandNoneWhy"],
  ask_app: ["outcomeAsk", "needsContext"],
  quiet: ["outcomeQuiet", "quietWhy"],
};

const PATIENCE_MS = 3000;

/** What such a text leads to in a channel. */
function outcomeOf(why: Why): string {
  if (why.case?.phase === "choosing" || (!why.silent && why.matches?.[0]?.needs_context)) return "ask_app";
  if (why.case || (!why.silent && why.band === "confident")) return "answer";
  return why.band === "near" ? "near" : "silent";
}

/** True when a message that would be answered has had its time, and nothing came of it. */
function useUnanswered(found: Explained): boolean {
  const [now, setNow] = useState(Date.now());
  const sent = found.message ? Number(found.message.ts) * 1000 : Infinity;
  const due = sent + PATIENCE_MS;
  useEffect(() => {
    if (due === Infinity || due < Date.now()) return setNow(Date.now());
    const wait = setTimeout(() => setNow(Date.now()), due - Date.now() + 50);
    return () => clearTimeout(wait);
  }, [due]);
  return now > due && !found.talk && !found.loading;
}

function Verdict({ why, unanswered }: { why: Why; unanswered: boolean }) {
  const { language } = useStore();
  const say = sayIn(language);
  const would = outcomeOf(why);
  const kind = unanswered && (would === "answer" || would === "ask_app") ? "quiet" : would;
  const [what, because] = OUTCOMES[kind]!;
  const title = kind === "silent" ? "" : pick(why.matches?.[0]?.title, language);
  const told = typeof why.silent === "string" ? (language === "en" ? sentence(why.silent) : "") : pick(why.silent, language);
  return (
    <section class={`verdict verdict-${kind}`} aria-live="polite">
      <p class="verdict-what">{say(what)}</p>
      {title && <p class="verdict-title">{title}</p>}
      <p class="verdict-why">{told || say(because)}</p>
    </section>
  );
}

/** A fragment as a sentence. */
function sentence(words: string): string {
  return words && `${words[0]!.toUpperCase()}${words.slice(1)}${/[.!?。]$/.test(words) ? "" : "."}`;
}
