import { useState, type FormEvent, type ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { NetworkAnswer, NetworkQuestion } from "#contract/desktop/network.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { formatDate } from "#renderer/kit/date-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CheckBox } from "#renderer/ui/form.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import "./network-question-dialog.css";

type QuestionOf<K extends NetworkQuestion["kind"]> = Extract<NetworkQuestion, { kind: K }>;
type Answer = (answer: NetworkAnswer) => void;

/** What stands between Parvis and the network asks; many requests wait for the one answer. */
export function NetworkQuestionDialog({ question }: { question: NetworkQuestion }) {
  const host = useHost();
  const call = useCall((answer: NetworkAnswer) => host.call("network.answer", { id: question.id, answer }));
  const answer: Answer = (given) => void call.run(given);
  const problem = call.problem === null ? null : <ProblemNote problem={call.problem} />;
  return question.kind === "proxyCredentials" ? (
    <ProxyQuestion question={question} isBusy={call.isRunning} onAnswer={answer}>
      {problem}
    </ProxyQuestion>
  ) : (
    <CertificateQuestion question={question} isBusy={call.isRunning} onAnswer={answer}>
      {problem}
    </CertificateQuestion>
  );
}

interface QuestionProps<K extends NetworkQuestion["kind"]> {
  question: QuestionOf<K>;
  isBusy: boolean;
  onAnswer: Answer;
  children: ReactNode;
}

function ProxyQuestion({ question, isBusy, onAnswer, children }: QuestionProps<"proxyCredentials">) {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isRemembered, setRemembered] = useState(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAnswer({ kind: "credentials", username, password, isRemembered });
  };
  const cancel = () => onAnswer({ kind: "cancel" });
  return (
    <Dialog title={t("networkQuestion.proxy.title")} onClose={cancel}>
      <form onSubmit={submit}>
        <DialogBody>
          <p className="network-question__what">{t("networkQuestion.proxy.what", { host: question.host })}</p>
          {question.realm === "" ? null : (
            <p className="network-question__soft">
              {t("networkQuestion.proxy.realm", { realm: question.realm })}
            </p>
          )}
          {question.isAgain ? <Note tone="loss">{t("networkQuestion.proxy.again")}</Note> : null}
          <TextField
            label={t("networkQuestion.proxy.username")}
            value={username}
            onChange={setUsername}
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is there for this field
            autoFocus
            required
          />
          <TextField
            label={t("networkQuestion.proxy.password")}
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="off"
          />
          <CheckBox
            label={t("networkQuestion.remember")}
            hint={t("networkQuestion.proxy.rememberHint")}
            isChecked={isRemembered}
            onChange={setRemembered}
          />
          {children}
          <DialogActions>
            <Button onPress={cancel}>{t("action.cancel")}</Button>
            <Button type="submit" tone="primary" isDisabled={isBusy || username === ""}>
              {t("networkQuestion.proxy.give")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

function CertificateQuestion({ question, isBusy, onAnswer, children }: QuestionProps<"clientCertificate">) {
  const { t, i18n } = useTranslation();
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  const [isRemembered, setRemembered] = useState(true);
  const cancel = () => onAnswer({ kind: "cancel" });
  return (
    <Dialog title={t("networkQuestion.certificate.title")} onClose={cancel}>
      <DialogBody>
        <p className="network-question__what">
          {t("networkQuestion.certificate.what", { host: question.host })}
        </p>
        <RadioGroup
          className="network-question__list"
          aria-label={t("networkQuestion.certificate.title")}
          value={fingerprint}
          onChange={setFingerprint}
        >
          {question.certificates.map((one, index) => (
            <Radio
              key={one.fingerprint}
              value={one.fingerprint}
              className="network-question__one"
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is there for this choice; on the cross, a key would answer
              autoFocus={index === 0}
            >
              <span className="network-question__name">{one.subject}</span>
              <span className="network-question__soft">
                {t("networkQuestion.certificate.issuer", { issuer: one.issuer })}
                {" · "}
                {t("networkQuestion.certificate.until", { date: formatDate(one.validUntil, i18n.language) })}
              </span>
            </Radio>
          ))}
        </RadioGroup>
        <CheckBox
          label={t("networkQuestion.remember")}
          hint={t("networkQuestion.certificate.rememberHint")}
          isChecked={isRemembered}
          onChange={setRemembered}
        />
        {children}
        <DialogActions>
          <Button onPress={cancel}>{t("networkQuestion.certificate.none")}</Button>
          <Button
            tone="primary"
            isDisabled={isBusy || fingerprint === null}
            onPress={() => onAnswer({ kind: "certificate", fingerprint: fingerprint ?? "", isRemembered })}
          >
            {t("networkQuestion.certificate.send")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
