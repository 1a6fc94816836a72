// Invariant: of two forms that fit a line, the one that stands first here is taken; formats of one
// tool stand before those that any tool may print.
import type { Form } from "../form.ts";
import { archiveForms } from "./archives.ts";
import { auditForms } from "./audit.ts";
import { autotoolForms } from "./autotools.ts";
import { checkForms } from "./checks.ts";
import { compilerForms } from "./compilers.ts";
import { configureTreeForms } from "./configure-tree.ts";
import { downloadForms } from "./downloads.ts";
import { gitForms } from "./git.ts";
import { illumosToolForms } from "./illumos-tools.ts";
import { imageForms } from "./image.ts";
import { ignoredForms } from "./innocents.ts";
import { languageForms } from "./languages.ts";
import { linkerForms } from "./linkers.ts";
import { machineForms } from "./machine.ts";
import { makeForms } from "./make.ts";
import { manifestForms } from "./manifest-tools.ts";
import { nightlyForms } from "./nightly.ts";
import { shellForms } from "./shell.ts";
import { styleForms } from "./style.ts";
import { testForms } from "./tests.ts";

/** Every form, in the order in which they are tried. */
export const allForms: readonly Form[] = [
  ...ignoredForms,
  ...auditForms,
  ...configureTreeForms,
  ...nightlyForms,
  ...manifestForms,
  ...imageForms,
  ...checkForms,
  ...illumosToolForms,
  ...autotoolForms,
  ...makeForms,
  ...machineForms,
  ...linkerForms,
  ...compilerForms,
  ...downloadForms,
  ...archiveForms,
  ...testForms,
  ...languageForms,
  ...styleForms,
  ...gitForms,
  ...shellForms,
];
