import { Smile } from "lucide-react";
import { useState } from "react";
import type { PresenceState } from "#contract/entities/presence.ts";
import type { IsoTime } from "#contract/time.ts";
import { endOfToday, inMinutes } from "#renderer/kit/wall-clock.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { EmojiButton } from "#renderer/parts/emoji-button.tsx";
import { NOBODY, useCommands } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";

const STATES = ["active", "busy", "inMeeting", "away", "offline"] as const satisfies readonly PresenceState[];
const DURATIONS = ["halfHour", "hour", "today", "ever"] as const;
type Duration = (typeof DURATIONS)[number];
const PRESETS = ["meeting", "travelling", "remote", "sick", "holiday"] as const;
const EMOJI = { meeting: "📅", travelling: "🚆", remote: "🏠", sick: "🤒", holiday: "🌴" };

function endOf(duration: Duration): IsoTime | undefined {
  const nowMs = Date.now();
  switch (duration) {
    case "halfHour":
      return inMinutes(nowMs, 30);
    case "hour":
      return inMinutes(nowMs, 60);
    case "today":
      return endOfToday(nowMs);
    case "ever":
      return undefined;
  }
}

/** How I show, what I say of myself, and until when. Only what is chosen here changes. */
export function AvailabilityDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const commands = useCommands();
  const settle = useSettle();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { info } = useLiveQuery("person", { personId: me });
  const known = info?.view?.status ?? null;
  const [state, setState] = useState<PresenceState | "automatic" | "">("");
  const [stateFor, setStateFor] = useState<Duration>("hour");
  const [typed, setTyped] = useState<{ emoji: string; text: string } | null>(null);
  const [statusFor, setStatusFor] = useState<Duration>("today");
  const status = typed ?? { emoji: known?.emoji ?? "", text: known?.text ?? "" };
  const hasStatus = status.emoji !== "" || status.text.trim() !== "";
  const save = async () => {
    if (state !== "") {
      const until = endOf(stateFor);
      const chosen = state === "automatic" ? null : { state, ...(until === undefined ? {} : { until }) };
      if (!(await settle(commands.choosePresence(chosen)))) return;
    }
    if (typed !== null) {
      const expiresAt = endOf(statusFor);
      const said = {
        text: status.text.trim(),
        ...(status.emoji === "" ? {} : { emoji: status.emoji }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
      if (!(await settle(commands.setStatus(hasStatus ? said : null)))) return;
    }
    close();
  };
  const durations = DURATIONS.map((value) => ({ value, label: t(`availability.for.${value}`) }));
  return (
    <Dialog title={t("availability.title")} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DialogBody>
          <StatusField status={status} onChange={setTyped} />
          {typed !== null && hasStatus ? (
            <Choices
              label={t("availability.statusUntil")}
              value={statusFor}
              onChange={setStatusFor}
              options={durations}
            />
          ) : null}
          <Choices<PresenceState | "automatic">
            label={t("availability.presence")}
            value={state === "" ? (info?.view?.chosen?.state ?? "automatic") : state}
            onChange={setState}
            options={[
              { value: "automatic", label: t("availability.automatic") },
              ...STATES.map((value) => ({ value, label: t(`presence.${value}`) })),
            ]}
          />
          {state === "" || state === "automatic" ? null : (
            <Choices
              label={t("availability.presenceUntil")}
              value={stateFor}
              onChange={setStateFor}
              options={durations}
            />
          )}
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={state === "" && typed === null}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

interface StatusFieldProps {
  status: { emoji: string; text: string };
  onChange: (status: { emoji: string; text: string }) => void;
}

function StatusField({ status, onChange }: StatusFieldProps) {
  const { t } = useTranslation();
  const [isPicking, setPicking] = useState(false);
  return (
    <>
      <div className="status-field">
        <span className="status-field__emoji" aria-hidden>
          {status.emoji}
        </span>
        <EmojiButton
          icon={Smile}
          label={t("emoji.choose")}
          isOpen={isPicking}
          onOpenChange={setPicking}
          onPick={(emoji) => onChange({ ...status, emoji })}
        />
        <TextField
          label={t("availability.statusLabel")}
          value={status.text}
          onChange={(text) => onChange({ ...status, text })}
          maxLength={140}
        />
      </div>
      <div className="note__actions" role="group" aria-label={t("availability.presets")}>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            onPress={() => onChange({ emoji: EMOJI[preset], text: t(`availability.preset.${preset}`) })}
          >
            {EMOJI[preset]} {t(`availability.preset.${preset}`)}
          </Button>
        ))}
        {status.emoji === "" && status.text === "" ? null : (
          <Button tone="quiet" onPress={() => onChange({ emoji: "", text: "" })}>
            {t("availability.clear")}
          </Button>
        )}
      </div>
    </>
  );
}
