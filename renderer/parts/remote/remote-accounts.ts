import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { CalendarAccount, CalendarComponent } from "#contract/calendar-accounts.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useWorkplaceAddress } from "#renderer/kit/workplace-address.ts";

const useStore = create<{ accounts: readonly CalendarAccount[] | null }>(() => ({ accounts: null }));

/** Calendar accounts and subscriptions beside the shown workplace, as the host last told them. */
export function useRemoteAccounts(): readonly CalendarAccount[] {
  const host = useHost();
  const accountId = useWorkplaceAddress((state) => state.accountId);
  const accounts = useStore((state) => state.accounts);
  useHostEvent("calendarAccountsChanged", (event) => useStore.setState({ accounts: event.accounts }));
  useEffect(() => {
    if (useStore.getState().accounts !== null) return;
    void host.call("calendarAccounts.list", {}).then((answer) => {
      if (answer.ok) useStore.setState({ accounts: answer.value });
    });
  }, [host]);
  return useMemo(
    () =>
      (accounts ?? [])
        .filter((account) => account.accountId === accountId)
        .toSorted((one, other) => one.name.localeCompare(other.name)),
    [accounts, accountId],
  );
}

/** Whether any of what it has holds such. */
export function holds({ calendars }: CalendarAccount, component: CalendarComponent): boolean {
  return calendars.some((calendar) => calendar.holds.includes(component));
}
