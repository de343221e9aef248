import { Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Problem } from "#contract/problem.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "./button.tsx";
import "./note.css";

/** One sentence on what this place is for, and the first thing to do. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty__text">{children}</p>
      {action}
    </div>
  );
}

export function Note({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "wait" | "loss";
  children: ReactNode;
}) {
  return <div className={`note note--${tone}`}>{children}</div>;
}

interface ProblemNoteProps {
  problem: Problem;
  /** What was kept, what to do now: added after the kind's own words. */
  kept?: string;
  children?: ReactNode;
}

/** What happened, what was kept, what to do, and the detail for the help desk. */
export function ProblemNote({ problem, kept, children }: ProblemNoteProps) {
  const words = useProblemWords()(problem);
  return (
    <div className="note note--loss" role="alert">
      <p className="note__title">{words.title}</p>
      <p>{words.advice}</p>
      {kept === undefined ? null : <p>{kept}</p>}
      <div className="note__actions">
        {children}
        <CopyButton text={detailOf(problem)} />
      </div>
    </div>
  );
}

export function detailOf(problem: Problem): string {
  return JSON.stringify(problem, null, 1);
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <Button tone="quiet" onPress={copy}>
      <Copy size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {isCopied ? t("action.copied") : (label ?? t("action.copyDetail"))}
    </Button>
  );
}

export function SkeletonRows({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      {Array.from({ length: count }, (_, index) => (
        <div className="skeleton" key={index} aria-hidden>
          <span className="skeleton__face" />
          <span className="skeleton__lines">
            <span className="skeleton__line" />
            <span className="skeleton__line" />
          </span>
        </div>
      ))}
    </div>
  );
}

export function Count({
  value,
  isWaiting = false,
  label,
}: {
  value: number;
  isWaiting?: boolean;
  label: string;
}) {
  if (value === 0) return null;
  return (
    <span className={isWaiting ? "count count--waiting" : "count"}>
      <span aria-hidden>{value > 99 ? "99+" : value}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
