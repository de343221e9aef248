import { useState } from "react";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { useAsk, type Ask } from "./ask-store.ts";
import { fromFieldTime, toFieldTime } from "#renderer/kit/wall-clock.ts";
import { laterTimes } from "./later-times.ts";

type AskOf<K extends Ask["kind"]> = Extract<Ask, { kind: K }>;

/** A moment to come: one of the usual ones, or any. */
export function MomentDialog({ ask }: { ask: AskOf<"moment"> }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const close = useAsk((state) => state.close);
  const [text, setText] = useState(() => toFieldTime(Date.parse(ask.initial)));
  const [nowMs] = useState(() => Date.now());
  const at = fromFieldTime(text);
  const isPast = at !== null && Date.parse(at) <= nowMs;
  const submit = () => {
    if (at === null || isPast) return;
    close();
    ask.onPick(at);
  };
  return (
    <Dialog title={ask.title} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <DialogBody>
          <div className="note__actions">
            {laterTimes(nowMs).map((later) => (
              <Button key={later.name} onPress={() => setText(toFieldTime(Date.parse(later.at)))}>
                {t(`later.${later.name}`)}
              </Button>
            ))}
          </div>
          <TextField
            label={t("later.field")}
            type="datetime-local"
            value={text}
            onChange={setText}
            min={toFieldTime(nowMs)}
            required
          />
          <p className="field__hint" role="status">
            {at === null ? "" : isPast ? t("later.isPast") : dates.full(at)}
          </p>
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={at === null || isPast}>
              {ask.action}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

/** One text: a name, a note. */
export function TextDialog({ ask }: { ask: AskOf<"text"> }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const [text, setText] = useState(ask.value);
  const canSave = ask.isOptional === true || text.trim() !== "";
  const submit = () => {
    if (!canSave) return;
    close();
    ask.onSave(text.trim());
  };
  return (
    <Dialog title={ask.title} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <DialogBody>
          {ask.isLong === true ? (
            <label className="field">
              <span className="field__label">{ask.label}</span>
              <textarea
                className="field__input"
                rows={5}
                maxLength={ask.maxLength}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
          ) : (
            <TextField label={ask.label} value={text} onChange={setText} maxLength={ask.maxLength} />
          )}
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!canSave}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
