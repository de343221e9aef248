import { useState } from "react";
import { shareRightSchema, type LibraryShare, type ShareRight } from "#contract/entities/library-share.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { PeoplePicker, type Picked } from "#renderer/parts/people-picker.tsx";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { SkeletonRows } from "#renderer/ui/note.tsx";
import { useDeeds } from "./use-deeds.ts";

interface ShareDialogProps {
  document: DocumentView;
  /** One that is changed; null for a new one. */
  share: LibraryShare | null;
  onClose: () => void;
}

/** Whom a document is given to, what they may do with it, and until when. */
export function ShareDialog({ document: target, share, onClose }: ShareDialogProps) {
  const { t } = useTranslation();
  const { scope, item } = target;
  const { items, status } = useLiveQuery("shares", { scope, itemId: item.id });
  const standing = items.find((each) => each.share.id === share?.id);
  const title = t(share === null ? "documents.share.title" : "documents.share.changeTitle", {
    name: item.name,
  });
  return (
    <Dialog title={title} onClose={onClose} isWide>
      {share !== null && status !== "ready" ? (
        <SkeletonRows count={3} />
      ) : (
        <ShareForm
          document={target}
          share={share}
          before={standing?.people.map(({ id, displayName }) => ({ id, name: displayName })) ?? []}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function ShareForm({ document: target, share, before, onClose }: ShareDialogProps & { before: Picked[] }) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const show = useToasts((state) => state.show);
  const me = useSession((session) => session.me?.id ?? null);
  const nowMs = useNow();
  const [picked, setPicked] = useState<readonly Picked[]>(before);
  const [right, setRight] = useState<ShareRight>(share?.right ?? "read");
  const [day, setDay] = useState(share?.expiresAt === undefined ? "" : localDay(share.expiresAt));
  const [note, setNote] = useState(share?.note ?? "");
  const isFolder = target.item.kind === "folder";
  // Until the end of that day, wherever it is read.
  const until = isoTimeSchema.safeParse(day === "" ? "" : new Date(`${day}T23:59:59`).toISOString());
  const isPast = until.success && Date.parse(until.data) <= nowMs;
  const give = async () => {
    const personIds = picked.map(({ id }) => id);
    const given = {
      ...(share === null ? {} : { id: share.id }),
      personIds,
      right,
      ...(until.success ? { expiresAt: until.data } : {}),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    };
    if (!(await deeds.each([target], (one) => commands.share(one, given)))) return;
    const text =
      share === null ? t("documents.share.done", { count: personIds.length }) : t("documents.share.changed");
    show({ tone: "plain", text });
    onClose();
  };
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <DialogBody>
        <PeoplePicker picked={picked} onChange={setPicked} without={new Set(me === null ? [] : [me])} />
        <Choices
          label={t("documents.share.right.label")}
          value={right}
          onChange={setRight}
          options={shareRightSchema.options.map((value) => ({
            value,
            label: t(`documents.share.right.${value}`),
          }))}
        />
        <p className="details__line">
          {t(isFolder ? "documents.share.folderHint" : "documents.share.fileHint")}
        </p>
        <TextField
          label={t("documents.share.until")}
          hint={t("documents.share.untilHint")}
          type="date"
          min={localDay(new Date(nowMs).toISOString())}
          value={day}
          onChange={setDay}
        />
        <TextArea
          label={t("documents.share.note")}
          value={note}
          onChange={setNote}
          maxLength={500}
          rows={2}
        />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            tone="primary"
            type="submit"
            isDisabled={picked.length === 0 || isPast || (day !== "" && !until.success)}
          >
            {t(share === null ? "documents.share.send" : "documents.share.keep")}
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}

/** The day of a moment where its reader is, as a date field wants it (ISO 8601: so Swedish writes it). */
function localDay(iso: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" }).format(new Date(iso));
}
