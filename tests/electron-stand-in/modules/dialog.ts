import type * as Electron from "electron";

/**
 * https://www.electronjs.org/docs/latest/api/dialog. Noted and answered as `standIn` says. A specification for both kinds
 * puts its own function in the place of `dialog.showMessageBox`, as Playwright's documentation does.
 */
interface Shown {
  kind: string;
  options: object;
}

const shown: Shown[] = [];
const answers = {
  button: undefined as number | undefined,
  isChecked: false,
  path: undefined as string | undefined,
};

/** The window may be left out. */
function optionsOf<T extends object>(first: unknown, second: T | undefined): Partial<T> {
  if (second !== undefined) return second;
  return typeof first === "object" && first !== null ? Object.assign({}, first) : {};
}

export const dialog = {
  standIn: { shown, answers },
  async showMessageBox(
    first: unknown,
    second?: Electron.MessageBoxOptions,
  ): Promise<Electron.MessageBoxReturnValue> {
    const options = optionsOf(first, second);
    shown.push({ kind: "messageBox", options });
    return { response: answers.button ?? options.defaultId ?? 0, checkboxChecked: answers.isChecked };
  },
  showMessageBoxSync(first: unknown, second?: Electron.MessageBoxSyncOptions): number {
    const options = optionsOf(first, second);
    shown.push({ kind: "messageBox", options });
    return answers.button ?? options.defaultId ?? 0;
  },
  showErrorBox(title: string, content: string): void {
    shown.push({ kind: "errorBox", options: { title, content } });
    process.stderr.write(`[error box] ${title}: ${content}\n`);
  },
  async showSaveDialog(
    first: unknown,
    second?: Electron.SaveDialogOptions,
  ): Promise<Electron.SaveDialogReturnValue> {
    const options = optionsOf(first, second);
    shown.push({ kind: "saveDialog", options });
    return { canceled: answers.path === undefined, filePath: answers.path ?? "" };
  },
  async showOpenDialog(
    first: unknown,
    second?: Electron.OpenDialogOptions,
  ): Promise<Electron.OpenDialogReturnValue> {
    const options = optionsOf(first, second);
    shown.push({ kind: "openDialog", options });
    return {
      canceled: answers.path === undefined,
      filePaths: answers.path === undefined ? [] : [answers.path],
    };
  },
  async showCertificateTrustDialog(): Promise<void> {},
} satisfies Record<
  | keyof Pick<
      Electron.Dialog,
      | "showMessageBox"
      | "showMessageBoxSync"
      | "showErrorBox"
      | "showSaveDialog"
      | "showOpenDialog"
      | "showCertificateTrustDialog"
    >
  | "standIn",
  unknown
>;
