import { render } from "preact";
import { App } from "./App";
import type { Rules } from "./api";
import { sayIn } from "./i18n";
import { current, follow, loadSamples, refresh, toast } from "./store";
import "./styles/base.css";
import "./styles/chat.css";
import "./styles/blocks.css";
import "./styles/why.css";

render(<App />, document.getElementById("app")!);
void refresh();
void loadSamples();
const told = (rules: Rules) => {
  const say = sayIn(current().language);
  const bad = (rules.problems ?? []).length;
  if (bad) toast("bad", say("rulesBroken", { n: bad }), true);
  else toast("good", say("rulesLoaded", { n: rules.count ?? 0, version: rules.version ?? "" }), true);
};
follow(told, (note) => toast("bad", sayIn(current().language)("silentApp", { note })));
