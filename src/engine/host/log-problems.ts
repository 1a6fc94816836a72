// Invariant: what the diagnosis finds in the logs of an attempt is in the journal as it stands: each
// problem is reported once, again when it changed, and dropped when it turned out to be none.
import { Diagnoser } from "../diagnosis/diagnoser.ts";
import type { DiagnosedLine, FoundProblem } from "../diagnosis/found-problem.ts";
import type { EventBody, Problem } from "../journal/events.ts";

/** The attempt whose logs are diagnosed. */
interface Where {
  readonly stage: string;
  readonly attempt: number;
}

/** Kinds that only say that something failed: they give way to a cause in another log. */
const withoutCause: ReadonlySet<string> = new Set(["silent-failure", "nightly-failed"]);

/** Diagnoses the logs of one attempt while they grow. */
export class LogProblems {
  readonly #where: Where;
  readonly #report: (event: EventBody) => void;
  readonly #logs = new Map<string, Diagnoser>();
  /** As JSON, by id. */
  readonly #reported: Map<string, string>;

  /** `reported`: what an earlier host has reported of this attempt. */
  constructor(where: Where, reported: readonly Problem[], report: (event: EventBody) => void) {
    this.#where = where;
    this.#report = report;
    this.#reported = new Map(reported.map((problem) => [problem.id, JSON.stringify(problem)]));
  }

  /** Takes the next line of a log (its name below the build's folder). */
  take(log: string, line: DiagnosedLine): void {
    let diagnoser = this.#logs.get(log);
    if (diagnoser === undefined) this.#logs.set(log, (diagnoser = new Diagnoser()));
    diagnoser.take(line);
  }

  /** The log is read again from its start. */
  restart(log: string): void {
    this.#logs.delete(log);
  }

  /** Reports what is certain so far. */
  tell(): void {
    this.#tell([...this.#logs].flatMap(([log, found]) => this.#problems(log, found.current())));
  }

  /**
   * Reports what was found in all. `others`: finds further problems of the same attempt, and is
   * told what the logs show;
   * `otherwise`: what to say when nobody found any. Returns them all, the cause first.
   */
  finish(
    failed: boolean,
    others: (causes: readonly Problem[]) => readonly Problem[],
    otherwise: readonly Problem[],
  ): readonly Problem[] {
    const logs = [...this.#logs].toReversed().map(([log, found]) => ({
      problems: this.#problems(log, found.finish({ failed })),
      namesCause: found.namesCause,
    }));
    // build_live's trace repeats what it stopped with; the command's own words stand in its output.
    const telling = logs.filter(({ namesCause }) => namesCause);
    const own = toldOnce((telling.length > 0 ? telling : logs).flatMap(({ problems }) => problems));
    const causes = own.filter(({ kind }) => !withoutCause.has(kind));
    const known = others(causes);
    const found = causes.length > 0 || known.length > 0 ? [...known, ...causes] : own;
    const all = found.length > 0 ? found : otherwise;
    this.#tell(all);
    return all;
  }

  /** Takes back what was reported: the attempt did not come to an end of its own. */
  withdraw(): void {
    this.#tell([]);
  }

  #tell(problems: readonly Problem[]): void {
    const { stage, attempt } = this.#where;
    const ids = new Set(problems.map(({ id }) => id));
    for (const id of [...this.#reported.keys()]) {
      if (ids.has(id)) continue;
      this.#reported.delete(id);
      this.#report({ type: "problem-dropped", stage, attempt, id });
    }
    for (const problem of problems) {
      const text = JSON.stringify(problem);
      if (this.#reported.get(problem.id) === text) continue;
      this.#reported.set(problem.id, text);
      this.#report({ type: "problem", problem });
    }
  }

  #problems(log: string, found: readonly FoundProblem[]): Problem[] {
    const { stage, attempt } = this.#where;
    return (
      found
        // Those are told with the manifest that asks for the entry, see entry-problems.ts.
        .filter(({ kind }) => kind !== "image-entry-missing")
        .map(({ start, end, ...rest }) => ({
          ...rest,
          id: `${stage}.${attempt}.${log}.${start}`,
          stage,
          attempt,
          span: { log, start, end },
        }))
    );
  }
}

/** Without what another log says in the same words. */
function toldOnce(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const { span, kind, summary, component = "" } = problem;
    const key = [kind, summary, component].join("\n");
    const known = first.get(key);
    if (known === undefined) first.set(key, problem);
    else if (known.span?.log === span?.log) first.set(problem.id, problem);
  }
  return [...first.values()];
}
