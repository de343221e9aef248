import { RotateCcw, RotateCw, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { RefusedNote } from "./facts-view.tsx";

const ZOOMS = [1, 1.5, 2, 3, 4, 6, 8] as const;

/**
 * A picture: plus and minus or the wheel with Ctrl zoom, arrows move, R turns, 0 goes back. As an image a drawing (SVG)
 * runs no script and fetches nothing.
 */
export function ImageView({ url, name }: { url: string; name: string }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const magnify = (step: number) => setZoom((now) => Math.min(ZOOMS.length - 1, Math.max(0, now + step)));
  const turn = (step: number) => setTurns((now) => (now + step + 4) % 4);
  const reset = () => {
    setZoom(0);
    setTurns(0);
  };
  useLayoutEffect(() => {
    stage.current?.style.setProperty("--zoom", String(ZOOMS[zoom] ?? 1));
  }, [zoom]);
  useWheelZoom(stage, magnify);
  if (isBroken) return <RefusedNote refusal="damaged" />;
  const onKey = (key: string): boolean => {
    if (key === "+" || key === "=") magnify(1);
    else if (key === "-") magnify(-1);
    else if (key === "0") reset();
    else if (key === "r") turn(1);
    else if (key === "R") turn(-1);
    else return false;
    return true;
  };
  return (
    <>
      <div className="preview__bar" role="toolbar" aria-label={t("preview.tools")}>
        <IconButton
          icon={ZoomOut}
          label={t("attachment.zoomOut")}
          shortcut="-"
          isDisabled={zoom === 0}
          onPress={() => magnify(-1)}
        />
        <IconButton
          icon={ZoomIn}
          label={t("attachment.zoomIn")}
          shortcut="+"
          isDisabled={zoom === ZOOMS.length - 1}
          onPress={() => magnify(1)}
        />
        <IconButton icon={RotateCcw} label={t("preview.turnLeft")} onPress={() => turn(-1)} />
        <IconButton icon={RotateCw} label={t("preview.turnRight")} shortcut="R" onPress={() => turn(1)} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of a picture that is looked at */}
      <div
        ref={stage}
        className="preview-image"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a zoomed picture scrolls: by keyboard too
        tabIndex={0}
        role="group"
        aria-label={name}
        data-zoomed={zoom > 0 || undefined}
        data-turns={turns}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          if (onKey(event.key)) event.preventDefault();
        }}
      >
        <img className="preview-image__picture" src={url} alt={name} onError={() => setBroken(true)} />
      </div>
    </>
  );
}

/** React listens to the wheel without a way to hold it back. */
function useWheelZoom(stage: RefObject<HTMLDivElement | null>, magnify: (step: number) => void): void {
  const latest = useRef(magnify);
  useLayoutEffect(() => {
    latest.current = magnify;
  });
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current(event.deltaY < 0 ? 1 : -1);
    };
    element.addEventListener("wheel", listen, { passive: false });
    return () => element.removeEventListener("wheel", listen);
  }, [stage]);
}
