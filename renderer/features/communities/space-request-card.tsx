import { createId, spaceIdSchema } from "#contract/ids.ts";
import { ADMINISTRATION } from "#contract/scope.ts";
import type { SpaceRequestView } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { RefuseButton } from "#renderer/parts/refuse-button.tsx";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { functionsOf } from "./community-words.ts";
import { RefusedDecision, StateTag } from "./decision-card.tsx";

interface SpaceRequestCardProps {
  item: SpaceRequestView;
  canDecide?: boolean;
  canWithdraw?: boolean;
}

/** Who asks for what, why, and what accepting will create. */
export function SpaceRequestCard({ item, canDecide = false, canWithdraw = false }: SpaceRequestCardProps) {
  const { t } = useTranslation();
  const { request, requester } = item;
  const { space, spaceId } = request;
  return (
    <article className="card-row" aria-label={space.name}>
      <EmojiAvatar emoji={space.emoji ?? "•"} size="medium" />
      <div className="card-row__words">
        <h4 className="card-row__name">{space.name}</h4>
        {space.summary === undefined ? null : <p>{space.summary}</p>}
        <p className="card-row__facts">
          {canWithdraw ? "" : `${requester.displayName} · `}
          <TimeWord iso={request.createdAt} form="ago" />
        </p>
        <p className="card-row__text">{request.purpose}</p>
        <RequestFacts item={item} />
        <div className="tags">
          <StateTag state={request.state} label={t(`request.state.${request.state}`)} />
        </div>
        {request.reason === undefined ? null : (
          <p className="card-row__facts">
            <q>{request.reason}</q>
          </p>
        )}
        <RefusedDecision pending={item.pending} />
      </div>
      <div className="card-row__actions">
        {canDecide && request.state === "waiting" ? <Decide item={item} /> : null}
        {canWithdraw && request.state === "waiting" ? <Withdraw item={item} /> : null}
        {request.state === "accepted" && spaceId !== undefined ? (
          <Button onPress={() => useView.getState().go("communities", spaceId)}>{t("community.open")}</Button>
        ) : null}
      </div>
    </article>
  );
}

function RequestFacts({ item: { request, templateName } }: { item: SpaceRequestView }) {
  const { t, i18n } = useTranslation();
  const { items: organisations } = useLiveQuery("organisations", {});
  const { space, audience } = request;
  const list = new Intl.ListFormat(i18n.language);
  const functions = functionsOf(space.functions).filter(({ isOn }) => isOn);
  const owners = organisations
    .filter(({ organisation }) => space.organisationIds?.includes(organisation.id) === true)
    .map(({ organisation }) => organisation.name);
  const facts = [
    { name: t("request.forWhom"), value: audience ?? "" },
    {
      name: t("request.creates"),
      value: `${t(`spaces.kind.${space.kind}`)} · ${t(`spaces.visibility.${space.visibility}`)}`,
    },
    {
      name: t("community.functions.label"),
      value: list.format(functions.map(({ name }) => t(`community.function.${name}`))),
    },
    { name: t("request.template.one"), value: templateName },
    { name: t("organisation.many"), value: list.format(owners) },
  ].filter(({ value }) => value !== "");
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        <div key={name} className="facts__pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Decide({ item: { request } }: { item: SpaceRequestView }) {
  const { t } = useTranslation();
  const { write } = useWriter();
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
      <Button tone="primary" onPress={accept}>
        {t("request.acceptSpace")}
      </Button>
      <RefuseButton
        label={t("request.refuse")}
        title={t("request.refuseTitle", { name: request.space.name })}
        hint={t("request.reasonHint")}
        onRefuse={refuse}
      />
    </>
  );
}

function Withdraw({ item: { request } }: { item: SpaceRequestView }) {
  const { t } = useTranslation();
  const { write, mine } = useWriter();
  return (
    <Button onPress={() => void write("spaceRequest.withdraw", mine, { id: request.id })}>
      {t("request.withdraw")}
    </Button>
  );
}
