import { useState } from "react";
import type { Diagnostics } from "#contract/desktop/diagnostics.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { saveFile } from "#renderer/kit/save-file.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { SelfTestView } from "#renderer/parts/self-test-view.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton, ProblemNote } from "#renderer/ui/note.tsx";
import "./diagnostics-settings.css";

/** What is wrong, and what to give to the help desk: shown before it leaves. */
export function DiagnosticsSettings() {
  const { t } = useTranslation();
  return (
    <>
      <section className="settings__group">
        <h3 className="settings__heading">{t("selfTest.title")}</h3>
        <p className="settings__hint">{t("selfTest.what")}</p>
        <SelfTestView />
      </section>
      <Report />
    </>
  );
}

function Report() {
  const { t } = useTranslation();
  const host = useHost();
  const [report, setReport] = useState<Diagnostics | null>(null);
  const collect = useCall(() => host.call("diagnostics.collect", {}));
  const save = useCall(() => host.call("diagnostics.export", {}));
  const show = async () => {
    const result = await collect.run();
    if (result.ok) setReport(result.value);
  };
  const keep = async () => {
    const result = await save.run();
    if (result.ok) saveFile(result.value.fileName, bytesOf(result.value.content), "application/zip");
  };
  const problem = collect.problem ?? save.problem;
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("diagnostics.title")}</h3>
      <p className="settings__hint">{t("diagnostics.what")}</p>
      <div className="settings__row">
        <Button isDisabled={collect.isRunning} onPress={() => void show()}>
          {report === null ? t("diagnostics.show") : t("diagnostics.again")}
        </Button>
        {report === null ? null : (
          <>
            <CopyButton text={report.summary} label={t("diagnostics.copy")} />
            <Button isDisabled={save.isRunning} onPress={() => void keep()}>
              {t("diagnostics.save")}
            </Button>
          </>
        )}
      </div>
      {problem === null ? null : <ProblemNote problem={problem} />}
      {report === null ? null : <Files report={report} />}
    </section>
  );
}

function Files({ report }: { report: Diagnostics }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p className="settings__hint" role="status">
        {t("diagnostics.files", { count: report.files.length })}
      </p>
      {report.files.map(({ name, bytes, text }, index) => (
        <details key={name} className="diagnostics__file" open={index === 0}>
          <summary>
            {name} <span className="settings__hint">{formatBytes(bytes, i18n.language)}</span>
          </summary>
          <pre
            className="diagnostics__text"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
            tabIndex={0}
            role="region"
            aria-label={name}
          >
            {text}
          </pre>
        </details>
      ))}
    </>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
