// Invariant: what leaves the console (copies, commands, folders of files) is checked without a
// terminal.
import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { describe, it } from "node:test";
import { failureMarkdown } from "../../src/ui/control/failure-markdown.ts";
import { filterTexts } from "../../src/ui/log/filter-texts.ts";
import { namedPlace } from "../../src/ui/log/named-place.ts";
import { componentFile } from "../../src/ui/present/component-file.ts";
import { copyText } from "../../src/ui/terminal/clipboard.ts";
import { editorCommand } from "../../src/ui/terminal/lend.ts";

describe("the place that a line names", () => {
  for (const [text, place] of [
    ["curl.c:12:5: error: 'foo' undeclared", { file: "curl.c", line: 12, column: 5 }],
    ["../../lib/url.c:7: undefined reference to `x'", { file: "../../lib/url.c", line: 7 }],
    ['"uts/a.c", line 40: syntax error', { file: "uts/a.c", line: 40 }],
    ["./configure: line 31: syntax error", { file: "./configure", line: 31 }],
    ["gmake: *** [Makefile:97: target] Error 1", { file: "Makefile", line: 97 }],
    ["[Makefile:97: target] Error 1", { file: "Makefile", line: 97 }],
    ["ld: see 'lib/url.c:7'", { file: "lib/url.c", line: 7 }],
    ["a.js(3,4): error TS1005", { file: "a.js", line: 3, column: 4 }],
  ] as const) {
    it(`is found in ${text}`, () => {
      assert.deepEqual(namedPlace(text), place);
    });
  }

  it("is none in times and plain words", () => {
    assert.equal(namedPlace("started at 10:15:00 today"), undefined);
    assert.equal(namedPlace("[10:15:00] started"), undefined);
    assert.equal(namedPlace("gmake: *** [all] Error 1"), undefined);
  });
});

describe("the editor's command", () => {
  it("names file and line as each editor wants them", () => {
    assert.deepEqual(editorCommand({ EDITOR: "nano" }, "/a.c", 3), ["nano", "+3", "/a.c"]);
    assert.deepEqual(editorCommand({ EDITOR: "vi", VISUAL: "code -w" }, "/a.c", 3), [
      ...["code", "-w", "--goto", "/a.c:3"],
    ]);
    assert.deepEqual(editorCommand({ EDITOR: "/opt/hx" }, "/a.c", 3), ["/opt/hx", "/a.c:3"]);
    assert.deepEqual(editorCommand({}, "/a.c", 3), ["vi", "+3", "/a.c"]);
  });
});

describe("the file of a component that left something out", () => {
  const problem = { id: "1", kind: "entry-missing", stage: "live", attempt: 1, summary: "" };
  const installer = { component: "extra/curl", why: "", certain: false, makefile: "curl/Makefile" };
  const told = (...changed: readonly string[]): string | undefined =>
    componentFile({
      ...problem,
      installer: { ...installer, delivered: { build: "0001", changed } },
    });

  it("is its Makefile, unless only other files of it changed", () => {
    assert.equal(componentFile(problem), undefined);
    assert.equal(componentFile({ ...problem, installer }), "curl/Makefile");
    assert.equal(told(), "curl/Makefile");
    assert.equal(told("curl/curl.c", "curl/Makefile"), "curl/Makefile");
    assert.equal(told("curl/curl.c", "curl/url.c"), "curl/curl.c");
  });
});

describe("a copy", () => {
  const written: string[] = [];
  const terminal = {
    isTTY: true,
    write: (text: string | Uint8Array): boolean => written.push(String(text)) > 0,
  };

  it("goes to the terminal up to 74,994 encoded bytes, and above to a file of its owner", () => {
    const most = "x".repeat((74_992 / 4) * 3);
    assert.equal(copyText(most, terminal, {}), "Copied 56244 bytes via OSC 52.");
    const encoded = Buffer.from(most).toString("base64");
    assert.equal(written.join(""), `\x1b]52;c;${encoded}\x07`);
    const said = copyText(`${most}xxx`, terminal, {});
    const path = /^Copied 56247 bytes via (\/.+)$/.exec(said)?.[1] ?? "";
    assert.equal(readFileSync(path, "utf8"), `${most}xxx`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(written.length, 1);
    rmSync(dirname(path), { recursive: true });
  });
});

describe("a failure as Markdown", () => {
  it("has the sentence, the command, at most 20 lines and no secret", () => {
    const problem = {
      id: "1",
      kind: "compile-error",
      stage: "extra",
      attempt: 1,
      summary: "curl.c:12: 'foo' undeclared",
      folder: "/tree/curl",
    };
    const lines = Array.from({ length: 30 }, (_, i) => `line ${String(i)} with \`\`\` and s3cret`);
    const text = failureMarkdown(problem, {
      attempt: undefined,
      proof: lines,
      versions: ["illumos at 012"],
      settings: ["OVERLAYS=generic (configure.local:1)", "ROOT_PASS=s3cret (configure.local:2)"],
      mask: (each) => each.replaceAll("s3cret", "***"),
    });
    assert.match(text, /^\*\*curl\.c:12: 'foo' undeclared\*\*\n/);
    assert.equal(text.match(/^line /gm)?.length, 20);
    assert.match(text, /^````$/m);
    assert.doesNotMatch(text, /s3cret/);
    assert.match(text, /^- illumos at 012$/m);
    assert.match(text, /^ {4}OVERLAYS=generic \(configure\.local:1\)$/m);
  });

  it("has the command that one would type, not the script around it", () => {
    const script = ["look() {", "  :", "}", 'look; "$@"'].join("\n");
    const text = failureMarkdown(
      { id: "1", kind: "stage-failed", stage: "configure", attempt: 1, summary: "no" },
      {
        attempt: {
          ...{ number: 1, state: "failed", cwd: "/tree", log: "", status: "", furtherLogs: [] },
          ...{ startedAt: "", argv: ["/bin/sh", "-c", script, "configure", "./configure"] },
        },
        ...{ proof: [], versions: [], settings: [], mask: (each) => each },
      },
    );
    assert.match(text, /\n\n {4}\.\/configure\n\nin \/tree\n/);
  });
});

describe("texts of a filter", () => {
  it("leave out what begins with an exclamation mark", () => {
    assert.deepEqual(filterTexts(["cc", "!warn", "ld"]), {
      include: ["cc", "ld"],
      exclude: ["warn"],
    });
  });
});
