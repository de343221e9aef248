import type { SpaceId } from "#contract/ids.ts";
import { deskScope } from "#contract/scope.ts";
import type { DeskEntry, DeskItem } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { RefuseButton } from "#renderer/parts/refuse-button.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { RefusedDecision, StateTag } from "./decision-card.tsx";
import { PageSection } from "./page-frame.tsx";

type Entry = Extract<DeskEntry, { kind: "joinRequest" }>;

const SHOWN_DECIDED = 20;

export function JoinRequests({ items, spaceId }: { items: readonly DeskItem[]; spaceId: SpaceId }) {
  const { t } = useTranslation();
  const requests = items.flatMap((item) =>
    item.entry.kind === "joinRequest" ? [{ item, entry: item.entry }] : [],
  );
  const decided = requests.filter(({ entry }) => entry.row.state !== "waiting").slice(0, SHOWN_DECIDED);
  const waiting = requests.filter(({ entry }) => entry.row.state === "waiting");
  if (requests.length === 0) return null;
  return (
    <PageSection title={t("request.join.many")}>
      <ul className="plain-list cards">
        {[...waiting, ...decided].map(({ item, entry }) => (
          <li key={item.key}>
            <JoinRequestCard item={item} entry={entry} spaceId={spaceId} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}

function JoinRequestCard({ item, entry, spaceId }: { item: DeskItem; entry: Entry; spaceId: SpaceId }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const { row, person } = entry;
  const decide = (decision: "accepted" | "refused", reason?: string) =>
    void write("joinRequest.decide", deskScope(spaceId), {
      spaceId,
      personId: row.personId,
      decision,
      ...(reason === undefined ? {} : { reason }),
    });
  const name = person.displayName;
  return (
    <article className="card-row" aria-label={name}>
      <Avatar person={person} hasPresence />
      <div className="card-row__words">
        <h4 className="card-row__name">{name}</h4>
        {row.note === undefined ? null : <p className="card-row__text">{row.note}</p>}
        <p className="card-row__facts">
          <TimeWord iso={row.createdAt} form="ago" />
        </p>
        {row.state === "waiting" ? null : (
          <div className="tags">
            <StateTag state={row.state} label={t(`request.state.${row.state}`)} />
          </div>
        )}
        {row.state !== "waiting" && row.reason !== undefined ? (
          <p className="card-row__facts">
            <q>{row.reason}</q>
          </p>
        ) : null}
        <RefusedDecision pending={item.pending} />
      </div>
      {row.state === "waiting" ? (
        <div className="card-row__actions">
          <Button tone="primary" onPress={() => decide("accepted")}>
            {t("request.accept")}
          </Button>
          <RefuseButton
            label={t("request.refuse")}
            title={t("request.join.refuseTitle", { name })}
            hint={t("request.reasonHint")}
            onRefuse={(reason) => decide("refused", reason)}
          />
        </div>
      ) : null}
    </article>
  );
}
