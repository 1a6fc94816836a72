// Invariant: what the console tells a page of itself; the same for every page.
import type { ConsolePorts } from "../ports.ts";

/** The newest build, as far as the console follows it. */
export interface NewestNow {
  readonly folder: string;
  /** It is known to have ended. */
  readonly isOver: boolean;
}

/** What pages are made with. */
export interface PageOptions {
  readonly ports: ConsolePorts;
  readonly root: string;
  readonly isRunning: () => boolean;
  /** An earlier build is looked at. */
  readonly isPast: () => boolean;
  /** The newest build of the workspace, whoever started it. */
  readonly newest: () => NewestNow | undefined;
  /** Called, later, when something was found that a frame should show. */
  readonly onNews: () => void;
}
