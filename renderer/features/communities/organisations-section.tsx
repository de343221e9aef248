import { Plus } from "lucide-react";
import { useState } from "react";
import { createId, organisationIdSchema } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { OrganisationView } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { AssignPeopleDialog } from "./assign-people-dialog.tsx";
import { OrganisationDialog } from "./organisation-dialog.tsx";
import { PageSection } from "./page-frame.tsx";
import { SettingsConflict } from "./settings-conflict.tsx";

/** The bodies that share the platform: what their people see, and who belongs to which. */
export function OrganisationsSection() {
  const { t } = useTranslation();
  const { items, status } = useLiveQuery("organisations", {});
  const [isCreating, setCreating] = useState(false);
  return (
    <PageSection
      title={t("administration.organisations.title")}
      hint={t("administration.organisations.hint")}
      action={
        <Button onPress={() => setCreating(true)}>
          <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("organisation.create")}
        </Button>
      }
    >
      {status === "loading" ? <SkeletonRows count={3} /> : null}
      {status === "ready" && items.length === 0 ? <EmptyState>{t("organisation.none")}</EmptyState> : null}
      <ul className="plain-list cards">
        {items.map((item) => (
          <li key={item.key}>
            <OrganisationCard item={item} />
          </li>
        ))}
      </ul>
      {isCreating ? <CreateDialog onClose={() => setCreating(false)} /> : null}
    </PageSection>
  );
}

function OrganisationCard({ item }: { item: OrganisationView }) {
  const { t, i18n } = useTranslation();
  const { write } = useWriter();
  const [open, setOpen] = useState<"settings" | "people" | "remove" | null>(null);
  const { organisation, people, spaces, refused, pending } = item;
  const close = () => setOpen(null);
  const { modules } = organisation;
  const facts = [
    t("organisation.people", { count: people }),
    t("organisation.spaces", { count: spaces }),
    t(`organisation.creation.${organisation.spaceCreation ?? "everyone"}`),
    modules === undefined
      ? t("organisation.allModules")
      : new Intl.ListFormat(i18n.language).format(modules.map((name) => moduleWord(t, name))),
  ];
  return (
    <article className="card-row" aria-label={organisation.name}>
      <div className="card-row__words">
        <h4 className="card-row__name">{organisation.name}</h4>
        <p className="card-row__facts">{facts.filter((fact) => fact !== "").join(" · ")}</p>
        {pending !== null && refused.length === 0 ? (
          <div className="tags">
            <span className="tag">{t(`outbox.status.${pending.status}`)}</span>
          </div>
        ) : null}
        {refused.map((change) => (
          <SettingsConflict
            key={change.mutationId}
            change={change}
            name="organisation.save"
            scope={DIRECTORY}
            target={{ id: organisation.id }}
          />
        ))}
      </div>
      <div className="card-row__actions">
        <Button onPress={() => setOpen("settings")}>{t("organisation.edit")}</Button>
        <Button onPress={() => setOpen("people")}>{t("organisation.assign")}</Button>
        <Button tone="quiet" onPress={() => setOpen("remove")}>
          {t("organisation.remove")}
        </Button>
      </div>
      {open === "settings" ? <OrganisationDialog organisation={organisation} onClose={close} /> : null}
      {open === "people" ? <AssignPeopleDialog organisation={organisation} onClose={close} /> : null}
      {open === "remove" ? (
        <ConfirmDialog
          title={t("organisation.removeTitle", { name: organisation.name })}
          action={t("organisation.remove")}
          onClose={close}
          onConfirm={() => void write("organisation.remove", DIRECTORY, { id: organisation.id })}
        >
          <p>{t("organisation.removeHint", { count: people })}</p>
        </ConfirmDialog>
      ) : null}
    </article>
  );
}

/** A module that this version does not know is named as the backend does. */
export function moduleWord(t: ReturnType<typeof useTranslation>["t"], name: string): string {
  switch (name) {
    case "inbox":
    case "messaging":
    case "feed":
    case "communities":
      return t(`module.${name}`);
    default:
      return name;
  }
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [name, setName] = useState("");
  const submit = async () => {
    const id = organisationIdSchema.parse(createId());
    const isKept = await write("organisation.save", DIRECTORY, {
      id,
      base: { name: null },
      changes: { name: name.trim() },
    });
    if (isKept) onClose();
  };
  return (
    <Dialog title={t("organisation.create")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void submit();
        }}
      >
        <DialogBody>
          <TextField
            label={t("organisation.name")}
            value={name}
            onChange={setName}
            maxLength={200}
            required
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name.trim() === ""}>
              {t("action.create")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
