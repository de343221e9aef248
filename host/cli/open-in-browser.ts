import { spawn } from "node:child_process";
import { AppError } from "#contract/problem.ts";

/** Hands an address to the system's browser, as one argument and never through a shell. */
export async function openInBrowser(url: string): Promise<void> {
  const [command, ...args] = opener(process.platform);
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true, windowsHide: true });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (error) => reject(cannotOpen(error)));
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(cannotOpen(`${command} ended with ${code}`)),
    );
    // Some openers stay as long as the browser does.
    setTimeout(resolve, 3000).unref();
  });
  child.unref();
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === "win32") return ["rundll32.exe", "url.dll,FileProtocolHandler"];
  return [platform === "darwin" ? "open" : "xdg-open"];
}

function cannotOpen(cause: unknown): AppError {
  return new AppError("unavailable", {
    title: "The system's browser could not be opened",
    detail: cause instanceof Error ? cause.message : String(cause),
    cause,
  });
}
