/** Who has the focus, for modules that windows themselves import. */
interface FocusedWindow {
  readonly webContents: {
    undo: () => void;
    redo: () => void;
    cut: () => void;
    copy: () => void;
    paste: () => void;
    pasteAndMatchStyle: () => void;
    delete: () => void;
    selectAll: () => void;
    reload: () => void;
    getZoomLevel: () => number;
    setZoomLevel: (level: number) => void;
  };
  isFullScreen: () => boolean;
  setFullScreen: (flag: boolean) => void;
  minimize: () => void;
  maximize: () => void;
  close: () => void;
}

let focused: FocusedWindow | undefined;

export function focusedWindow(): FocusedWindow | undefined {
  return focused;
}

export function setFocusedWindow(window: FocusedWindow | undefined): void {
  focused = window;
}
