import { spawn } from "node:child_process";
import { DriveError } from "../drive-error.ts";

/** Opens a file with the system's own choice of program: as one argument, never through a shell. */
export async function openFile(file: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const program = platform === "win32" ? "explorer.exe" : platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(program, [file], { stdio: "ignore", detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(
        new DriveError("unsupported", {
          title: "No program was found to open files",
          detail: program,
          cause,
        }),
      ),
    );
    child.once("spawn", () => resolve());
  });
  child.unref();
}
