import { watchAttention } from "#host/attention/attention-watch.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** How each account stands that no page shows, for tray, badge and quitting. */
export function startAttention({ host, locale, log, services }: ShellContext): Dispose {
  const { attention, listeners, pages } = services;
  return watchAttention({
    host,
    attention,
    listeners,
    pages,
    locale,
    onError: (error) => log.write("warning", `how an account stands is not known: ${String(error)}`),
  });
}
