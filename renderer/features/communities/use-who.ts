import { useSession } from "#renderer/kit/worker-context.tsx";

export interface Who {
  isAdministrator: boolean;
  /** From outside: sees only their spaces and makes none. */
  isGuest: boolean;
  /** Opens spaces by themselves; the others ask for them. */
  canCreate: boolean;
}

/** What the reader may do beyond their own spaces. The server decides; this only spares them buttons that refuse. */
export function useWho(): Who {
  return useSession((session) => {
    const isAdministrator = session.me?.roles?.includes("administrator") ?? false;
    const isGuest = session.me?.isGuest ?? false;
    const isFree = session.organisation?.spaceCreation !== "onRequest";
    return { isAdministrator, isGuest, canCreate: !isGuest && (isAdministrator || isFree) };
  });
}
