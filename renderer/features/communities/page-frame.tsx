import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import "./page.css";

interface PageFrameProps {
  title: string;
  subtitle?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the module: its name, the way back in a narrow window, and what scrolls below. */
export function PageFrame({ title, subtitle, actions, children }: PageFrameProps) {
  return (
    <>
      <header className="pane-head page-head">
        <BackToList />
        <div className="pane-head__words">
          <h2 className="pane-head__title">{title}</h2>
          {subtitle === undefined ? null : <p className="pane-head__sub">{subtitle}</p>}
        </div>
        {actions}
      </header>
      <div className="page">
        <div className="page__body">{children}</div>
      </div>
    </>
  );
}

export function BackToList() {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <span className="only-narrow">
      <IconButton icon={ArrowLeft} label={t("community.backToList")} onPress={() => showPane("list")} />
    </span>
  );
}

interface PageSectionProps {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}

export function PageSection({ title, hint, action, children }: PageSectionProps) {
  return (
    <section className="page-section">
      <div className="page-section__head">
        <h3 className="page-section__title">{title}</h3>
        {action}
      </div>
      {hint === undefined ? null : <p className="field__hint">{hint}</p>}
      {children}
    </section>
  );
}
