import { useState } from "react";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Markdown, written where it is read. */
export function TaskDescription({ view, isOpen }: { view: TaskView; isOpen: boolean }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const { description = "" } = view.task;
  const [typed, setTyped] = useState(description);
  const [isWriting, setWriting] = useState(false);
  if (!isWriting) {
    if (description === "" && !isOpen) return null;
    return (
      <section className="task-description" aria-label={t("tasks.fields.description")}>
        <h3 className="task-details__heading">{t("tasks.fields.description")}</h3>
        {description === "" ? null : <MessageText body={description} mentioned={[]} headingsUnder={3} />}
        {isOpen ? (
          <Button tone="quiet" onPress={() => setWriting(true)}>
            {t(description === "" ? "tasks.describe" : "tasks.edit")}
          </Button>
        ) : null}
      </section>
    );
  }
  const keep = () => {
    const next = typed.trim();
    if (next !== description) void deeds.change([view], { description: next === "" ? null : next });
    setWriting(false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the field within
    <form
      className="task-description"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
        // What was written is not closed away.
        if (event.key === "Escape") event.preventDefault();
      }}
    >
      <TextArea
        label={t("tasks.fields.description")}
        hint={t("tasks.markdownHint")}
        value={typed}
        onChange={setTyped}
        maxLength={40_000}
        rows={8}
      />
      <div className="note__actions">
        <Button tone="primary" type="submit">
          {t("action.save")}
        </Button>
        <Button
          onPress={() => {
            setTyped(description);
            setWriting(false);
          }}
        >
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
