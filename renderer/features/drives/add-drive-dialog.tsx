import { useEffect, useState, type FormEvent } from "react";
import type { z } from "zod";
import { driveProblemSchema, type foundMountSchema, type newDriveSchema } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { DriveProblem } from "./drive-problem.tsx";
import { putDrive } from "./drive-store.ts";

type Kind = z.infer<typeof newDriveSchema>["kind"];
type FoundMount = z.infer<typeof foundMountSchema>;

const KINDS: readonly Kind[] = ["webdav", "mount", "folder"];

interface AddDriveDialogProps {
  /** Already known: of a file that somebody cited. */
  address?: string;
  onClose: () => void;
}

/** A drive by its address: it is only added once it was reached. */
export function AddDriveDialog({ address: given = "", onClose }: AddDriveDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const go = useView((state) => state.go);
  const [kind, setKind] = useState<Kind>(given === "" || /^https?:/i.test(given) ? "webdav" : "mount");
  const [address, setAddress] = useState(given);
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const found = useFoundMounts();
  const add = useCall((wanted: z.infer<typeof newDriveSchema>) => host.call("drives.add", wanted));
  const begin = (wanted: z.infer<typeof newDriveSchema>) => {
    void add.run(wanted).then((answer) => {
      if (!answer.ok) return;
      putDrive(answer.value);
      go("drives", answer.value.id);
      onClose();
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin({
      kind,
      address: address.trim(),
      name: name.trim() === "" ? nameFrom(address) : name.trim(),
      ...(kind === "webdav" && username !== "" ? { username, password } : {}),
    });
  };
  return (
    <Dialog title={t("drives.add.title")} onClose={onClose}>
      <DialogBody>
        <form className="drive-form" onSubmit={submit}>
          {found.length === 0 ? null : (
            <FoundMounts
              found={found}
              isDisabled={add.isRunning}
              onPick={(mount) => begin({ kind: "mount", address: mount.address, name: mount.name })}
            />
          )}
          <Choices
            label={t("drives.add.kind")}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({ value, label: t(`drives.add.${value}`) }))}
          />
          <TextField
            label={t("drives.add.address")}
            hint={t(`drives.add.addressHint.${kind}`)}
            value={address}
            onChange={setAddress}
            spellCheck={false}
            required
            maxLength={2000}
            {...(kind === "webdav" ? { inputMode: "url" as const } : {})}
          />
          <TextField
            label={t("drives.add.name")}
            value={name}
            onChange={setName}
            maxLength={200}
            placeholder={nameFrom(address)}
          />
          {kind === "webdav" ? (
            <PasswordFields
              username={username}
              password={password}
              onUsername={setUsername}
              onPassword={setPassword}
            />
          ) : null}
          {add.problem === null ? null : <AddProblem problem={add.problem} />}
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" tone="primary" isDisabled={add.isRunning || address.trim() === ""}>
              {add.isRunning ? t("drives.add.looking") : t("drives.add.submit")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}

/** A drive that is there already is no name that is taken. */
function AddProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  if (driveProblemSchema.safeParse(problem).data?.fault !== "exists")
    return <DriveProblem problem={problem} />;
  return (
    <Note tone="wait">
      <p className="note__title">{t("drives.add.isThere.title")}</p>
      <p>{t("drives.add.isThere.advice")}</p>
    </Note>
  );
}

interface PasswordFieldsProps {
  username: string;
  password: string;
  onUsername: (username: string) => void;
  onPassword: (password: string) => void;
}

export function PasswordFields({ username, password, onUsername, onPassword }: PasswordFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t("drives.add.username")}
        value={username}
        onChange={onUsername}
        autoComplete="off"
        spellCheck={false}
        maxLength={320}
      />
      <TextField
        label={t("drives.add.password")}
        hint={t("drives.add.passwordHint")}
        type="password"
        value={password}
        onChange={onPassword}
        autoComplete="off"
        maxLength={1000}
      />
    </>
  );
}

interface FoundMountsProps {
  found: readonly FoundMount[];
  isDisabled: boolean;
  onPick: (mount: FoundMount) => void;
}

function FoundMounts({ found, isDisabled, onPick }: FoundMountsProps) {
  const { t } = useTranslation();
  return (
    <section className="found-mounts" aria-label={t("drives.add.found")}>
      <h3 className="field__label">{t("drives.add.found")}</h3>
      <ul className="plain-list">
        {found.map((mount) => (
          <li key={mount.address} className="found-mount">
            <span className="found-mount__words">
              <span>{mount.name}</span>
              <span className="field__hint">{mount.address}</span>
            </span>
            <Button
              isDisabled={isDisabled}
              label={t("drives.add.use", { name: mount.name })}
              onPress={() => onPick(mount)}
            >
              {t("drives.add.submit")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the system has mounted; none when it could not be asked, since an address can be typed. */
function useFoundMounts(): readonly FoundMount[] {
  const host = useHost();
  const [found, setFound] = useState<readonly FoundMount[]>([]);
  useEffect(() => {
    void host.call("drives.found", {}).then((answer) => {
      if (answer.ok) setFound(answer.value);
    });
  }, [host]);
  return found;
}

/** « fichiers.exemple.fr », or the last word of a path. */
function nameFrom(address: string): string {
  const text = address.trim();
  if (/^https?:/i.test(text) && URL.canParse(text)) return new URL(text).hostname;
  return text.split(/[\\/]/).findLast((part) => part !== "") ?? "";
}
