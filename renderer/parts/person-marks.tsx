import { useTranslation } from "#renderer/kit/i18n.ts";

/** Says that someone is from outside, wherever their name stands. */
export function GuestTag({ person }: { person: { isGuest?: boolean | undefined } }) {
  const { t } = useTranslation();
  return person.isGuest === true ? (
    <span className="tag" title={t("person.guestLong")}>
      {t("person.guest")}
    </span>
  ) : null;
}

/** The emoji of someone's status, beside their name. */
export function StatusEmoji({ emoji }: { emoji: string }) {
  return emoji === "" ? null : <span className="status-emoji">{emoji}</span>;
}
