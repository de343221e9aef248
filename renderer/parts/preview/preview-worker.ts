import { compareTexts, type Comparison } from "./reader/compare-texts.ts";
import { ReadRefused, type ReadAnswer, type ReadFormat, type Refusal } from "./reader/read-answer.ts";
import { readFile, toLines } from "./reader/read-file.ts";

/** One question for one worker, which is ended with its answer, or when it takes too long. */
export type WorkerQuestion =
  | { kind: "read"; bytes: Uint8Array; format: ReadFormat }
  | { kind: "words"; bytes: Uint8Array; format: ReadFormat }
  | { kind: "compare"; before: string; after: string };

export type WorkerAnswer =
  | { kind: "read"; answer: ReadAnswer }
  | { kind: "words"; text: string; isCut: boolean }
  | { kind: "compare"; comparison: Comparison | null }
  | { kind: "refused"; refusal: Refusal };

self.addEventListener("message", (event: MessageEvent<WorkerQuestion>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  self.postMessage(answerTo(event.data));
});

function answerTo(question: WorkerQuestion): WorkerAnswer {
  try {
    switch (question.kind) {
      case "read":
        return { kind: "read", answer: readFile(question.bytes, question.format) };
      case "words": {
        const answer = readFile(question.bytes, question.format);
        return { kind: "words", text: toLines(answer), isCut: answer.isCut };
      }
      case "compare":
        return { kind: "compare", comparison: compareTexts(question.before, question.after) };
    }
  } catch (error) {
    // Whatever a hostile file brings a reader to: to the person it is a file that cannot be read.
    return { kind: "refused", refusal: error instanceof ReadRefused ? error.refusal : "damaged" };
  }
}
