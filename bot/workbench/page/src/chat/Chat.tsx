// The channel and its thread, side by side as in Slack.
import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { closeThread } from "../actions";
import type { Channel, Message, Snapshot } from "../api";
import { Blocks } from "../blocks/Blocks";
import { openHome, openMessages, pressInView, send } from "../actions";
import { sayIn } from "../i18n";
import { openChannel, useStore, visibleChannels } from "../store";
import { day, nameOf, sameDay, shortName } from "../text";
import { Avatar, Icon } from "../ui";
import { Composer, SampleButtons } from "./Composer";
import { MessageItem } from "./MessageItem";

/** What this person sees of a channel: no other person's ephemeral messages. */
function seen(snapshot: Snapshot, channel: string, me: string): Message[] {
  return snapshot.messages.filter((m) => m.channel === channel && (!m.onlyFor || m.onlyFor === me));
}

export function useNames() {
  const { snapshot, language } = useStore();
  return (channel: Channel) =>
    channel.direct ? shortName(nameOf(snapshot!, snapshot!.bot), language) : `#${channel.name}`;
}

export function Chat() {
  const { snapshot, channel: id, thread, me, home } = useStore();
  const channel = snapshot?.channels.find((c) => c.id === id);
  if (!snapshot || !channel) return <main class="chat" aria-busy="true" />;
  const messages = seen(snapshot, id, me);
  return (
    <>
      <ChannelPane channel={channel} messages={messages} hidden={Boolean(thread)} home={home && channel.direct} />
      {thread && <ThreadPane channel={channel} messages={messages} thread={thread} />}
    </>
  );
}

function ChannelPane({ channel, messages, hidden, home }: { channel: Channel; messages: Message[]; hidden: boolean; home: boolean }) {
  const { language, snapshot, me } = useStore();
  const say = sayIn(language);
  const to = useNames()(channel);
  useEffect(() => {
    if (channel.direct && !home) void openMessages();
  }, [channel.id, home, me]);
  const outside = !channel.direct && channel.members.length > 0 && !channel.members.includes(me);
  return (
    <main class={`chat ${hidden ? "behind" : ""}`} aria-label={to}>
      <header class="pane-head">
        <ChannelPicker />
        <h1 class="pane-title">{channel.direct ? <Avatar id={snapshot!.bot} name="Firstcheck" bot size={22} /> : <Icon name="hash" />}<span>{channel.direct ? to : channel.name}</span></h1>
        {channel.direct && (
          <div class="tabs" role="group" aria-label={to}>
            <button type="button" aria-pressed={!home} onClick={() => openChannel(channel.id)}>{say("messagesTab")}</button>
            <button type="button" aria-pressed={home} onClick={() => { openChannel(channel.id, true); void openHome(); }}>{say("appHome")}</button>
          </div>
        )}
      </header>
      {home ? <Home /> : (
        <>
          <Scroll key={channel.id} last={messages[messages.length - 1]?.ts ?? ""}>
            {messages.length ? <Timeline messages={messages} inThread={false} all={messages} /> : <Empty />}
          </Scroll>
          {outside && <p class="outside">{say("notMember", { name: shortName(nameOf(snapshot!, me), language) })}</p>}
          {channel.direct && <Prompts channel={channel.id} />}
          <Composer key={channel.id} channel={channel.id} to={to} direct={channel.direct} />
        </>
      )}
    </main>
  );
}

/** What the app offers whoever opens its direct message; a press sends the message. */
function Prompts({ channel }: { channel: string }) {
  const offered = useStore().snapshot?.offered[channel];
  if (!offered?.prompts.length) return null;
  return (
    <section class="prompts" aria-label={offered.title}>
      <p>{offered.title}</p>
      <div>{offered.prompts.map((p) => <button key={p.title} type="button" title={p.message} onClick={() => void send(channel, p.message)}>{p.title}</button>)}</div>
    </section>
  );
}

/** On a phone the channel list is a menu in the header. */
function ChannelPicker() {
  const { snapshot, me, channel, language } = useStore();
  const names = useNames();
  return (
    <label class="channel-picker">
      <select aria-label={sayIn(language)("channels")} value={channel} onChange={(e) => openChannel(e.currentTarget.value)}>
        {visibleChannels(snapshot!, me).map((c) => <option key={c.id} value={c.id}>{names(c)}</option>)}
      </select>
      <Icon name="down" size={16} />
    </label>
  );
}

