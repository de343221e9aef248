import { useTranslation } from "#renderer/kit/i18n.ts";
import { isMutationName } from "#contract/mutations.ts";
import type { OutboxItem } from "#contract/worker.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { CopyButton, EmptyState, ProblemNote } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";

/** Everything sent that the server has not settled, and what it has refused. */
export function OutboxDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const { items, status } = useLiveQuery("outbox", {});
  return (
    <Dialog title={t("outbox.title")} onClose={close} isWide>
      <DialogBody>
        {items.length === 0 && status === "ready" ? <EmptyState>{t("outbox.empty")}</EmptyState> : null}
        <ul className="plain-list outbox">
          {items.map((item) => (
            <li key={item.key}>
              <OutboxItemView item={item} />
            </li>
          ))}
        </ul>
      </DialogBody>
    </Dialog>
  );
}

function textOf(row: Record<string, unknown> | null): string {
  const body = row?.["body"];
  return typeof body === "string" ? body : "";
}

export function OutboxItemView({ item }: { item: OutboxItem }) {
  const { t } = useTranslation();
  const client = useWorker();
  const retry = useCall(() => client.call("outbox.retry", { mutationId: item.mutationId }));
  const discard = useCall(() => client.call("outbox.discard", { mutationId: item.mutationId }));
  const what = isMutationName(item.name) ? t(`mutation.${item.name}`) : t("mutation.other");
  const text = textOf(item.args);
  const isFailed = item.status === "rejected" || item.status === "conflict";
  const problem = retry.problem ?? discard.problem;
  return (
    <article className="outbox-item">
      <header className="outbox-item__head">
        <h3 className="outbox-item__what">{t("outbox.inPlace", { what, place: item.place })}</h3>
        <span className="outbox-item__when">
          {t(`outbox.status.${item.status}`)} · <TimeWord iso={item.madeAt} form="ago" />
        </span>
      </header>
      {item.status === "conflict" && "body" in item.args ? (
        <ConflictView mine={text} theirs={textOf(item.current)} />
      ) : text === "" ? null : (
        <p className="outbox-item__text">{text}</p>
      )}
      {item.problem === null || !isFailed ? null : (
        <ProblemNote problem={item.problem} kept={t("outbox.kept")} />
      )}
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div className="note__actions">
        {item.status === "sending" ? null : (
          <Button onPress={() => void retry.run()}>
            {item.status === "conflict" ? t("outbox.useMine") : t("outbox.retry")}
          </Button>
        )}
        {item.status === "sending" ? null : (
          <Button tone="danger" onPress={() => void discard.run()}>
            {item.status === "conflict" ? t("outbox.useTheirs") : t("outbox.discard")}
          </Button>
        )}
        {text === "" ? null : <CopyButton text={text} label={t("message.copyText")} />}
      </div>
    </article>
  );
}

function ConflictView({ mine, theirs }: { mine: string; theirs: string }) {
  const { t } = useTranslation();
  return (
    <div className="outbox-item__sides">
      <div>
        <p className="outbox-item__side-name">{t("outbox.theirs")}</p>
        <p className="outbox-item__text">{theirs === "" ? t("message.deletedTrace") : theirs}</p>
      </div>
      <div>
        <p className="outbox-item__side-name">{t("outbox.mine")}</p>
        <p className="outbox-item__text">{mine === "" ? t("message.deletedTrace") : mine}</p>
      </div>
    </div>
  );
}
