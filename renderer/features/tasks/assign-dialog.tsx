import { useState } from "react";
import { personIdSchema, spaceIdSchema, type SpaceId } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Tasks are given to the members of their space: of several tasks at once, to all who are ticked. */
export function AssignDialog({ tasks, onClose }: { tasks: readonly TaskView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const [first] = tasks;
  const spaceId = spaceIdSchema.safeParse(first === undefined ? "" : parseScope(first.scope).id);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(tasks.length === 1 ? first?.task.assigneeIds : []),
  );
  const title =
    tasks.length === 1
      ? t("tasks.assignOne", { title: first?.task.title })
      : t("tasks.assignMany", { count: tasks.length });
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const keep = () => {
    const ids = [...chosen].map((id) => personIdSchema.parse(id));
    onClose();
    void deeds.change(tasks, { assigneeIds: ids.length === 0 ? null : ids });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>
        <SearchBox label={t("tasks.findPerson")} value={typed} onChange={setTyped} />
        {spaceId.success ? (
          <Members spaceId={spaceId.data} typed={typed} chosen={chosen} onToggle={toggle} />
        ) : null}
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={keep}>
            {t("action.save")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

interface MembersProps {
  spaceId: SpaceId;
  typed: string;
  chosen: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

function Members({ spaceId, typed, chosen, onToggle }: MembersProps) {
  const { t } = useTranslation();
  const { items, status } = useLiveQuery("communityMembers", { spaceId });
  const people = items.flatMap(({ person }) => person ?? []);
  const found = people.filter(({ displayName }) => matchesWords(displayName, typed));
  if (items.length === 0 && status !== "ready") return <SkeletonRows count={4} />;
  if (found.length === 0) return <EmptyState>{t("tasks.noPersonFound")}</EmptyState>;
  return (
    <ul className="plain-list pick-task">
      {found.map((person) => (
        <li key={person.id}>
          <label className="assign-row">
            <input type="checkbox" checked={chosen.has(person.id)} onChange={() => onToggle(person.id)} />
            <Avatar person={{ ...person, photo: person.photo ?? null }} size="small" />
            <span>{person.displayName}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
