import { spaceScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { ArchiveSection } from "./archive-section.tsx";
import { CoverField, useCoverUpload } from "./cover-field.tsx";
import { GroupsEditor } from "./groups-editor.tsx";
import { PageSection } from "./page-frame.tsx";
import { SettingsConflict } from "./settings-conflict.tsx";
import { SettingsFields } from "./settings-fields.tsx";
import type { OpenCommunity } from "./space-page.tsx";
import { useEdits } from "./use-edits.ts";

/** How its animators compose a space. Saved field by field: what others change meanwhile is not undone. */
export function SettingsTab({ community }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { view, refused } = community;
  const isArchived = view.space.archivedAt !== undefined;
  return (
    <>
      {refused.map((change) => (
        <SettingsConflict
          key={change.mutationId}
          change={change}
          name="space.update"
          scope={spaceScope(view.space.id)}
          target={{ spaceId: view.space.id }}
        />
      ))}
      {isArchived ? null : (
        <>
          <SettingsForm community={community} />
          <PageSection title={t("administration.groups.title")} hint={t("administration.groups.spaceHint")}>
            <GroupsEditor scope={spaceScope(view.space.id)} spaceId={view.space.id} />
          </PageSection>
        </>
      )}
      <ArchiveSection community={community} />
    </>
  );
}

function SettingsForm({ community: { view } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const show = useToasts((state) => state.show);
  const form = useEdits(view.space);
  const scope = spaceScope(view.space.id);
  const cover = useCoverUpload(scope, (blobId) => form.set("cover", blobId));
  const isNameless = form.draft.name === undefined || form.draft.name.trim() === "";
  const save = async () => {
    const isKept = await write("space.update", scope, { spaceId: view.space.id, ...form.edits });
    if (!isKept) return;
    form.clear();
    show({ tone: "plain", text: t("community.settings.saved") });
  };
  return (
    <form
      autoComplete="off"
      className="page-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.isTouched && !isNameless) void save();
      }}
    >
      <PageSection title={t("community.settings.identity")}>
        <CoverField cover={form.draft.cover} upload={cover} onRemove={() => form.set("cover", undefined)} />
        <SettingsFields form={{ draft: form.draft, set: form.put }} />
      </PageSection>
      {cover.isBusy ? <Note>{t("community.cover.wait")}</Note> : null}
      <div className="page-form__actions page-form__actions--sticky">
        <Button tone="primary" type="submit" isDisabled={!form.isTouched || isNameless || cover.isBusy}>
          {t("action.save")}
        </Button>
        {form.isTouched ? <Button onPress={form.clear}>{t("community.settings.revert")}</Button> : null}
        <span className="field__hint" role="status">
          {form.isTouched ? t("community.settings.unsaved") : ""}
        </span>
      </div>
    </form>
  );
}
