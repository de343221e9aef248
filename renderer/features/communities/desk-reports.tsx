import type { Scope } from "#contract/scope.ts";
import type { DeskEntry, DeskItem } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { openObject } from "#renderer/parts/open-object.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { RefuseButton } from "#renderer/parts/refuse-button.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { RefusedDecision, StateTag } from "./decision-card.tsx";
import { PageSection } from "./page-frame.tsx";

type Entry = Extract<DeskEntry, { kind: "report" }>;

const SHOWN_DECIDED = 20;

export function DeskReports({ items, scope }: { items: readonly DeskItem[]; scope: Scope }) {
  const { t } = useTranslation();
  const reports = items.flatMap((item) =>
    item.entry.kind === "report" ? [{ item, entry: item.entry }] : [],
  );
  const waiting = reports.filter(({ entry }) => entry.row.state === "waiting");
  const decided = reports.filter(({ entry }) => entry.row.state !== "waiting").slice(0, SHOWN_DECIDED);
  if (reports.length === 0) return null;
  return (
    <PageSection title={t("request.report.many")}>
      <ul className="plain-list cards">
        {[...waiting, ...decided].map(({ item, entry }) => (
          <li key={item.key}>
            <ReportCard item={item} entry={entry} scope={scope} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}

function ReportCard({ item, entry, scope }: { item: DeskItem; entry: Entry; scope: Scope }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const { row, person } = entry;
  const decide = (decision: "accepted" | "refused", reason?: string) =>
    void write("report.decide", scope, {
      id: row.id,
      decision,
      ...(reason === undefined ? {} : { reason }),
    });
  return (
    <article className="card-row" aria-label={row.complaint}>
      <div className="card-row__words">
        {row.excerpt === undefined ? null : <blockquote className="report-excerpt">{row.excerpt}</blockquote>}
        <p className="card-row__text">{row.complaint}</p>
        <p className="card-row__facts">
          {t("request.report.by", { name: person.displayName })} · <TimeWord iso={row.createdAt} form="ago" />
        </p>
        {row.state === "waiting" ? null : (
          <div className="tags">
            <StateTag state={row.state} label={t(`request.report.state.${row.state}`)} />
          </div>
        )}
        {row.state !== "waiting" && row.reason !== undefined ? (
          <p className="card-row__facts">
            <q>{row.reason}</q>
          </p>
        ) : null}
        <RefusedDecision pending={item.pending} />
      </div>
      <div className="card-row__actions">
        <Button onPress={() => openObject(row.object)}>{t("request.report.see")}</Button>
        {row.state === "waiting" ? (
          <>
            <RefuseButton
              label={t("request.report.keep")}
              title={t("request.report.keepTitle")}
              hint={t("request.report.keepHint")}
              onRefuse={(reason) => decide("refused", reason)}
            />
            <RefuseButton
              label={t("request.report.remove")}
              title={t("request.report.removeTitle")}
              hint={t("request.report.removeHint")}
              tone="danger"
              onRefuse={(reason) => decide("accepted", reason)}
            />
          </>
        ) : null}
      </div>
    </article>
  );
}
