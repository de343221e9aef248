import { Video } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import "./join-link.css";

/** Into a meeting by wire with one press; nothing for what is no web address. */
export function JoinLink({ address }: { address: string | undefined }) {
  const { t } = useTranslation();
  if (address === undefined || !/^https?:\/\//i.test(address)) return null;
  return (
    <a className="join-link" href={address} target="_blank" rel="noreferrer">
      <Video size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("calendar.join")}
    </a>
  );
}
