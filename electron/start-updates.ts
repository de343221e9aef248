import type { Dispose, ShellContext } from "./shell-context.ts";
import { createShellUpdates } from "./shell-updates.ts";
import { updateRoutes } from "#host/updates/routes.ts";

/** Looks for updates, where the policies let it. */
export async function startUpdates(shell: ShellContext): Promise<Dispose> {
  const { dataDir, services, notifier } = shell;
  const updates = createShellUpdates({
    dataDir,
    services,
    notifier,
    resourcesPath: process.resourcesPath,
    endAll: () => shell.quit("update"),
  });
  shell.answer(updateRoutes(updates));
  await updates.start();
  return () => updates.stop();
}
