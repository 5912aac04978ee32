// Where people type. Enter sends; an Enter that ends a Japanese conversion never does.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { send } from "../actions";
import { pick, sayIn } from "../i18n";
import { explain, useStore } from "../store";
import { Icon } from "../ui";

const drafts = new Map<string, string>();

interface Props {
  channel: string;
  thread?: string;
  /** `#help-it`, or the bot's name. */
  to: string;
  direct: boolean;
  onSent?: () => void;
}

/** Puts a sample into the composer of the channel, as if it had been pasted. */
export function paste(text: string): void {
  document.dispatchEvent(new CustomEvent("workbench:paste", { detail: text }));
}

export function Composer({ channel, thread = "", to, direct, onSent }: Props) {
  const { language } = useStore();
  const say = sayIn(language);
  const key = `${channel}:${thread}`;
  const [text, setText] = useState(drafts.get(key) ?? "");
  const [broadcast, setBroadcast] = useState(false);
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);

  useEffect(() => setText(drafts.get(key) ?? ""), [key]);
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  }, [text]);
  useEffect(() => {
    if (thread) return;
    const pasted = (event: Event) => {
      write(String((event as CustomEvent).detail));
      area.current?.focus();
    };
    document.addEventListener("workbench:paste", pasted);
    return () => document.removeEventListener("workbench:paste", pasted);
  }, [key]);

  const write = (value: string) => {
    drafts.set(key, value);
    setText(value);
    setNote("");
    explain(value.trim() && !value.startsWith("/") ? { kind: "draft", text: value.trim() } : { kind: "none" });
  };

  const submit = async () => {
    const body = text.trim();
    if (!body || busy) return;
    if (thread && /^\/[\w-]/.test(body)) return setNote(say("noSlashInThread"));
    setBusy(true);
    const sent = await send(channel, body, thread, broadcast);
    setBusy(false);
    if (!sent) return;
    drafts.delete(key);
    setText("");
    setBroadcast(false);
    onSent?.();
    area.current?.focus();
  };

  const keydown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void submit();
  };

  const label = thread ? say("replyPlaceholder") : say("messageTo", { name: to });
  return (
    <form class="composer" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <div class="composer-box">
        <textarea ref={area} id={thread ? "composer-thread" : "composer"} rows={1} value={text} aria-label={label} placeholder={label} aria-describedby={`hint-${key}`} onInput={(e) => write(e.currentTarget.value)} onKeyDown={keydown} />
        <div class="composer-row">
          {thread && !direct ? (
            <label class="composer-also">
              <input type="checkbox" checked={broadcast} onChange={(e) => setBroadcast(e.currentTarget.checked)} />
              <span>{say("alsoToChannel", { name: to })}</span>
            </label>
          ) : thread ? <span /> : <Samples />}
          <span class={thread ? "sr" : "composer-hint"} id={`hint-${key}`}>{say("composerHint")}</span>
          <button type="submit" class="send" disabled={!text.trim() || busy} aria-label={say("send")}><Icon name="send" /></button>
        </div>
      </div>
      <div class="composer-note" role="status">{note}</div>
    </form>
  );
}

function Samples() {
  const { samples, language } = useStore();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const say = sayIn(language);
  useEffect(() => {
    if (!open) return;
    const away = (e: Event) => { if (!box.current?.contains(e.target as Node)) setOpen(false); };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  }, [open]);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  if (!samples.length) return <span />;
  return (
    <div class="samples" ref={box} onKeyDown={escape}>
      <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="flask" size={16} /> {say("samplesOpen")}</button>
      {open && <div class="menu samples-menu">{<SampleButtons onPick={() => setOpen(false)} />}</div>}
    </div>
  );
}

export function SampleButtons({ onPick }: { onPick?: () => void }) {
  const { samples, language } = useStore();
  return (
    <>
      {samples.map((s) => (
        <button key={s.id} type="button" class="sample" data-sample={s.id} onClick={() => { onPick?.(); paste(s.text); }}>
          <span class="sample-label">{pick(s.label, language)}</span>
          <span class="sample-text">{s.text}</span>
        </button>
      ))}
    </>
  );
}
