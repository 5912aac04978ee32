// One message: its text or blocks, what hovers over it, and its thread's summary.
import { useEffect, useRef, useState } from "preact/hooks";
import { diagnose, edit, goToThread, press, remove } from "../actions";
import type { Message } from "../api";
import { Blocks } from "../blocks/Blocks";
import { PlainText } from "../blocks/Text";
import { sayIn } from "../i18n";
import { emoji } from "../mrkdwn";
import { explain, useStore } from "../store";
import { clock, fullTime, nameOf, plain, shortName } from "../text";
import { Avatar, Confirm, Icon, MenuList } from "../ui";

interface Props {
  message: Message;
  /** Continues the one above: no avatar, no name. */
  compact: boolean;
  inThread: boolean;
  replies: Message[];
}

export function MessageItem({ message, compact, inThread, replies }: Props) {
  const { snapshot, language, focus } = useStore();
  const [editing, setEditing] = useState(false);
  const say = sayIn(language);
  if (!snapshot) return null;
  const bot = message.user === snapshot.bot || Boolean(snapshot.people.find((p) => p.id === message.user)?.bot);
  const name = message.username || shortName(nameOf(snapshot, message.user), language);
  const selected = focus.kind === "message" && focus.ts === message.ts && focus.channel === message.channel;
  const select = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest("a, button, select, input, textarea, label, dialog, .toolbar")) return;
    if (String(getSelection())) return;
    explain({ kind: "message", channel: message.channel, ts: message.ts });
  };

  return (
    <article class={`message ${compact ? "compact" : ""} ${selected ? "selected" : ""} ${message.onlyFor ? "ephemeral" : ""}`} aria-label={`${name}, ${clock(message.ts, language)}`} data-ts={message.ts} onClick={select}>
      {message.onlyFor && <p class="only-you"><Icon name="eye" size={14} /> {say("onlyYou")}</p>}
      <div class="message-row">
        <div class="message-side">
          {compact ? <time class="side-time" dateTime={iso(message.ts)}>{clock(message.ts, language)}</time> : <Avatar id={message.user} name={name} bot={bot} />}
        </div>
        <div class="message-main">
          {!compact && (
            <header class="message-head">
              <b>{name}</b>
              {bot && <span class="app-tag">{say("app")}</span>}
              <time dateTime={iso(message.ts)} title={fullTime(message.ts, language)}>{clock(message.ts, language)}</time>
            </header>
          )}
          {message.broadcast && !inThread && <button type="button" class="broadcast" onClick={() => goToThread(message)}>{say("repliedToThread")}</button>}
          {editing ? <Editor message={message} done={() => setEditing(false)} /> : <Body message={message} />}
          <Files message={message} />
          <Reactions message={message} />
          {replies.length > 0 && <ThreadLink message={message} replies={replies} />}
        </div>
      </div>
      {!editing && !message.deleted && <Toolbar message={message} inThread={inThread} edit={() => setEditing(true)} />}
    </article>
  );
}

const iso = (ts: string) => new Date(Number(ts) * 1000).toISOString();

function Body({ message }: { message: Message }) {
  const { language } = useStore();
  const say = sayIn(language);
  if (message.deleted) return <p class="b-p gone">{say("deleted")}</p>;
  const drawn = message.blocks.length ? <Blocks blocks={message.blocks} act={(action) => press(message, action)} /> : <PlainText text={message.text} />;
  return <div class="message-body">{drawn}{message.edited && <span class="edited">{say("edited")}</span>}</div>;
}

function Files({ message }: { message: Message }) {
  if (!message.files.length) return null;
  return <ul class="files">{message.files.map((f, i) => <li key={i}><Icon name="file" /> <span>{f.name}</span></li>)}</ul>;
}

function Reactions({ message }: { message: Message }) {
  if (!message.reactions.length) return null;
  return <div class="reactions">{message.reactions.map((r) => <span key={r.name} class="reaction"><span role="img" aria-label={r.name}>{emoji(r.name)}</span> {r.users.length}</span>)}</div>;
}

function ThreadLink({ message, replies }: { message: Message; replies: Message[] }) {
  const { snapshot, language } = useStore();
  const say = sayIn(language);
  const people = [...new Set(replies.map((r) => r.user))].slice(0, 3);
  const last = replies[replies.length - 1]!;
  return (
    <button type="button" class="thread-link" onClick={() => goToThread(message)}>
      {people.map((id) => <Avatar key={id} id={id} name={snapshot ? nameOf(snapshot, id) : id} bot={id === snapshot?.bot} size={20} />)}
      <b>{replies.length === 1 ? say("replies1") : say("repliesN", { n: replies.length })}</b>
      <span>{say("lastReply", { time: clock(last.ts, language) })}</span>
    </button>
  );
}

function Editor({ message, done }: { message: Message; done: () => void }) {
  const { language } = useStore();
  const say = sayIn(language);
  const [text, setText] = useState(plain(message));
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const save = async () => {
    if (text.trim() && text !== plain(message)) await edit(message, text.trim());
    done();
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      done();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div class="editor">
      <textarea ref={area} class="field" rows={Math.min(8, text.split("\n").length + 1)} aria-label={say("edit")} value={text} onInput={(e) => setText(e.currentTarget.value)} onKeyDown={key} />
      <div class="dialog-buttons">
        <button type="button" class="b-button" onClick={done}>{say("cancel")}</button>
        <button type="button" class="b-button b-primary" onClick={() => void save()}>{say("save")}</button>
      </div>
    </div>
  );
}

function Toolbar({ message, inThread, edit: startEdit }: { message: Message; inThread: boolean; edit: () => void }) {
  const { me, language } = useStore();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const say = sayIn(language);
  const own = message.user === me;
  const items = [
    ...(message.onlyFor ? [] : [{ label: say("diagnose"), note: say("shortcutBy"), do: () => void diagnose(message) }]),
    ...(own && !message.onlyFor ? [{ label: say("edit"), do: startEdit }, { label: say("remove"), danger: true, do: () => setAsking(true) }] : []),
  ];
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) more.current?.focus();
  };
  return (
    <>
      <div class={`toolbar ${open ? "open" : ""}`}>
        <button type="button" aria-label={say("showWhy")} title={say("showWhy")} onClick={() => explain({ kind: "message", channel: message.channel, ts: message.ts }, true)}><Icon name="why" /></button>
        {!inThread && !message.onlyFor && <button type="button" aria-label={say("replyInThread")} title={say("replyInThread")} onClick={() => goToThread(message)}><Icon name="reply" /></button>}
        {items.length > 0 && <button type="button" ref={more} aria-label={say("more")} title={say("more")} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="more" /></button>}
        {open && <MenuList items={items} label={say("more")} onClose={close} />}
      </div>
      {asking && <Confirm title={say("remove")} text={say("confirmDelete")} yes={say("remove")} no={say("cancel")} danger answer={(sure) => { setAsking(false); if (sure) void remove(message); }} />}
    </>
  );
}
