import { ArrowUp, Folder, FolderPlus } from "lucide-react";
import { useState } from "react";
import type { LibraryItemId } from "#contract/ids.ts";
import type { DocumentView, LibrarySummary } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import type { FolderPlace } from "./documents-store.ts";
import { NameDialog } from "./new-item-dialogs.tsx";
import { useDeeds } from "./use-deeds.ts";

interface TargetDialogProps {
  documents: readonly DocumentView[];
  deed: "move" | "copy";
  onClose: () => void;
}

/** A folder of any library that one may write in, found by walking; what is missing is made on the way. */
export function TargetDialog({ documents, deed, onClose }: TargetDialogProps) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const { items: libraries } = useLiveQuery("libraries", {});
  const [first] = documents;
  const [place, setPlace] = useState<FolderPlace | null>(
    first === undefined ? null : { scope: first.scope, folderId: first.item.folderId ?? null },
  );
  const [isNaming, setNaming] = useState(false);
  const writable = libraries.filter(({ canWrite }) => canWrite);
  const title = t(`documents.target.${deed}`, { count: documents.length, name: first?.item.name });
  if (place === null) return null;
  if (isNaming) {
    return (
      <NameDialog
        title={t("documents.newFolder")}
        place={place}
        suggested=""
        action={t("action.create")}
        onName={(name) =>
          void deeds.createFolder(place, name).then((id) => {
            if (id !== null) setPlace({ ...place, folderId: id });
          })
        }
        onClose={() => setNaming(false)}
      />
    );
  }
  const isSame =
    deed === "move" &&
    documents.every(({ scope, item }) => scope === place.scope && (item.folderId ?? null) === place.folderId);
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>
        <SelectField
          label={t("documents.library")}
          value={place.scope}
          options={writable.map((library) => ({
            value: library.scope,
            label: libraryName(library, t("documents.mine")),
          }))}
          onChange={(scope) => setPlace({ scope, folderId: null })}
        />
        <FolderChoice
          place={place}
          without={new Set(documents.map(({ item }) => item.id))}
          onWalk={(folderId) => setPlace({ ...place, folderId })}
        />
        <DialogActions>
          <Button onPress={() => setNaming(true)}>
            <FolderPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("documents.newFolder")}
          </Button>
          <Button
            tone="primary"
            isDisabled={isSame}
            onPress={() => {
              onClose();
              void (deed === "move" ? deeds.move(documents, place) : deeds.copy(documents, place));
            }}
          >
            {t(`documents.target.${deed}Here`)}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

function libraryName({ space }: LibrarySummary, mine: string): string {
  return space?.name ?? mine;
}

interface FolderChoiceProps {
  place: FolderPlace;
  /** Nothing goes into itself. */
  without: ReadonlySet<LibraryItemId>;
  onWalk: (folderId: LibraryItemId | null) => void;
}

function FolderChoice({ place, without, onWalk }: FolderChoiceProps) {
  const { t } = useTranslation();
  const onRove = useRoving({ hasTypeToFind: true });
  const { items, info, status } = useLiveQuery("folder", {
    ...place,
    sort: { by: "name", isDescending: false },
    filter: { kinds: ["folder"] },
  });
  const folders = items.filter(({ item }) => item.kind === "folder" && !without.has(item.id));
  const path = info?.path ?? [];
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons
    <div className="target" onKeyDown={onRove}>
      <p className="target__path" role="status">
        {path.length === 0 ? t("documents.target.top") : path.map(({ name }) => name).join(" › ")}
      </p>
      <ul className="plain-list target__list" aria-label={t("documents.target.folders")}>
        {path.length === 0 ? null : (
          <li>
            <button
              type="button"
              className="target-row"
              data-roving=".."
              onClick={() => onWalk(path.at(-2)?.id ?? null)}
            >
              <ArrowUp size={20} strokeWidth={ICON_STROKE} aria-hidden />
              {t("documents.target.up")}
            </button>
          </li>
        )}
        {folders.map(({ item }) => (
          <li key={item.id}>
            <button
              type="button"
              className="target-row"
              data-roving={item.name}
              onClick={() => onWalk(item.id)}
            >
              <Folder size={20} strokeWidth={ICON_STROKE} aria-hidden />
              <bdi className="target-row__words">{item.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {status !== "ready" && folders.length === 0 ? <SkeletonRows count={3} /> : null}
      {status === "ready" && folders.length === 0 ? (
        <EmptyState>{t("documents.target.none")}</EmptyState>
      ) : null}
    </div>
  );
}
