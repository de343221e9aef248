import type { Account } from "#contract/bridge.ts";
import { useAttentionReport } from "./use-attention-report.ts";
import { useDeskEvents } from "./use-desk-events.ts";

/** Between this window and what surrounds it: tray, badge, sleep and network. Shows nothing. */
export function DesktopLink({ account }: { account: Account }) {
  useAttentionReport(account.id);
  useDeskEvents(account.id);
  return null;
}
