import { app, dialog } from "electron";
import { Quitting } from "#host/desktop/quitting.ts";
import type { Host } from "#host/host.ts";
import type { QuitReason } from "./shell-context.ts";
import type { Windows } from "./windows.ts";
import type { Words } from "./words.ts";

export interface QuitParts {
  host: Host;
  windows: Windows;
  words: Words;
  /** Ends everything of ours. */
  stop: () => Promise<void>;
}

/** The one way to end: menu, tray, keys, update, signal, end of the machine's session. */
export function createQuitting({
  host,
  windows,
  words,
  stop,
}: QuitParts): (reason: QuitReason) => Promise<boolean> {
  const { attention, desk } = host.services;
  let isOver = false;
  const quitting = new Quitting({
    tell: () => host.events.emit({ type: "quitting" }),
    waiting: async () => attention.overall().waiting + (await desk.waiting()),
    hasPages: () => windows.all().length > 0,
    async ask(waiting, signal) {
      const said = words.now();
      const options = {
        type: "question" as const,
        message: said.waitingTitle(waiting),
        detail: said.waitingText(waiting, attention.overall().connection, attention.overall().held),
        buttons: [said.quitNow, said.stay],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
        signal,
      };
      // Hidden or released, the question stands by itself.
      const { main } = windows;
      const answer =
        main?.isVisible() === true
          ? await dialog.showMessageBox(main, options)
          : await dialog.showMessageBox(options);
      return answer.response === 0;
    },
    end: stop,
  });
  // Everything that ends the application without asking us comes by here: the dock, the system, `app.quit`.
  app.on("before-quit", (event) => {
    if (isOver) return;
    event.preventDefault();
    void quit("person");
  });
  const quit = async (reason: QuitReason): Promise<boolean> => {
    const isEnded = await quitting.quit({ isAsking: reason === "person" || reason === "update" });
    isOver ||= isEnded;
    if (isEnded && reason !== "update") app.exit(0);
    return isEnded;
  };
  return quit;
}
