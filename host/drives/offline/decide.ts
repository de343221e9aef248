/** How one side of a file stands against what both agreed on last; without that, what is there is `changed`. */
export type Stand = "absent" | "same" | "changed";

export interface Situation {
  /** Both sides agreed on it once. */
  hasBase: boolean;
  here: Stand;
  there: Stand;
  /** The drive takes changes. */
  canWrite: boolean;
}

export const decisions = [
  "nothing",
  /** Neither side has it any more. */
  "forget",
  "download",
  "upload",
  "removeHere",
  "removeThere",
  /** Both have something that the other does not know: the same by chance, or a conflict. */
  "compare",
  /** Ours cannot go there: it is kept beside, and theirs takes its place. */
  "putAside",
  /** Ours stays as it is, and is named as left out. */
  "leaveOut",
] as const;
export type Decision = (typeof decisions)[number];

/** What becomes of one file. A change always outlives a deletion; what would be lost is never decided here. */
export function decide(situation: Situation): Decision {
  return situation.hasBase ? decideKnown(situation) : decideNew(situation);
}

function decideNew({ here, there, canWrite }: Situation): Decision {
  if (here === "absent") return there === "absent" ? "nothing" : "download";
  if (there !== "absent") return "compare";
  return canWrite ? "upload" : "leaveOut";
}

function decideKnown({ here, there, canWrite }: Situation): Decision {
  switch (here) {
    case "same":
      if (there === "same") return "nothing";
      return there === "changed" ? "download" : "removeHere";
    case "changed":
      if (there === "changed") return "compare";
      if (canWrite) return "upload";
      return there === "same" ? "putAside" : "leaveOut";
    case "absent":
      if (there === "absent") return "forget";
      return there === "same" && canWrite ? "removeThere" : "download";
  }
}

export type FolderDecision =
  | "nothing"
  | "forget"
  | "agree"
  | "makeHere"
  | "makeThere"
  | "removeHere"
  | "removeThere"
  | "leaveOut";

export interface FolderSituation {
  hasBase: boolean;
  isHere: boolean;
  isThere: boolean;
  canWrite: boolean;
  /** Something is to be brought into it, or taken from it to the drive. */
  isNeededHere: boolean;
  isNeededThere: boolean;
}

export function decideFolder(situation: FolderSituation): FolderDecision {
  const { hasBase, isHere, isThere, canWrite, isNeededHere, isNeededThere } = situation;
  if (isHere && isThere) return hasBase ? "nothing" : "agree";
  if (isHere) {
    if (hasBase && !isNeededThere) return "removeHere";
    return canWrite ? "makeThere" : "leaveOut";
  }
  if (isThere) return hasBase && !isNeededHere && canWrite ? "removeThere" : "makeHere";
  return hasBase ? "forget" : "nothing";
}
