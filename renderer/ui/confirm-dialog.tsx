import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "./button.tsx";
import { Dialog, DialogActions, DialogBody } from "./dialog.tsx";

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and what is kept. */
  children: ReactNode;
  /** The deed itself: « Retirer », never « OK ». */
  action: string;
  tone?: "primary" | "danger";
  onConfirm: () => void;
  onClose: () => void;
  isDisabled?: boolean;
}

/** Asked before something is lost, or done to others. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, tone = "danger", onConfirm, onClose, isDisabled = false } = props;
  const { t } = useTranslation();
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>
        {children}
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone={tone} onPress={confirm} isDisabled={isDisabled}>
            {action}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
