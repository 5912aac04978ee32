// Evidence, causes with their arithmetic, and the step chosen.
import type { CauseView, DiagnosisView, Evidence, OptionView } from "../api";
import { machine, pick, sayIn, term } from "../i18n";
import { useStore } from "../store";
import { Bar, number } from "./Candidates";

export function Diagnosis({ of, answers }: { of: DiagnosisView; answers: Evidence[] }) {
  const { language } = useStore();
  const evidence = answers.length ? answers : (of.evidence ?? []);
  const misdirection = pick(of.misdirection, language);
  return (
    <>
      {misdirection && <aside class="misdirection"><h3>{sayIn(language)("misdirection")}</h3><p>{misdirection}</p></aside>}
      <EvidenceList of={evidence} />
      <Causes of={of.causes ?? []} evidence={evidence} />
      <Options of={of} />
    </>
  );
}

function EvidenceList({ of }: { of: Evidence[] }) {
  const { language } = useStore();
  const say = sayIn(language);
  return (
    <section class="why-part" aria-label={say("evidence")}>
      <header class="why-head"><h3>{say("evidence")}</h3></header>
      {!of.length && <p class="muted">{say("noEvidence")}</p>}
      {of.length > 0 && (
        <dl class="evidence">
          {of.map((e, i) => (
            <div key={i}>
              <dt>{pick(e.title, language) || e.check}</dt>
              <dd>{pick(e.label, language) || term(e.value, language)}<small>{say(e.from === "paste" ? "fromReport" : "fromPerson")}</small></dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Causes({ of, evidence }: { of: CauseView[]; evidence: Evidence[] }) {
  const { language } = useStore();
  const say = sayIn(language);
  if (!of.length) return null;
  return (
    <section class="why-part" aria-label={say("causes")}>
      <header class="why-head"><h3>{say("causes")}</h3></header>
      <ol class="causes">
        {of.map((c, i) => {
          const check = evidence.find((e) => e.check === c.ruled_out_by);
          const out = pick(check?.title ?? c.ruled_out_by, language);
          const chance = Math.round((c.probability ?? 0) * 100);
          return (
            <li key={c.id ?? i} class={out ? "out" : ""}>
              <span class="cause-title">{pick(c.title, language) || c.id}</span>
              <span class="cause-chance">{out ? "–" : `${chance}%`}</span>
              {!out && <Bar value={c.probability ?? 0} label={`${chance}%`} tone="bar-cause" />}
              <small class="arithmetic">{out ? say("ruledOut", { by: out }) : machine(c.arithmetic, language)}</small>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Options({ of }: { of: DiagnosisView }) {
  const { language } = useStore();
  const say = sayIn(language);
  const options = of.options ?? [];
  const told = machine(of.why, language);
  if (!options.length && !told) return null;
  return (
    <section class="why-part" aria-label={say("steps")}>
      <header class="why-head"><h3>{say("steps")}</h3>{options.some((o) => o.cost != null) && <span class="head-note">{say("expectedCost")}</span>}</header>
      {told && told !== machine(options[0]?.why, language) && <p class="because">{told}</p>}
      <ol class="options">{options.map((o, i) => <Option key={o.step ?? i} option={o} next={o.step === of.next} />)}</ol>
    </section>
  );
}

function Option({ option, next }: { option: OptionView; next: boolean }) {
  const { language } = useStore();
  const say = sayIn(language);
  const [kind, id] = (option.step ?? "").split(":");
  const word = kind === "ask" ? "stepAsk" : kind === "fix" ? "stepFix" : "stepHand";
  return (
    <li class={next ? "chosen" : ""}>
      <span class="option-kind">{say(word)}</span>
      <span class="option-title">{pick(option.title, language) || id || option.step}{next && <b class="stamp">{say("next")}</b>}</span>
      <span class="number">{option.cost == null ? "" : number(option.cost)}</span>
      {option.why && <small>{machine(option.why, language)}</small>}
    </li>
  );
}
