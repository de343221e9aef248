import { ArrowLeft, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";

interface SideHeadProps {
  title: string;
  subtitle?: string;
  /** Buttons before the one that closes. */
  children?: ReactNode;
}

export function SideHead({ title, subtitle, children }: SideHeadProps) {
  const { t } = useTranslation();
  const closeSide = useView((state) => state.closeSide);
  return (
    <header className="pane-head">
      <span className="only-narrow">
        <IconButton icon={ArrowLeft} label={t("action.back")} onPress={closeSide} />
      </span>
      <div className="pane-head__words">
        <h2 className="pane-head__title">{title}</h2>
        {subtitle === undefined ? null : <p className="pane-head__sub">{subtitle}</p>}
      </div>
      {children}
      <IconButton icon={X} label={t("action.close")} onPress={closeSide} />
    </header>
  );
}
