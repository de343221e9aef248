import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList } from "#tests/e2e/window.ts";
import { openDesktop } from "./desktop.ts";

test("a cold start shows the demonstration workplace", async () => {
  const data = temporaryFolder("desktop");
  const desktop = await openDesktop({ dataDir: data.path });
  try {
    const page = await desktop.firstWindow();
    await expect(conversationList(page)).toBeVisible();
      await desktop.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((w) => [w.isVisible(), w.webContents.getURL(), w.getTitle()]),
      ),
    );
  } finally {
    await desktop.close();
  }
});
