import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { askWorker } from "./ask-worker.ts";
import { RefusedNote } from "./facts-view.tsx";
import { previewKind, type FileSource } from "./preview-kind.ts";
import { readBeginning, readWhole } from "./read-source.ts";
import type { ComparedLine, Comparison, Piece } from "./reader/compare-texts.ts";
import { ReadRefused } from "./reader/read-answer.ts";
import { useRead } from "./use-read.ts";
import "./compare.css";

type Side = FileSource & { label: string };
type Layout = "side" | "unified";

/** What changed between two versions of a text, by line and word. N and P go from one change to another. */
export function CompareView({ before, after }: { before: Side; after: Side }) {
  const { t } = useTranslation();
  const reading = useRead(`${before.url} ${after.url}`, (signal) => compare(before, after, signal));
  if (reading === null) return <p className="preview__wait">{t("state.loading")}</p>;
  if ("refusal" in reading) return <RefusedNote refusal={reading.refusal} />;
  const { comparison, isCut } = reading.value;
  if (comparison === null) return <Note tone="wait">{t("preview.compare.tooDifferent")}</Note>;
  return (
    <div className="compare">
      {isCut || comparison.isCut ? <Note tone="wait">{t("preview.onlyBeginning")}</Note> : null}
      {comparison.changes === 0 ? (
        <Note>{t("preview.compare.same")}</Note>
      ) : (
        <Changes comparison={comparison} labels={[before.label, after.label]} />
      )}
    </div>
  );
}

interface Words {
  text: string;
  isCut: boolean;
}

async function compare(before: Side, after: Side, signal: AbortSignal) {
  const [old, fresh] = await Promise.all([wordsOf(before, signal), wordsOf(after, signal)]);
  const answer = await askWorker({ kind: "compare", before: old.text, after: fresh.text }, signal);
  if (answer.kind !== "compare")
    throw new ReadRefused(answer.kind === "refused" ? answer.refusal : "damaged");
  return { comparison: answer.comparison, isCut: old.isCut || fresh.isCut };
}

async function wordsOf(source: Side, signal: AbortSignal): Promise<Words> {
  const shown = previewKind(source);
  if (shown.kind !== "read") return await readBeginning(source.url, signal);
  const bytes = await readWhole(source.url, signal);
  const answer = await askWorker({ kind: "words", bytes, format: shown.format }, signal);
  if (answer.kind === "words") return answer;
  throw new ReadRefused(answer.kind === "refused" ? answer.refusal : "damaged");
}

function Changes({ comparison, labels }: { comparison: Comparison; labels: readonly [string, string] }) {
  const { t } = useTranslation();
  const { changes, added, removed, lines } = comparison;
  const [layout, setLayout] = useState<Layout>("side");
  const [current, setCurrent] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const go = (step: number) => setCurrent((current + step + changes) % changes);
  useEffect(() => {
    box.current?.querySelector(`[data-change="${current}"]`)?.scrollIntoView({ block: "center" });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another layout puts the change elsewhere
  }, [current, layout]);
  const counts = [
    t("preview.compare.changes", { count: changes }),
    t("preview.compare.added", { count: added }),
    t("preview.compare.removed", { count: removed }),
  ].join(" · ");
  return (
    <>
      <div className="compare__bar" role="toolbar" aria-label={t("preview.compare.label")}>
        <p className="compare__counts">{counts}</p>
        <SelectField<Layout>
          label={t("preview.compare.view")}
          isLabelHidden
          value={layout}
          options={[
            { value: "side", label: t("preview.compare.side") },
            { value: "unified", label: t("preview.compare.unified") },
          ]}
          onChange={setLayout}
        />
        <IconButton
          icon={ArrowUp}
          label={t("preview.compare.previous")}
          shortcut="P"
          onPress={() => go(-1)}
        />
        <span role="status">{t("preview.compare.of", { index: current + 1, count: changes })}</span>
        <IconButton icon={ArrowDown} label={t("preview.compare.next")} shortcut="N" onPress={() => go(1)} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of a text that is looked at */}
      <div
        ref={box}
        className={`compare__box compare__box--${layout}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={t("preview.compare.label")}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          if (event.key === "n") go(1);
          else if (event.key === "p") go(-1);
          else return;
          event.preventDefault();
        }}
      >
        {layout === "side" ? (
          <SideBySide lines={lines} labels={labels} current={current} />
        ) : (
          <Unified lines={lines} current={current} />
        )}
      </div>
    </>
  );
}

interface LinesProps {
  lines: readonly ComparedLine[];
  current: number;
}

function SideBySide({ lines, labels, current }: LinesProps & { labels: readonly [string, string] }) {
  const { t } = useTranslation();
  return (
    <table className="compare__table" aria-label={t("preview.compare.label")}>
      <thead>
        <tr>
          <th colSpan={2} scope="colgroup">
            {labels[0]}
          </th>
          <th colSpan={2} scope="colgroup">
            {labels[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr
            key={`${line.before ?? ""}-${line.after ?? ""}`}
            data-change={line.change ?? undefined}
            data-current={line.change === current || undefined}
          >
            <td className="compare__number">{line.before}</td>
            <LineCell line={line} side="before" />
            <td className="compare__number">{line.after}</td>
            <LineCell line={line} side="after" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Unified({ lines, current }: LinesProps) {
  const { t } = useTranslation();
  const rows = lines.flatMap((line): { line: ComparedLine; side: "before" | "after" }[] => {
    if (line.change === null) return [{ line, side: "after" }];
    return [
      ...(line.before === null ? [] : [{ line, side: "before" as const }]),
      ...(line.after === null ? [] : [{ line, side: "after" as const }]),
    ];
  });
  // What was taken away stands before what came instead.
  const ordered = rows.toSorted((one, other) => {
    if (one.line.change === null || one.line.change !== other.line.change) return 0;
    return one.side === other.side ? 0 : one.side === "before" ? -1 : 1;
  });
  return (
    <table className="compare__table" aria-label={t("preview.compare.label")}>
      <tbody>
        {ordered.map(({ line, side }) => (
          <tr
            key={`${side}-${line.before ?? ""}-${line.after ?? ""}`}
            data-change={line.change ?? undefined}
            data-current={line.change === current || undefined}
          >
            <td className="compare__number">{side === "before" ? line.before : line.after}</td>
            <LineCell line={line} side={side} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LineCell({ line, side }: { line: ComparedLine; side: "before" | "after" }) {
  const { t } = useTranslation();
  const isThere = line[side] !== null;
  const isChanged = line.change !== null && isThere;
  const pieces: readonly Piece[] = side === "before" ? line.beforePieces : line.afterPieces;
  const Mark = side === "before" ? "del" : "ins";
  return (
    <td className={`compare__line ${isChanged ? `compare__line--${side}` : ""}`} dir="auto">
      {isChanged ? (
        <>
          <span className="compare__sign" aria-hidden>
            {side === "before" ? "−" : "+"}
          </span>
          <span className="visually-hidden">
            {t(side === "before" ? "preview.compare.lineRemoved" : "preview.compare.lineAdded")}
          </span>
        </>
      ) : null}
      {pieces.map(({ text, isChanged: isMarked }, at) =>
        isMarked ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of a text that is only shown
          <Mark key={at}>{text}</Mark>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- the same
          <span key={at}>{text}</span>
        ),
      )}
    </td>
  );
}
