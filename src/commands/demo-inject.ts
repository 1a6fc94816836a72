// Invariant: what is broken here breaks for real, by one small change that anybody can make and take
// back; nothing pretends to fail.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "../engine/result.ts";

/** Ways to break the demo tree. */
export const injections = ["missing-file", "compile-error", "bad-fragment", "disk-full"] as const;

export type Injection = (typeof injections)[number];

/** A text in a file of the tree, before and after. */
interface Change {
  readonly file: string;
  /** Empty where the broken text is added at the end, in a file of its own if need be. */
  readonly whole: string;
  readonly broken: string;
  /** What a build made of it, which would hide the fault. */
  readonly made?: readonly string[];
  /** What is broken. */
  readonly says: string;
  /** How to take it back by hand. */
  readonly mend: string;
}

const changes: Readonly<Record<Exclude<Injection, "disk-full">, Change>> = {
  "missing-file": {
    file: "projects/illumos-extra/curl/Makefile",
    whole: "PROGS = curl\n",
    broken: "PROGS =\n",
    made: ["proto/usr/bin/curl", "1-extra-stamp"],
    says: "curl's Makefile installs no program any more, but a manifest asks for usr/bin/curl.",
    mend: "write PROGS = curl in projects/illumos-extra/curl/Makefile again",
  },
  "compile-error": {
    file: "src/bootparams.c",
    whole: `puts("'");\n`,
    broken: `puts("'")\n`,
    says: "a line of src/bootparams.c has lost its semicolon.",
    mend: "put the semicolon back where the compiler misses it",
  },
  "bad-fragment": {
    file: "configure.local",
    whole: 'ILLUMOS_ENABLE_DEBUG="yes"\n',
    broken: 'ILLUMOS_ENABLE_DEBUG="yes\n',
    says: "the value of ILLUMOS_ENABLE_DEBUG in configure.local has no closing quote.",
    mend: 'write ILLUMOS_ENABLE_DEBUG="yes" in configure.local again',
  },
};

/** The same in a tree of the modern layout, whose own settings stand in a file of their own. */
const modernFragment: Change = {
  file: "configure-build",
  whole: "",
  broken: 'PUBLISHER="mini\n',
  says: "the value of PUBLISHER in configure-build has no closing quote.",
  mend: "close the quote in configure-build, or remove the line",
};

/** A device of the kernel on which every write fails as on a disk without room. */
const fullDevice = "/dev/full";
/** configure writes this file; a new tree has none yet. */
const redirected = "projects/illumos/illumos.sh";
/** Without them configure runs again. */
const configured = ["overlay/order", "build.env"];

/** True for the name of a way to break the tree. */
export function isInjection(name: string): name is Injection {
  return injections.some((each) => each === name);
}

/**
 * Breaks the demo tree in a folder; broken already, it stays so. Returns sentences for a person: what
 * is broken, and how to mend it by hand. Failure `bad-input` when the tree is not as the demo made it.
 */
export function inject(root: string, how: Injection): Result<readonly string[]> {
  if (how === "disk-full") return fillDisk(root);
  const { file, whole, broken, says, mend: way, made = [] } = changeFor(root, how);
  const text = textOf(join(root, file));
  if (!text.includes(whole) && !text.includes(broken)) {
    return fail(
      "bad-input",
      `${file} is not as the demo made it, so it cannot be broken this way.`,
      "Take a new folder: smartbuild demo --inject … DIR",
    );
  }
  if (!isBroken(text, whole, broken)) {
    const changed = whole === "" ? text + broken : text.replace(whole, broken);
    writeFileSync(join(root, file), changed);
  }
  for (const each of made) rmSync(join(root, each), { force: true });
  return ok(told(says, way));
}

/** True while the tree in a folder is still as `inject` left it. */
export function isInjected(root: string, how: Injection): boolean {
  if (how === "disk-full") return isFilled(join(root, redirected));
  const { file, whole, broken } = changeFor(root, how);
  return isBroken(textOf(join(root, file)), whole, broken);
}

/** Takes back whatever `inject` did; the names of the files that were mended. */
export function mend(root: string): readonly string[] {
  return injections.flatMap((how): readonly string[] => {
    if (how === "disk-full") return emptyDisk(root) ? [redirected] : [];
    const { file, whole, broken } = changeFor(root, how);
    const text = textOf(join(root, file));
    if (!isBroken(text, whole, broken)) return [];
    const mended = text.replace(broken, whole);
    if (mended === "") rmSync(join(root, file));
    else writeFileSync(join(root, file), mended);
    return [file];
  });
}

function changeFor(root: string, how: Exclude<Injection, "disk-full">): Change {
  const isModern = existsSync(join(root, "default.configure-build"));
  return how === "bad-fragment" && isModern ? modernFragment : changes[how];
}

function isBroken(text: string, whole: string, broken: string): boolean {
  return text.includes(broken) && (whole === "" || !text.includes(whole));
}

function told(says: string, way: string): readonly string[] {
  return [`Broken on purpose: ${says}`, `To mend it: ${way}, or:`];
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/**
 * Leads a file that configure writes to a device that is always full: the same error from the kernel
 * as on a full disk, without filling one. A file system of our own would take privileges.
 */
function fillDisk(root: string): Result<readonly string[]> {
  if (!existsSync(fullDevice)) {
    return fail(
      "bad-input",
      `A full disk needs ${fullDevice}, which this host has not, or a disk that is full.`,
      `There are also: ${injections.filter((each) => each !== "disk-full").join(", ")}.`,
    );
  }
  const path = join(root, redirected);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  for (const file of configured) rmSync(join(root, file), { force: true });
  symlinkSync(fullDevice, path);
  const says = `${redirected} leads to ${fullDevice}, a device on which no write finds room.`;
  return ok(told(says, `rm ${redirected}`));
}

function emptyDisk(root: string): boolean {
  const path = join(root, redirected);
  if (!isFilled(path)) return false;
  rmSync(path);
  return true;
}

function isFilled(path: string): boolean {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && readlinkSync(path) === fullDevice;
}
