import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import "./feed.css";

interface FeedPaneProps {
  title: string;
  subtitle?: string;
  /** Back to the list pane in a narrow window, unless it leads elsewhere. */
  onBack?: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** Head and column of one page of the module. */
export function FeedPane({ title, subtitle, onBack, actions, children }: FeedPaneProps) {
  const { t } = useTranslation();
  const back = onBack ?? (() => useView.getState().showPane("list"));
  return (
    <section className="feed-pane" aria-label={title}>
      <header className="feed-head">
        <span className={onBack === undefined ? "only-narrow" : undefined}>
          <IconButton icon={ArrowLeft} label={t("action.back")} onPress={back} />
        </span>
        <div className="feed-head__words">
          <h2 className="feed-head__title">{title}</h2>
          {subtitle === undefined ? null : <p className="feed-head__sub">{subtitle}</p>}
        </div>
        {actions}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <div className="feed-scroll" tabIndex={-1}>
        <div className="feed-column">{children}</div>
      </div>
    </section>
  );
}
