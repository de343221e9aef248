import { useMemo, type ReactNode } from "react";
import { useTranslation as useSubscription } from "react-i18next";
import { SpokenContext } from "./i18n.ts";

/** The one subscription to the language: everything below draws again when it changes. */
export function SpokenProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useSubscription();
  const spoken = useMemo(() => ({ t, i18n }), [t, i18n]);
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}
