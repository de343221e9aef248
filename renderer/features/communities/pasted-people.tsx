import { useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import type { MatchedPerson } from "#contract/views/communities.ts";
import { decodeText } from "#renderer/kit/text-files.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { DialogActions } from "#renderer/ui/dialog.tsx";
import { SelectField, TextArea } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { useAddMembers } from "./add-people-dialog.tsx";
import { useInviteGuests } from "./invite-guests.ts";
import { linesOf } from "./pasted-list.ts";
import type { Picked } from "#renderer/parts/people-picker.tsx";
import type { OpenCommunity } from "./space-page.tsx";

interface PastedPeopleProps {
  community: OpenCommunity;
  onClose: () => void;
}

/** Members from a list of addresses or names, matched on this machine; whoever is unknown is said, not dropped. */
export function PastedPeople({ community, onClose }: PastedPeopleProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<ReadonlyMap<string, string>>(new Map());
  const { items } = useLiveQuery("matchPeople", { lines: linesOf(text) });
  const { items: members } = useLiveQuery("communityMembers", { spaceId: community.view.space.id });
  const add = useAddMembers(community);
  const inside = new Set(members.map(({ membership }) => String(membership.personId)));
  const found = pickedOf(items, choices);
  const fresh = found.filter(({ id }) => !inside.has(id));
  const submit = async () => {
    if (await add(fresh)) onClose();
  };
  return (
    <>
      <TextArea
        label={t("community.paste.label")}
        hint={t("community.paste.hint")}
        rows={6}
        value={text}
        onChange={setText}
      />
      <FileField onText={setText} />
      {items.length === 0 ? null : <Summary items={items} found={found.length} fresh={fresh.length} />}
      <Ambiguous items={items} choices={choices} onChoose={setChoices} />
      <Unknown items={items} community={community} />
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button tone="primary" onPress={() => void submit()} isDisabled={fresh.length === 0}>
          {fresh.length === 0
            ? t("community.addWord")
            : t("community.members.addCount", { count: fresh.length })}
        </Button>
      </DialogActions>
    </>
  );
}

function pickedOf(items: readonly MatchedPerson[], choices: ReadonlyMap<string, string>): Picked[] {
  const picked = new Map<string, Picked>();
  for (const { text, people } of items) {
    const wanted = people.length === 1 ? people[0] : people.find(({ id }) => id === choices.get(text));
    if (wanted !== undefined) picked.set(wanted.id, { id: wanted.id, name: wanted.displayName });
  }
  return [...picked.values()];
}

function FileField({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation();
  const read = async (file: File | undefined) => {
    if (file !== undefined) onText(decodeText(new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <div>
      <FileTrigger
        acceptedFileTypes={[".csv", ".txt", ".tsv", "text/csv", "text/plain"]}
        onSelect={(files) => void read(files?.[0])}
      >
        <Button>{t("community.paste.file")}</Button>
      </FileTrigger>
    </div>
  );
}

function Summary({ items, found, fresh }: { items: readonly unknown[]; found: number; fresh: number }) {
  const { t } = useTranslation();
  return (
    <p role="status">
      {t("community.paste.found", { count: found, lines: items.length })}{" "}
      {found > fresh ? t("community.paste.already", { count: found - fresh }) : ""}
    </p>
  );
}

interface AmbiguousProps {
  items: readonly MatchedPerson[];
  choices: ReadonlyMap<string, string>;
  onChoose: (choices: ReadonlyMap<string, string>) => void;
}

function Ambiguous({ items, choices, onChoose }: AmbiguousProps) {
  const { t } = useTranslation();
  return items
    .filter(({ people }) => people.length > 1)
    .map(({ key, text, people }) => (
      <SelectField
        key={key}
        label={t("community.paste.which", { text })}
        value={choices.get(text) ?? ""}
        onChange={(id) => onChoose(new Map([...choices, [text, id]]))}
        options={[
          { value: "", label: t("community.paste.nobody") },
          ...people.map((person) => ({
            value: String(person.id),
            label: [person.displayName, person.jobTitle, person.service]
              .filter((part) => part !== undefined)
              .join(" · "),
          })),
        ]}
      />
    ));
}

/** Addresses that nobody has here can be invited as guests; the rest is only said. */
function Unknown({ items, community }: { items: readonly MatchedPerson[]; community: OpenCommunity }) {
  const { t } = useTranslation();
  const invite = useInviteGuests(community.view.space.id);
  const [isInvited, setInvited] = useState(false);
  const unknown = items.filter(({ people }) => people.length === 0);
  const emails = unknown.map(({ email }) => email).filter((email) => email !== "");
  if (unknown.length === 0) return null;
  const run = async () => {
    setInvited(true);
    await invite([...new Set(emails)].map((email) => ({ email })));
    useView.getState().go("communities", community.view.space.id, "desk");
  };
  return (
    <Note tone="wait">
      <p className="note__title">{t("community.paste.unknown", { count: unknown.length })}</p>
      <ul className="unknown-lines">
        {unknown.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
      {emails.length === 0 ? null : (
        <div className="note__actions">
          <Button onPress={() => void run()} isDisabled={isInvited}>
            {t("guest.inviteCount", { count: emails.length })}
          </Button>
        </div>
      )}
    </Note>
  );
}
