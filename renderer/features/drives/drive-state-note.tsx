import { useState, type FormEvent } from "react";
import type { DriveInfo } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { PasswordFields } from "./add-drive-dialog.tsx";
import { DriveProblem } from "./drive-problem.tsx";
import { putDrive } from "./drive-store.ts";
import { useDriveStateWords } from "./drive-words.ts";

/** What there is to do while a drive is not connected. */
export function DriveStateNote({ drive }: { drive: DriveInfo }) {
  switch (drive.state) {
    case "connected":
    case "connecting":
      return null;
    case "needsPassword":
      return <PasswordForm key={drive.id} drive={drive} />;
    case "unreachable":
    case "disconnected":
      return <AwayNote drive={drive} />;
  }
}

function AwayNote({ drive }: { drive: DriveInfo }) {
  const { t } = useTranslation();
  const stateWords = useDriveStateWords();
  const connect = useConnect(drive);
  const button = (
    <Button isDisabled={connect.isRunning} onPress={() => void connect.run({})}>
      {connect.isRunning ? t("drives.connecting") : t("drives.connectAgain")}
    </Button>
  );
  const problem = connect.problem ?? drive.problem;
  return (
    <div className="drive-note">
      {problem === null ? (
        <Note tone="wait">
          <p>{stateWords(drive)}</p>
          {button}
        </Note>
      ) : (
        <DriveProblem problem={problem} kept={stateWords(drive)}>
          {button}
        </DriveProblem>
      )}
    </div>
  );
}

function PasswordForm({ drive }: { drive: DriveInfo }) {
  const { t } = useTranslation();
  const [username, setUsername] = useState(drive.username ?? "");
  const [password, setPassword] = useState("");
  const connect = useConnect(drive);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void connect.run({ username, password });
  };
  const problem = connect.problem ?? drive.problem;
  return (
    <form className="drive-note drive-form" onSubmit={submit}>
      {problem === null ? (
        <Note tone="wait">{t("drives.state.needsPassword")}</Note>
      ) : (
        <DriveProblem problem={problem} />
      )}
      <PasswordFields
        username={username}
        password={password}
        onUsername={setUsername}
        onPassword={setPassword}
      />
      <div>
        <Button type="submit" tone="primary" isDisabled={connect.isRunning || password === ""}>
          {connect.isRunning ? t("drives.connecting") : t("drives.connect")}
        </Button>
      </div>
    </form>
  );
}

function useConnect({ id: driveId }: DriveInfo) {
  const host = useHost();
  return useCall(async (credentials: { username?: string; password?: string }) => {
    const answer = await host.call("drives.connect", { driveId, ...credentials });
    if (answer.ok) putDrive(answer.value);
    return answer;
  });
}
