import { useState } from "react";
import { generateKeyBetween } from "fractional-indexing";
import {
  columnMeaningSchema,
  type Board,
  type BoardColumn,
  type ColumnMeaning,
} from "#contract/entities/task.ts";
import type { Scope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

interface ColumnDialogProps {
  scope: Scope;
  board: Board;
  /** One that is changed; null for a new one. */
  column: BoardColumn | null;
  /** Key of the last column. */
  last: string | null;
  onClose: () => void;
}

export function ColumnDialog({ scope, board, column, last, onClose }: ColumnDialogProps) {
  const { t } = useTranslation();
  const { commands, run } = useTaskDeeds();
  const [name, setName] = useState(column?.name ?? "");
  const [meaning, setMeaning] = useState<ColumnMeaning>(column?.meaning ?? "doing");
  const [limit, setLimit] = useState(column?.limit === undefined ? "" : String(column.limit));
  const number = Number(limit);
  const isLimit = limit.trim() === "" || (Number.isInteger(number) && number >= 1 && number <= 999);
  const keep = async () => {
    const title = name.trim();
    if (title === "" || !isLimit) return;
    const most = limit.trim() === "" ? null : number;
    const kept =
      column === null
        ? commands.addColumn(scope, board.id, {
            name: title,
            meaning,
            order: generateKeyBetween(last, null),
            ...(most === null ? {} : { limit: most }),
          })
        : commands.changeColumn(scope, column, { name: title, meaning, limit: most });
    if (await run(kept)) onClose();
  };
  return (
    <Dialog title={t(column === null ? "tasks.newColumn" : "tasks.editColumn")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <DialogBody>
          <TextField label={t("tasks.columnName")} value={name} onChange={setName} maxLength={100} required />
          <SelectField
            label={t("tasks.meaning.label")}
            hint={t("tasks.meaning.hint")}
            value={meaning}
            options={columnMeaningSchema.options.map((value) => ({
              value,
              label: t(`tasks.meaning.${value}`),
            }))}
            onChange={setMeaning}
          />
          <TextField
            label={t("tasks.limit")}
            hint={t("tasks.limitHint")}
            value={limit}
            onChange={setLimit}
            inputMode="numeric"
            maxLength={3}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name.trim() === "" || !isLimit}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

interface RemoveColumnDialogProps {
  scope: Scope;
  column: BoardColumn;
  others: readonly BoardColumn[];
  /** Tasks that stand in it. */
  count: number;
  onClose: () => void;
}

/** Its tasks go into another one: nothing is lost. */
export function RemoveColumnDialog({ scope, column, others, count, onClose }: RemoveColumnDialogProps) {
  const { t } = useTranslation();
  const { commands, run } = useTaskDeeds();
  const [intoId, setInto] = useState(others[0]?.id ?? "");
  const remove = async () => {
    if (await run(commands.removeColumn(scope, column, intoId))) onClose();
  };
  return (
    <Dialog title={t("tasks.removeColumnTitle", { name: column.name })} onClose={onClose}>
      <DialogBody>
        {count === 0 ? null : (
          <SelectField
            label={t("tasks.tasksGoTo", { count })}
            value={intoId}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setInto}
          />
        )}
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="danger" onPress={() => void remove()}>
            {t("tasks.removeColumn")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
