import { useEffect, useState } from "react";
import type { Contact, NetworkWay } from "#contract/desktop/network.ts";
import type { HostArgs, HostChannel, HostValue } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatNumber } from "#renderer/kit/number-words.ts";
import { useProblemKindWords } from "#renderer/kit/problem-words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton, ProblemNote } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import "./network-settings.css";

/** How Parvis reaches the network, and every host that it has contacted. */
export function NetworkSettings() {
  return (
    <>
      <Ways />
      <Contacts />
    </>
  );
}

/** What the host answers to one question; null until then. */
function useAnswer<C extends HostChannel>(
  channel: C,
  args: HostArgs<C>,
): { value: HostValue<C> | null; problem: Problem | null; ask: () => void } {
  const host = useHost();
  const [value, setValue] = useState<HostValue<C> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = () => {
    void host.call(channel, args).then((result) => {
      if (result.ok) setValue(result.value);
      setProblem(result.ok ? null : result.error);
    });
  };
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked once, and again when the person wants it
  useEffect(ask, [host]);
  return { value, problem, ask };
}

function Ways() {
  const { t } = useTranslation();
  const { value, problem } = useAnswer("network.ways", {});
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("network.ways.title")}</h3>
      {problem === null ? null : <ProblemNote problem={problem} />}
      {value?.length === 0 ? <p className="settings__hint">{t("network.ways.empty")}</p> : null}
      <ul className="settings__list" aria-label={t("network.ways.title")}>
        {value?.map((way) => (
          <li key={way.accountId} className="network__way">
            <span className="network__origin">{way.origin}</span>
            <span className="settings__hint">
              <WayWords way={way} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WayWords({ way }: { way: NetworkWay }) {
  const { t } = useTranslation();
  const { kind, address = "", source, isScript } = way;
  if (kind === "unknown") return t("network.ways.unknown");
  if (kind === "unreadable") return t("network.ways.unreadable");
  const how = kind === "direct" ? t("network.ways.direct") : t("network.ways.proxy", { address });
  const script = isScript ? ` ${t("network.ways.script")}` : "";
  return `${how} ${t(`network.ways.source.${source}`)}${script}`;
}

const FIRST = 25;

function Contacts() {
  const { t } = useTranslation();
  const { value, problem, ask } = useAnswer("contacts.list", {});
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? value : value?.slice(0, FIRST);
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("network.contacts.title")}</h3>
      <p className="settings__hint">{t("network.contacts.what")}</p>
      {problem === null ? null : <ProblemNote problem={problem} />}
      {value?.length === 0 ? <p className="settings__hint">{t("network.contacts.empty")}</p> : null}
      {shown === undefined || shown === null || shown.length === 0 ? null : <ContactTable contacts={shown} />}
      <div className="settings__row">
        {value !== null && !isWhole && value.length > FIRST ? (
          <Button onPress={() => setWhole(true)}>{t("network.contacts.all", { count: value.length })}</Button>
        ) : null}
        <Button onPress={ask}>{t("network.contacts.again")}</Button>
        {value === null || value.length === 0 ? null : (
          <CopyButton text={asText(value)} label={t("network.contacts.copy")} />
        )}
      </div>
    </section>
  );
}

function ContactTable({ contacts }: { contacts: readonly Contact[] }) {
  const { t, i18n } = useTranslation();
  return (
    <table className="contacts">
      <thead>
        <tr>
          <th scope="col">{t("network.contacts.host")}</th>
          <th scope="col">{t("network.contacts.last")}</th>
          <th scope="col" className="contacts__number">
            {t("network.contacts.count")}
          </th>
          <th scope="col">{t("network.contacts.failures")}</th>
        </tr>
      </thead>
      <tbody>
        {contacts.map((contact) => (
          <tr key={`${contact.module} ${contact.origin}`}>
            <th scope="row" className="contacts__host">
              {contact.origin} <span className="contacts__why">{t(`network.module.${contact.module}`)}</span>
            </th>
            <td className="contacts__when">
              <TimeWord iso={contact.lastAt} form="short" />
            </td>
            <td className="contacts__number" data-label={t("network.contacts.count")}>
              {formatNumber(contact.count, i18n.language)}
            </td>
            <td data-label={t("network.contacts.failures")}>
              <Failures contact={contact} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Failures({ contact: { failures, lastFailure } }: { contact: Contact }) {
  const { i18n } = useTranslation();
  const words = useProblemKindWords();
  const why = lastFailure === undefined ? null : (words(lastFailure)?.title ?? lastFailure);
  return (
    <>
      {formatNumber(failures, i18n.language)}
      {why === null ? null : <span className="contacts__why">{why}</span>}
    </>
  );
}

/** For a message to the help desk, in columns. */
function asText(contacts: readonly Contact[]): string {
  return contacts
    .map(({ origin, module, lastAt, count, failures, lastFailure = "" }) =>
      [origin, module, lastAt, count, failures, lastFailure].join("\t"),
    )
    .join("\n");
}
