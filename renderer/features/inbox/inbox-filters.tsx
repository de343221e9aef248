import type { Ask } from "#contract/entities/notification.ts";
import type { InboxCounts } from "#contract/views/inbox.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Count } from "#renderer/ui/note.tsx";
import type { Shelf } from "./inbox-store.ts";

interface InboxFiltersProps {
  shelf: Shelf;
  ask: Ask | null;
  counts: InboxCounts;
  snoozed: number;
  onChange: (shelf: Shelf, ask: Ask | null) => void;
}

const asks: readonly Ask[] = ["do", "answer", "know"];

/** What to look at: everything, by what it asks, or what was put off or done. */
export function InboxFilters({ shelf, ask, counts, snoozed, onChange }: InboxFiltersProps) {
  const { t } = useTranslation();
  const isWaiting = shelf === "waiting";
  return (
    <div className="inbox-filters" role="group" aria-label={t("inbox.filters")}>
      <Filter isOn={isWaiting && ask === null} count={counts.all} onPress={() => onChange("waiting", null)}>
        {t("inbox.all")}
      </Filter>
      {asks.map((each) => (
        <Filter
          key={each}
          isOn={isWaiting && ask === each}
          count={counts[each]}
          onPress={() => onChange("waiting", each)}
        >
          {t(`inbox.ask.${each}`)}
        </Filter>
      ))}
      <Filter isOn={shelf === "snoozed"} count={snoozed} onPress={() => onChange("snoozed", null)}>
        {t("inbox.shelf.snoozed")}
      </Filter>
      <Filter isOn={shelf === "done"} count={0} onPress={() => onChange("done", null)}>
        {t("inbox.shelf.done")}
      </Filter>
    </div>
  );
}

interface FilterProps {
  isOn: boolean;
  count: number;
  children: string;
  onPress: () => void;
}

function Filter({ isOn, count, children, onPress }: FilterProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="inbox-filter" aria-pressed={isOn} onClick={onPress}>
      {children}
      <Count value={count} label={t("inbox.items", { count })} />
    </button>
  );
}
