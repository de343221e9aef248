import { PanelLeftClose } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";

export function WorkplaceHead({ name, onHide }: { name: string; onHide: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="workplace-head">
      <h1 className="workplace-head__name">{name}</h1>
      <span className="workplace-head__hide">
        <IconButton icon={PanelLeftClose} label={t("frame.hideList")} onPress={onHide} />
      </span>
    </header>
  );
}
