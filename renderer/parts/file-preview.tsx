import { Download } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { parseCsv } from "#renderer/kit/csv.ts";
import { fileKind } from "#renderer/kit/file-kinds.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import type { HeldFile } from "./attachments-view.tsx";
import { MessageText } from "./message-text.tsx";
import "./file-preview.css";

const PdfPreview = lazy(() => import("./pdf-preview.tsx").then((module) => ({ default: module.PdfPreview })));

const MOST_BYTES = 200_000;

/** A file looked at without leaving: PDF page by page, text as text. Nothing of it is ever run. */
export function FilePreview({ file, onClose }: { file: HeldFile; onClose: () => void }) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const url = blobUrl(file.blobId);
  const name = plainWords(file.name);
  return (
    <Dialog title={name} onClose={onClose} isWide>
      <div className="file-preview">
        <Suspense fallback={<p className="file-preview__wait">{t("state.loading")}</p>}>
          {fileKind(file) === "pdf" ? <PdfPreview url={url} /> : <TextPreview file={file} url={url} />}
        </Suspense>
        <a className="button file-preview__download" href={url} download={name}>
          <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("attachment.save")}
        </a>
      </div>
    </Dialog>
  );
}

type Loaded = { text: string; isCut: boolean } | { problem: Problem } | null;

function TextPreview({ file, url }: { file: HeldFile; url: string }) {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    const abort = new AbortController();
    void readBeginning(url, abort.signal).then((answer) => {
      if (!abort.signal.aborted) setLoaded(answer);
    });
    return () => abort.abort();
  }, [url]);
  if (loaded === null) return <p className="file-preview__wait">{t("state.loading")}</p>;
  if ("problem" in loaded) return <ProblemNote problem={loaded.problem} />;
  return (
    <>
      {loaded.isCut ? <Note tone="wait">{t("attachment.onlyBeginning")}</Note> : null}
      <TextBody kind={fileKind(file)} text={loaded.text} />
    </>
  );
}

const NOBODY: never[] = [];

function TextBody({ kind, text }: { kind: ReturnType<typeof fileKind>; text: string }) {
  const { t } = useTranslation();
  if (kind === "table") return <TableBody text={text} />;
  if (kind === "markdown") {
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
      <div className="file-preview__page" tabIndex={0}>
        <MessageText body={text} mentioned={NOBODY} headingsUnder={2} hasNoCards />
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
    <pre className="file-preview__text" tabIndex={0} aria-label={t("attachment.content")} dir="auto">
      {text}
    </pre>
  );
}

function TableBody({ text }: { text: string }) {
  const { t } = useTranslation();
  const { rows, isCut } = parseCsv(text);
  const [head = [], ...body] = rows;
  return (
    <>
      {isCut ? <Note tone="wait">{t("attachment.onlyBeginning")}</Note> : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same */}
      <div className="file-preview__page" tabIndex={0} role="group" aria-label={t("attachment.content")}>
        <table className="file-preview__table">
          <thead>
            <tr>
              {head.map((cell, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a table that is only shown
                <th key={index} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, line) => (
              // oxlint-disable-next-line react/no-array-index-key -- the same
              <tr key={line}>
                {row.map((cell, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the same
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

async function readBeginning(url: string, signal: AbortSignal): Promise<Loaded> {
  try {
    const response = await fetch(url, { signal, headers: { range: `bytes=0-${MOST_BYTES - 1}` } });
    if (!response.ok) return { problem: await problemOf(response) };
    const bytes = await readAtMost(response);
    const total = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? bytes.length);
    return { text: decode(bytes.subarray(0, MOST_BYTES)), isCut: Math.max(total, bytes.length) > MOST_BYTES };
  } catch (error) {
    return {
      problem: new AppError("offline", { title: "The file could not be read", cause: error }).problem,
    };
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => null));
  return parsed.success
    ? parsed.data
    : new AppError("unavailable", { title: `The file could not be read (${response.status})` }).problem;
}

/** A server that knows no ranges sends all of it: it is cut off here. */
async function readAtMost(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) break;
  }
  return new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
}

/** UTF-8, UTF-16 with its mark, otherwise the Windows letters that older programs still write. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  // A letter cut in two at the very end is not a sign of another encoding.
  return text.slice(0, -1).includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : text;
}
