// The conversation as the bot keeps it: phase, what was tried, what it is waiting for.
import { useEffect, useState } from "preact/hooks";
import type { CaseView, CauseView } from "../api";
import { pick, sayIn, term } from "../i18n";
import { useStore } from "../store";
import { span } from "../text";

export function Case({ of }: { of: CaseView | null }) {
  const { language } = useStore();
  const say = sayIn(language);
  return (
    <section class="why-part" aria-label={say("conversation")}>
      <header class="why-head"><h3>{say("conversation")}</h3>{of?.turn !== undefined && <span class="head-note">{say("turn", { n: of.turn })}</span>}</header>
      {!of && <p class="muted">{say("noCase")}</p>}
      {of && (
        <dl class="facts">
          <Fact name={say("phase")}><b class="phase">{term(of.phase, language)}</b></Fact>
          {(of.tried ?? []).length > 0 && (
            <Fact name={say("tried")}>
              <ul>{(of.tried ?? []).map((t, i) => <li key={i}><Tried of={t} causes={of.diagnosis?.causes ?? []} /></li>)}</ul>
            </Fact>
          )}
          {of.ticket && <Fact name={say("ticket")}><Ticket of={of.ticket} /></Fact>}
          {(of.timers ?? []).length > 0 && <Fact name={say("timers")}><Timers of={of.timers ?? []} /></Fact>}
        </dl>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function Tried({ of, causes }: { of: NonNullable<CaseView["tried"]>[number]; causes: CauseView[] }) {
  const { language } = useStore();
  const { step = "", title, result = "failed" } = typeof of === "string" ? { step: of, title: undefined } : of;
  const cause = causes.find((c) => c.id === step.replace(/^\w+:/, ""));
  return <>{pick(title ?? cause?.title, language) || step} <small>{term(result, language)}</small></>;
}

function Ticket({ of }: { of: NonNullable<CaseView["ticket"]> }) {
  const { language } = useStore();
  if (typeof of === "string") return <code>{of}</code>;
  return <><code>{of.id}</code> <small>{term(of.status, language)} {pick(of.team, language)}</small></>;
}

function Timers({ of }: { of: NonNullable<CaseView["timers"]> }) {
  const { language } = useStore();
  const say = sayIn(language);
  const [now, setNow] = useState(Date.now() / 1000);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now() / 1000), 5000);
    return () => clearInterval(tick);
  }, []);
  return (
    <ul>
      {of.map((t, i) => {
        const left = (t.due_at ?? 0) - now;
        return <li key={i}>{term(t.name, language)} <small>{left > 1 ? say("dueIn", { time: span(left, language) }) : say("dueNow")}</small></li>;
      })}
    </ul>
  );
}
