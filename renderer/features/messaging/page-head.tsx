import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";

/** Head of a page that stands where a conversation does. */
export function PageHead({ title, sub, children }: { title: string; sub: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <header className="pane-head">
      <span className="only-narrow">
        <IconButton icon={ArrowLeft} label={t("conversation.backToList")} onPress={() => showPane("list")} />
      </span>
      <div className="pane-head__words">
        <h2 className="pane-head__title">{title}</h2>
        {sub === "" ? null : <p className="pane-head__sub">{sub}</p>}
      </div>
      {children}
    </header>
  );
}
