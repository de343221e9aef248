import { useState } from "react";
import { spaceScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices } from "#renderer/ui/field.tsx";
import { PastedPeople } from "./pasted-people.tsx";
import { PeoplePicker, type Picked } from "#renderer/parts/people-picker.tsx";
import type { OpenCommunity } from "./space-page.tsx";

/** New members, one by one or from a list. */
export function AddPeopleDialog({ community, onClose }: { community: OpenCommunity; onClose: () => void }) {
  const { t } = useTranslation();
  const { space } = community.view;
  const [way, setWay] = useState<"search" | "list">("search");
  return (
    <Dialog title={t("community.members.addTo", { name: space.name })} onClose={onClose} isWide>
      <DialogBody>
        <Choices
          label={t("community.members.way.label")}
          value={way}
          onChange={setWay}
          options={(["search", "list"] as const).map((value) => ({
            value,
            label: t(`community.members.way.${value}`),
          }))}
        />
        {way === "search" ? (
          <SearchedPeople community={community} onClose={onClose} />
        ) : (
          <PastedPeople community={community} onClose={onClose} />
        )}
      </DialogBody>
    </Dialog>
  );
}

/** Adds people and says how many: those who are members already are passed over. */
export function useAddMembers({ view }: OpenCommunity): (picked: readonly Picked[]) => Promise<boolean> {
  const { t } = useTranslation();
  const { write } = useWriter();
  const show = useToasts((state) => state.show);
  const { id: spaceId, name } = view.space;
  return async (picked) => {
    const isKept = await write("membership.addMany", spaceScope(spaceId), {
      spaceId,
      personIds: picked.map(({ id }) => id),
    });
    if (isKept) show({ tone: "plain", text: t("community.members.added", { count: picked.length, name }) });
    return isKept;
  };
}

function SearchedPeople({ community, onClose }: { community: OpenCommunity; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddMembers(community);
  const { items: members } = useLiveQuery("communityMembers", { spaceId: community.view.space.id });
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const without = new Set(members.map(({ membership }) => String(membership.personId)));
  const submit = async () => {
    if (await add(picked)) onClose();
  };
  return (
    <>
      <PeoplePicker picked={picked} onChange={setPicked} without={without} />
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button tone="primary" onPress={() => void submit()} isDisabled={picked.length === 0}>
          {picked.length === 0
            ? t("community.addWord")
            : t("community.members.addCount", { count: picked.length })}
        </Button>
      </DialogActions>
    </>
  );
}
