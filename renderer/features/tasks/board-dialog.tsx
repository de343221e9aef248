import { useState } from "react";
import type { BoardColumn, ColumnMeaning } from "#contract/entities/task.ts";
import type { Scope } from "#contract/scope.ts";
import type { BoardSummary } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { NOBODY, useReportProblem } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { SelectField, TextArea } from "#renderer/ui/form.tsx";
import { PlaceField, useBoardPlaces } from "./place-field.tsx";
import { boardName } from "./task-words.ts";
import { boardPath } from "./tasks-route.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Columns that a new board begins with. */
const templates = {
  simple: ["todo", "doing", "done"],
  review: ["todo", "doing", "review", "done"],
  requests: ["new", "accepted", "doing", "done"],
} as const;
const usualTemplates = ["simple", "review", "requests"] as const;

const meanings: Readonly<Record<(typeof templates)[(typeof usualTemplates)[number]][number], ColumnMeaning>> =
  {
    todo: "todo",
    new: "todo",
    accepted: "todo",
    doing: "doing",
    review: "doing",
    done: "done",
  };

interface BoardDialogProps {
  scope: Scope | null;
  /** One that is changed; null for a new one. */
  summary: BoardSummary | null;
  onClose: () => void;
}

export function BoardDialog({ scope, summary, onClose }: BoardDialogProps) {
  const { t } = useTranslation();
  const { commands, run } = useTaskDeeds();
  const report = useReportProblem();
  const places = useBoardPlaces();
  const board = summary?.board;
  const [place, setPlace] = useState<Scope | null>(scope);
  const [name, setName] = useState(board?.name ?? "");
  const [emoji, setEmoji] = useState(board?.emoji ?? "");
  const [description, setDescription] = useState(board?.description ?? "");
  const client = useWorker();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { items: boards } = useLiveQuery("boards", {});
  const [template, setTemplate] = useState<string>("simple");
  const where = place ?? places[0]?.scope ?? null;
  /** Of a usual board, or as another one has them. */
  const beginning = async () => {
    const like = boards.find(({ key }) => key === template);
    if (like !== undefined) {
      const { info } = await client.once("board", { scope: like.scope, boardId: like.board.id });
      const columns = info?.columns ?? [];
      return { columns: columns.map(withoutPlace), labels: like.board.labels };
    }
    const usual = usualTemplates.find((each) => each === template) ?? "simple";
    const columns = templates[usual].map((each) => ({
      name: t(`tasks.template.column.${each}`),
      meaning: meanings[each],
    }));
    return { columns, labels: undefined };
  };
  const keep = async () => {
    const title = name.trim();
    if (title === "" || where === null) return;
    const texts = {
      name: title,
      emoji: emoji.trim() === "" ? null : emoji.trim(),
      description: description.trim() === "" ? null : description.trim(),
    };
    if (board !== undefined) {
      if (await run(commands.changeBoard(where, board, texts))) onClose();
      return;
    }
    const { columns, labels } = await beginning();
    const settings = {
      name: title,
      ...(labels === undefined ? {} : { labels }),
      ...(texts.emoji === null ? {} : { emoji: texts.emoji }),
      ...(texts.description === null ? {} : { description: texts.description }),
    };
    const made = await commands.createBoard(where, settings, columns);
    if (!made.ok) {
      report(made.error);
      return;
    }
    onClose();
    useView.getState().go("tasks", ...boardPath(where, made.value));
  };
  return (
    <Dialog title={t(board === undefined ? "tasks.newBoard" : "tasks.editBoard")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <DialogBody>
          <TextField label={t("tasks.boardName")} value={name} onChange={setName} maxLength={200} required />
          {board === undefined ? <PlaceField value={where} onChange={setPlace} /> : null}
          {board === undefined ? (
            <SelectField
              label={t("tasks.template.label")}
              value={template}
              options={[
                ...usualTemplates.map((value) => ({
                  value: value as string,
                  label: t(`tasks.template.${value}`),
                })),
                ...boards.map(({ key, board: other }) => ({
                  value: key,
                  label: t("tasks.template.like", { name: boardName(t, other, me) }),
                })),
              ]}
              onChange={setTemplate}
            />
          ) : null}
          <TextField
            label={t("tasks.emoji")}
            hint={t("tasks.emojiHint")}
            value={emoji}
            onChange={setEmoji}
            maxLength={8}
          />
          <TextArea
            label={t("tasks.fields.description")}
            value={description}
            onChange={setDescription}
            maxLength={20_000}
            rows={3}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name.trim() === "" || where === null}>
              {t(board === undefined ? "tasks.createBoard" : "action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

function withoutPlace({ name, meaning, limit }: BoardColumn) {
  return { name, meaning, ...(limit === undefined ? {} : { limit }) };
}
