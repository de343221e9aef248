import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { SelectField } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { askWorker } from "./ask-worker.ts";
import { RefusedNote } from "./facts-view.tsx";
import { readWhole } from "./read-source.ts";
import { ReadRefused, type Block, type ReadAnswer, type ReadFormat } from "./reader/read-answer.ts";
import { TableView } from "./table-view.tsx";
import { Page } from "./text-view.tsx";
import { useRead } from "./use-read.ts";

type Of<K extends ReadAnswer["kind"]> = Extract<ReadAnswer, { kind: K }>;

/** A file of an office program, an archive or a mail, as words and their structure. */
export function ReadView({ url, format }: { url: string; format: ReadFormat }) {
  const { t } = useTranslation();
  const reading = useRead(`${format} ${url}`, async (signal) => {
    const bytes = await readWhole(url, signal);
    const answer = await askWorker({ kind: "read", bytes, format }, signal);
    if (answer.kind === "read") return answer.answer;
    throw new ReadRefused(answer.kind === "refused" ? answer.refusal : "damaged");
  });
  if (reading === null) return <p className="preview__wait">{t("state.loading")}</p>;
  if ("refusal" in reading) return <RefusedNote refusal={reading.refusal} />;
  const answer = reading.value;
  return (
    <>
      {answer.isCut ? <Note tone="wait">{t("preview.onlyBeginning")}</Note> : null}
      <AnswerView answer={answer} />
    </>
  );
}

function AnswerView({ answer }: { answer: ReadAnswer }) {
  const { t } = useTranslation();
  switch (answer.kind) {
    case "text":
      return (
        <>
          <p className="preview__hint">{t("preview.wordsOnly")}</p>
          <Page>
            <Blocks blocks={answer.blocks} />
          </Page>
        </>
      );
    case "sheets":
      return <SheetsView answer={answer} />;
    case "slides":
      return <SlidesView answer={answer} />;
    case "archive":
      return <ArchiveView answer={answer} />;
    case "mail":
      return <MailView answer={answer} />;
  }
}

const HEADINGS = ["h3", "h4", "h5", "h6"] as const;

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const { t } = useTranslation();
  if (blocks.length === 0) return <p className="preview__hint">{t("preview.noWords")}</p>;
  return (
    <div className="preview-words" dir="auto">
      {blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a text that is only shown
        <OneBlock key={index} block={block} />
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: Block }) {
  const { t } = useTranslation();
  if (block.type === "table") return <TableView rows={block.rows} label={t("preview.table")} />;
  if (block.type === "heading") {
    const Heading = HEADINGS[Math.min(block.level, HEADINGS.length) - 1] ?? "h6";
    return (
      <Heading className={`preview-words__heading preview-words__heading--${block.level}`}>
        {block.text}
      </Heading>
    );
  }
  if (block.type === "paragraph") return <p>{block.text}</p>;
  return (
    <p className={`preview-words__item preview-words__item--${Math.min(block.level, 4)}`}>
      <span aria-hidden>•</span>
      <span>{block.text}</span>
    </p>
  );
}

function SheetsView({ answer }: { answer: Of<"sheets"> }) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(0);
  const sheet = answer.sheets[index];
  if (sheet === undefined) return <Note>{t("preview.noWords")}</Note>;
  return (
    <>
      {answer.sheets.length < 2 ? null : (
        <SelectField
          label={t("preview.sheet")}
          value={String(index)}
          options={answer.sheets.map(({ name }, at) => ({ value: String(at), label: name }))}
          onChange={(value) => setIndex(Number(value))}
        />
      )}
      {sheet.isCut ? <Note tone="wait">{t("preview.onlyBeginning")}</Note> : null}
      <p className="preview__hint">{t("preview.valuesOnly")}</p>
      <Page>
        {sheet.rows.length === 0 ? (
          <p className="preview__hint">{t("preview.noWords")}</p>
        ) : (
          <TableView rows={sheet.rows} hasPlaces label={sheet.name} />
        )}
      </Page>
    </>
  );
}

function SlidesView({ answer }: { answer: Of<"slides"> }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="preview__hint">{t("preview.wordsOnly")}</p>
      <Page>
        <ol className="preview-slides">
          {answer.slides.map((slide, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- slides that are only shown
            <li key={index} className="preview-slide">
              <p className="preview-slide__number">{t("preview.slide", { number: index + 1 })}</p>
              <Blocks blocks={slide} />
            </li>
          ))}
        </ol>
      </Page>
    </>
  );
}

function ArchiveView({ answer }: { answer: Of<"archive"> }) {
  const { t, i18n } = useTranslation();
  const sizeWords = (bytes: number) => formatBytes(bytes, i18n.language);
  const rows = answer.entries.map(({ name, sizeBytes }) => [
    plainWords(name),
    name.endsWith("/") ? "" : sizeWords(sizeBytes),
  ]);
  return (
    <>
      <p className="preview__hint">{t("preview.inside", { count: answer.count })}</p>
      <Page>
        <TableView
          rows={[[t("preview.fact.name"), t("preview.fact.size")], ...rows]}
          hasHead
          label={t("preview.inside", { count: answer.count })}
        />
      </Page>
    </>
  );
}

function MailView({ answer }: { answer: Of<"mail"> }) {
  const { t } = useTranslation();
  return (
    <Page>
      <dl className="preview-facts__list">
        {answer.head.map(({ name, value }) => (
          <div key={name} className="preview-mail__line">
            <dt>{t(`preview.mail.${name}`)}</dt>
            <dd dir="auto">{plainWords(value)}</dd>
          </div>
        ))}
        {answer.attachments.length === 0 ? null : (
          <div className="preview-mail__line">
            <dt>{t("preview.mail.attachments")}</dt>
            <dd dir="auto">{answer.attachments.map(plainWords).join(", ")}</dd>
          </div>
        )}
      </dl>
      <p className="preview-mail__text" dir="auto">
        {answer.text === "" ? t("preview.noWords") : answer.text}
      </p>
    </Page>
  );
}
