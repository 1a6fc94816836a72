// Invariant: every kind of problem has one sentence that says what to do next.
import type { ProblemKind } from "./kinds.ts";

/** What to do about a problem, by its kind; a kind without advice does not compile. */
export const advice: Readonly<Record<ProblemKind, string>> = {
  "archive-damaged":
    "The file is not the archive it should be (often a saved error page): look at it with file(1), remove it and fetch it again.",
  "audit-finding":
    "Mend it as `smartbuild audit` says, or add its line to smartbuild.audit with the reason why it may stay.",
  "autoconf-failed":
    "Read the end of config.log in that folder: it shows the command that failed and what it printed.",
  "checksum-mismatch":
    "Remove the file and fetch it again; if the sum is the same, the recorded checksum is of another version.",
  "command-failed": "Run the named command by hand in its folder to see why it fails.",
  "command-not-found":
    "Install the program, or build the stage that delivers it (strap for proto.strap, illumos for its tools), then retry.",
  "compile-error": "Open the named file at that line; the errors after it mostly follow from it.",
  "compiler-crashed":
    "Retry the stage with fewer jobs; if it crashes at the same place, compile that file with less optimisation.",
  "configure-failed":
    "Correct the setting or project that the line names, then run configure again.",
  "configure-host": "Build in a SmartOS zone, in the folder that configure lies in.",
  "ctf-failed":
    "Check that the object was compiled with -g and that the illumos tools stage has built ctfconvert and ctfmerge.",
  "disk-full":
    "Make room on the file system it writes to (df -h), or enlarge the ramdisk, then retry the stage. Where the line names no file, look where its command's output goes: a redirection, or /dev/full.",
  "download-damaged":
    "Check the address in the settings, or put the right file in its place; a retry of configure removes this one and fetches it again.",
  "download-failed":
    "Check the address and the network (proxy, certificate, DNS), then retry; a file already fetched can be put in place by hand.",
  "file-missing":
    "Find the step that should have made this file: it did not run, failed, or put it elsewhere.",
  "file-not-writable":
    "Look at the owner and mode of that path, and whether an earlier run as root left it behind.",
  "git-failed":
    "Check the branch and address in configure-projects (or the fragment) and that the clone is whole: git fsck.",
  "header-missing":
    "Build the component that delivers this header first, or check that the proto area is complete.",
  "image-entry-missing":
    "Find the component that should install this path into the proto area, or remove the entry from its manifest.",
  "image-step-failed":
    "Read log/build_live.*.log around this step: it has what the console leaves out.",
  "interpreter-error": "Open the named script at that line.",
  killed:
    "Something ended the build from outside; check memory (dmesg) and who stopped it, then retry.",
  "library-missing":
    "Build the library first, or add the folder it lies in to the linker's search path (-L).",
  "link-error": "Look at the object that the line names: it has the wrong class, format or flags.",
  "make-no-rule":
    "The file is missing and nothing makes it: check that it was fetched or generated, and the spelling in the Makefile.",
  "make-syntax": "Open the makefile at that line; a recipe must start with a tab.",
  "manifest-line-invalid":
    "Correct the line: type, path, mode, owner and group (or link=target), and nothing else.",
  "manifest-mismatch":
    "Add what is missing to the manifest, or stop delivering it into the proto area.",
  "manifest-truncated":
    "A component manifest without any entry stops build_manifest, and make does not see it: give that file an entry or remove it.",
  "manual-page-unshipped": "Add the page to the manifest, or except it in mancheck.conf.",
  "module-missing": "Install the module for that interpreter, or point its search path at it.",
  "nightly-failed": "Read nightly.log beside mail_msg: it has the lines that mail_msg leaves out.",
  "nightly-warning":
    "Mend what the compiler warns of, then retry; all warnings stand in the build's mail_msg.",
  "option-unknown":
    "Another program than the intended one was run: check PATH for the illumos or GNU version of it.",
  "out-of-memory": "Build with fewer jobs (-j) or give the machine more memory and swap.",
  "package-build-failed": "Read the log that the package tool names.",
  "package-missing":
    "Run pkgin update, and check the address in /opt/local/etc/pkgin/repositories.conf; then retry.",
  "patch-failed":
    "Refresh the patch against this version of the source; the rejected parts are in the .rej files.",
  "permission-denied":
    "Check the mode (a script needs its execute bit) and the owner of that path.",
  "program-crashed": "Run the program again under a debugger, or look at its core file.",
  "shell-error": "Open the script at that line.",
  "silent-failure":
    "The command printed no reason: run it by hand in its folder, with set -x for a script.",
  "strap-failed": "Read the strap stage's output above, then rebuild it: gmake 0-strap-stamp.",
  "style-finding": "Correct the style at the named lines, or run the checker by hand on that file.",
  "symbol-duplicate": "Define the symbol in one file only; headers should declare it extern.",
  "symbol-undefined":
    "Link the object or library that defines the symbol, or check that it was compiled in.",
  "test-failed": "Run that test by itself and read its log.",
  "tool-failed": "Read the message and run the tool by hand with the same arguments.",
};
