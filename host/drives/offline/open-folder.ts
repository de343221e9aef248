import { spawn } from "node:child_process";
import { DriveError } from "../drive-error.ts";

/** Shows a folder by the system's file manager: as one argument, never through a shell, and never a file, which might run. */
export async function openFolder(folder: string, platform = process.platform): Promise<void> {
  const program = platform === "win32" ? "explorer.exe" : platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(program, [folder], { stdio: "ignore", detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new DriveError("unsupported", { title: "No file manager was found", detail: program, cause })),
    );
    // Some file managers stay, and Explorer ends with 1 whatever happened.
    child.once("spawn", () => resolve());
  });
  child.unref();
}
