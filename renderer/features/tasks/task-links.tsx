import { Plus, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { TaskAttachment } from "#contract/entities/task.ts";
import type { TaskId } from "#contract/ids.ts";
import { parseObjectLink } from "#contract/links.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { DocumentSearch } from "#renderer/parts/document-search.tsx";
import { LinkCard } from "#renderer/parts/link-card.tsx";
import { openObject } from "#renderer/parts/open-object.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { QuickAdd } from "./quick-add.tsx";
import type { TaskInfo } from "./task-details.tsx";
import { DueMark } from "./task-facts.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

interface TaskLinksProps {
  info: TaskInfo;
  parts: readonly TaskView[];
  isOpen: boolean;
}

/** What a task consists of, waits for and goes with. */
export function TaskLinks({ info, parts, isOpen }: TaskLinksProps) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const [isPicking, setPicking] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const { task: view, blockers, blocks, columns } = info;
  const { task, scope } = view;
  const { attachments = [], blockedBy = [], source } = task;
  const column = columns.find(({ meaning }) => meaning === "todo") ?? columns[0];
  const unblock = (id: TaskId) => {
    const rest = blockedBy.filter((other) => other !== id);
    void deeds.change([view], { blockedBy: rest.length === 0 ? null : rest });
  };
  const detach = ({ link }: TaskAttachment) => {
    const rest = attachments.filter((other) => other.link !== link);
    void deeds.change([view], { attachments: rest.length === 0 ? null : rest });
  };
  return (
    <>
      {source === undefined ? null : (
        <Section title={t("tasks.source")}>
          <LinkCard link={source} />
        </Section>
      )}
      {task.parentId === undefined && (parts.length > 0 || isOpen) ? (
        <Section title={t("tasks.parts")} count={parts.length}>
          <TaskList tasks={parts} />
          {isOpen && column !== undefined ? (
            <QuickAdd
              label={t("tasks.addPart")}
              onAdd={(part) => {
                const after = parts.at(-1)?.task.order ?? null;
                const slot = { boardId: task.boardId, columnId: column.id, after, before: null };
                return deeds.run(deeds.commands.create(scope, slot, { ...part, parentId: task.id }));
              }}
            />
          ) : null}
        </Section>
      ) : null}
      {blockers.length > 0 || isOpen ? (
        <Section title={t("tasks.blockedBy")} count={blockers.length}>
          <TaskList tasks={blockers} onRemove={isOpen ? (one) => unblock(one.task.id) : null} />
          {isOpen ? (
            <Button tone="quiet" onPress={() => setPicking(true)}>
              <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("tasks.addBlocker")}
            </Button>
          ) : null}
        </Section>
      ) : null}
      {blocks.length === 0 ? null : (
        <Section title={t("tasks.blocks")} count={blocks.length}>
          <TaskList tasks={blocks} />
        </Section>
      )}
      {attachments.length > 0 || isOpen ? (
        <Section title={t("tasks.attachments")} count={attachments.length}>
          <ul className="plain-list task-links__cards">
            {attachments.map((attachment) => (
              <li key={attachment.link} className="task-links__card">
                <LinkCard link={attachment.link} />
                {isOpen ? (
                  <IconButton icon={X} label={t("tasks.detach")} onPress={() => detach(attachment)} />
                ) : null}
              </li>
            ))}
          </ul>
          {isOpen ? (
            <Button tone="quiet" onPress={() => setLinking(true)}>
              <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("tasks.attach")}
            </Button>
          ) : null}
        </Section>
      ) : null}
      {isPicking ? (
        <PickTask
          info={info}
          onPick={(id) => void deeds.change([view], { blockedBy: [...blockedBy, id] })}
          onClose={() => setPicking(false)}
        />
      ) : null}
      {isLinking ? (
        <AttachDialog
          onAttach={(link) => void deeds.change([view], { attachments: [...attachments, { link }] })}
          onClose={() => setLinking(false)}
        />
      ) : null}
    </>
  );
}

function Section({ title, count = 0, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="task-links" aria-label={title}>
      <h3 className="task-details__heading">
        {title}
        {count === 0 ? null : <span className="task-details__count">{count}</span>}
      </h3>
      {children}
    </section>
  );
}

interface TaskListProps {
  tasks: readonly TaskView[];
  onRemove?: ((task: TaskView) => void) | null;
}

function TaskList({ tasks, onRemove = null }: TaskListProps) {
  const { t } = useTranslation();
  if (tasks.length === 0) return null;
  return (
    <ul className="plain-list">
      {tasks.map((view) => (
        <li key={view.key} className="task-links__task" data-done={view.task.done !== undefined || undefined}>
          <button
            type="button"
            className="task-links__name"
            onClick={() =>
              openObject({ kind: "row", scope: view.scope, collection: "task", id: view.task.id })
            }
          >
            {view.task.title}
          </button>
          <DueMark view={view} />
          {onRemove === null ? null : (
            <IconButton
              icon={X}
              label={t("tasks.removeBlocker", { title: view.task.title })}
              onPress={() => onRemove(view)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

const FOUND = 30;

function PickTask({
  info,
  onPick,
  onClose,
}: {
  info: TaskInfo;
  onPick: (id: TaskId) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { task, scope } = info.task;
  const [typed, setTyped] = useState("");
  const { items } = useLiveQuery("taskSearch", { text: typed.slice(0, 200), scope, limit: FOUND });
  const without = new Set<string>([task.id, ...(task.blockedBy ?? []), ...info.blocks.map(({ key }) => key)]);
  const found = items.filter(({ key }) => !without.has(key));
  return (
    <Dialog title={t("tasks.addBlocker")} onClose={onClose}>
      <DialogBody>
        <SearchBox label={t("tasks.findTask")} value={typed} onChange={setTyped} />
        <ul className="plain-list pick-task">
          {found.map((view) => (
            <li key={view.key}>
              <button
                type="button"
                className="pick-task__row"
                onClick={() => {
                  onPick(view.task.id);
                  onClose();
                }}
              >
                <span>{view.task.title}</span>
                <span className="task-details__line">{`${view.place.boardName} · ${view.place.columnName}`}</span>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 ? <EmptyState>{t("tasks.noTaskFound")}</EmptyState> : null}
      </DialogBody>
    </Dialog>
  );
}

/** Documents and messages have addresses: « Copier le lien », wherever they are. */
function AttachDialog({ onAttach, onClose }: { onAttach: (link: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const show = useToasts((state) => state.show);
  const link = typed.trim();
  const isLink = parseObjectLink(link) !== null;
  const attach = (address: string) => {
    onAttach(address);
    onClose();
  };
  return (
    <Dialog title={t("tasks.attach")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (isLink) attach(link);
          else show({ tone: "plain", text: t("tasks.notALink") });
        }}
      >
        <DialogBody>
          <DocumentSearch label={t("tasks.findDocument")} onPick={attach} />
          <TextField
            label={t("tasks.linkToAttach")}
            hint={t("tasks.linkHint")}
            value={typed}
            onChange={setTyped}
            maxLength={8000}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!isLink}>
              {t("tasks.attachLink")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
