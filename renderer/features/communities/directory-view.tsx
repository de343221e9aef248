import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { CommunityView } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { CommunityCard } from "./community-card.tsx";
import { kinds } from "./community-words.ts";
import { PageFrame } from "./page-frame.tsx";
import { useWho } from "./use-who.ts";

interface Filters {
  typed: string;
  whose: "all" | "mine" | "archived";
  kind: string;
  organisation: string;
  topic: string;
}

const NO_FILTERS: Filters = { typed: "", whose: "all", kind: "", organisation: "", topic: "" };

/** Every community that the reader may find, from the cache: it works without the network. */
export function DirectoryView() {
  const { t, i18n } = useTranslation();
  const who = useWho();
  const go = useView((state) => state.go);
  const isReady = useSession((session) => session.isReady);
  const { items, status, problem } = useLiveQuery("communities", {});
  const [filters, setFilters] = useState(NO_FILTERS);
  const shown = items.filter((item) => isShown(item, filters));
  const isKnown = status === "ready" && isReady;
  return (
    <PageFrame
      title={who.isGuest ? t("community.mine") : t("community.directory")}
      subtitle={isKnown ? t("community.found", { count: shown.length }) : ""}
      actions={
        who.isGuest ? null : (
          <Button onPress={() => go("communities", "new")}>
            <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {who.canCreate ? t("community.create") : t("community.ask")}
          </Button>
        )
      }
    >
      <FilterBar items={items} filters={filters} onChange={setFilters} language={i18n.language} />
      {problem === null ? null : <ProblemNote problem={problem} />}
      {!isKnown && items.length === 0 && problem === null ? <SkeletonRows count={6} /> : null}
      {isKnown && shown.length === 0 ? (
        <EmptyState
          action={
            items.length === 0 ? null : (
              <Button onPress={() => setFilters(NO_FILTERS)}>{t("community.clearFilters")}</Button>
            )
          }
        >
          {items.length === 0 ? t("community.directoryEmpty") : t("spaces.none")}
        </EmptyState>
      ) : null}
      <ul className="plain-list cards">
        {shown.map((item) => (
          <li key={item.key}>
            <CommunityCard item={item} />
          </li>
        ))}
      </ul>
    </PageFrame>
  );
}

function isShown({ space, role, joinRequest, organisations }: CommunityView, filters: Filters): boolean {
  const { typed, whose, kind, organisation, topic } = filters;
  const isArchived = space.archivedAt !== undefined;
  if (isArchived !== (whose === "archived")) return false;
  if (whose === "mine" && role === null && joinRequest?.state !== "waiting") return false;
  if (kind !== "" && space.kind !== kind) return false;
  if (organisation !== "" && organisations.every(({ id }) => id !== organisation)) return false;
  if (topic !== "" && space.topics?.includes(topic) !== true) return false;
  const words = [
    space.name,
    space.summary ?? "",
    ...(space.topics ?? []),
    ...organisations.map((o) => o.name),
  ];
  return matchesWords(words.join(" "), typed);
}

interface FilterBarProps {
  items: readonly CommunityView[];
  filters: Filters;
  onChange: (filters: Filters) => void;
  language: string;
}

function FilterBar({ items, filters, onChange, language }: FilterBarProps) {
  const { t } = useTranslation();
  const { organisations, topics, hasArchived } = useMemo(() => choicesOf(items, language), [items, language]);
  const set = (changes: Partial<Filters>) => onChange({ ...filters, ...changes });
  const whose = (["all", "mine", "archived"] as const).filter((each) => each !== "archived" || hasArchived);
  return (
    <div className="filters" role="search" aria-label={t("community.search")}>
      <SearchBox
        label={t("community.search")}
        value={filters.typed}
        onChange={(typed) => set({ typed })}
        onKeyDown={(event) => {
          if (event.key === "Escape") set({ typed: "" });
        }}
      />
      <SelectField
        label={t("community.whose.label")}
        isLabelHidden
        value={filters.whose}
        onChange={(value) => set({ whose: value })}
        options={whose.map((value) => ({ value, label: t(`community.whose.${value}`) }))}
      />
      <SelectField
        label={t("spaces.kindLabel")}
        isLabelHidden
        value={filters.kind}
        onChange={(kind) => set({ kind })}
        options={[
          { value: "", label: t("community.anyKind") },
          ...kinds.map((kind) => ({ value: kind satisfies string, label: t(`spaces.kind.${kind}`) })),
        ]}
      />
      {organisations.length === 0 ? null : (
        <SelectField
          label={t("organisation.one")}
          isLabelHidden
          value={filters.organisation}
          onChange={(organisation) => set({ organisation })}
          options={[{ value: "", label: t("organisation.any") }, ...organisations]}
        />
      )}
      {topics.length === 0 ? null : (
        <SelectField
          label={t("community.topic")}
          isLabelHidden
          value={filters.topic}
          onChange={(topic) => set({ topic })}
          options={[
            { value: "", label: t("community.anyTopic") },
            ...topics.map((value) => ({ value, label: value })),
          ]}
        />
      )}
    </div>
  );
}

function choicesOf(items: readonly CommunityView[], language: string) {
  const organisations = new Map<string, string>();
  const topics = new Set<string>();
  for (const item of items) {
    for (const { id, name } of item.organisations) organisations.set(id, name);
    for (const topic of item.space.topics ?? []) topics.add(topic);
  }
  const { compare } = new Intl.Collator(language);
  return {
    organisations: [...organisations]
      .map(([value, label]) => ({ value, label }))
      .toSorted((a, b) => compare(a.label, b.label)),
    topics: [...topics].toSorted(compare),
    hasArchived: items.some(({ space }) => space.archivedAt !== undefined),
  };
}
