// Invariant: every command on a log has its one effect here; a search that is left leaves the log
// and following as they were when it began.
import type { LogCommandId } from "../command-ids.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import type { Action, ActionContext } from "./action.ts";
import { jumpToLine } from "./failure-jump.ts";
import { selectNeighbour } from "./select-stage.ts";

export const logActions: Readonly<Record<LogCommandId, Action>> = {
  search: ({ view }) => {
    view.log?.log?.prepareSearch();
    view.set({ overlay: { kind: "prompt", asks: "search", text: "" } });
  },
  filter: ({ view }) => {
    view.set({ overlay: { kind: "prompt", asks: "filter", text: "" } });
  },
  "take-text": (context) => {
    const { overlay } = context.view.ui;
    if (overlay?.kind !== "prompt") return;
    context.view.set({ overlay: undefined });
    if (overlay.asks === "search") beginSearch(context, overlay.text);
    else addFilter(context, overlay.text);
  },
  "next-hit": (context) => {
    void toHit(context, 1);
  },
  "previous-hit": (context) => {
    void toHit(context, -1);
  },
  "more-context": ({ view }) => {
    const filter = view.log?.log?.currentFilter;
    filter?.setContext(filter.context + 1);
  },
  "less-context": ({ view }) => {
    const filter = view.log?.log?.currentFilter;
    filter?.setContext(filter.context - 1);
  },
  times: ({ view }) => {
    const isOwn = view.model().log?.own !== false;
    if (isOwn || view.ui.times) view.set({ times: !view.ui.times });
    else view.set({ notice: "Times are kept of what a stage itself prints, not of this log." });
  },
  "next-warning": (context) => {
    void jumpToLine(context, 1, "warning");
  },
  "previous-warning": (context) => {
    void jumpToLine(context, -1, "warning");
  },
  "next-gap": (context) => {
    toGap(context, 1);
  },
  "previous-gap": (context) => {
    toGap(context, -1);
  },
  "previous-stage": ({ view }) => {
    selectNeighbour(view, -1);
  },
  "next-stage": ({ view }) => {
    selectNeighbour(view, 1);
  },
  "earlier-attempt": (context) => {
    toAttempt(context, -1);
  },
  "later-attempt": (context) => {
    toAttempt(context, 1);
  },
  "other-log": ({ view }) => {
    const logs = view.logs();
    const at = logs.findIndex(({ file }) => file === view.log?.file);
    view.set({ follow: false });
    view.showLog(logs[(at + 1) % logs.length]);
  },
};

/** Ends the search and goes back to where it began, or takes the filter away; false without either. */
export function endSearch({ view }: ActionContext): boolean {
  const { log, origin } = view;
  if (log?.log?.currentSearch !== undefined) {
    log.log.endSearch();
    if (origin !== undefined) {
      log.goTo(origin.place);
      view.set({ follow: origin.follow });
    }
    view.origin = undefined;
    view.noteNarrowing();
    return true;
  }
  if (log?.log?.currentFilter === undefined) return false;
  setFilter(view, []);
  return true;
}

function beginSearch(context: ActionContext, text: string): void {
  const { view } = context;
  const { log } = view;
  if (log === undefined) return;
  if (text === "") {
    if (log.log?.currentSearch !== undefined) void toHit(context, 1);
    return;
  }
  const begun = log.search(text);
  if (!begun.ok) {
    view.set({ notice: begun.failure.message });
    return;
  }
  view.origin ??= { place: log.place, follow: view.ui.follow };
  view.noteNarrowing();
  void toHit(context, 1, true);
}

async function toHit(context: ActionContext, step: 1 | -1, inclusive = false): Promise<void> {
  const { view } = context;
  const { log } = view;
  const search = log?.log?.currentSearch;
  if (log === undefined || search === undefined) return;
  const wasFollowing = view.ui.follow;
  view.set({ follow: false });
  const hit = await log.nextHit(step, view.logHeight, inclusive);
  if (view.log !== log || log.log?.currentSearch !== search) return;
  if (hit === undefined) {
    view.set({
      follow: wasFollowing,
      notice: search.failure?.message ?? `No line matches /${search.pattern.text}/.`,
    });
  } else {
    const round =
      step === 1
        ? "No match below; this is the first one from the top."
        : "No match above; this is the last one from the end.";
    // Of several keys in a row the sentence is about the last.
    view.set({ notice: hit.wrapped ? round : undefined });
  }
  context.shown();
}

/** An empty text takes the filter away; any other is one more. */
function addFilter({ view }: ActionContext, text: string): void {
  const isEmpty = text === "" || text === "!";
  setFilter(view, isEmpty ? [] : [...view.ui.filter, text]);
}

function setFilter(view: ActionContext["view"], texts: readonly string[]): void {
  const context = view.log?.log?.currentFilter?.context ?? 0;
  const set = view.log?.filter(texts, context, view.logHeight);
  if (set?.ok === false) view.set({ notice: set.failure.message });
  else view.set({ filter: texts });
  view.noteNarrowing();
}

function toGap({ view }: ActionContext, step: 1 | -1): void {
  const { log } = view;
  if (log === undefined) return;
  const gap = log.slowGap(step, view.logHeight);
  const where = step === 1 ? "after" : "before";
  if (gap === undefined) {
    const why = log.name.own ? `No quiet time of 10 s ${where} this line.` : noTimes;
    view.set({ notice: why });
    return;
  }
  view.set({ follow: false, notice: `Quiet for ${clockTime(gap.quietMs)} before this line.` });
}

const noTimes = "Times are kept of a stage's own output only, not of its further logs.";

function toAttempt({ view }: ActionContext, step: 1 | -1): void {
  const attempts = view.stage?.attempts ?? [];
  const at = attempts.findIndex(({ number }) => number === view.attempt?.number);
  const next = attempts[at + step];
  if (next === undefined) return;
  view.set({ attempt: next.number, follow: false });
  view.refreshLog();
}
