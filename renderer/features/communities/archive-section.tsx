import { useState } from "react";
import { spaceScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { inDays } from "./invite-guests.ts";
import { PageSection } from "./page-frame.tsx";
import type { OpenCommunity } from "./space-page.tsx";

const DELAYS = ["never", "30", "90", "365"] as const;
type Delay = (typeof DELAYS)[number];

/** Closing a space: read-only, and deleted later if it is wanted. Until then it can be opened again. */
export function ArchiveSection({ community: { view } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [isAsked, setAsked] = useState(false);
  const [delay, setDelay] = useState<Delay>("never");
  const { id: spaceId, name, archivedAt } = view.space;
  const scope = spaceScope(spaceId);
  const archive = () => {
    const deleteAt = delay === "never" ? {} : { deleteAt: inDays(Number(delay)) };
    void write("space.archive", scope, { spaceId, ...deleteAt });
  };
  if (archivedAt !== undefined) {
    return (
      <PageSection title={t("community.archive.restoreTitle")} hint={t("community.archive.restoreHint")}>
        <div>
          <Button tone="primary" onPress={() => void write("space.restore", scope, { spaceId })}>
            {t("community.archive.restore")}
          </Button>
        </div>
      </PageSection>
    );
  }
  return (
    <PageSection title={t("community.archive.title")} hint={t("community.archive.hint")}>
      <div>
        <Button tone="danger" onPress={() => setAsked(true)}>
          {t("community.archive.run")}
        </Button>
      </div>
      {isAsked ? (
        <ConfirmDialog
          title={t("community.archive.confirm", { name })}
          action={t("community.archive.run")}
          onClose={() => setAsked(false)}
          onConfirm={archive}
        >
          <p>{t("community.archive.hint")}</p>
          <SelectField
            label={t("community.archive.delay.label")}
            value={delay}
            onChange={setDelay}
            options={DELAYS.map((value) => ({ value, label: t(`community.archive.delay.d${value}`) }))}
          />
          <p className="field__hint">
            {delay === "never" ? t("community.archive.kept") : t("community.archive.lost")}
          </p>
        </ConfirmDialog>
      ) : null}
    </PageSection>
  );
}
