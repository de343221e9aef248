import type { RunTool } from "./run-tool.ts";

const MANAGER = "org.freedesktop.NetworkManager";
/** NMMetered: yes, and "guessed: yes". */
const METERED = new Set(["u 1", "u 3"]);

const WINDOWS_COST =
  "[void][Windows.Networking.Connectivity.NetworkInformation,Windows,ContentType=WindowsRuntime];" +
  "$p=[Windows.Networking.Connectivity.NetworkInformation]::GetInternetConnectionProfile();" +
  "if($p){$p.GetConnectionCost().NetworkCostType}";

/** Whether what goes through the network is paid for by its size, as far as the system says; otherwise it is not. */
export async function readMetered(platform: NodeJS.Platform, run: RunTool): Promise<boolean> {
  if (platform === "linux") {
    const path = `/${MANAGER.replaceAll(".", "/")}`;
    const answer = await run("busctl", ["--no-pager", "get-property", MANAGER, path, MANAGER, "Metered"]);
    return METERED.has(answer ?? "");
  }
  if (platform === "win32") {
    const cost = await run("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", WINDOWS_COST]);
    return cost === "Fixed" || cost === "Variable";
  }
  return false;
}
