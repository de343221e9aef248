import type { AppInfo, HostChannel } from "#contract/bridge.ts";
import type { SelfTest } from "#contract/desktop/diagnostics.ts";
import type { Result } from "#contract/result.ts";
import type { HostServices } from "../host.ts";

/** What diagnostics look at. */
export interface DiagnosticParts extends Pick<
  HostServices,
  "accounts" | "drives" | "gateway" | "log" | "network" | "policies" | "scrubber" | "secrets" | "settings"
> {
  dataDir: string;
  info: AppInfo;
  now: () => number;
  /** What this shell answers to a page, for what belongs to one shell only. */
  call: (channel: HostChannel, args: unknown) => Promise<Result<unknown>>;
}

/** A check without its name. */
export type Checked = Pick<SelfTest, "state" | "outcome" | "facts">;
