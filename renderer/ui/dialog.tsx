import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "./button.tsx";
import "./dialog.css";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  isWide?: boolean;
  /** The title is said, not shown: for a dialog that is one search box. */
  isTitleHidden?: boolean;
}

export function Dialog({ title, onClose, children, isWide = false, isTitleHidden = false }: DialogProps) {
  const { t } = useTranslation();
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onClose();
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onOpenChange} className="dialog-veil">
      <Modal className={isWide ? "dialog-box dialog-box--wide" : "dialog-box"}>
        <AriaDialog className="dialog">
          {isTitleHidden ? (
            <Heading slot="title" className="visually-hidden">
              {title}
            </Heading>
          ) : (
            <div className="dialog__head">
              <Heading slot="title" className="dialog__title">
                {title}
              </Heading>
              <IconButton icon={X} label={t("action.close")} onPress={onClose} />
            </div>
          )}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog__body">{children}</div>;
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog__actions">{children}</div>;
}
