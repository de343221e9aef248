import type { Organisation } from "#contract/entities/organisation.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { CheckBox, FieldGroup } from "#renderer/ui/form.tsx";
import { moduleWord } from "./organisations-section.tsx";
import { useEdits, type EditForm } from "./use-edits.ts";
import { WorkingHoursFields } from "./working-hours-fields.tsx";

/** What the people of an organisation see and may do; nothing more than what is wanted is switched on. */
export function OrganisationDialog({
  organisation,
  onClose,
}: {
  organisation: Organisation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const form = useEdits(organisation);
  const { draft, set } = form;
  const name = draft.name ?? "";
  const canSave = form.isTouched && name.trim() !== "";
  const save = async () => {
    if (await write("organisation.save", DIRECTORY, { id: organisation.id, ...form.edits })) onClose();
  };
  return (
    <Dialog title={organisation.name} onClose={onClose} isWide>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) void save();
        }}
      >
        <DialogBody>
          <TextField
            label={t("organisation.name")}
            value={name}
            onChange={(value) => set("name", value)}
            maxLength={200}
            required
          />
          <ModulesField form={form} />
          <Choices
            label={t("organisation.spaceCreation")}
            value={draft.spaceCreation ?? "everyone"}
            onChange={(value) => set("spaceCreation", value)}
            options={(["everyone", "onRequest"] as const).map((value) => ({
              value,
              label: t(`organisation.creationChoice.${value}`),
            }))}
          />
          <WorkingHoursFields hours={draft.workingHours} onChange={(hours) => set("workingHours", hours)} />
          <CheckBox
            label={t("organisation.isQuietImposed")}
            hint={t("organisation.isQuietImposedHint")}
            isChecked={draft.isQuietImposed ?? false}
            isDisabled={draft.workingHours === undefined}
            onChange={(isImposed) => set("isQuietImposed", isImposed ? true : undefined)}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!canSave}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

function ModulesField({ form: { draft, set } }: { form: EditForm<Organisation> }) {
  const { t } = useTranslation();
  const offered = useSession((session) => session.capabilities?.modules ?? []);
  const chosen = draft.modules ?? offered;
  const toggle = (name: string, isOn: boolean) => {
    const next = offered.filter((each) => (each === name ? isOn : chosen.includes(each)));
    set("modules", next.length === offered.length ? undefined : next);
  };
  return (
    <FieldGroup label={t("organisation.modules")} hint={t("organisation.modulesHint")}>
      {offered.map((name) => (
        <CheckBox
          key={name}
          label={moduleWord(t, name)}
          hint={moduleHint(t, name)}
          isChecked={chosen.includes(name)}
          // Something must be left to open Parvis with.
          isDisabled={chosen.length === 1 && chosen.includes(name)}
          onChange={(isOn) => toggle(name, isOn)}
        />
      ))}
    </FieldGroup>
  );
}

function moduleHint(t: ReturnType<typeof useTranslation>["t"], name: string): string {
  switch (name) {
    case "inbox":
    case "messaging":
    case "feed":
    case "communities":
      return t(`organisation.moduleHint.${name}`);
    default:
      return "";
  }
}
