import { Check, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { PersonView } from "#contract/worker.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SearchBox, TextField } from "#renderer/ui/field.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { useOpenDirect } from "#renderer/parts/use-open-direct.ts";

const LIMIT = 50;

/** One person makes a direct conversation, more make a group. */
export function NewConversationDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const me = useSession((session) => session.me?.id);
  const openDirect = useOpenDirect();
  const [typed, setTyped] = useState("");
  const [name, setName] = useState("");
  const [picked, setPicked] = useState<readonly PersonView[]>([]);
  const { items, status } = useLiveQuery("people", { text: typed, limit: LIMIT });
  const onRove = useRoving();
  const toggle = (view: PersonView) =>
    setPicked((list) =>
      list.some(({ key }) => key === view.key) ? list.filter(({ key }) => key !== view.key) : [...list, view],
    );
  const open = () => {
    close();
    openDirect(
      picked.map(({ person }) => person.id),
      name.trim(),
    );
  };
  return (
    <Dialog title={t("newConversation.title")} onClose={close}>
      <DialogBody>
        <SearchBox label={t("newConversation.whom")} value={typed} onChange={setTyped} />
        <PickedPeople people={picked} onRemove={toggle} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <ul className="plain-list person-list person-list--pick" onKeyDown={onRove}>
          {items
            .filter(({ person }) => person.id !== me && person.isDeactivated !== true)
            .map((view, index) => (
              <li key={view.key}>
                <PickRow
                  view={view}
                  isStop={index === 0}
                  isPicked={picked.some(({ key }) => key === view.key)}
                  onToggle={toggle}
                />
              </li>
            ))}
        </ul>
        {items.length === 0 && status === "ready" ? (
          <EmptyState>{t("newConversation.nobody")}</EmptyState>
        ) : null}
        {picked.length > 1 ? (
          <TextField label={t("newConversation.name")} value={name} onChange={setName} maxLength={200} />
        ) : null}
        <DialogActions>
          <Button onPress={close}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={open} isDisabled={picked.length === 0}>
            {picked.length > 1
              ? t("newConversation.openGroup", { count: picked.length + 1 })
              : t("newConversation.open")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

function PickedPeople({
  people,
  onRemove,
}: {
  people: readonly PersonView[];
  onRemove: (view: PersonView) => void;
}) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <ul className="plain-list picked" aria-label={t("newConversation.picked")}>
      {people.map((view) => (
        <li key={view.key}>
          <button
            type="button"
            className="picked__chip"
            aria-label={t("newConversation.remove", { name: view.person.displayName })}
            onClick={() => onRemove(view)}
          >
            {view.person.displayName}
            <X size={14} strokeWidth={ICON_STROKE} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PickRowProps {
  view: PersonView;
  isStop: boolean;
  isPicked: boolean;
  onToggle: (view: PersonView) => void;
}

function PickRow({ view, isStop, isPicked, onToggle }: PickRowProps) {
  const { person, presence } = view;
  return (
    <button
      type="button"
      className="person-row"
      aria-pressed={isPicked}
      data-roving={person.displayName}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onToggle(view)}
    >
      <Avatar person={{ ...person, photo: person.photo ?? null, presence }} hasPresence />
      <span className="person-row__words">
        <span className="person-row__name">{person.displayName}</span>
        <span className="person-row__job">
          {[person.jobTitle, person.service].filter((part) => part !== undefined).join(" · ")}
        </span>
      </span>
      {isPicked ? <Check size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> : null}
    </button>
  );
}
