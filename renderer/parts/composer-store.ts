import { create } from "zustand";
import type { Attachment, Poll, Quote } from "#contract/entities/message.ts";
import type { BlobId } from "#contract/ids.ts";
import type { Problem } from "#contract/problem.ts";
import type { Later } from "./message-commands.ts";
import { placeKey, type Place } from "./write.ts";

/** A file put beside a text that is not sent yet. */
export interface TrayFile {
  blobId: BlobId;
  name: string;
  mediaType: string;
  sizeBytes: number;
  /** `preparing`: being measured and copied. `refused`: it will not be sent, `problem` says why. */
  state: "preparing" | "ready" | "refused";
  problem: Problem | null;
  /** Once it is ready. */
  attachment: Attachment | null;
}

/** What stands beside the text in one field to write in. */
export interface Beside {
  quote: Quote | null;
  poll: Poll | null;
  files: readonly TrayFile[];
  /** When it goes, if it was begun for later. */
  later: Later | null;
}

const NOTHING: Beside = { quote: null, poll: null, files: [], later: null };

interface ComposerState {
  byPlace: Readonly<Record<string, Beside>>;
  /** Puts a message beside the text, to be quoted; null takes it away. */
  setQuote: (place: Pick<Place, "conversationId" | "threadId">, quote: Quote | null) => void;
  change: (key: string, change: (beside: Beside) => Partial<Beside>) => void;
  clear: (key: string) => void;
}

/** View state of composers, kept while one goes from a conversation to another. */
export const useComposerStore = create<ComposerState>((set) => ({
  byPlace: {},
  setQuote: (place, quote) => set(({ byPlace }) => ({ byPlace: put(byPlace, placeKey(place), { quote }) })),
  change: (key, change) =>
    set(({ byPlace }) => ({ byPlace: put(byPlace, key, change(byPlace[key] ?? NOTHING)) })),
  clear: (key) =>
    set(({ byPlace }) => {
      const { [key]: _gone, ...rest } = byPlace;
      return { byPlace: rest };
    }),
}));

function put(byPlace: ComposerState["byPlace"], key: string, changes: Partial<Beside>) {
  return { ...byPlace, [key]: { ...(byPlace[key] ?? NOTHING), ...changes } };
}

export function useBeside(key: string): Beside {
  return useComposerStore((state) => state.byPlace[key] ?? NOTHING);
}

/** Forgets what was begun: another account begins with empty fields. */
export function resetComposers(): void {
  useComposerStore.setState({ byPlace: {} });
}
