import { useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextArea } from "#renderer/ui/form.tsx";

interface RefuseButtonProps {
  label: string;
  title: string;
  hint: string;
  tone?: "plain" | "danger";
  onRefuse: (reason: string | undefined) => void;
  children?: ReactNode;
}

/** Saying no, with the reason that the other will read. */
export function RefuseButton({ label, title, hint, tone = "plain", onRefuse, children }: RefuseButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const submit = () => {
    const text = reason.trim();
    setOpen(false);
    onRefuse(text === "" ? undefined : text);
  };
  return (
    <>
      <Button tone={tone} onPress={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen ? (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <form
            autoComplete="off"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <DialogBody>
              {children}
              <TextArea
                label={t("request.reason")}
                hint={hint}
                value={reason}
                onChange={setReason}
                maxLength={2000}
              />
              <DialogActions>
                <Button onPress={() => setOpen(false)}>{t("action.cancel")}</Button>
                <Button tone={tone === "danger" ? "danger" : "primary"} type="submit">
                  {label}
                </Button>
              </DialogActions>
            </DialogBody>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