function ThreadPane({ channel, messages, thread }: { channel: Channel; messages: Message[]; thread: string }) {
  const { language } = useStore();
  const say = sayIn(language);
  const to = useNames()(channel);
  const inside = messages.filter((m) => m.ts === thread || m.thread === thread);
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) pane.current?.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  }, [thread]);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    closeThread();
    requestAnimationFrame(() => document.getElementById("composer")?.focus());
  };
  return (
    <aside class="thread" aria-label={say("thread")} ref={pane} onKeyDown={escape}>
      <header class="pane-head">
        <button type="button" class="icon-button thread-back" aria-label={say("back")} onClick={closeThread}><Icon name="back" /></button>
        <h2 class="pane-title"><span>{say("thread")}</span> <small>{to}</small></h2>
        <button type="button" class="icon-button thread-close" aria-label={say("close")} title={say("close")} onClick={closeThread}><Icon name="close" /></button>
      </header>
      <Scroll key={thread} last={inside[inside.length - 1]?.ts ?? ""}>
        <Timeline messages={inside} inThread all={inside} />
      </Scroll>
      <Composer key={thread} channel={channel.id} thread={thread} to={to} direct={channel.direct} />
    </aside>
  );
}

function Timeline({ messages, inThread, all }: { messages: Message[]; inThread: boolean; all: Message[] }) {
  const { language } = useStore();
  const shown = inThread ? messages : messages.filter((m) => !m.thread || m.broadcast);
  return (
    <div class="timeline">
      {shown.map((m, i) => {
        const above = shown[i - 1];
        const newDay = !inThread && (!above || !sameDay(above.ts, m.ts));
        const root = inThread && i === 0;
        const compact = Boolean(above && !newDay && !(inThread && i === 1) && above.user === m.user && Number(m.ts) - Number(above.ts) < 300 && !m.onlyFor && !above.onlyFor && !m.broadcast);
        const replies = inThread ? [] : all.filter((r) => r.thread === m.ts && !r.onlyFor);
        return (
          <Fragment key={`${m.ts}${m.onlyFor}`}>
            {newDay && <div class="day"><span>{day(m.ts, language)}</span></div>}
            <MessageItem message={m} compact={compact} inThread={inThread} replies={replies} />
            {root && shown.length > 1 && <RepliesRule n={shown.length - 1} />}
          </Fragment>
        );
      })}
    </div>
  );
}

function RepliesRule({ n }: { n: number }) {
  const say = sayIn(useStore().language);
  return <div class="replies-rule"><span>{n === 1 ? say("replies1") : say("repliesN", { n })}</span></div>;
}

/** Stays at the bottom while the reader is there; does not move while they read further up. */
function Scroll({ last, children }: { last: string; children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const el = box.current!;
    if (atEnd.current) el.scrollTop = el.scrollHeight;
  }, [last]);
  useEffect(() => {
    const el = box.current!;
    const follow = new ResizeObserver(() => {
      if (atEnd.current) el.scrollTop = el.scrollHeight;
    });
    follow.observe(el);
    if (el.firstElementChild) follow.observe(el.firstElementChild);
    return () => follow.disconnect();
  }, []);
  const note = () => {
    const el = box.current!;
    atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < 60;
  };
  return <div class="scroll" ref={box} onScroll={note} tabIndex={-1}><div>{children}</div></div>;
}

function Empty() {
  const { language } = useStore();
  const say = sayIn(language);
  return (
    <section class="empty">
      <h2>{say("emptyTitle")}</h2>
      <p>{say("emptyBody")}</p>
      <h3>{say("samples")}</h3>
      <div class="empty-samples"><SampleButtons /></div>
    </section>
  );
}

function Home() {
  const { snapshot, me, language } = useStore();
  const view = snapshot?.homes[me];
  return <div class="scroll"><div class="home">{view ? <Blocks blocks={view.blocks} act={(a) => pressInView(view, a)} /> : <p class="muted">{sayIn(language)("noHome")}</p>}</div></div>;
}
