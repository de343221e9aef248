import { Building2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Settings } from "#contract/settings.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useIsManaged } from "#renderer/kit/policies.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";

interface ManagedProps {
  setting: keyof Settings;
  /** Draws the setting; what the organisation has decided cannot be changed. */
  children: (isManaged: boolean) => ReactNode;
}

/** A setting that the organisation may have decided: then it says so. */
export function Managed({ setting, children }: ManagedProps) {
  const { t } = useTranslation();
  const isManaged = useIsManaged(setting);
  return (
    <div className="settings__managed">
      {children(isManaged)}
      {isManaged ? (
        <p className="settings__hint">
          <Building2 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> {t("policies.managed")}
        </p>
      ) : null}
    </div>
  );
}
