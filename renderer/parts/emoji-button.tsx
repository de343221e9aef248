import type { LucideIcon } from "lucide-react";
import type { Problem } from "#contract/problem.ts";
import { lazy, Suspense } from "react";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ErrorBoundary } from "#renderer/ui/error-boundary.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { IconButton } from "#renderer/ui/button.tsx";

const EmojiPicker = lazy(() =>
  import("./emoji-picker.tsx").then((module) => ({ default: module.EmojiPickerPanel })),
);

function drawProblem(problem: Problem) {
  return <ProblemNote problem={problem} />;
}

interface EmojiButtonProps {
  icon: LucideIcon;
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (emoji: string) => void;
}

export function EmojiButton({ icon, label, isOpen, onOpenChange, onPick }: EmojiButtonProps) {
  const { t } = useTranslation();
  const pick = (emoji: string) => {
    onPick(emoji);
    onOpenChange(false);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <IconButton icon={icon} label={label} />
      <Popover className="popover" offset={4}>
        <Dialog aria-label={t("emoji.choose")} className="emoji-dialog">
          <ErrorBoundary fallback={drawProblem}>
            <Suspense fallback={<div className="emoji-panel" />}>
              <EmojiPicker onPick={pick} />
            </Suspense>
          </ErrorBoundary>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
