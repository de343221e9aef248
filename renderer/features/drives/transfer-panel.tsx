import { RotateCw, X } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { useDriveProblemWords } from "./drive-words.ts";
import { cancelTransfer, clearTransfers, retryTransfer, useTransfers, type Transfer } from "./transfers.ts";
import "./transfer-panel.css";

/** Files on their way to drives. */
export function TransferPanel() {
  const { t } = useTranslation();
  const transfers = useTransfers((state) => state.transfers);
  if (transfers.length === 0) return null;
  const count = (wanted: readonly Transfer["state"][]) =>
    transfers.filter(({ state }) => wanted.includes(state)).length;
  const [under, failed] = [count(["waiting", "sending"]), count(["failed"])];
  const total = transfers.reduce((sum, { file }) => sum + file.size, 0);
  const sent = transfers.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  return (
    <section className="transfers" aria-label={t("drives.transfer.title")}>
      <div className="transfers__head">
        <p className="transfers__sum" role="status">
          {under > 0
            ? t("drives.transfer.sending", { count: under })
            : failed > 0
              ? t("drives.transfer.failed", { count: failed })
              : t("drives.transfer.done", { count: count(["done"]) })}
        </p>
        {under > 0 ? (
          <progress
            className="transfers__bar"
            value={sent}
            max={Math.max(total, 1)}
            aria-label={t("drives.transfer.title")}
          />
        ) : (
          <Button tone="quiet" onPress={clearTransfers}>
            {t("drives.transfer.clear")}
          </Button>
        )}
      </div>
      {under > 0 ? <p className="field__hint">{t("drives.transfer.stays")}</p> : null}
      <ul className="plain-list transfers__list">
        {transfers
          .filter(({ state }) => state !== "done")
          .slice(0, MOST_SHOWN)
          .map((transfer) => (
            <TransferRow key={transfer.id} transfer={transfer} />
          ))}
      </ul>
    </section>
  );
}

const MOST_SHOWN = 50;

function TransferRow({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const { id, name, state } = transfer;
  return (
    <li className="transfer">
      <span className="transfer__words">
        <bdi className="transfer__name">{name}</bdi>
        <TransferLine transfer={transfer} />
      </span>
      {state === "failed" ? (
        <IconButton
          icon={RotateCw}
          label={t("drives.transfer.retry", { name })}
          onPress={() => retryTransfer(id)}
        />
      ) : null}
      <IconButton icon={X} label={t("drives.transfer.cancel", { name })} onPress={() => cancelTransfer(id)} />
    </li>
  );
}

function TransferLine({ transfer }: { transfer: Transfer }) {
  const { t, i18n } = useTranslation();
  const problemWords = useDriveProblemWords();
  const { state, problem, sentBytes, file } = transfer;
  if (problem !== null)
    return <span className="transfer__line transfer__line--loss">{problemWords(problem).title}</span>;
  if (state === "waiting") return <span className="transfer__line">{t("drives.transfer.waiting")}</span>;
  const words = (bytes: number) => formatBytes(bytes, i18n.language);
  return (
    <span className="transfer__line">
      {t("drives.transfer.progress", { sent: words(sentBytes), total: words(file.size) })}
    </span>
  );
}
