// Invariant: whatever bytes a child writes, what is drawn holds no control byte and no character
// that hides or reorders text.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { styleText } from "node:util";
import stripAnsi from "strip-ansi";
import { cleanLine, cleanText, type CleanOptions } from "../../src/engine/logs/clean.ts";

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

function clean(text: string, options?: CleanOptions) {
  return cleanLine(Buffer.from(text), options);
}

function cleanBytes(...bytes: number[]): string {
  return cleanLine(Uint8Array.from(bytes)).text;
}

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("colours of the child", () => {
  it("become spans over the words they colour", () => {
    const line = clean("x.c:1: \x1b[01;31m\x1b[Kerror: \x1b[m\x1b[Kno");
    assert.equal(line.text, "x.c:1: error: no");
    assert.deepEqual(line.spans, [{ start: 7, end: 14, style: { bold: true, foreground: 1 } }]);
  });

  const styles: [string, object][] = [
    ["1", { bold: true }],
    ["2;3;4;7", { dim: true, italic: true, underline: true, inverse: true }],
    ["94;101", { foreground: 12, background: 9 }],
    ["38;5;208", { foreground: 208 }],
    ["48;2;1;2;255", { background: "#0102ff" }],
    ["38:2::255:0:16", { foreground: "#ff0010" }],
    ["38:5:7;58;5;3;1", { foreground: 7, bold: true }],
    ["31;1;22;39;4", { underline: true }],
  ];
  for (const [parameters, style] of styles) {
    it(`reads SGR ${parameters}`, () => {
      assert.deepEqual(clean(`\x1b[${parameters}mx`).spans, [{ start: 0, end: 1, style }]);
    });
  }

  it("cannot hide text, and end with the line or a reset", () => {
    assert.deepEqual(clean("\x1b[8mhidden").spans, []);
    assert.deepEqual(clean("\x1b[31m\x1b[0mx").spans, []);
    assert.deepEqual(clean("\x1b[38;5;999mx").spans, []);
  });

  it("leave the same words as strip-ansi does", () => {
    const text = styleText("red", "red") + styleText(["bold", "bgBlue"], "b") + " plain";
    assert.equal(clean(text).text, stripAnsi(text));
  });
});

describe("what must not reach a terminal", () => {
  const cases: [string, string, string][] = [
    ["\x1b[2J\x1b[3J\x1b[H", "␛[2J␛[3J␛[H", "^[[2J^[[3J^[[H"],
    ["\x1b[?1049h", "␛[?1049h", "^[[?1049h"],
    ["\x1b[>4;1m", "␛[>4;1m", "^[[>4;1m"],
    ["\x1bc", "␛c", "^[c"],
    ["\x1b]0;title\x07after", "␛]0;titleafter", "^[]0;titleafter"],
    ["\x1b]52;c;U0VDUkVUU0VDUkVU\x1b\\x", "␛]52;c;U0VDUkVUU0V…x", "^[]52;c;U0VDUkVUU0V...x"],
    ["\x1b]52;c;never ended", "␛]52;c;never ended", "^[]52;c;never ended"],
    ["\x1bPq#0\x1b\\x", "␛Pq#0x", "^[Pq#0x"],
    ["\x1b_G\0\x07x", "␛_G…x", "^[_G...x"],
    ["\x1b]8;;a\x1b[31mx", "␛]8;;ax", "^[]8;;ax"],
    ["\x1b", "␛", "^["],
    ["\x1b[31", "␛[31", "^[[31"],
    ["a\0b\x07\x08\x7f", "a␀b␇␈␡", "a^@b^G^H^?"],
    ["\u009b2J\u0085", "<U+009B>2J<U+0085>", "<U+009B>2J<U+0085>"],
    [
      "a\u202eb\u2066\u200b\ufeff",
      "a<U+202E>b<U+2066><U+200B><U+FEFF>",
      "a<U+202E>b<U+2066><U+200B><U+FEFF>",
    ],
    ["\u{e0041}\u2028", "<U+E0041><U+2028>", "<U+E0041><U+2028>"],
  ];
  for (const [text, shown, inAscii] of cases) {
    it(`shows ${JSON.stringify(text)} as a mark`, () => {
      assert.equal(clean(text).text, shown);
      assert.equal(clean(text, { ascii: true }).text, inAscii);
      assert.ok(clean(text).spans.some((span) => span.style.mark === true));
    });
  }

  it("shows invalid UTF-8 byte by byte", () => {
    assert.equal(cleanBytes(0x9b, 0x32, 0x4a), "\\x9b2J");
    assert.equal(cleanBytes(0xff, 0xc0, 0xaf), "\\xff\\xc0\\xaf");
    assert.equal(cleanBytes(0xe2, 0x82), "\\xe2\\x82");
    assert.equal(cleanBytes(0xed, 0xa0, 0x80), "\\xed\\xa0\\x80");
    assert.equal(cleanBytes(0xf4, 0x90, 0x80, 0x80), "\\xf4\\x90\\x80\\x80");
  });

  it("drops what has no effect on a line drawn from its start", () => {
    assert.equal(clean("a\x1b[Kb\x1b(Bc").text, "abc");
    assert.deepEqual(clean("a\x1b[Kb\x1b(Bc").spans, []);
  });
});

