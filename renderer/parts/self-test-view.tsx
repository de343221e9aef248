import { useState } from "react";
import { CircleAlert, CircleCheck, CircleMinus, TriangleAlert, type LucideIcon } from "lucide-react";
import type { SelfTest } from "#contract/desktop/diagnostics.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { formatDate } from "#renderer/kit/date-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useProblemKindWords } from "#renderer/kit/problem-words.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { CopyButton, ProblemNote } from "#renderer/ui/note.tsx";
import { adviceKeyOf, outcomeKeyOf } from "./self-test-words.ts";
import "./self-test-view.css";

const ICONS: Record<SelfTest["state"], LucideIcon> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  failed: CircleAlert,
  skipped: CircleMinus,
};
const ORDER: readonly SelfTest["state"][] = ["failed", "warning", "ok", "skipped"];

/** Looks at everything that Parvis depends on, and says in plain words what is wrong and whom to tell what. */
export function SelfTestView() {
  const { t } = useTranslation();
  const host = useHost();
  const { run, isRunning, problem, value } = useSelfTest(host);
  return (
    <div className="self-test">
      <div className="self-test__row">
        <Button tone="primary" isDisabled={isRunning} onPress={() => void run()}>
          {value === null ? t("selfTest.run") : t("selfTest.again")}
        </Button>
        {value === null || isRunning ? null : (
          <CopyButton text={JSON.stringify(value, null, 1)} label={t("selfTest.copy")} />
        )}
      </div>
      <div role="status">
        {isRunning ? <p className="self-test__soft">{t("selfTest.running")}</p> : null}
        {value === null || isRunning ? null : <p className="self-test__verdict">{t(verdictOf(value))}</p>}
      </div>
      {problem === null ? null : <ProblemNote problem={problem} />}
      {value === null || isRunning ? null : <Results results={value} />}
    </div>
  );
}

function useSelfTest(host: ReturnType<typeof useHost>) {
  const [value, setValue] = useState<readonly SelfTest[] | null>(null);
  const call = useCall(() => host.call("selfTest.run", {}));
  const run = async () => {
    const result = await call.run();
    if (result.ok) setValue(result.value);
  };
  return { ...call, run, value };
}

function verdictOf(results: readonly SelfTest[]) {
  if (results.some(({ state }) => state === "failed")) return "selfTest.verdict.failed";
  if (results.some(({ state }) => state === "warning")) return "selfTest.verdict.warning";
  return "selfTest.verdict.ok";
}

function Results({ results }: { results: readonly SelfTest[] }) {
  const { t } = useTranslation();
  const sorted = results.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const isMany = new Set(results.map(({ accountId }) => accountId)).size > 2;
  return (
    <ul className="self-test__list" aria-label={t("selfTest.results")}>
      {sorted.map((result) => (
        <li
          key={`${result.check} ${result.accountId ?? ""}`}
          className="self-test__item"
          data-state={result.state}
        >
          <Result result={result} isServerNamed={isMany} />
        </li>
      ))}
    </ul>
  );
}

function Result({ result, isServerNamed }: { result: SelfTest; isServerNamed: boolean }) {
  const { t } = useTranslation();
  const { check, state, facts } = result;
  const Icon = ICONS[state];
  const { text, advice } = useWords(result);
  const server = isServerNamed ? facts["server"] : undefined;
  return (
    <>
      <span className="self-test__icon">
        <Icon
          size={ICON_SIZE}
          strokeWidth={ICON_STROKE}
          aria-label={t(`selfTest.state.${state}`)}
          role="img"
        />
      </span>
      <div className="self-test__words">
        <p className="self-test__check">
          {t(`selfTest.check.${check}`)}
          {server === undefined ? null : <span className="self-test__soft"> {server}</span>}
        </p>
        <p>{text}</p>
        {advice === null ? null : <p className="self-test__soft">{advice}</p>}
        {state === "ok" || state === "skipped" ? null : <CopyButton text={JSON.stringify(result, null, 1)} />}
      </div>
    </>
  );
}

function useWords({ check, outcome, facts }: SelfTest): { text: string; advice: string | null } {
  const { t, i18n } = useTranslation();
  const problemWords = useProblemKindWords();
  const named = problemWords(facts["kind"] ?? "");
  if (outcome === "problem" && named !== null) return { text: named.title, advice: named.advice };
  const until = facts["validUntil"];
  const values = {
    ...facts,
    free: formatBytes(Number(facts["free"] ?? 0), i18n.language),
    until: until === undefined ? "" : formatDate(until, i18n.language),
    count: Number(facts["count"] ?? facts["days"] ?? facts["minutes"] ?? 0),
  };
  const key = outcomeKeyOf(check, outcome);
  const advice = adviceKeyOf(key);
  return {
    text: t(`selfTest.outcome.${key}`, values),
    advice: advice === null ? null : t(`selfTest.advice.${advice}`),
  };
}
