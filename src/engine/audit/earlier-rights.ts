// Invariant: rights by path as the list of an earlier build has them; only of what ran as other.
/** Mode (permission bits) and owner (USER:GROUP) of a file. */
export interface Rights {
  readonly mode: number;
  readonly owner: string;
}

/** What an earlier build shipped with the rights of somebody else. */
export interface EarlierRights {
  /** Name of the build's folder. */
  readonly build: string;
  readonly byPath: ReadonlyMap<string, Rights>;
}
