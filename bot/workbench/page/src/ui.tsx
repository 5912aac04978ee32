// The few shared pieces: icons, avatars, menus, confirmations.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { initials } from "./text";

const PATHS = {
  check: "M5 12.5l4.5 4.5L19 7.5",
  hash: "M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
  reply: "M20 12a8 7 0 1 1-3.2-5.6A6.9 6.9 0 0 1 20 12zM7.5 18.2L5 21.5",
  why: "M9.2 9.3a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1M12 17.4v.1M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19z",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-7.5-4.8 15.6L11.4 14 4 12zm7.4 2L20 4.5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  file: "M6.5 3h7l4 4v14h-11zM13.5 3v4h4",
  rules: "M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  flask: "M9.5 3h5M10.5 3v6.2L5 19a1.4 1.4 0 0 0 1.2 2h11.6a1.4 1.4 0 0 0 1.2-2l-5.5-9.8V3M7.8 15h8.4",
  down: "M6 9.5l6 6 6-6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width={name === "more" ? 3 : 1.8} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

const HUES = [14, 38, 92, 152, 188, 214, 262, 322];

export function Avatar({ id, name, bot = false, size = 36 }: { id: string; name: string; bot?: boolean; size?: number }) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.42}px` };
  if (bot) return <span class="avatar avatar-bot" style={style} aria-hidden="true"><Icon name="check" size={size * 0.66} /></span>;
  const hue = HUES[[...id].reduce((sum, c) => sum + c.charCodeAt(0), 0) % HUES.length];
  return <span class="avatar" style={{ ...style, "--hue": String(hue) }} aria-hidden="true">{initials(name)}</span>;
}

/** A native modal dialog: the browser keeps the focus inside and Escape closes it. */
export function Dialog({ label, onClose, children, wide = false }: { label: string; onClose: () => void; children: ComponentChildren; wide?: boolean }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement as HTMLElement | null;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before?.isConnected) before.focus();
    };
  }, []);
  const backdrop = (event: MouseEvent) => {
    if (event.target === ref.current) onClose();
  };
  return (
    <dialog ref={ref} class={`dialog ${wide ? "dialog-wide" : ""}`} aria-label={label} onMouseDown={backdrop} onCancel={(e) => { e.preventDefault(); onClose(); }}>
      {children}
    </dialog>
  );
}

export function Confirm({ title, text, yes, no, answer, danger = false }: { title: string; text: string; yes: string; no: string; answer: (sure: boolean) => void; danger?: boolean }) {
  return (
    <Dialog label={title} onClose={() => answer(false)}>
      <div class="confirm">
        <h2>{title}</h2>
        {text && <p>{text}</p>}
        <div class="dialog-buttons">
          <button type="button" class="b-button" onClick={() => answer(false)}>{no}</button>
          <button type="button" class={`b-button ${danger ? "b-danger" : "b-primary"}`} onClick={() => answer(true)}>{yes}</button>
        </div>
      </div>
    </Dialog>
  );
}

export interface MenuItem {
  label: string;
  note?: string;
  danger?: boolean;
  do: () => void;
}

/** A small menu: arrows move, Escape closes and gives the focus back. */
export function MenuList({ items, label, onClose }: { items: MenuItem[]; label: string; onClose: (refocus: boolean) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const entries = () => [...(ref.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    entries()[0]?.focus();
    const away = (event: Event) => {
      if (!ref.current?.parentElement?.contains(event.target as Node)) onClose(false);
    };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  }, []);
  const key = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape") onClose(true);
    else if (event.key === "Tab") return onClose(false);
    else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
    else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length]?.focus();
    else if (event.key === "Home") all[0]?.focus();
    else if (event.key === "End") all[all.length - 1]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu" role="menu" aria-label={label} ref={ref} onKeyDown={key}>
      {items.map((item) => (
        <button key={item.label} type="button" role="menuitem" class={item.danger ? "menu-danger" : ""} onClick={() => { onClose(true); item.do(); }}>
          <span>{item.label}</span>
          {item.note && <small>{item.note}</small>}
        </button>
      ))}
    </div>
  );
}
