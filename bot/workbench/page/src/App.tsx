import { useEffect, useRef } from "preact/hooks";
import type { Message } from "./api";
import { Chat } from "./chat/Chat";
import { Modals } from "./chat/Modals";
import { ActAs, Sidebar } from "./chat/Sidebar";
import { Announcer, followReplies } from "./live";
import { sayIn } from "./i18n";
import { RulesChip, RulesDialog } from "./Rules";
import { type Theme, chooseLanguage, chooseTheme, dismiss, set, useStore } from "./store";
import { Icon } from "./ui";
import { WhyPanel } from "./why/WhyPanel";

export function App() {
  const { language, tab, thread, snapshot, channel, focus } = useStore();
  const say = sayIn(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Firstcheck ${say("tagline")}`;
  }, [language]);
  const known = useRef<Message[] | null>(null);
  useEffect(() => {
    if (!snapshot) return;
    if (known.current) followReplies(known.current, snapshot.messages);
    known.current = snapshot.messages;
  }, [snapshot]);
  return (
    <div class={`app tab-${tab} ${thread ? "with-thread" : ""}`}>
      <a class="skip" href="#composer" onClick={(e) => { e.preventDefault(); document.getElementById("composer")?.focus(); }}>{say("skip")}</a>
      <TopBar />
      <Notice />
      <div class="panes">
        <Sidebar />
        <Chat />
        <WhyPanel />
      </div>
      <nav class="bottom-tabs" aria-label={say("tagline")}>
        <button type="button" aria-pressed={tab === "chat"} onClick={() => set({ tab: "chat" })}><Icon name="reply" size={20} />{say("tabChat")}</button>
        <button type="button" aria-pressed={tab === "why"} onClick={() => set({ tab: "why" })}><Icon name="why" size={20} />{say("tabWhy")}{focus.kind !== "none" && tab === "chat" && <i class="dot" />}</button>
      </nav>
      <Modals />
      <RulesDialog />
      <Toasts />
      <Announcer channel={channel} />
    </div>
  );
}

function TopBar() {
  const { language, theme } = useStore();
  const say = sayIn(language);
  return (
    <header class="topbar">
      <p class="brand"><span class="brand-mark"><Icon name="check" size={16} /></span><b>Firstcheck</b> <span>{say("tagline")}</span></p>
      <div class="topbar-act"><ActAs /></div>
      <div class="topbar-tools">
        <RulesChip />
        <select aria-label={say("theme")} title={say("theme")} value={theme} onChange={(e) => chooseTheme(e.currentTarget.value as Theme)}>
          <option value="auto">{say("themeAuto")}</option>
          <option value="light">{say("themeLight")}</option>
          <option value="dark">{say("themeDark")}</option>
        </select>
        <div class="segments" role="group" aria-label={say("language")}>
          <button type="button" lang="en" aria-pressed={language === "en"} onClick={() => chooseLanguage("en")}>EN</button>
          <button type="button" lang="ja" aria-pressed={language === "ja"} onClick={() => chooseLanguage("ja")}>日本語</button>
        </div>
      </div>
    </header>
  );
}

function Notice() {
  const { connection, snapshot, language } = useStore();
  const say = sayIn(language);
  const text = connection === "lost" ? say("lost") : snapshot && !snapshot.connected ? say("appGone") : "";
  return <div class={`notice ${text ? "shown" : ""}`} role="status">{text}</div>;
}

function Toasts() {
  const { toasts, language } = useStore();
  const say = sayIn(language);
  return (
    <div class="toasts" role="region" aria-live="polite" aria-label={say("rules")}>
      {toasts.map((t) => (
        <div key={t.id} class={`toast toast-${t.tone}`}>
          <span>{t.text}</span>
          {t.rules && t.tone === "bad" && <button type="button" onClick={() => { dismiss(t.id); set({ rulesOpen: true }); }}>{say("show")}</button>}
          <button type="button" aria-label={say("dismiss")} onClick={() => dismiss(t.id)}><Icon name="close" size={14} /></button>
        </div>
      ))}
    </div>
  );
}
