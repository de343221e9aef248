import { X } from "lucide-react";
import { Fragment, useEffect, useId, useRef, type RefObject } from "react";
import type { Account } from "#contract/bridge.ts";
import type { IsoTime } from "#contract/time.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { headlineOf } from "#renderer/features/inbox/inbox-words.ts";
import { openItem } from "#renderer/features/inbox/open-item.ts";
import { useTranslation, type Spoken } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useAway } from "./use-away.ts";
import "./away-card.css";

/** What came while the person was away: said once, above the list, and never when there is nothing. */
export function AwayCard({ account }: { account: Account }) {
  const { since, dismiss } = useAway(account.id);
  return since === null ? null : <AwaySince since={since} onDismiss={dismiss} />;
}

function AwaySince({ since, onDismiss }: { since: IsoTime; onDismiss: () => void }) {
  const { t } = useTranslation();
  const titleId = useId();
  const readable = useExcerpt();
  const { items, info } = useLiveQuery("away", { since });
  const card = useEscape(onDismiss);
  if (info === null || info.count === 0) return null;
  const seeAll = () => {
    useView.getState().go("inbox");
    onDismiss();
  };
  return (
    <section className="away" aria-labelledby={titleId} ref={card}>
      <div className="away__head">
        <h2 className="away__title" id={titleId}>
          {t("inbox.away.title")}
        </h2>
        <IconButton icon={X} label={t("inbox.away.dismiss")} onPress={onDismiss} />
      </div>
      <p className="away__words">
        {whatCame(t, info)} · {t("inbox.away.since")} <TimeWord iso={since} form="short" />
      </p>
      <ul className="away__items">
        {items.map((group) => (
          <li key={group.key}>
            <button type="button" className="away__item" onClick={() => openItem(group.newest)}>
              <span className="away__what">{headlineOf(t, group)}</span>
              {group.excerpt === "" ? null : <span className="away__excerpt">{readable(group.excerpt)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {info.spaces.length === 0 ? null : (
        <p className="away__spaces">
          {info.spaces.map(({ id, name, count }, index) => (
            <Fragment key={id}>
              {index === 0 ? "" : " · "}
              {t("inbox.away.space", { name, count })}
            </Fragment>
          ))}
        </p>
      )}
      <Button onPress={seeAll}>{t("inbox.away.all")}</Button>
    </section>
  );
}

/** Put away by Escape from within, before a tooltip takes the key for itself. */
function useEscape(onEscape: () => void): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || ref.current?.contains(document.activeElement) !== true) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
  return ref;
}

/** « 5 éléments pour vous, de Anne, Karim et 2 autres » */
function whatCame(t: Spoken["t"], { count, people, personCount }: QueryInfo<"away">): string {
  const names = people.map(({ displayName }) => displayName || t("inbox.someone"));
  const [first, second] = names;
  if (first === undefined) return t("inbox.away.count", { count });
  const who =
    personCount === 1 || second === undefined
      ? first
      : personCount === 2
        ? t("inbox.two", { first, second })
        : t("inbox.several", { first, count: personCount - 1 });
  return t("inbox.away.from", { count, who });
}
