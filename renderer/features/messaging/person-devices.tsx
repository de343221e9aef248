import { useCallback, useEffect, useState } from "react";
import type { Session } from "#contract/entities/session.ts";
import type { Person } from "#contract/entities/person.ts";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import { ADMINISTRATION } from "#contract/scope.ts";
import { sessionListSchema } from "#contract/sign-in.ts";
import { toIsoTime } from "#contract/time.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { DevicesList, type KnownDevice } from "#renderer/parts/devices-list.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

interface PersonDevicesProps {
  person: Person;
  onClose: () => void;
}

/** Somebody else's devices, for administrators: asked of the workplace each time and kept nowhere. */
export function PersonDevices({ person, onClose }: PersonDevicesProps) {
  const { t } = useTranslation();
  const gateway = useGatewayPath();
  const client = useWorker();
  const report = useReportProblem();
  const [devices, setDevices] = useState<readonly KnownDevice[] | null>(null);
  const { run, problem } = useCall(useCallback(() => readDevices(gateway, person.id), [gateway, person.id]));
  const read = useCallback(() => {
    void run().then((result) => {
      if (result.ok) setDevices(result.value.map((session) => ({ session, isPending: false })));
    });
  }, [run]);
  useEffect(read, [read]);
  const end = ({ id, personId }: Session, wipe: boolean) => {
    const args = { id, personId, wipe };
    void client.call("mutate", { name: "session.end", scope: ADMINISTRATION, args }).then((result) => {
      if (!result.ok) report(result.error);
      else setDevices((before) => before?.map((device) => ended(device, id, wipe)) ?? null);
    });
  };
  return (
    <Dialog title={t("devices.of", { name: person.displayName })} onClose={onClose}>
      <DialogBody>
        {problem === null ? null : (
          <ProblemNote problem={problem}>
            <Button onPress={read}>{t("action.retry")}</Button>
          </ProblemNote>
        )}
        {devices === null ? null : <DevicesList devices={devices} ownId={undefined} onEnd={end} />}
      </DialogBody>
    </Dialog>
  );
}

/** As it will be once the workplace has carried it out. */
function ended(device: KnownDevice, id: string, wipe: boolean): KnownDevice {
  if (device.session.id !== id) return device;
  const now = toIsoTime(Date.now());
  const { session } = device;
  const order = wipe ? { wipeAskedAt: session.wipeAskedAt ?? now } : {};
  return { session: { ...session, endedAt: session.endedAt ?? now, ...order }, isPending: false };
}

async function readDevices(gateway: string, personId: string): Promise<Result<readonly Session[]>> {
  try {
    const response = await fetch(`${gateway}/v1/admin/sessions?personId=${personId}`);
    const body: unknown = await response.json();
    if (response.ok) return ok(sessionListSchema.parse(body).sessions);
    const told = problemSchema.safeParse(body);
    return failed(told.success ? told.data : unreachable(`status ${response.status}`));
  } catch (error) {
    return failed(unreachable(String(error)));
  }
}

function unreachable(detail: string): Problem {
  return { type: "about:blank", kind: "unavailable", title: "The devices could not be read", detail };
}
