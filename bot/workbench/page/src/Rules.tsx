// The state of the rule base, and its problems as file:line:column.
import type { Problem, Rules } from "./api";
import { sayIn } from "./i18n";
import { set, useStore } from "./store";
import { Dialog, Icon } from "./ui";

export function RulesChip() {
  const { rules, language } = useStore();
  const say = sayIn(language);
  if (!rules) return null;
  const bad = (rules.problems ?? []).length;
  return (
    <button type="button" class={`rules-chip ${bad ? "bad" : ""}`} onClick={() => set({ rulesOpen: true })}>
      <i class="lamp" aria-hidden="true" />
      <span>{say("rulesN", { n: rules.count ?? 0 })}</span>
      {bad > 0 && <b>{bad}</b>}
    </button>
  );
}

export function RulesDialog() {
  const { rules, rulesOpen, language } = useStore();
  const say = sayIn(language);
  if (!rulesOpen || !rules) return null;
  const problems = rules.problems ?? [];
  const close = () => set({ rulesOpen: false });
  return (
    <Dialog label={say("rules")} onClose={close} wide>
      <div class="modal">
        <header class="modal-head">
          <h2>{say("rules")}</h2>
          <button type="button" class="icon-button" aria-label={say("close")} onClick={close}><Icon name="close" /></button>
        </header>
        <div class="modal-body">
          <p class={problems.length ? "rules-bad" : "rules-fine"}>{problems.length ? say("rulesBroken", { n: problems.length }) : say("rulesFine")}</p>
          <ul class="problems">{problems.map((p, i) => <ProblemItem key={i} of={p} />)}</ul>
          <p class="muted">{loaded(rules, say, language)}</p>
        </div>
      </div>
    </Dialog>
  );
}

function loaded(rules: Rules, say: ReturnType<typeof sayIn>, language: string): string {
  const time = rules.reloaded_at ? new Intl.DateTimeFormat(language === "ja" ? "ja-JP" : "en-GB", { timeStyle: "medium" }).format(rules.reloaded_at * 1000) : "–";
  return say("rulesVersion", { version: rules.version ?? "–", n: rules.count ?? 0, time });
}

function ProblemItem({ of }: { of: Problem }) {
  const { language } = useStore();
  return (
    <li>
      <code class="where">{[of.path, of.line, of.column].filter((v) => v !== undefined && v !== null && v !== "").join(":")}</code> {of.code && <span class="problem-code">{of.code}</span>}
      <p>{of.message}</p>
      {of.hint && <p class="muted">{sayIn(language)("hint", { hint: of.hint })}</p>}
    </li>
  );
}
