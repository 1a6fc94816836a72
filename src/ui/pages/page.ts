// Invariant: what the screen knows of every page; a page is a screen with data, keys and rows of
// its own, and nothing of it is read before it is first on screen.
import type { ScreenName, Size } from "../model.ts";
import type { PageView } from "./page-view.ts";

/** Room for a page: the screen without header, rule and footer. */
export type PageSize = Size;

/** A move of the cursor: by rows, by screens, or to an end. */
export type Motion =
  { readonly rows: number } | { readonly screens: number } | { readonly to: "first" | "last" };

export interface Page {
  /** It comes on screen: what may have changed since is read again. */
  enter(): void;
  /** Looks for changes; true when a frame would show one. */
  poll(): boolean;
  view(size: PageSize): PageView;
  move(motion: Motion): void;
  /** Ends what was begun last (a filter, a detail); false when there is nothing to end. */
  back(): boolean;
  /** The screen that going back leads to, where it is not the build. */
  readonly cameFrom?: ScreenName | undefined;
  /** Takes a key that is no command as text; false when nothing is typed now. */
  type(key: string): boolean;
  /** Takes pasted text; false when nothing is typed now. */
  paste?(text: string): boolean;
  close(): void;
}
