import type { AppInfo } from "#contract/bridge.ts";
import type { Device } from "#contract/entities/session.ts";

const systems: Record<AppInfo["platform"], string> = {
  win32: "Windows",
  darwin: "macOS",
  linux: "Linux",
  other: "",
};

/** "Parvis 0.1 · Windows": as much as tells one's own devices apart, and nothing of the machine or of whoever uses it. */
export function deviceOf({
  version,
  shell,
  platform,
}: Pick<AppInfo, "version" | "shell" | "platform">): Device {
  const short = version.split(".").slice(0, 2).join(".");
  const name = [`Parvis ${short}`, systems[platform]].filter((part) => part !== "").join(" · ");
  return { name, shell, platform };
}
