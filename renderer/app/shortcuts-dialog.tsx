import { useTranslation } from "#renderer/kit/i18n.ts";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { useApp } from "./app-store.ts";
import "./shortcuts-dialog.css";

const EVERYWHERE = [
  ["goTo", "Main+K"],
  ["settings", "Main+,"],
  ["detach", "Main+Shift+O"],
  ["panes", "F6"],
  ["closeSide", "Esc"],
] as const;
const LOCK = [["lock", "Main+Shift+L"]] as const;
const DESKTOP = [
  ["newMessage", "Main+N"],
  ["find", "Main+F"],
  ["downloads", "Main+J"],
  ["zoom", "Main++ / Main+- / Main+0"],
  ["quit", "Main+Q"],
] as const;

/** The keys that are good everywhere; those of a message or a field are shown beside their commands. */
export function ShortcutsDialog({ isElectron, onClose }: { isElectron: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const canLock = useApp(({ lock }) => lock !== null && lock.method !== "none");
  const isMac = navigator.platform.startsWith("Mac");
  const spell = (keys: string): string =>
    keys
      .replaceAll("Main+Shift+", isMac ? "⇧⌘" : `Ctrl+${t("shortcuts.key.shift")}+`)
      .replace("Esc", t("shortcuts.key.escape"))
      .replaceAll("Main+", isMac ? "⌘" : "Ctrl+")
      .replace(/⌘J/, "⌥⌘L");
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <DialogBody>
        <dl className="shortcuts">
          {[...EVERYWHERE, ...(canLock ? LOCK : []), ...(isElectron ? DESKTOP : [])].map(([name, keys]) => (
            <div key={name} className="shortcuts__row">
              <dt>{t(`shortcuts.${name}`)}</dt>
              <dd>
                <kbd>{spell(keys)}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
