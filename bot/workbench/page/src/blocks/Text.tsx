// mrkdwn and rich_text drawn as Slack draws them.
import type { ComponentChildren } from "preact";
import type { Block } from "../api";
import { type Inline, emoji, inlines, parse, unescape } from "../mrkdwn";
import { showMessage, useStore } from "../store";
import { nameOf, shortName } from "../text";

export function Mrkdwn({ text }: { text: string }) {
  return (
    <>
      {parse(text).map((part, i) =>
        part.kind === "pre" ? (
          <pre key={i} class="b-pre">{part.text}</pre>
        ) : part.kind === "quote" ? (
          <blockquote key={i} class="b-quote"><Inlines of={part.inside} /></blockquote>
        ) : (
          <p key={i} class="b-p"><Inlines of={part.inside} /></p>
        ),
      )}
    </>
  );
}

/** Context elements and labels: one line of inlines, no paragraphs. */
export function Line({ text }: { text: string }) {
  return <Inlines of={inlines(text)} />;
}

function Inlines({ of }: { of: Inline[] }) {
  return <>{of.map((inline, i) => <One key={i} of={inline} />)}</>;
}

function One({ of }: { of: Inline }) {
  switch (of.kind) {
    case "text": return <>{of.text}</>;
    case "bold": return <b><Inlines of={of.inside} /></b>;
    case "italic": return <i><Inlines of={of.inside} /></i>;
    case "strike": return <s><Inlines of={of.inside} /></s>;
    case "code": return <code class="b-code">{of.text}</code>;
    case "link": return <Link url={of.url}>{of.text}</Link>;
    case "user": return <Mention id={of.id} />;
    case "channel": return <ChannelName id={of.id} label={of.label} />;
    case "group": return <span class="b-mention">{of.label || `@${of.id}`}</span>;
    case "broadcast": return <span class="b-mention b-broadcast">@{of.name}</span>;
    case "date": return <time dateTime={new Date(of.seconds * 1000).toISOString()}>{of.fallback}</time>;
    case "emoji": return <span role="img" aria-label={of.name}>{emoji(of.name)}</span>;
  }
}

/** A link into this workspace opens its thread here; others open in a tab of their own. */
function Link({ url, children }: { url: string; children: ComponentChildren }) {
  const { snapshot } = useStore();
  const [, channel = "", seconds = "", rest = ""] = /\/archives\/([A-Z0-9]+)\/p(\d{10})\.?(\d{6})/.exec(url) ?? [];
  if (snapshot?.channels.some((c) => c.id === channel)) {
    return <button type="button" class="b-link" onClick={() => showMessage(channel, `${seconds}.${rest}`)}>{children}</button>;
  }
  const safe = /^(https?|mailto|tel):/i.test(url);
  return safe ? <a href={url} target="_blank" rel="noopener noreferrer">{children}</a> : <span>{children}</span>;
}

export function Mention({ id }: { id: string }) {
  const { snapshot, language, me } = useStore();
  const name = snapshot ? shortName(nameOf(snapshot, id), language) : id;
  return <span class={`b-mention ${id === me ? "b-mention-me" : ""}`}>@{name}</span>;
}

function ChannelName({ id, label }: { id: string; label: string }) {
  const { snapshot } = useStore();
  return <span class="b-mention">#{label || (snapshot?.channels.find((c) => c.id === id)?.name ?? id)}</span>;
}

/** A text object: `plain_text` is shown as it is, `mrkdwn` is marked up. */
export function TextObject({ of, line = false }: { of: Block | undefined; line?: boolean }) {
  if (!of) return null;
  const text = String(of.text ?? "");
  if (of.type === "plain_text") return <>{text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name))}</>;
  return line ? <Line text={text} /> : <Mrkdwn text={text} />;
}

export function RichText({ block }: { block: Block }) {
  return <div class="b-rich">{(block.elements ?? []).map((e: Block, i: number) => <RichPart key={i} of={e} />)}</div>;
}

function RichPart({ of }: { of: Block }) {
  const inside = ((of.elements as Block[]) ?? []).map((e, i) => <RichInline key={i} of={e} />);
  if (of.type === "rich_text_preformatted") return <pre class="b-pre">{inside}</pre>;
  if (of.type === "rich_text_quote") return <blockquote class="b-quote">{inside}</blockquote>;
  if (of.type === "rich_text_list") return <RichList of={of} />;
  return <p class="b-p">{inside}</p>;
}

function RichList({ of }: { of: Block }) {
  const items = ((of.elements as Block[]) ?? []).map((item, i) => (
    <li key={i}>{((item.elements as Block[]) ?? []).map((e, j) => <RichInline key={j} of={e} />)}</li>
  ));
  const style = { marginInlineStart: `${(of.indent ?? 0) * 1.6}em` };
  return of.style === "ordered" ? <ol class="b-list" style={style} start={1 + (of.offset ?? 0)}>{items}</ol> : <ul class="b-list" style={style}>{items}</ul>;
}

function RichInline({ of }: { of: Block }) {
  const style = (of.style ?? {}) as Record<string, boolean>;
  let drawn: ComponentChildren = null;
  if (of.type === "text") drawn = String(of.text);
  else if (of.type === "link") drawn = <Link url={String(of.url)}>{of.text ?? of.url}</Link>;
  else if (of.type === "user") drawn = <Mention id={String(of.user_id)} />;
  else if (of.type === "channel") drawn = <ChannelName id={String(of.channel_id)} label="" />;
  else if (of.type === "emoji") drawn = of.unicode ? fromCodes(String(of.unicode)) : emoji(String(of.name));
  else if (of.type === "broadcast") drawn = <span class="b-mention b-broadcast">@{of.range}</span>;
  else if (of.type === "date") drawn = <time>{of.fallback ?? new Date(of.timestamp * 1000).toLocaleString()}</time>;
  if (style.code) drawn = <code class="b-code">{drawn}</code>;
  if (style.bold) drawn = <b>{drawn}</b>;
  if (style.italic) drawn = <i>{drawn}</i>;
  if (style.strike) drawn = <s>{drawn}</s>;
  return <>{drawn}</>;
}

function fromCodes(codes: string): string {
  return String.fromCodePoint(...codes.split("-").map((c) => parseInt(c, 16)));
}

/** A message without blocks: its text field. */
export function PlainText({ text }: { text: string }) {
  return <Mrkdwn text={text} />;
}

export function label(of: Block | string | undefined): string {
  return typeof of === "string" ? of : unescape(String(of?.text ?? ""));
}
