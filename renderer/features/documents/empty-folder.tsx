import { FolderPlus, Upload } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import type { BrowserDeeds } from "./use-browser-deeds.ts";

/** Nothing here yet: what the place is for, and the first things to do. */
export function EmptyFolder({ canWrite, deeds }: { canWrite: boolean; deeds: BrowserDeeds }) {
  const { t } = useTranslation();
  if (!canWrite) return <EmptyState>{t("documents.emptyReadOnly")}</EmptyState>;
  return (
    <EmptyState
      action={
        <div className="documents__first">
          <Button tone="primary" onPress={deeds.chooseFiles}>
            <Upload size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("documents.upload")}
          </Button>
          <Button onPress={deeds.newFolder}>
            <FolderPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("documents.newFolder")}
          </Button>
        </div>
      }
    >
      {t("documents.empty")}
    </EmptyState>
  );
}
