import { RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { TRASH_DAYS } from "#contract/entities/library.ts";
import type { Scope } from "#contract/scope.ts";
import type { DocumentPeople, DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import type { Command } from "#renderer/ui/menu.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { useDocumentsStore } from "./documents-store.ts";
import { PlacesPage } from "./places-page.tsx";
import { useDeeds } from "./use-deeds.ts";

const NOBODY: DocumentPeople = {};
const RECENT_COUNT = 200;

/** What was written last, by oneself or by everybody. */
export function RecentPage() {
  const { t } = useTranslation();
  const [of, setOf] = useState<"mine" | "everyone">("mine");
  const { items, info, status, problem } = useLiveQuery("recent", { of, limit: RECENT_COUNT });
  return (
    <PlacesPage
      title={t("documents.recent")}
      documents={items}
      people={info?.people ?? NOBODY}
      isReady={status === "ready"}
      problem={problem}
      empty={<EmptyState>{t("documents.noRecent")}</EmptyState>}
      tools={
        <SelectField
          label={t("documents.recentOf.label")}
          isLabelHidden
          value={of}
          options={(["mine", "everyone"] as const).map((value) => ({
            value,
            label: t(`documents.recentOf.${value}`),
          }))}
          onChange={setOf}
        />
      }
    />
  );
}

export function FavouritesPage() {
  const { t } = useTranslation();
  const { items, info, status, problem } = useLiveQuery("favourites", {});
  return (
    <PlacesPage
      title={t("documents.favourites")}
      documents={items}
      people={info?.people ?? NOBODY}
      isReady={status === "ready"}
      problem={problem}
      empty={<EmptyState>{t("documents.noFavourites")}</EmptyState>}
    />
  );
}

/** What others gave to read or to edit, and until when. */
export function SharedPage() {
  const { t } = useTranslation();
  const { items, info, status, problem } = useLiveQuery("sharedWithMe", {});
  return (
    <PlacesPage
      title={t("documents.share.withMe")}
      documents={items}
      people={info?.people ?? NOBODY}
      isReady={status === "ready"}
      problem={problem}
      empty={<EmptyState>{t("documents.share.noneWithMe")}</EmptyState>}
    />
  );
}

const FOUND_COUNT = 200;

/** Files and folders of all libraries by name, label and description: also without the network. */
export function SearchPage({ text }: { text: string }) {
  const { t } = useTranslation();
  const { items, info, status, problem } = useLiveQuery("documentSearch", {
    text: text.slice(0, 200),
    limit: FOUND_COUNT,
  });
  return (
    <PlacesPage
      title={t("documents.found", { text })}
      documents={items}
      people={info?.people ?? NOBODY}
      isReady={status === "ready"}
      problem={problem}
      empty={<EmptyState>{t("documents.foundNothing")}</EmptyState>}
    />
  );
}

/** What was thrown away: it comes back, or goes for good. */
export function TrashPage({ scope }: { scope: Scope }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const openDialog = useDocumentsStore((state) => state.openDialog);
  const { items, info, status, problem } = useLiveQuery("trash", { scope });
  const canWrite = info?.canWrite ?? false;
  const commandsFor = (documents: readonly DocumentView[]): Command[] => {
    if (documents.length === 0 || !canWrite) return [];
    const restore: Command = {
      id: "restore",
      label: t("documents.restore"),
      icon: RotateCcw,
      run: () => void deeds.restore(documents),
    };
    const remove: Command = {
      id: "remove",
      label: t("documents.remove.action"),
      icon: Trash2,
      isDanger: true,
      run: () => openDialog({ kind: "remove", documents }),
    };
    return [restore, remove];
  };
  return (
    <PlacesPage
      title={t("documents.trashTitle")}
      documents={items}
      people={info?.people ?? NOBODY}
      isReady={status === "ready"}
      problem={problem}
      empty={<EmptyState>{t("documents.trashEmpty", { count: TRASH_DAYS })}</EmptyState>}
      commandsFor={commandsFor}
      tools={
        items.length === 0 || !canWrite ? null : (
          <Button tone="danger" onPress={() => openDialog({ kind: "remove", documents: items })}>
            <Trash2 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("documents.emptyTrash")}
          </Button>
        )
      }
    />
  );
}
