import type { CDPSession, Page } from "playwright";
import { z } from "zod";

const eventSchema = z.looseObject({
  name: z.string(),
  ph: z.string(),
  pid: z.int(),
  tid: z.int(),
  dur: z.number().optional(),
  /** Processor time. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.string().optional() }).optional(),
});
type TraceEvent = z.infer<typeof eventSchema>;

export interface Task {
  wallMs: number;
  /** Less than `wallMs` when other processes were given the processor meanwhile. */
  processorMs: number;
}

/** Records what a page's process does until `stop`, which tells how long its main thread's tasks were. */
export async function startTrace(page: Page): Promise<{ stop: () => Promise<Task[]> }> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) events.push(eventSchema.parse(event));
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "__metadata"], excludedCategories: ["*"] },
  });
  return { stop: () => finish(session, events) };
}

async function finish(session: CDPSession, events: readonly TraceEvent[]): Promise<Task[]> {
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const threads = events.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const isMain = new Set(threads.map(({ pid, tid }) => `${String(pid)} ${String(tid)}`));
  return events
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && isMain.has(`${String(pid)} ${String(tid)}`))
    .map(({ dur = 0, tdur = dur }) => ({ wallMs: dur / 1000, processorMs: tdur / 1000 }));
}