describe("text", () => {
  it("keeps other scripts, and in ASCII spells them", () => {
    assert.equal(clean("ошибка: «x» 名 😀").text, "ошибка: «x» 名 😀");
    assert.equal(clean("‘x’ … é", { ascii: true }).text, "'x' ... <U+00E9>");
  });

  it("expands tabs to columns of eight", () => {
    assert.equal(clean("\ta\tbcdefghi\tj").text, "        a       bcdefghi        j");
  });

  it("shows the last state of a progress meter, in the colour it has", () => {
    assert.deepEqual(clean("\x1b[32m 1%\r 50%\r100% done\r"), {
      text: "100% done",
      spans: [{ start: 0, end: 9, style: { foreground: 2 } }],
      cut: false,
      rewritten: true,
    });
    assert.equal(clean("ends as DOS lines do\r").rewritten, false);
  });

  it("cuts after the columns asked for, never through a character", () => {
    assert.deepEqual(clean("abcdef", { maxColumns: 3 }), {
      text: "abc",
      spans: [],
      cut: true,
      rewritten: false,
    });
    assert.equal(clean("abc", { maxColumns: 3 }).cut, false);
    assert.equal(clean("ab😀", { maxColumns: 3 }).text, "ab");
  });

  it("is shortened and cleaned for summaries", () => {
    assert.equal(cleanText("\x1b[31mno\x1b[0m \x07 space  "), "no ␇ space");
    assert.equal(cleanText("x".repeat(500)).length, 200);
  });
});

describe("random bytes", () => {
  const pieces = [
    "\x1b",
    "\x1b[",
    "\x1b]52;",
    "\x1bP",
    "\x07",
    "\x1b\\",
    "m",
    "K",
    ";",
    "\r",
    "\t",
    "é",
    "\u202e",
  ];
  for (const ascii of [false, true]) {
    it(`never become a control character (ASCII: ${String(ascii)})`, () => {
      const random = seeded(ascii ? 7 : 11);
      for (let round = 0; round < 20_000; round++) {
        const parts: Buffer[] = [];
        for (let i = Math.floor(random() * 24); i >= 0; i--) {
          const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
          parts.push(
            random() < 0.5 ? Buffer.from(piece) : Buffer.from([Math.floor(random() * 256)]),
          );
        }
        const bytes = Buffer.concat(parts);
        const maxColumns = 1 + Math.floor(random() * 80);
        const { text, spans } = cleanLine(bytes, { ascii, maxColumns });
        const context = bytes.toString("hex");
        assert.doesNotMatch(text, ascii ? /[^\x20-\x7e]/ : unsafe, context);
        assert.ok(text.length <= maxColumns, context);
        let last = 0;
        for (const span of spans) {
          assert.ok(
            span.start >= last && span.end > span.start && span.end <= text.length,
            context,
          );
          last = span.end;
        }
      }
    });
  }
});

describe("a root password that a tool of the tree prints", () => {
  const at = "[2026-11-23T04:23:49Z] ./tools/build_live";
  for (const line of [
    '  * Password: "crYWYtF7tWooPMTX"',
    `${at}:339: bi_create_password(): cp_password=crYWYtF7tWooPMTX`,
    `${at}:340: bi_create_password(): [[ -z crYWYtF7tWooPMTX ]]`,
    `${at}:347: bi_create_password(): bi_emit_info Password crYWYtF7tWooPMTX`,
    `[${at}:352: bi_create_password(): /ws/tools/cryptpass crYWYtF7tWooPMTX`,
    `${at}:379: bi_create_password(): printf '%s\\n' crYWYtF7tWooPMTX`,
    `[2026-11-23T04:23:49Z] /ws/tools/lib/build_common.sh:154: bi_emit_info(): printf '  * %s "%s"\\n' Password: crYWYtF7tWooPMTX`,
    `${at}:695: bi_root_pw=crYWYtF7tWooPMTX`,
    `${at}:686: getopts m:o:p: c -m /ws/manifest.gen -o /ws/output -p crYWYtF7tWooPMTX /ws/proto`,
    "./tools/build_live -m /ws/manifest.gen -o /ws/output -p crYWYtF7tWooPMTX /ws/proto",
    "    -p crYWYtF7tWooPMTX /ws/proto",
    "PLATFORM_PASSWORD=crYWYtF7tWooPMTX",
    "PLATFORM_PASSWORD := 'crYWYtF7tWooPMTX'",
    "+ PLATFORM_PASSWORD=crYWYtF7tWooPMTX gmake live",
  ]) {
    it(`is not readable in ${line.slice(0, 70).replace(/crYWY\w*/, "…")}`, () => {
      const { text } = cleanLine(Buffer.from(line));
      assert.doesNotMatch(text, /crYWY/);
      assert.match(text, /\*{16}/);
      assert.equal(text.length, line.length);
    });
  }

  it("is not looked for in other lines", () => {
    for (const line of [
      'Setting random "root" password                              ... ',
      "FILE: [boot/forth/check-password.4th][0444][root/0][sys/3]: OK (/ws/proto)",
      "mkdir -p /ws/proto",
      "    -p 2 -m 1",
    ]) {
      assert.equal(cleanLine(Buffer.from(line)).text, line);
    }
  });
});
