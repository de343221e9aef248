import { useTranslation } from "#renderer/kit/i18n.ts";
import { ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { RAIL_FROM, type ModuleEntry } from "./modules.ts";
import "./rail.css";

interface RailProps {
  modules: readonly ModuleEntry[];
  current: string;
  /** What waits for the reader, by module. */
  waiting: Readonly<Record<string, number>>;
}

/** The modules that this workplace has, when there are enough to choose from. */
export function RailView({ modules, current, waiting }: RailProps) {
  const { t } = useTranslation();
  if (modules.length < RAIL_FROM) return null;
  return (
    <nav className="rail" aria-label={t("frame.modules")}>
      {modules.map(({ name, icon: Icon }) => (
        <a
          key={name}
          className="rail__item"
          href={`#/${name}`}
          aria-current={name === current ? "page" : undefined}
        >
          <Icon size={20} strokeWidth={ICON_STROKE} aria-hidden />
          <span className="rail__word">{t(`module.${name}`)}</span>
          <Count
            value={waiting[name] ?? 0}
            isWaiting={name === "inbox"}
            label={
              name === "inbox"
                ? t("frame.waiting", { count: waiting[name] ?? 0 })
                : t("conversation.unread", { count: waiting[name] ?? 0 })
            }
          />
        </a>
      ))}
    </nav>
  );
}
