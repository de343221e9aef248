import { X } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts, type Toast } from "#renderer/kit/toast-store.ts";
import { Button, IconButton } from "./button.tsx";
import { CopyButton } from "./note.tsx";
import "./toasts.css";

/** Short news at the foot of the window, and the voice for screen readers. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  const announcement = useToasts((state) => state.announcement);
  return (
    <>
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} />
        ))}
      </div>
      <div className="visually-hidden" aria-live="polite">
        {announcement}
      </div>
    </>
  );
}

export function ToastView({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const dismiss = useToasts((state) => state.dismiss);
  const act = () => {
    toast.action?.run();
    dismiss(toast.id);
  };
  return (
    <div className={`toast toast--${toast.tone}`}>
      <span className="toast__text">{toast.text}</span>
      {toast.action === undefined ? null : (
        <Button tone="link" onPress={act}>
          {toast.action.label}
        </Button>
      )}
      {toast.detail === undefined ? null : <CopyButton text={toast.detail} />}
      <IconButton icon={X} label={t("action.close")} onPress={() => dismiss(toast.id)} />
    </div>
  );
}
