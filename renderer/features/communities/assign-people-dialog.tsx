import { useState } from "react";
import type { Organisation } from "#contract/entities/organisation.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { PeoplePicker, type Picked } from "#renderer/parts/people-picker.tsx";

/** Everyone that a search finds may be taken at once: a whole service, a whole body. */
const ALL_MAX = 500;

/** Who belongs to an organisation: people are gathered by search, then assigned together. */
export function AssignPeopleDialog({
  organisation,
  onClose,
}: {
  organisation: Organisation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const client = useWorker();
  const show = useToasts((state) => state.show);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [words, setWords] = useState("");
  const takeAll = async () => {
    const { items } = await client.once("people", { text: words, limit: ALL_MAX });
    const found = items.map(({ person }) => ({ id: person.id, name: person.displayName }));
    setPicked([...picked, ...found.filter(({ id }) => picked.every((each) => each.id !== id))]);
  };
  const assign = async (isInside: boolean) => {
    const organisationId = isInside ? organisation.id : null;
    const personIds = picked.map(({ id }) => id);
    if (!(await write("person.assign", DIRECTORY, { personIds, organisationId }))) return;
    show({ tone: "plain", text: t("organisation.assigned", { count: picked.length }) });
    onClose();
  };
  return (
    <Dialog title={t("organisation.assignTo", { name: organisation.name })} onClose={onClose} isWide>
      <DialogBody>
        <form
          autoComplete="off"
          className="page-form__row"
          onSubmit={(event) => {
            event.preventDefault();
            if (words.trim() !== "") void takeAll();
          }}
        >
          <TextField
            label={t("organisation.takeAll")}
            hint={t("organisation.takeAllHint")}
            value={words}
            onChange={setWords}
          />
          <Button type="submit" isDisabled={words.trim() === ""}>
            {t("organisation.take")}
          </Button>
        </form>
        <PeoplePicker picked={picked} onChange={setPicked} />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          {picked.length === 0 ? null : (
            <Button onPress={() => void assign(false)}>
              {t("organisation.unassign", { count: picked.length })}
            </Button>
          )}
          <Button tone="primary" onPress={() => void assign(true)} isDisabled={picked.length === 0}>
            {picked.length === 0
              ? t("organisation.assign")
              : t("organisation.assignCount", { count: picked.length })}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
