import { KeyRound } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import { appPasswordSchema, type AppPassword } from "#contract/sign-in.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CopyButton, Note, ProblemNote } from "#renderer/ui/note.tsx";
import "./app-password-section.css";

/** Passwords for programs that open the libraries over WebDAV: the file manager of the system, rclone. */
export function AppPasswordSection({ serverUrl }: { serverUrl: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("appPassword.title")}</h3>
      <p className="settings__hint">{t("appPassword.intro")}</p>
      <div className="settings__row">
        <Button onPress={() => setOpen(true)}>
          <KeyRound size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("appPassword.new")}
        </Button>
      </div>
      {isOpen ? <AppPasswordDialog serverUrl={serverUrl} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

function AppPasswordDialog({ serverUrl, onClose }: { serverUrl: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<AppPassword>();
  return (
    <Dialog title={t("appPassword.new")} onClose={onClose}>
      <DialogBody>
        {made === undefined ? (
          <NameForm onMade={setMade} onClose={onClose} />
        ) : (
          <MadePassword made={made} address={`${serverUrl}/dav/`} onClose={onClose} />
        )}
      </DialogBody>
    </Dialog>
  );
}

function NameForm({ onMade, onClose }: { onMade: (made: AppPassword) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const gateway = useGatewayPath();
  const [name, setName] = useState("");
  const make = useCall((wanted: string) => askForPassword(gateway, wanted));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The button is not disabled meanwhile: it would lose the focus, and the dialog its keys.
    if (make.isRunning || name.trim() === "") return;
    void make.run(name.trim()).then((result) => {
      if (result.ok) onMade(result.value);
    });
  };
  return (
    <form className="settings__group" onSubmit={submit} noValidate>
      <TextField
        label={t("appPassword.name")}
        hint={t("appPassword.nameHint")}
        value={name}
        onChange={setName}
        maxLength={100}
        required
      />
      {make.problem === null ? null : <ProblemNote problem={make.problem} />}
      <div className="settings__row">
        <Button type="submit" tone="primary">
          {t("action.create")}
        </Button>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}

interface MadePasswordProps {
  made: AppPassword;
  address: string;
  onClose: () => void;
}

/** Shown this once: the server keeps its hash alone. */
function MadePassword({ made, address, onClose }: MadePasswordProps) {
  const { t } = useTranslation();
  const start = useRef<HTMLDivElement>(null);
  // The form that had the focus has made place for it.
  useEffect(() => start.current?.focus(), []);
  const facts = [
    { label: t("appPassword.address"), text: address, copy: t("appPassword.copyAddress") },
    { label: t("appPassword.username"), text: made.username, copy: t("appPassword.copyUsername") },
    { label: t("appPassword.password"), text: made.password, copy: t("appPassword.copyPassword") },
  ];
  return (
    <div className="settings__group app-password" ref={start} tabIndex={-1}>
      <Note tone="wait">{t("appPassword.once")}</Note>
      <dl className="app-password__facts">
        {facts.map(({ label, text, copy }) => (
          <div className="app-password__fact" key={label}>
            <dt>{label}</dt>
            <dd>
              <code className="app-password__text">{text}</code>
              <CopyButton text={text} label={copy} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="settings__row">
        <Button tone="primary" onPress={onClose}>
          {t("appPassword.done")}
        </Button>
      </div>
    </div>
  );
}

async function askForPassword(gateway: string, name: string): Promise<Result<AppPassword>> {
  try {
    const response = await fetch(`${gateway}/v1/app-passwords`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });
    const body: unknown = await response.json();
    if (response.ok) return ok(appPasswordSchema.parse(body));
    const told = problemSchema.safeParse(body);
    return failed(told.success ? told.data : unreachable(`status ${response.status}`));
  } catch (error) {
    return failed(unreachable(String(error)));
  }
}

function unreachable(detail: string): Problem {
  return { type: "about:blank", kind: "unavailable", title: "No password could be made", detail };
}
