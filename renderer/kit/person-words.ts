import { useTranslation } from "./i18n.ts";

export interface NamedPerson {
  displayName: string;
  isGuest?: boolean | undefined;
}

/** What someone is called where no tag can stand beside their name: « Zoé Étienne (externe) ». */
export function usePersonName(): (person: NamedPerson) => string {
  const { t } = useTranslation();
  return ({ displayName, isGuest }) =>
    isGuest === true ? t("person.guestNamed", { name: displayName }) : displayName;
}
