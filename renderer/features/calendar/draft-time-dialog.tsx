import { useSession } from "#renderer/kit/worker-context.tsx";
import { draftAtTime, timeOfDraft } from "./draft-time.ts";
import { FindTimeDialog } from "./find-time/find-time-dialog.tsx";
import { withMe, type Invited } from "./find-time/time-plan.ts";
import type { EventDraft } from "./form/event-draft.ts";
import { nameOf } from "./form/guest-offers.ts";

interface DraftTimeDialogProps {
  draft: EventDraft;
  /** Of the event that stands already. */
  uid: string | undefined;
  onChange: (draft: EventDraft) => void;
  onClose: () => void;
}

/** When the people of the workplace have time who are invited to an event, while it is written. */
export function DraftTimeDialog({ draft, uid, onChange, onClose }: DraftTimeDialogProps) {
  const me = useSession((session) => session.me);
  const guests = draft.attendees.flatMap((guest): Invited[] =>
    guest.personId === undefined
      ? []
      : [{ id: guest.personId, name: nameOf(guest), isOptional: guest.isOptional }],
  );
  return (
    <FindTimeDialog
      people={withMe(me, guests)}
      {...timeOfDraft(draft)}
      zone={draft.zone}
      except={uid}
      onPick={(startMs, endMs) => {
        onChange(draftAtTime(draft, startMs, endMs));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
