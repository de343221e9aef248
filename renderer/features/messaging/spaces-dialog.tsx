import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SpaceSummary } from "#contract/worker.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { SearchBox } from "#renderer/ui/field.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import "./spaces-dialog.css";

/** Every space one may find: join the open ones, leave one's own. */
export function SpacesDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const openDialog = useView((state) => state.openDialog);
  const canCreate = useSession((session) => session.me?.roles?.includes("administrator") ?? false);
  const { items, status } = useLiveQuery("spaces", {});
  const [typed, setTyped] = useState("");
  const shown = items.filter(({ space }) => matchesWords(`${space.name} ${space.summary ?? ""}`, typed));
  return (
    <Dialog title={t("spaces.title")} onClose={close} isWide>
      <DialogBody>
        <div className="spaces__tools">
          <SearchBox label={t("spaces.filter")} value={typed} onChange={setTyped} />
          {canCreate ? (
            <Button onPress={() => openDialog({ kind: "createSpace" })}>
              <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("spaces.create")}
            </Button>
          ) : null}
        </div>
        {shown.length === 0 && status === "ready" ? <EmptyState>{t("spaces.none")}</EmptyState> : null}
        <ul className="plain-list spaces">
          {shown.map((item) => (
            <li key={item.key}>
              <SpaceCard item={item} />
            </li>
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}

function SpaceCard({ item }: { item: SpaceSummary }) {
  const { t } = useTranslation();
  const { space, role, memberCount } = item;
  const facts = [
    t(`spaces.kind.${space.kind}`),
    t(`spaces.visibility.${space.visibility}`),
    memberCount === null ? "" : t("spaces.members", { count: memberCount }),
    role === null ? "" : t(`spaces.role.${role}`),
  ].filter((fact) => fact !== "");
  return (
    <article className="space-card">
      <EmojiAvatar emoji={space.emoji ?? "•"} size="medium" />
      <div className="space-card__words">
        <h3 className="space-card__name">{space.name}</h3>
        {space.summary === undefined ? null : <p>{space.summary}</p>}
        <p className="space-card__facts">{facts.join(" · ")}</p>
      </div>
      <JoinButton item={item} />
    </article>
  );
}

function JoinButton({ item }: { item: SpaceSummary }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const { space, role } = item;
  if (role === null && space.visibility !== "open")
    return <span className="tag">{t("spaces.askAnimator")}</span>;
  const act = () => {
    const run = role === null ? commands.joinSpace(space.id) : commands.leaveSpace(space.id);
    void run.then((result) => (result.ok ? undefined : report(result.error)));
  };
  return role === null ? (
    <Button tone="primary" onPress={act}>
      {t("spaces.join")}
    </Button>
  ) : (
    <Button onPress={act}>{t("spaces.leave")}</Button>
  );
}
