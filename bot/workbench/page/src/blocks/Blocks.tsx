// Block Kit, drawn with the platform's own controls: real buttons, selects and fields with names.
import { useState } from "preact/hooks";
import type { Block } from "../api";
import { sayIn } from "../i18n";
import { useStore } from "../store";
import { Confirm } from "../ui";
import { Field, type Values } from "./Inputs";
import { RichText, TextObject, label } from "./Text";

export interface Action {
  action_id: string;
  block_id?: string;
  value?: string;
}

interface Surface {
  /** Buttons and menus act; absent, they are drawn but disabled. */
  act?: (action: Action) => Promise<unknown>;
  values?: Values;
  change?: (values: Values) => void;
  errors?: Record<string, string>;
}

export function Blocks({ blocks, ...surface }: { blocks: Block[] } & Surface) {
  return <div class="blocks">{blocks.map((b, i) => <One key={b.block_id ?? i} block={b} {...surface} />)}</div>;
}

function One({ block, ...surface }: { block: Block } & Surface) {
  const { language } = useStore();
  switch (block.type) {
    case "section": return <Section block={block} {...surface} />;
    case "context": return <Context block={block} />;
    case "actions": return <Actions block={block} {...surface} />;
    case "header": return <h3 class="b-header"><TextObject of={block.text} /></h3>;
    case "divider": return <hr class="b-divider" />;
    case "rich_text": return <RichText block={block} />;
    case "markdown": return <pre class="b-plain">{String(block.text)}</pre>;
    case "image": return <Picture block={block} />;
    case "input": return <Input block={block} {...surface} />;
    case "alert": return <div class={`b-alert b-alert-${block.level ?? "default"}`}><TextObject of={block.text} /></div>;
    default: return <p class="b-unknown">{sayIn(language)("unknownBlock", { type: block.type })}</p>;
  }
}

function Section({ block, ...surface }: { block: Block } & Surface) {
  return (
    <div class="b-section">
      <div class="b-section-text">
        {block.text && <TextObject of={block.text} />}
        {block.fields && <div class="b-fields">{block.fields.map((f: Block, i: number) => <div key={i}><TextObject of={f} /></div>)}</div>}
      </div>
      {block.accessory && <div class="b-accessory"><Element element={block.accessory} blockId={block.block_id} {...surface} /></div>}
    </div>
  );
}

function Context({ block }: { block: Block }) {
  return (
    <div class="b-context">
      {(block.elements ?? []).map((e: Block, i: number) => e.type === "image" ? <Picture key={i} block={e} small /> : <span key={i}><TextObject of={e} line /></span>)}
    </div>
  );
}

function Actions({ block, ...surface }: { block: Block } & Surface) {
  return <div class="b-actions">{(block.elements ?? []).map((e: Block, i: number) => <Element key={e.action_id ?? i} element={e} blockId={block.block_id} {...surface} />)}</div>;
}

/** Pictures live elsewhere, and this page loads nothing from elsewhere: their description is shown. */
function Picture({ block, small = false }: { block: Block; small?: boolean }) {
  return <span class={small ? "b-picture b-picture-small" : "b-picture"} role="img" aria-label={block.alt_text}>{block.alt_text}</span>;
}

function Element({ element, blockId, ...surface }: { element: Block; blockId?: string } & Surface) {
  if (element.type === "button") return <Button element={element} blockId={blockId} act={surface.act} />;
  if (element.type === "overflow" || /_select$/.test(element.type)) return <Menu element={element} blockId={blockId} act={surface.act} />;
  if (element.type === "image") return <Picture block={element} small />;
  return <Field element={element} blockId={blockId ?? ""} name={label(element.placeholder) || element.action_id} values={surface.values ?? {}} change={surface.change ?? (() => {})} />;
}

function Button({ element, blockId, act }: { element: Block; blockId?: string; act?: Surface["act"] }) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const go = async () => {
    if (busy || !act) return;
    setBusy(true);
    await act({ action_id: element.action_id, block_id: blockId, value: element.value }).finally(() => setBusy(false));
  };
  const click = () => {
    if (element.url && /^https?:/.test(element.url)) window.open(element.url, "_blank", "noopener");
    if (element.confirm) setAsking(true);
    else void go();
  };
  return (
    <>
      <button type="button" class={`b-button ${element.style ? `b-${element.style}` : ""}`} aria-label={element.accessibility_label} aria-busy={busy} disabled={!act} data-action-id={element.action_id} onClick={click}>
        <TextObject of={element.text} />
      </button>
      {asking && <Confirm title={label(element.confirm.title)} text={label(element.confirm.text)} yes={label(element.confirm.confirm)} no={label(element.confirm.deny)} answer={(sure) => { setAsking(false); if (sure) void go(); }} />}
    </>
  );
}

function Menu({ element, blockId, act }: { element: Block; blockId?: string; act?: Surface["act"] }) {
  const { language } = useStore();
  const name = label(element.placeholder) || sayIn(language)(element.type === "overflow" ? "more" : "choose");
  const options = element.options ?? (element.option_groups ?? []).flatMap((g: Block) => g.options);
  const pick = (event: Event) => {
    const select = event.currentTarget as HTMLSelectElement;
    const value = select.value;
    if (element.type === "overflow") select.value = "";
    if (value) void act?.({ action_id: element.action_id, block_id: blockId, value });
  };
  return (
    <select class={`b-select ${element.type === "overflow" ? "b-overflow" : ""}`} aria-label={name} disabled={!act} data-action-id={element.action_id} onChange={pick}>
      <option value="">{element.type === "overflow" ? "⋯" : name}</option>
      {options.map((o: Block) => <option key={o.value} value={o.value} selected={o.value === element.initial_option?.value}>{label(o.text)}</option>)}
    </select>
  );
}

function Input({ block, values = {}, change = () => {}, errors = {} }: { block: Block } & Surface) {
  const { language } = useStore();
  const say = sayIn(language);
  const id = `in-${block.block_id}`;
  const error = errors[block.block_id];
  return (
    <div class={`b-input ${error ? "b-input-bad" : ""}`}>
      <label for={id}>{label(block.label)} {block.optional && <span class="b-optional">{say("optional")}</span>}</label>
      <Field element={block.element} blockId={block.block_id} id={id} name={label(block.label)} values={values} change={change} describedBy={`${id}-note`} invalid={Boolean(error)} />
      <div id={`${id}-note`} class="b-note">{error ? <span class="b-error" role="alert">{error}</span> : block.hint ? <TextObject of={block.hint} line /> : null}</div>
    </div>
  );
}
