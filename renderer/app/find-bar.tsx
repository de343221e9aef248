import { ArrowDown, ArrowUp, CaseSensitive, X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { clearMatches, goToMatch, searchPage, showMatches } from "#renderer/kit/page-search.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import "./find-bar.css";

/** Typing and a page that is being drawn settle first. */
const SETTLE_MS = 120;

/** Looks for words in what the window shows. */
export function FindBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const [isCaseSensitive, setCaseSensitive] = useState(false);
  const { count, active, step } = useMatches(wanted, isCaseSensitive);
  useKeys({ Escape: onClose, F3: (isBack) => step(isBack ? -1 : 1) });
  return (
    <search className="find-bar" aria-label={t("find.label")} data-page-search>
      <FindField
        label={t("find.field")}
        value={wanted}
        onChange={setWanted}
        onStep={(isBack) => step(isBack ? -1 : 1)}
      />
      <span className="find-bar__count" role="status">
        {wanted.trim() === "" ? "" : count === 0 ? t("find.none") : t("find.count", { active, count })}
      </span>
      <IconButton
        icon={CaseSensitive}
        label={t("find.case")}
        isPressed={isCaseSensitive}
        onPress={() => setCaseSensitive(!isCaseSensitive)}
      />
      <IconButton
        icon={ArrowUp}
        label={t("find.previous")}
        isDisabled={count === 0}
        onPress={() => step(-1)}
      />
      <IconButton icon={ArrowDown} label={t("find.next")} isDisabled={count === 0} onPress={() => step(1)} />
      <IconButton icon={X} label={t("action.close")} onPress={onClose} />
      <p className="find-bar__note">{t("find.note")}</p>
    </search>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onStep: (isBack: boolean) => void;
}

type Keys = Readonly<Record<string, (isBack: boolean) => void>>;

/** Wherever the focus is in the window. */
function useKeys(keys: Keys): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act(event.shiftKey);
  });
  useEffect(() => {
    window.addEventListener("keydown", handle, { capture: true });
    return () => window.removeEventListener("keydown", handle, { capture: true });
  }, []);
}

/** Takes the focus when it comes, and gives it back. */
function FindField({ onStep, ...props }: FieldProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const field = box.current?.querySelector("input");
    const onAgain = () => field?.select();
    field?.focus();
    window.addEventListener("parvis-find", onAgain);
    return () => {
      window.removeEventListener("parvis-find", onAgain);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div ref={box} className="find-bar__field">
      <SearchBox
        {...props}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onStep(event.shiftKey);
        }}
      />
    </div>
  );
}

/** What is found, kept while the page changes; `active` counts from 1. */
function useMatches(wanted: string, isCaseSensitive: boolean) {
  const [ranges, setRanges] = useState<readonly Range[]>([]);
  const [index, setIndex] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const search = () => setRanges(searchPage(wanted, isCaseSensitive));
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(search, SETTLE_MS);
    };
    const observer = new MutationObserver(soon);
    observer.observe(document.querySelector("#root") ?? document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    soon();
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [wanted, isCaseSensitive]);
  const looked = `${isCaseSensitive} ${wanted}`;
  const [before, setBefore] = useState(looked);
  // Other words begin with their own first.
  if (before !== looked) {
    setBefore(looked);
    setIndex(0);
  }
  const at = ranges.length === 0 ? 0 : Math.min(index, ranges.length - 1);
  useEffect(() => showMatches(ranges, ranges[at]), [ranges, at]);
  useEffect(() => clearMatches, []);
  const step = (by: number) => {
    if (ranges.length === 0) return;
    const next = (at + by + ranges.length) % ranges.length;
    setIndex(next);
    const range = ranges[next];
    if (range !== undefined) goToMatch(range);
  };
  return { count: ranges.length, active: at + 1, step };
}
