// The original with what was recognised in it, and the normalised form it was compared in.
import { useState } from "preact/hooks";
import type { Match, Why } from "../api";
import { pick, sayIn } from "../i18n";
import { useStore } from "../store";

interface Mark {
  from: number;
  to: number;
  match: Match;
}

/** The marks of confident and near matches, best first, none inside another. */
function marksOf(why: Why, length: number): Mark[] {
  const taken: Mark[] = [];
  for (const match of why.matches ?? []) {
    const [from, to] = match.span ?? [0, 0];
    if (to <= from || to > length || (match.band === "none" && !match.needs_context)) continue;
    if (!taken.some((t) => from < t.to && t.from < to)) taken.push({ from, to, match });
  }
  return taken.sort((a, b) => a.from - b.from);
}

export function Reading({ why }: { why: Why }) {
  const { language } = useStore();
  const [form, setForm] = useState<"original" | "normalised">("original");
  const say = sayIn(language);
  const tongue = why.language === "ja" ? say("langJa") : why.language === "en" ? say("langEn") : "";
  return (
    <section class="why-part" aria-label={say("reading")}>
      <header class="why-head">
        <h3>{say("reading")}</h3>
        <div class="segments" role="group" aria-label={say("reading")}>
          <button type="button" aria-pressed={form === "original"} onClick={() => setForm("original")}>{say("original")}</button>
          <button type="button" aria-pressed={form === "normalised"} onClick={() => setForm("normalised")}>{say("normalised")}</button>
        </div>
      </header>
      <div class="slip">
        {form === "original" ? <Marked why={why} /> : <p class="normalised">{why.normalised ?? ""}</p>}
        {tongue && <p class="slip-foot">{say("languageOf", { name: tongue })}</p>}
      </div>
    </section>
  );
}

/** Spans count code points, as Python does; JavaScript's own strings count UTF-16 units. */
function Marked({ why }: { why: Why }) {
  const { language } = useStore();
  const points = [...(why.original ?? "")];
  const marks = marksOf(why, points.length);
  const cut = (from: number, to: number) => points.slice(from, to).join("");
  let at = 0;
  const drawn = marks.map((mark, i) => {
    const before = cut(at, mark.from);
    at = mark.to;
    return (
      <span key={i}>
        {before}
        <mark class={`mark mark-${mark.match.needs_context ? "near" : (mark.match.band ?? "near")}`} title={pick(mark.match.title, language)}>{cut(mark.from, mark.to)}</mark>
      </span>
    );
  });
  return <p class="original">{drawn}{cut(at, points.length)}</p>;
}
