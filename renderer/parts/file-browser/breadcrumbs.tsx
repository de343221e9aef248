import { ChevronRight, Ellipsis, Folder } from "lucide-react";
import type { DragEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { useDropTarget, type DropEffect } from "./use-drop-target.ts";

export interface Crumb {
  id: string;
  name: string;
  onOpen: () => void;
}

interface BreadcrumbsProps {
  /** From the top down; the last is where one is. */
  crumbs: readonly Crumb[];
  drop?: {
    effectOf: (crumb: Crumb, event: DragEvent) => DropEffect;
    onDrop: (crumb: Crumb, event: DragEvent) => void;
  };
}

/** Steps between the first and the last two go into a menu. */
const MOST = 4;

/** Where one is, each step a way back and a place to drop. */
export function Breadcrumbs({ crumbs, drop }: BreadcrumbsProps) {
  const { t } = useTranslation();
  const isLong = crumbs.length > MOST;
  const hidden = isLong ? crumbs.slice(1, -2) : [];
  const shown = isLong ? [...crumbs.slice(0, 1), ...crumbs.slice(-2)] : crumbs;
  return (
    <nav className="breadcrumbs" aria-label={t("files.path")}>
      <ol className="breadcrumbs__steps">
        {shown.map((crumb, index) => (
          <li key={crumb.id} className="breadcrumbs__step">
            {index === 0 ? null : <ChevronRight size={14} className="breadcrumbs__between" aria-hidden />}
            {index === 1 && hidden.length > 0 ? <HiddenSteps crumbs={hidden} /> : null}
            <CrumbView crumb={crumb} isLast={index === shown.length - 1} drop={drop} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function HiddenSteps({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useTranslation();
  return (
    <>
      <MenuButton
        label={t("files.morePath")}
        button={<IconButton icon={Ellipsis} label={t("files.morePath")} />}
        commands={crumbs.map(({ id, name, onOpen }) => ({ id, label: name, icon: Folder, run: onOpen }))}
      />
      <ChevronRight size={14} className="breadcrumbs__between" aria-hidden />
    </>
  );
}

interface CrumbViewProps {
  crumb: Crumb;
  isLast: boolean;
  drop: BreadcrumbsProps["drop"];
}

function CrumbView({ crumb, isLast, drop }: CrumbViewProps) {
  const { isOver, props } = useDropTarget({
    effectOf: (event) => (isLast ? null : (drop?.effectOf(crumb, event) ?? null)),
    onDrop: (event) => drop?.onDrop(crumb, event),
    onHeld: crumb.onOpen,
  });
  if (isLast) {
    return (
      <h2 className="breadcrumbs__here" aria-current="page" title={crumb.name}>
        <bdi>{crumb.name}</bdi>
      </h2>
    );
  }
  return (
    <button
      type="button"
      className="breadcrumbs__link"
      data-over={isOver || undefined}
      title={crumb.name}
      onClick={crumb.onOpen}
      {...props}
    >
      <bdi>{crumb.name}</bdi>
    </button>
  );
}
