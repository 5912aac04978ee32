// Every rule considered, best first: score against the two thresholds, and the reasons in words.
import { useState } from "preact/hooks";
import type { Language, Match, Reason, Why } from "../api";
import { feature, pick, sayIn } from "../i18n";
import { useStore } from "../store";

const SHOWN = 3;

export function Candidates({ why }: { why: Why }) {
  const { language } = useStore();
  const [all, setAll] = useState(false);
  const say = sayIn(language);
  const matches = why.matches ?? [];
  const strong = matches.filter((m, i) => i < SHOWN || m.band === "confident" || m.needs_context);
  const shown = all ? matches : strong;
  return (
    <section class="why-part" aria-label={say("candidates")}>
      <header class="why-head"><h3>{say("candidates")}</h3></header>
      {!matches.length && <p class="muted">{say("noCandidates")}</p>}
      <ol class="candidates">{shown.map((m, i) => <Candidate key={m.rule ?? i} match={m} thresholds={why.thresholds} open={i === 0} />)}</ol>
      {shown.length < matches.length && <button type="button" class="quiet" onClick={() => setAll(true)}>{say("otherCandidates", { n: matches.length - shown.length })}</button>}
    </section>
  );
}

export function BandChip({ band }: { band: string | undefined }) {
  const say = sayIn(useStore().language);
  const known = band === "confident" || band === "near" ? band : "none";
  return <span class={`chip chip-${known}`}>{say(known)}</span>;
}

function Candidate({ match, thresholds, open }: { match: Match; thresholds: Why["thresholds"]; open: boolean }) {
  const { language } = useStore();
  const say = sayIn(language);
  const score = match.score ?? 0;
  return (
    <li class={`candidate candidate-${match.band ?? "none"}`}>
      <details open={open}>
        <summary>
          <span class="candidate-title">{pick(match.title, language) || match.rule}</span>
          <BandChip band={match.band} />
          <span class="candidate-score">{score.toFixed(2)}</span>
          <Bar value={score} ticks={[thresholds?.near, thresholds?.confident]} label={say("score", { n: score.toFixed(2) })} />
        </summary>
        <div class="candidate-body">
          {match.needs_context && <p class="note">{say("needsContext")}</p>}
          {match.signature && <p><span class="key">{say("recognisedBy")}</span> <q class="signature">{match.signature}</q></p>}
          {(match.reasons ?? []).length > 0 && <Reasons of={match.reasons ?? []} />}
          <p class="rule-id"><code>{match.rule}</code>{match.status && <span class="status">{match.status}</span>}</p>
        </div>
      </details>
    </li>
  );
}

export function Bar({ value, ticks = [], label, tone = "" }: { value: number; ticks?: (number | undefined)[]; label: string; tone?: string }) {
  const width = `${Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10}%`;
  return (
    <span class={`bar ${tone}`} role="img" aria-label={label}>
      <i style={{ width }} />
      {ticks.map((t, n) => t !== undefined && <b key={n} style={{ left: `${t * 100}%` }} />)}
    </span>
  );
}

/** The matcher tells its reasons in English; in Japanese the feature is named instead. */
function reason(of: Reason, language: Language): string {
  if (language === "ja" && typeof of.words === "string") return feature(of.feature) || of.words;
  return pick(of.words, language) || (of.feature ?? "");
}

function Reasons({ of }: { of: Reason[] }) {
  const { language } = useStore();
  return (
    <table class="reasons">
      <caption class="sr">{sayIn(language)("reasons")}</caption>
      <tbody>
        {of.map((r, i) => (
          <tr key={i} class={(r.value ?? 0) < 0 ? "against" : ""}>
            <td>{reason(r, language)}</td>
            <td class="number">{weight(r)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SWITCHES = new Set(["told", "code", "support"]);

/** A share as a number; what is either so or not as a sign. */
function weight(of: Reason): string {
  if (of.value === undefined) return "";
  if (of.value < 0) return "−";
  return SWITCHES.has(of.feature ?? "") ? "+" : of.value.toFixed(2);
}

export function number(value: number): string {
  return value.toFixed(2);
}
