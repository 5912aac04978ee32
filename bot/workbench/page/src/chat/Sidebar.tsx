// Channels on the left; who is acting above them.
import { sayIn } from "../i18n";
import { actAs, openChannel, useStore, visibleChannels, latest } from "../store";
import { shortName } from "../text";
import { Avatar, Icon } from "../ui";
import { useNames } from "./Chat";

export function Sidebar() {
  const { snapshot, me, channel, language, seen } = useStore();
  const say = sayIn(language);
  const names = useNames();
  if (!snapshot) return <nav class="sidebar" />;
  const visible = visibleChannels(snapshot, me);
  const entry = (id: string, name: string, direct: boolean) => {
    const unread = id !== channel && latest(id) > (seen[id] ?? "");
    return (
      <li key={id}>
        <button type="button" class={unread ? "unread" : ""} aria-current={id === channel ? "page" : undefined} onClick={() => openChannel(id)}>
          {direct ? <Avatar id={snapshot.bot} name="Firstcheck" bot size={20} /> : <Icon name="hash" size={16} />}
          <span>{name}</span>
          {unread && <i class="dot"><span class="sr">{say("unread")}</span></i>}
        </button>
      </li>
    );
  };
  return (
    <nav class="sidebar" aria-label={say("channels")}>
      <ActAs />
      <h2>{say("channels")}</h2>
      <ul>{visible.filter((c) => !c.direct).map((c) => entry(c.id, c.name, false))}</ul>
      <h2>{say("directMessages")}</h2>
      <ul>{visible.filter((c) => c.direct).map((c) => entry(c.id, names(c), true))}</ul>
    </nav>
  );
}

export function ActAs() {
  const { snapshot, me, language } = useStore();
  const say = sayIn(language);
  const people = (snapshot?.people ?? []).filter((p) => !p.bot && p.id !== snapshot?.bot);
  const role = (p: (typeof people)[number]) => say(p.guest ? "guest" : p.staff ? "staff" : "employee");
  const roles = [...new Set(people.map(role))];
  const mine = people.find((p) => p.id === me);
  return (
    <label class="act-as">
      {mine && <Avatar id={mine.id} name={shortName(mine.name, language)} size={30} />}
      <span class="act-as-label">{say("actAs")}{mine && <span class="act-as-role">{role(mine)}</span>}</span>
      <select value={me} onChange={(e) => actAs(e.currentTarget.value)}>
        {roles.map((r) => (
          <optgroup key={r} label={r}>
            {people.filter((p) => role(p) === r).map((p) => <option key={p.id} value={p.id}>{shortName(p.name, language)}</option>)}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
