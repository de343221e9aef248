import { CornerDownRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Card } from "#contract/views/conversation-parts.ts";
import { parseObjectLink } from "#contract/links.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { useExcerpt } from "./use-excerpt.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { DriveFileCard, DriveFileLink } from "./drive-file-card.tsx";
import { openObject } from "./open-object.ts";
import { useRowTabIndex } from "./row-focus.ts";
import { useElsewhere } from "./use-elsewhere.ts";
import "./link-card.css";

const MOST_CARDS = 3;

/** Cards of what a text links to inside Parvis, from the cache alone. */
export function LinkCards({ links }: { links: readonly string[] }) {
  return (
    <div className="link-cards">
      {links.slice(0, MOST_CARDS).map((link) => (
        <LinkCard key={link} link={link} />
      ))}
    </div>
  );
}

export function LinkCard({ link }: { link: string }) {
  const target = parseObjectLink(link);
  return target?.kind === "driveFile" ? <DriveFileCard target={target} /> : <ObjectCard link={link} />;
}

function ObjectCard({ link }: { link: string }) {
  const { t } = useTranslation();
  const { info, status } = useLiveQuery("card", { link });
  const tabIndex = useRowTabIndex();
  const leave = useElsewhere(link);
  const card = info?.card ?? null;
  if (leave !== null) {
    return (
      <button type="button" className="link-card" tabIndex={tabIndex} onClick={leave.open}>
        <span className="link-card__words">
          <span className="link-card__title">{t("linkCard.elsewhere", { workplace: leave.workplace })}</span>
        </span>
        <CornerDownRight size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      </button>
    );
  }
  if (status === "loading") return <div className="link-card link-card--waiting" />;
  if (card === null) return <p className="link-card link-card--gone">{t("linkCard.unknown")}</p>;
  return (
    <button type="button" className="link-card" tabIndex={tabIndex} onClick={() => openObject(card.object)}>
      {card.person === null ? null : <Avatar person={card.person} size="small" />}
      <span className="link-card__words">
        <span className="link-card__title">{card.title}</span>
        <CardLine card={card} />
      </span>
      <CornerDownRight size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
    </button>
  );
}

function CardLine({ card }: { card: Card }) {
  const readable = useExcerpt();
  if (card.excerpt === "" && card.at === null) return null;
  return (
    <span className="link-card__line">
      <span className="link-card__excerpt">{readable(card.excerpt)}</span>
      {card.at === null ? null : <TimeWord iso={card.at} />}
    </span>
  );
}

/** Such an address within a line of text: by its own words, or by the name of what it leads to. */
export function PlaceLink({ link, children }: { link: string; children: ReactNode }) {
  const target = parseObjectLink(link);
  if (target?.kind === "driveFile") return <DriveFileLink target={target}>{children}</DriveFileLink>;
  return <ObjectLink link={link}>{children}</ObjectLink>;
}

function ObjectLink({ link, children }: { link: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { info } = useLiveQuery("card", { link });
  const tabIndex = useRowTabIndex();
  const card = info?.card ?? null;
  const leave = useElsewhere(link);
  const kind = parseObjectLink(link)?.kind ?? "message";
  const words = children ?? (leave === null ? card?.title : undefined) ?? t(`linkCard.${kind}`);
  const open = leave?.open ?? (card === null ? null : () => openObject(card.object));
  if (open === null) return <span title={link}>{words}</span>;
  return (
    <button type="button" className="place-link" title={link} tabIndex={tabIndex} onClick={open}>
      {words}
    </button>
  );
}
