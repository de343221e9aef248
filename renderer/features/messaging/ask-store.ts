import { create } from "zustand";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import type { Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import type { ConversationSummary } from "#contract/worker.ts";

/** What is asked about one message or conversation. The answer is handed to the one who asks. */
export type Ask =
  | { kind: "versions"; view: MessageView }
  | { kind: "forward"; view: MessageView; scope: Scope }
  | { kind: "task"; title: string; source: string }
  | { kind: "report"; object: ObjectRef; scope: Scope; name: string }
  | { kind: "moment"; title: string; action: string; initial: IsoTime; onPick: (at: IsoTime) => void }
  | {
      kind: "text";
      title: string;
      label: string;
      value: string;
      maxLength: number;
      isLong?: boolean;
      isOptional?: boolean;
      onSave: (text: string) => void;
    }
  | { kind: "jump"; onPick: (at: IsoTime) => void }
  | { kind: "channel"; summary: ConversationSummary }
  | { kind: "addPeople"; summary: ConversationSummary };

interface AskState {
  ask: Ask | null;
  open: (ask: Ask) => void;
  close: () => void;
}

/** One question at a time, asked in a dialog of its own: no row carries one. */
export const useAsk = create<AskState>((set) => ({
  ask: null,
  open: (ask) => set({ ask }),
  close: () => set({ ask: null }),
}));
