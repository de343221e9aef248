import { calendarObjectIdSchema, createId, spaceIdSchema } from "#contract/ids.ts";
import { ADMINISTRATION, type Scope } from "#contract/scope.ts";
import type { DeskEntry } from "#contract/views/communities.ts";
import type { InboxGroup } from "#contract/views/inbox.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { MeetingCard } from "#renderer/parts/meeting-card.tsx";
import { RefuseButton } from "#renderer/parts/refuse-button.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";

type Entry<K extends DeskEntry["kind"]> = Extract<DeskEntry, { kind: K }>;
type Decide = (decision: "accepted" | "refused", reason?: string) => void;

/** What is asked, and the answer given in place: a request, a community wanted, a report. An article is read first. */
export function InboxDecision({ group }: { group: InboxGroup }) {
  const { object } = group.newest;
  if (object?.kind !== "row") return null;
  const { collection, scope, id } = object;
  if (collection === "calendarObject") return <MeetingDecision scope={scope} id={id} />;
  if (collection === "spaceRequest") return <SpaceRequestDecision id={id} />;
  if (collection === "joinRequest" || collection === "report") return <DeskDecision scope={scope} id={id} />;
  return null;
}

/** An invitation is answered where it came. */
function MeetingDecision({ scope, id }: { scope: Scope; id: string }) {
  const objectId = calendarObjectIdSchema.safeParse(id).data;
  if (objectId === undefined) return null;
  return (
    <div className="inbox-meeting">
      <MeetingCard scope={scope} objectId={objectId} />
    </div>
  );
}

function DeskDecision({ scope, id }: { scope: Scope; id: string }) {
  const { items } = useLiveQuery("desk", { scope });
  const entry = items.map((item) => item.entry).find(({ row }) => row.id === id);
  if (entry?.kind === "joinRequest") return <JoinDecision entry={entry} scope={scope} />;
  return entry?.kind === "report" ? <ReportDecision entry={entry} scope={scope} /> : null;
}

function JoinDecision({ entry: { row, person }, scope }: { entry: Entry<"joinRequest">; scope: Scope }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const decide: Decide = (decision, reason) =>
    void write("joinRequest.decide", scope, {
      spaceId: row.spaceId,
      personId: row.personId,
      decision,
      ...(reason === undefined ? {} : { reason }),
    });
  if (row.state !== "waiting") return <Decided state={t(`request.state.${row.state}`)} reason={row.reason} />;
  return (
    <div className="inbox-decision">
      <Button tone="primary" onPress={() => decide("accepted")}>
        {t("request.accept")}
      </Button>
      <RefuseButton
        label={t("request.refuse")}
        title={t("request.join.refuseTitle", { name: person.displayName })}
        hint={t("request.reasonHint")}
        onRefuse={(reason) => decide("refused", reason)}
      />
    </div>
  );
}

function ReportDecision({ entry: { row }, scope }: { entry: Entry<"report">; scope: Scope }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const decide: Decide = (decision, reason) =>
    void write("report.decide", scope, {
      id: row.id,
      decision,
      ...(reason === undefined ? {} : { reason }),
    });
  const quote =
    row.excerpt === undefined ? null : <blockquote className="inbox-words">{row.excerpt}</blockquote>;
  if (row.state !== "waiting")
    return (
      <>
        {quote}
        <Decided state={t(`request.report.state.${row.state}`)} reason={row.reason} />
      </>
    );
  return (
    <>
      {quote}
      <div className="inbox-decision">
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
      </div>
    </>
  );
}

function SpaceRequestDecision({ id }: { id: string }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const { items } = useLiveQuery("spaceRequests", { of: "everyone" });
  const request = items.find((item) => item.request.id === id)?.request;
  if (request === undefined) return null;
  const { space, state } = request;
  const accept = () =>
    void write("spaceRequest.decide", ADMINISTRATION, {
      id: request.id,
      decision: "accepted",
      spaceId: spaceIdSchema.parse(createId()),
    });
  const refuse = (reason: string | undefined) =>
    void write("spaceRequest.decide", ADMINISTRATION, {
      id: request.id,
      decision: "refused",
      ...(reason === undefined ? {} : { reason }),
    });
  return (
    <>
      <p className="inbox-asked">{request.purpose}</p>
      {request.audience === undefined ? null : (
        <p className="inbox-asked">
          {t("request.forWhom")} — {request.audience}
        </p>
      )}
      <p className="inbox-asked">
        {t("request.creates")} — {t(`spaces.kind.${space.kind}`)} ·{" "}
        {t(`spaces.visibility.${space.visibility}`)}
      </p>
      {state === "waiting" ? (
        <div className="inbox-decision">
          <Button tone="primary" onPress={accept}>
            {t("request.acceptSpace")}
          </Button>
          <RefuseButton
            label={t("request.refuse")}
            title={t("request.refuseTitle", { name: space.name })}
            hint={t("request.reasonHint")}
            onRefuse={refuse}
          />
        </div>
      ) : (
        <Decided state={t(`request.state.${state}`)} reason={request.reason} />
      )}
    </>
  );
}

function Decided({ state, reason }: { state: string; reason: string | undefined }) {
  return (
    <p className="inbox-asked">
      <span className="tag">{state}</span> {reason === undefined ? null : <q>{reason}</q>}
    </p>
  );
}
