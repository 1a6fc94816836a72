// Invariant: a set of line numbers (1-based); memory is one bit a line, and nothing for stretches of
// 32,768 lines without a member; rank and select are inverse to each other.

/** Lines of one page. */
export const pageLines = 1 << 15;
const pageWords = pageLines / 32;

/** 4 KiB of bits: bit `i % 32` of word `i / 32` stands for line `page * pageLines + i + 1`. */
export type LinePage = Uint32Array<ArrayBuffer>;

/** Line numbers, with their ranks. */
export class LineSet {
  #pages: (LinePage | undefined)[] = [];
  #counts: number[] = [];
  /** Members before each page; worked out again when pages changed. */
  #before: number[] | undefined;
  #size = 0;

  /** Number of lines in the set. */
  get size(): number {
    return this.#size;
  }

  /** Number of pages, absent ones among them. */
  get pages(): number {
    return this.#pages.length;
  }

  has(line: number): boolean {
    const at = line - 1;
    const page = this.#pages[Math.floor(at / pageLines)];
    return page !== undefined && (((page[wordOf(at)] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  add(line: number): void {
    const at = line - 1;
    const index = Math.floor(at / pageLines);
    const page = this.#pages[index] ?? this.#newPage(index);
    const word = wordOf(at);
    const old = page[word] ?? 0;
    const bit = 1 << (at & 31);
    if ((old & bit) !== 0) return;
    page[word] = old | bit;
    this.#count(index, 1);
  }

  remove(line: number): void {
    if (!this.has(line)) return;
    const at = line - 1;
    const index = Math.floor(at / pageLines);
    const page = this.#pages[index];
    if (page === undefined) return;
    const word = wordOf(at);
    page[word] = (page[word] ?? 0) & ~(1 << (at & 31));
    this.#count(index, -1);
  }

  /** The bits of a page; undefined when it has none. */
  page(index: number): LinePage | undefined {
    return this.#pages[index];
  }

  /** Replaces a page. */
  put(index: number, page: LinePage | undefined): void {
    const old = this.#counts[index] ?? 0;
    const count = page === undefined ? 0 : page.reduce((sum, word) => sum + bitsIn(word), 0);
    while (this.#pages.length <= index) {
      this.#pages.push(undefined);
      this.#counts.push(0);
    }
    this.#pages[index] = count === 0 ? undefined : page;
    this.#count(index, count - old);
  }

  clear(): void {
    this.#pages = [];
    this.#counts = [];
    this.#before = undefined;
    this.#size = 0;
  }

  /** Number of members up to and including `line`. */
  rank(line: number): number {
    if (line < 1) return 0;
    const at = line - 1;
    const index = Math.floor(at / pageLines);
    const before = this.#prefix()[index];
    if (before === undefined) return this.#size;
    const page = this.#pages[index];
    if (page === undefined) return before;
    let rank = before;
    const last = wordOf(at);
    for (let word = 0; word < last; word++) rank += bitsIn(page[word] ?? 0);
    return rank + bitsIn((page[last] ?? 0) & (0xffffffff >>> (31 - (at & 31))));
  }

  /** The `n`-th member (1-based); undefined when there are fewer. */
  select(n: number): number | undefined {
    if (n < 1 || n > this.#size) return undefined;
    const prefix = this.#prefix();
    let low = 0;
    let high = prefix.length - 1;
    // The last page before which there are fewer than n.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((prefix[middle] ?? 0) < n) low = middle;
      else high = middle - 1;
    }
    const page = this.#pages[low];
    let left = n - (prefix[low] ?? 0);
    for (let word = 0; page !== undefined && word < pageWords; word++) {
      const bits = page[word] ?? 0;
      const count = bitsIn(bits);
      if (left <= count) return low * pageLines + word * 32 + nthBit(bits, left) + 1;
      left -= count;
    }
    return undefined;
  }

  /** The first member at or after `line`. */
  next(line: number): number | undefined {
    return this.select(this.rank(line - 1) + 1);
  }

  /** The last member at or before `line`. */
  previous(line: number): number | undefined {
    return this.select(this.rank(line));
  }

  #newPage(index: number): LinePage {
    const page = new Uint32Array(pageWords);
    while (this.#pages.length <= index) {
      this.#pages.push(undefined);
      this.#counts.push(0);
    }
    this.#pages[index] = page;
    return page;
  }

  #count(index: number, change: number): void {
    this.#counts[index] = (this.#counts[index] ?? 0) + change;
    this.#size += change;
    this.#before = undefined;
  }

  #prefix(): readonly number[] {
    if (this.#before === undefined) {
      let sum = 0;
      this.#before = this.#counts.map((count) => (sum += count) - count);
    }
    return this.#before;
  }
}

/**
 * The lines of a page together with those up to `context` lines before and after each.
 *
 * @param context 0 to 31
 * @returns undefined when there are none
 */
export function widenPage(
  before: LinePage | undefined,
  page: LinePage | undefined,
  after: LinePage | undefined,
  context: number,
): LinePage | undefined {
  if (context === 0) return page;
  if (before === undefined && page === undefined && after === undefined) return undefined;
  const wide = new Uint32Array(pageWords);
  for (let i = 0; i < pageWords; i++) {
    const left = (i === 0 ? before?.[pageWords - 1] : page?.[i - 1]) ?? 0;
    const here = page?.[i] ?? 0;
    const right = (i === pageWords - 1 ? after?.[0] : page?.[i + 1]) ?? 0;
    if ((left | here | right) === 0) continue;
    let bits = here;
    for (let k = 1; k <= context; k++) {
      bits |= (here << k) | (left >>> (32 - k)) | (here >>> k) | (right << (32 - k));
    }
    wide[i] = bits;
  }
  return wide;
}

function wordOf(at: number): number {
  return Math.floor((at % pageLines) / 32);
}

/** Number of ones in 32 bits. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Index of the `n`-th one (1-based) of a word that has so many. */
function nthBit(word: number, n: number): number {
  let bits = word;
  for (let i = 1; i < n; i++) bits &= bits - 1;
  return 31 - Math.clz32(bits & -bits);
}
