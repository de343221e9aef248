import { classificationSchema } from "#contract/classification.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { isSpaceFunction, kinds, visibilities } from "./community-words.ts";

export interface FieldWords {
  label: (field: string) => string;
  value: (field: string, value: unknown) => string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Names and values of settings as the forms say them, for a conflict to be read by a person. */
export function useFieldWords(): FieldWords {
  const { t, i18n } = useTranslation();
  const { items: organisations } = useLiveQuery("organisations", {});
  const labels: Readonly<Record<string, string>> = {
    name: t("spaces.name"),
    summary: t("community.summary"),
    kind: t("spaces.kindLabel"),
    visibility: t("spaces.visibilityLabel"),
    classification: t("classification.label"),
    emoji: t("community.emoji"),
    cover: t("community.cover.label"),
    topics: t("community.topics"),
    functions: t("community.functions.label"),
    welcome: t("community.welcome"),
    rules: t("community.rules"),
    organisationIds: t("organisation.many"),
    sections: t("community.sections"),
    modules: t("organisation.modules"),
    spaceCreation: t("organisation.spaceCreation"),
    workingHours: t("organisation.workingHours"),
    isQuietImposed: t("organisation.isQuietImposed"),
  };
  const one = (field: string, value: unknown): string => {
    if (isRecord(value)) {
      const name = typeof value["name"] === "string" ? value["name"] : "";
      if (!isSpaceFunction(name)) return name === "" ? JSON.stringify(value) : name;
      const label = t(`community.function.${name}`);
      return value["isOn"] === true ? label : t("community.functions.off", { name: label });
    }
    const text = String(value);
    const kind = kinds.find((each) => field === "kind" && each === text);
    if (kind !== undefined) return t(`spaces.kind.${kind}`);
    const visibility = visibilities.find((each) => field === "visibility" && each === text);
    if (visibility !== undefined) return t(`spaces.visibility.${visibility}`);
    const level = classificationSchema.options.find((each) => field === "classification" && each === text);
    if (level !== undefined) return t(`classification.level.${level}`);
    if (field === "organisationIds") {
      return organisations.find(({ key }) => key === text)?.organisation.name ?? text;
    }
    return field === "cover" ? t("community.cover.chosen") : text;
  };
  return {
    label: (field) => labels[field] ?? field,
    value: (field, value) => {
      if (value === null || value === undefined) return t("community.conflict.nothing");
      if (!Array.isArray(value)) return one(field, value);
      return new Intl.ListFormat(i18n.language).format(value.map((each: unknown) => one(field, each)));
    },
  };
}
