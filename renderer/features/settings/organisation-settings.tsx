import type { PolicyEntry } from "#contract/desktop/policies-status.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { usePolicies } from "#renderer/kit/policies.ts";
import { CopyButton, Note } from "#renderer/ui/note.tsx";

/** What the organisation has set on this machine, where it stands, and what of it could not be applied. */
export function OrganisationSettings() {
  const { t } = useTranslation();
  const { entries, problems } = usePolicies();
  return (
    <>
      <p className="settings__hint">
        {entries.length === 0 ? t("policies.none") : t("policies.intro", { count: entries.length })}
      </p>
      {problems.length === 0 ? null : <Problems problems={problems} />}
      {entries.length === 0 ? null : (
        <ul className="settings__list">
          {entries.map((entry) => (
            <Entry key={entry.name} entry={entry} />
          ))}
        </ul>
      )}
      <p className="settings__hint">{t("policies.telemetry")}</p>
    </>
  );
}

function Problems({
  problems,
}: {
  problems: readonly { name?: string | undefined; source: string; message: string }[];
}) {
  const { t } = useTranslation();
  const lines = problems.map(
    ({ name, source, message }) => `${source}${name === undefined ? "" : ` · ${name}`}: ${message}`,
  );
  return (
    <Note tone="wait">
      <p className="note__title">{t("policies.problems")}</p>
      {/* Written for the help desk, in its words. */}
      <ul className="settings__problems" lang="en">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{t("policies.tell")}</p>
      <div className="note__actions">
        <CopyButton text={lines.join("\n")} />
      </div>
    </Note>
  );
}

function Entry({ entry: { name, value, level, source } }: { entry: PolicyEntry }) {
  const { t, i18n } = useTranslation();
  const title = i18n.exists(`policies.names.${name}.title`)
    ? // A name that this version has words for.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- exists() has just said so
      t(`policies.names.${name}.title` as "policies.names.AllowedServers.title")
    : name;
  return (
    <li className="settings__policy">
      <span className="settings__policy-title">{title}</span>
      <span className="settings__policy-level">{t(`policies.level.${level}`)}</span>
      <span className="settings__policy-value">
        <PolicyValue value={value} />
      </span>
      <span className="settings__policy-source" title={source}>
        <code>{name}</code> · {source}
      </span>
    </li>
  );
}

function PolicyValue({ value }: { value: PolicyEntry["value"] }) {
  const { t } = useTranslation();
  if (typeof value === "boolean") return t(`policies.value.${value ? "true" : "false"}`);
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return t("policies.value.empty");
  return value.map((one) => <span key={one}>{one}</span>);
}
