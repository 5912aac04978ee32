// A view the bot opened for the person acted as. The topmost one is shown, as in Slack.
import { useEffect, useState } from "preact/hooks";
import { closeView, pressInView, submitView } from "../actions";
import type { OpenView } from "../api";
import { Blocks } from "../blocks/Blocks";
import { type Values, initialValues, missing } from "../blocks/Inputs";
import { sayIn } from "../i18n";
import { useStore } from "../store";
import { Dialog, Icon } from "../ui";

export function Modals() {
  const { snapshot, me } = useStore();
  const view = snapshot?.views.findLast((v) => v.user === me);
  return view ? <Modal key={view.id} view={view} /> : null;
}

function Modal({ view }: { view: OpenView }) {
  const { language } = useStore();
  const say = sayIn(language);
  const [values, setValues] = useState<Values>(() => initialValues(view.blocks));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  useEffect(() => setValues((kept) => ({ ...initialValues(view.blocks), ...kept })), [JSON.stringify(view.blocks)]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const gaps = missing(view.blocks, values);
    if (gaps.length) {
      document.getElementById(`in-${gaps[0]}`)?.focus();
      return setErrors(Object.fromEntries(gaps.map((id) => [id, say("required")])));
    }
    setErrors({});
    setBusy(true);
    setErrors(await submitView(view, values));
    setBusy(false);
  };
  return (
    <Dialog label={view.title} onClose={() => void closeView(view)}>
      <form class="modal" noValidate onSubmit={submit}>
        <header class="modal-head">
          <h2>{view.title}</h2>
          <button type="button" class="icon-button" aria-label={say("close")} onClick={() => void closeView(view)}><Icon name="close" /></button>
        </header>
        <div class="modal-body">
          <Blocks blocks={view.blocks} values={values} change={setValues} errors={errors} act={(a) => pressInView(view, a)} />
        </div>
        <footer class="modal-foot">
          <button type="button" class="b-button" onClick={() => void closeView(view)}>{view.close || say("cancel")}</button>
          {view.submit && <button type="submit" class="b-button b-primary" aria-busy={busy}>{view.submit}</button>}
        </footer>
      </form>
    </Dialog>
  );
}
