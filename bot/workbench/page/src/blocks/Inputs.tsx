// Fields of a modal, and their values in the shape Slack submits: {block: {action: {…}}}.
import type { Block } from "../api";
import { sayIn } from "../i18n";
import { useStore } from "../store";
import { TextObject, label } from "./Text";

export type Values = Record<string, Record<string, any>>;

/** What the view starts with. */
export function initialValues(blocks: Block[]): Values {
  const values: Values = {};
  for (const block of blocks) {
    const elements = block.type === "input" ? [block.element] : block.type === "actions" ? (block.elements ?? []) : block.accessory ? [block.accessory] : [];
    for (const element of elements as Block[]) {
      if (element?.action_id && element.type !== "button") values[block.block_id] = { ...values[block.block_id], [element.action_id]: initial(element) };
    }
  }
  return values;
}

function initial(element: Block): Record<string, any> {
  const type = element.type;
  if (type === "checkboxes") return { type, selected_options: element.initial_options ?? [] };
  if (type === "radio_buttons" || type === "static_select") return { type, selected_option: element.initial_option ?? null };
  if (type === "multi_static_select") return { type, selected_options: element.initial_options ?? [] };
  if (type === "users_select") return { type, selected_user: element.initial_user ?? null };
  if (type === "conversations_select") return { type, selected_conversation: element.initial_conversation ?? null };
  if (type === "channels_select") return { type, selected_channel: element.initial_channel ?? null };
  if (type === "datepicker") return { type, selected_date: element.initial_date ?? null };
  if (type === "timepicker") return { type, selected_time: element.initial_time ?? null };
  return { type, value: element.initial_value ?? null };
}

/** The block ids of inputs that must be filled in and are not. */
export function missing(blocks: Block[], values: Values): string[] {
  return blocks
    .filter((b) => b.type === "input" && !b.optional && empty(values[b.block_id]?.[b.element?.action_id]))
    .map((b) => String(b.block_id));
}

function empty(value: Record<string, any> | undefined): boolean {
  if (!value) return true;
  const { type: _, ...rest } = value;
  return Object.values(rest).every((v) => v == null || v === "" || (Array.isArray(v) && v.length === 0));
}

interface FieldProps {
  element: Block;
  blockId: string;
  id?: string;
  name: string;
  values: Values;
  change: (values: Values) => void;
  describedBy?: string;
  invalid?: boolean;
}

export function Field(props: FieldProps) {
  const { element, blockId, values, change } = props;
  const { snapshot, language } = useStore();
  const state = values[blockId]?.[element.action_id] ?? initial(element);
  const put = (part: Record<string, any>) =>
    change({ ...values, [blockId]: { ...values[blockId], [element.action_id]: { ...state, ...part } } });
  const common = { id: props.id, "aria-label": props.id ? undefined : props.name, "aria-describedby": props.describedBy, "aria-invalid": props.invalid || undefined, placeholder: label(element.placeholder) };
  const choose = sayIn(language)("choose");

  switch (element.type) {
    case "plain_text_input": {
      const write = (e: Event) => put({ value: (e.currentTarget as HTMLInputElement).value || null });
      const limits = { maxLength: element.max_length, minLength: element.min_length };
      return element.multiline ? <textarea class="field" rows={4} {...common} {...limits} value={state.value ?? ""} onInput={write} /> : <input class="field" {...common} {...limits} value={state.value ?? ""} onInput={write} />;
    }
    case "email_text_input": case "url_text_input": case "number_input": case "datepicker": case "timepicker": {
      const kinds = { email_text_input: "email", url_text_input: "url", number_input: "number", datepicker: "date", timepicker: "time" } as const;
      const key = element.type === "datepicker" ? "selected_date" : element.type === "timepicker" ? "selected_time" : "value";
      const typed: object = { ...common, type: kinds[element.type as keyof typeof kinds] };
      return <input class="field" {...typed} value={state[key] ?? ""} onInput={(e) => put({ [key]: e.currentTarget.value || null })} />;
    }
    case "static_select": {
      const groups = element.option_groups as Block[] | undefined;
      const options = (groups ? groups.flatMap((g) => g.options) : (element.options ?? [])) as Block[];
      const one = (o: Block) => <option key={o.value} value={o.value}>{label(o.text)}</option>;
      return (
        <select class="field" {...common} value={state.selected_option?.value ?? ""} onChange={(e) => put({ selected_option: options.find((o) => o.value === e.currentTarget.value) ?? null })}>
          <option value="">{common.placeholder || choose}</option>
          {groups ? groups.map((g, i) => <optgroup key={i} label={label(g.label)}>{g.options.map(one)}</optgroup>) : options.map(one)}
        </select>
      );
    }
    case "users_select": return <Picker {...common} choose={choose} value={state.selected_user} options={(snapshot?.people ?? []).map((p) => [p.id, p.name])} pick={(v) => put({ selected_user: v })} />;
    case "conversations_select": case "channels_select": {
      const key = element.type === "channels_select" ? "selected_channel" : "selected_conversation";
      const options = (snapshot?.channels ?? []).filter((c) => !c.direct).map((c): [string, string] => [c.id, `#${c.name}`]);
      return <Picker {...common} choose={choose} value={state[key]} options={options} pick={(v) => put({ [key]: v })} />;
    }
    case "radio_buttons": return <Choices element={element} blockId={blockId} name={props.name} type="radio" chosen={state.selected_option ? [state.selected_option] : []} put={(o) => put({ selected_option: o[o.length - 1] ?? null })} />;
    case "checkboxes": case "multi_static_select": return <Choices element={element} blockId={blockId} name={props.name} type="checkbox" chosen={state.selected_options ?? []} put={(o) => put({ selected_options: o })} />;
    default: return <p class="b-unknown">{sayIn(language)("unknownBlock", { type: element.type })}</p>;
  }
}

function Picker({ options, value, pick, choose, ...common }: { options: [string, string][]; value: string | null; pick: (v: string | null) => void; choose: string; id?: string; placeholder: string }) {
  return (
    <select class="field" {...common} value={value ?? ""} onChange={(e) => pick(e.currentTarget.value || null)}>
      <option value="">{common.placeholder || choose}</option>
      {options.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
    </select>
  );
}

function Choices({ element, blockId, name, type, chosen, put }: { element: Block; blockId: string; name: string; type: "radio" | "checkbox"; chosen: Block[]; put: (options: Block[]) => void }) {
  const toggle = (option: Block, on: boolean) => {
    const others = type === "radio" ? [] : chosen.filter((o) => o.value !== option.value);
    put(on ? [...others, option] : others);
  };
  return (
    <fieldset class="choices" aria-label={name}>
      {(element.options ?? []).map((o: Block) => (
        <label key={o.value}>
          <input type={type} name={`${blockId}-${element.action_id}`} checked={chosen.some((c) => c.value === o.value)} onChange={(e) => toggle(o, e.currentTarget.checked)} />
          <span><TextObject of={o.text as unknown as Block} line />{o.description && <small><TextObject of={o.description} line /></small>}</span>
        </label>
      ))}
    </fieldset>
  );
}
