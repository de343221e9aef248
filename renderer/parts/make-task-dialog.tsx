import { useState } from "react";
import { ownBoardId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { personScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { openObject } from "./open-object.ts";
import { NOBODY, useReportProblem } from "./use-commands.ts";
import { useTaskCommands } from "./use-task-commands.ts";

interface MakeTaskDialogProps {
  /** What it is about, in words. */
  title: string;
  /** Its address (`links.ts`): the task leads back to it. */
  source: string;
  /** Proposed: a day, or a moment, whose day is shown. */
  dueAt?: string;
  /** Told the address of the task once it is made. */
  onMade?: (link: string) => void;
  onClose: () => void;
}

/** A task that comes out of something else: a message, a post. */
export function MakeTaskDialog(props: MakeTaskDialogProps) {
  const { title: proposed, source, dueAt, onMade, onClose } = props;
  const { t } = useTranslation();
  const client = useWorker();
  const commands = useTaskCommands();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const me = useSession((session) => session.me);
  const { items } = useLiveQuery("boards", {});
  const own = ownBoardId(me?.id ?? NOBODY);
  // A list that lies elsewhere does not hold where a task comes from.
  const boards = items.filter(
    ({ canWrite, board }) => canWrite && board.id !== own && board.remote === undefined,
  );
  const isGuest = me?.isGuest === true;
  const [title, setTitle] = useState(proposed.slice(0, 500));
  const [day, setDay] = useState(() => dayOfDue(dueAt));
  const [picked, setPicked] = useState<string | null>(null);
  const boardId = picked ?? (isGuest ? boards[0]?.key : own) ?? "";
  const make = async () => {
    // The hour of what was proposed counts as long as its day does.
    const due = dueAt !== undefined && day === dayOfDue(dueAt) ? dueAt : day;
    const task = { title: title.trim(), source, ...(due === "" ? {} : { dueAt: due }) };
    const target = items.find(({ key }) => key === boardId);
    const made =
      target === undefined
        ? await commands.createOwn(task, null)
        : await commands.create(target.scope, await slotOn(target), task);
    if (!made.ok) {
      report(made.error);
      return;
    }
    onClose();
    const scope = target?.scope ?? personScope(me?.id ?? NOBODY);
    onMade?.(formatLink({ kind: "task", scope, taskId: made.value }));
    const open = () => openObject({ kind: "row", scope, collection: "task", id: made.value });
    show({ tone: "plain", text: t("makeTask.made"), action: { label: t("makeTask.open"), run: open } });
  };
  const slotOn = async ({ scope, board }: (typeof items)[number]) => {
    const { items: tasks, info } = await client.once("board", { scope, boardId: board.id });
    const columns = info?.columns ?? [];
    const column = columns.find(({ meaning }) => meaning === "todo") ?? columns[0];
    const last = tasks.findLast(({ task }) => task.columnId === column?.id)?.task.order ?? null;
    return { boardId: board.id, columnId: column?.id ?? "", after: last, before: null };
  };
  return (
    <Dialog title={t("makeTask.title")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <DialogBody>
          <TextField label={t("makeTask.name")} value={title} onChange={setTitle} maxLength={500} required />
          <SelectField
            label={t("makeTask.board")}
            value={boardId}
            options={[
              ...(isGuest ? [] : [{ value: own, label: t("makeTask.own") }]),
              ...boards.map(({ key, board, space }) => ({
                value: key,
                label: space === null ? board.name : `${board.name} — ${space.name}`,
              })),
            ]}
            onChange={setPicked}
          />
          <TextField label={t("makeTask.due")} type="date" value={day} onChange={setDay} />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={title.trim() === "" || boardId === ""}>
              {t("makeTask.make")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

/** On the wall calendar of the reader; empty without one. */
function dayOfDue(dueAt = ""): string {
  if (dueAt.length <= 10) return dueAt;
  const date = new Date(dueAt);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-");
}
