import { useState, type FormEvent } from "react";
import type { HostValue } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { chooseAccount, setAccount, useApp } from "./app-store.ts";
import { WelcomeFrame } from "./welcome-frame.tsx";

type Preview = HostValue<"accounts.previewInvitation">["preview"];

const PASSWORD_LEAST = 10;

/** Somebody from outside comes in with the link they were given. */
export function InvitationView() {
  const { t } = useTranslation();
  const host = useHost();
  const [url, setUrl] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const look = useCall(() => host.call("accounts.previewInvitation", { url: url.trim() }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void look.run().then((result) => {
      if (result.ok) setPreview(result.value.preview);
    });
  };
  return (
    <WelcomeFrame title={t("invitation.title")}>
      {preview === null ? (
        <form onSubmit={submit}>
          <TextField
            label={t("invitation.link")}
            hint={t("invitation.linkHint")}
            value={url}
            onChange={setUrl}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            required
          />
          {look.problem === null ? null : <ProblemNote problem={look.problem} />}
          <div className="welcome__more">
            <Button type="submit" tone="primary" isDisabled={look.isRunning || url.trim() === ""}>
              {look.isRunning ? t("addServer.looking") : t("invitation.look")}
            </Button>
            <Button onPress={leave}>{t("action.cancel")}</Button>
          </div>
        </form>
      ) : (
        <AcceptForm url={url.trim()} preview={preview} onBack={() => setPreview(null)} />
      )}
    </WelcomeFrame>
  );
}

function leave(): void {
  useApp.setState({ isInvited: false });
}

interface AcceptFormProps {
  url: string;
  preview: Preview;
  onBack: () => void;
}

/** Who invites into what; then a name and a password of one's own, or that of the account one has. */
function AcceptForm({ url, preview, onBack }: AcceptFormProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [name, setName] = useState(preview.name ?? "");
  const [password, setPassword] = useState("");
  const accept = useCall(() => host.call("accounts.acceptInvitation", { url, name: name.trim(), password }));
  const { inviter, space, workplace, email, hasAccount, expiresAt } = preview;
  const canAccept = name.trim() !== "" && password.length >= PASSWORD_LEAST;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void accept.run().then((result) => {
      if (!result.ok) return;
      setAccount(result.value);
      chooseAccount(result.value.id);
      leave();
    });
  };
  return (
    <form onSubmit={submit}>
      <p>{t("invitation.invites", { inviter, space, workplace })}</p>
      <p className="field__hint">
        {t("invitation.as", { email })} {t("invitation.validUntil")} <TimeWord iso={expiresAt} form="day" />.
      </p>
      {hasAccount ? <p>{t("invitation.known")}</p> : null}
      <TextField
        label={t("invitation.name")}
        value={name}
        onChange={setName}
        maxLength={200}
        autoComplete="name"
        required
      />
      <TextField
        label={hasAccount ? t("invitation.knownPassword") : t("invitation.password")}
        {...(hasAccount ? {} : { hint: t("invitation.passwordHint") })}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete={hasAccount ? "current-password" : "new-password"}
        minLength={PASSWORD_LEAST}
        required
      />
      {accept.problem === null ? null : <ProblemNote problem={accept.problem} />}
      <div className="welcome__more">
        <Button type="submit" tone="primary" isDisabled={accept.isRunning || !canAccept}>
          {accept.isRunning ? t("signIn.running") : t("invitation.accept")}
        </Button>
        <Button onPress={onBack}>{t("action.back")}</Button>
      </div>
    </form>
  );
}
