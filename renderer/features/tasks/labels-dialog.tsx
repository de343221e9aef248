import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { labelColours, type LabelColour, type TaskLabel } from "#contract/entities/task.ts";
import { createId } from "#contract/ids.ts";
import type { BoardSummary } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

const MOST_LABELS = 60;

export function LabelsDialog({ summary, onClose }: { summary: BoardSummary; onClose: () => void }) {
  const { t } = useTranslation();
  const { commands, run } = useTaskDeeds();
  const { scope, board } = summary;
  const [labels, setLabels] = useState<readonly TaskLabel[]>(board.labels ?? []);
  const change = (id: string, changes: Partial<TaskLabel>) =>
    setLabels((before) => before.map((label) => (label.id === id ? { ...label, ...changes } : label)));
  const add = () =>
    setLabels((before) => [
      ...before,
      { id: createId(), name: "", colour: labelColours[(before.length + 1) % labelColours.length] ?? "blue" },
    ]);
  const keep = async () => {
    const named = labels
      .map((label) => ({ ...label, name: label.name.trim() }))
      .filter(({ name }) => name !== "");
    if (await run(commands.changeBoard(scope, board, { labels: named.length === 0 ? null : named })))
      onClose();
  };
  return (
    <Dialog title={t("tasks.labels.edit")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <DialogBody>
          <ul className="plain-list labels-edit">
            {labels.map(({ id, name, colour }) => (
              <li key={id} className="labels-edit__row">
                <input
                  className="field__input"
                  aria-label={t("tasks.labels.name")}
                  value={name}
                  maxLength={60}
                  // oxlint-disable-next-line jsx-a11y/no-autofocus -- one that was just added
                  autoFocus={name === ""}
                  onChange={(event) => change(id, { name: event.target.value })}
                />
                <SelectField
                  label={t("tasks.labels.colour")}
                  isLabelHidden
                  value={colour}
                  options={labelColours.map((value) => ({ value, label: t(`tasks.colour.${value}`) }))}
                  onChange={(value: LabelColour) => change(id, { colour: value })}
                />
                <span className="task-label" data-colour={colour}>
                  {name}
                </span>
                <IconButton
                  icon={Trash2}
                  label={t("tasks.labels.remove", { name })}
                  onPress={() => setLabels((before) => before.filter((label) => label.id !== id))}
                />
              </li>
            ))}
          </ul>
          {labels.length >= MOST_LABELS ? null : (
            <Button tone="quiet" onPress={add}>
              <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("tasks.labels.add")}
            </Button>
          )}
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit">
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
