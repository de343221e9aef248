import { lazy, Suspense, type ReactNode } from "react";
import { parseCsv } from "#renderer/kit/csv.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Note } from "#renderer/ui/note.tsx";
import { MessageText } from "../message-text.tsx";
import { RefusedNote } from "./facts-view.tsx";
import { readBeginning } from "./read-source.ts";
import { TableView } from "./table-view.tsx";
import { useRead } from "./use-read.ts";

const CodeView = lazy(() => import("./code-view.tsx").then((m) => ({ default: m.CodeView })));

interface TextViewProps {
  url: string;
  kind: "text" | "markdown" | "table" | "code";
  language: string | null;
}

/** A text, or the beginning of a long one. */
export function TextView({ url, kind, language }: TextViewProps) {
  const { t } = useTranslation();
  const reading = useRead(url, (signal) => readBeginning(url, signal));
  if (reading === null) return <p className="preview__wait">{t("state.loading")}</p>;
  if ("refusal" in reading) return <RefusedNote refusal={reading.refusal} />;
  const { text, isCut } = reading.value;
  if (text === "") return <RefusedNote refusal="empty" />;
  return (
    <>
      {isCut ? <Note tone="wait">{t("preview.onlyBeginning")}</Note> : null}
      <TextBody text={text} kind={kind} language={language} isCut={isCut} />
    </>
  );
}

const NOBODY: never[] = [];

interface TextBodyProps extends Omit<TextViewProps, "url"> {
  text: string;
  isCut: boolean;
}

function TextBody({ text, kind, language, isCut }: TextBodyProps) {
  const { t } = useTranslation();
  if (kind === "table") {
    const table = parseCsv(text);
    return (
      <>
        {table.isCut && !isCut ? <Note tone="wait">{t("preview.onlyBeginning")}</Note> : null}
        <Page>
          <TableView rows={table.rows} hasHead label={t("preview.content")} />
        </Page>
      </>
    );
  }
  if (kind === "markdown") {
    return (
      <Page>
        <MessageText body={text} mentioned={NOBODY} headingsUnder={2} hasNoCards />
      </Page>
    );
  }
  if (kind === "code") {
    const shown = language === "json" && !isCut ? prettyJson(text) : text;
    return (
      <Suspense fallback={<p className="preview__wait">{t("state.loading")}</p>}>
        <CodeView text={shown} language={language} />
      </Suspense>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <pre className="preview__text" tabIndex={0} aria-label={t("preview.content")} dir="auto">
      {text}
    </pre>
  );
}

/** A box that scrolls: reachable by keyboard, and named. */
export function Page({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
    <div className="preview__page" tabIndex={0} role="group" aria-label={t("preview.content")}>
      {children}
    </div>
  );
}

/** Numbers stay as written only while JavaScript holds them exactly; a file where it would not is shown as it is. */
function prettyJson(text: string): string {
  if (/\d{16,}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
