import { Calendar, Plus, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { quickTask, type QuickTask } from "#renderer/parts/quick-text.ts";
import { dueWords } from "./task-words.ts";
import "./quick-add.css";

interface QuickAddProps {
  label: string;
  /** Resolves to whether it was kept: what was not stays in the field. */
  onAdd: (task: QuickTask) => Promise<boolean>;
  onClose?: () => void;
  hasFocus?: boolean;
}

/** One line for a task: times in French and English are read from it, shown, and can be refused. */
export function QuickAdd({ label, onAdd, onClose, hasFocus = false }: QuickAddProps) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const [line, setLine] = useState("");
  const [isRead, setRead] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const task = useMemo(() => quickTask(line, { nowMs, isRead }), [line, nowMs, isRead]);
  const add = async () => {
    if (task === null) return;
    setLine("");
    setRead(true);
    if (!(await onAdd(task))) setLine(line);
    field.current?.focus();
  };
  return (
    <form
      className="quick-add"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <input
        ref={field}
        className="quick-add__field"
        aria-label={label}
        placeholder={label}
        maxLength={500}
        value={line}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was just asked for
        autoFocus={hasFocus}
        onChange={(event) => {
          setLine(event.target.value);
          if (event.target.value === "") setRead(true);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (line === "") onClose?.();
          else setLine("");
        }}
        onBlur={() => {
          if (line.trim() === "") onClose?.();
        }}
      />
      {task?.dueAt === undefined ? null : (
        <span className="quick-add__when">
          <Calendar size={14} strokeWidth={1.75} aria-hidden />
          <span>
            {dueWords(task.dueAt, i18n.language, nowMs)}
            {task.recurrence === undefined ? "" : ` · ${t("tasks.recurs")}`}
          </span>
          <button
            type="button"
            className="quick-add__refuse"
            aria-label={t("tasks.noDateMeant")}
            onClick={() => {
              setRead(false);
              field.current?.focus();
            }}
          >
            <X size={12} strokeWidth={2} aria-hidden />
          </button>
        </span>
      )}
      {task === null ? null : (
        <Button type="submit" tone="primary">
          {t("tasks.add")}
        </Button>
      )}
    </form>
  );
}
