import { X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from "react";
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
  const dialog = useKeptKeys(onClose);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onOpenChange} className="dialog-veil">
      <Modal className={isWide ? "dialog-box dialog-box--wide" : "dialog-box"}>
        <AriaDialog className="dialog" ref={dialog}>
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

/**
 * Keys stay with the topmost dialog where nothing has the focus, which is the document's body then.
 * What had it may be taken away, as the line of a list: the dialog takes it.
 * And the dialog above may just have gone: the focus comes back with the next frame, Escape may come before.
 */
function useKeptKeys(onClose: () => void): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    const hasNobody = () =>
      document.activeElement === document.body &&
      [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(-1) === dialog;
    const observer = new MutationObserver(() => {
      if (hasNobody()) dialog.focus();
    });
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || !hasNobody()) return;
      event.preventDefault();
      close();
    };
    observer.observe(dialog, { childList: true, subtree: true });
    document.addEventListener("keydown", onKeyDown);
    return () => {
      observer.disconnect();
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
  return ref;
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog__body">{children}</div>;
}

export function DialogActions({ children, isSticky = false }: { children: ReactNode; isSticky?: boolean }) {
  return (
    <div className={isSticky ? "dialog__actions dialog__actions--sticky" : "dialog__actions"}>{children}</div>
  );
}
