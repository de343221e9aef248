import { Plus } from "lucide-react";
import { useState } from "react";
import type { Group } from "#contract/entities/organisation.ts";
import { createId, groupIdSchema, type SpaceId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { PeoplePicker, type Picked } from "#renderer/parts/people-picker.tsx";

type GroupItem = QueryItem<"groupsOf">;

interface GroupsEditorProps {
  scope: Scope;
  spaceId: SpaceId | null;
}

interface Edited {
  group: Group;
  picked: readonly Picked[];
}

/** People who can be named together in a message. */
export function GroupsEditor({ scope, spaceId }: GroupsEditorProps) {
  const { t } = useTranslation();
  const { items, status } = useLiveQuery("groupsOf", { scope });
  const [edited, setEdited] = useState<Edited | null>(null);
  const create = () => {
    const id = groupIdSchema.parse(createId());
    const group: Group = { id, name: "", memberIds: [], ...(spaceId === null ? {} : { spaceId }) };
    setEdited({ group, picked: [] });
  };
  return (
    <>
      {status === "ready" && items.length === 0 ? (
        <EmptyState>{t("administration.groups.none")}</EmptyState>
      ) : null}
      <ul className="plain-list cards">
        {items.map((item) => (
          <li key={item.key}>
            <GroupCard item={item} scope={scope} onEdit={setEdited} />
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={create}>
          <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("administration.groups.create")}
        </Button>
      </div>
      {edited === null ? null : (
        <GroupDialog key={edited.group.id} edited={edited} scope={scope} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

interface GroupCardProps {
  item: GroupItem;
  scope: Scope;
  onEdit: (edited: Edited) => void;
}

const NAMES_SHOWN = 5;

function GroupCard({ item: { group, members }, scope, onEdit }: GroupCardProps) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [isRemoving, setRemoving] = useState(false);
  const names = members.slice(0, NAMES_SHOWN).map(({ displayName }) => displayName);
  const more = members.length - names.length;
  const edit = () =>
    onEdit({ group, picked: members.map(({ id, displayName }) => ({ id, name: displayName })) });
  return (
    <article className="card-row" aria-label={group.name}>
      <div className="card-row__words">
        <h4 className="card-row__name">@{group.name}</h4>
        <p className="card-row__facts">
          {names.join(", ")} {more > 0 ? t("administration.groups.more", { count: more }) : ""}
        </p>
      </div>
      <div className="card-row__actions">
        <Button onPress={edit}>{t("administration.edit")}</Button>
        <Button tone="quiet" onPress={() => setRemoving(true)}>
          {t("administration.remove")}
        </Button>
      </div>
      {isRemoving ? (
        <ConfirmDialog
          title={t("administration.groups.removeTitle", { name: group.name })}
          action={t("administration.remove")}
          onClose={() => setRemoving(false)}
          onConfirm={() => void write("group.remove", scope, { id: group.id })}
        >
          <p>{t("administration.groups.removeHint")}</p>
        </ConfirmDialog>
      ) : null}
    </article>
  );
}

function GroupDialog({ edited, scope, onClose }: { edited: Edited; scope: Scope; onClose: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [name, setName] = useState(edited.group.name);
  const [picked, setPicked] = useState(edited.picked);
  const canSave = name.trim() !== "" && picked.length > 0;
  const save = async () => {
    const memberIds = picked.map(({ id }) => id);
    if (await write("group.save", scope, { ...edited.group, name: name.trim(), memberIds })) onClose();
  };
  return (
    <Dialog
      title={edited.group.name === "" ? t("administration.groups.create") : edited.group.name}
      onClose={onClose}
      isWide
    >
      <DialogBody>
        <TextField
          label={t("administration.groups.name")}
          hint={t("administration.groups.nameHint")}
          value={name}
          onChange={setName}
          maxLength={100}
          required
        />
        <PeoplePicker picked={picked} onChange={setPicked} hasGuests />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={() => void save()} isDisabled={!canSave}>
            {t("action.save")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
