import { useState } from "react";
import type { SpaceSettings, SpaceTemplate } from "#contract/entities/space.ts";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { PageFrame, PageSection } from "./page-frame.tsx";
import { NameFields, SettingsFields, type SettingsForm } from "./settings-fields.tsx";
import { TemplateChoice } from "./template-choice.tsx";
import { useWho } from "./use-who.ts";

const FRESH: SpaceSettings = { name: "", kind: "community", visibility: "open" };

/** A new community: opened at once where the organisation lets its people, otherwise asked for. */
export function NewCommunityView() {
  const { t } = useTranslation();
  const who = useWho();
  const [draft, setDraft] = useState<SpaceSettings>(FRESH);
  const [template, setTemplate] = useState<SpaceTemplate | null>(null);
  const [purpose, setPurpose] = useState("");
  const [audience, setAudience] = useState("");
  const send = useSend(who.canCreate);
  const form: SettingsForm = {
    draft,
    set: (field, value) => setDraft((before) => withField(before, field, value)),
  };
  const choose = (next: SpaceTemplate | null) => {
    setTemplate(next);
    setDraft(({ name, organisationIds }) => ({
      ...FRESH,
      ...next?.space,
      name,
      ...(organisationIds === undefined ? {} : { organisationIds }),
    }));
  };
  const canSend = draft.name.trim() !== "" && (who.canCreate || purpose.trim() !== "");
  if (who.isGuest) {
    return (
      <PageFrame title={t("community.ask")}>
        <EmptyState>{t("guest.mayNot")}</EmptyState>
      </PageFrame>
    );
  }
  return (
    <PageFrame title={who.canCreate ? t("community.create") : t("community.ask")}>
      <form
        autoComplete="off"
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) void send({ draft, template, purpose, audience });
        }}
      >
        {who.canCreate ? null : <p>{t("request.explain")}</p>}
        <TemplateChoice chosen={template} onChoose={choose} />
        <PageSection title={t("community.settings.identity")}>
          <NameFields form={form} />
          {who.canCreate ? null : (
            <>
              <TextArea
                label={t("request.purpose")}
                hint={t("request.purposeHint")}
                value={purpose}
                onChange={setPurpose}
                maxLength={4000}
                required
              />
              <TextField
                label={t("request.audience")}
                value={audience}
                onChange={setAudience}
                maxLength={1000}
              />
            </>
          )}
          <SettingsFields form={form} hasName={false} />
        </PageSection>
        <div className="page-form__actions">
          <Button tone="primary" type="submit" isDisabled={!canSend}>
            {who.canCreate ? t("community.createNow") : t("request.send")}
          </Button>
          <Button onPress={() => useView.getState().go("communities")}>{t("action.cancel")}</Button>
        </div>
      </form>
    </PageFrame>
  );
}

/** A field that says nothing is left out. */
export function withField<T extends object>(draft: T, field: string, value: unknown): T {
  const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  const { [field]: _before, ...rest } = Object.fromEntries(Object.entries(draft));
  // A name being typed may be empty for a moment.
  const next = isEmpty && field !== "name" ? rest : { ...rest, [field]: value };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same row with one field that the form has typed
  return next as T;
}

interface Sent {
  draft: SpaceSettings;
  template: SpaceTemplate | null;
  purpose: string;
  audience: string;
}

function useSend(canCreate: boolean): (sent: Sent) => Promise<void> {
  const { t } = useTranslation();
  const { write } = useWriter();
  const show = useToasts((state) => state.show);
  const me = useSession((session) => session.me?.id ?? null);
  return async ({ draft, template, purpose, audience }) => {
    const { cover: _cover, ...settings } = { ...draft, name: draft.name.trim() };
    const from = template === null ? {} : { templateId: template.id };
    const { go } = useView.getState();
    if (canCreate) {
      const id = spaceIdSchema.parse(createId());
      if (await write("space.create", DIRECTORY, { ...settings, ...from, id })) go("communities", id);
      return;
    }
    if (me === null) return;
    const isKept = await write("spaceRequest.make", personScope(me), {
      id: createId(),
      space: settings,
      purpose: purpose.trim(),
      ...(audience.trim() === "" ? {} : { audience: audience.trim() }),
      ...from,
    });
    if (!isKept) return;
    show({ tone: "plain", text: t("request.sent") });
    go("communities", "requests");
  };
}
