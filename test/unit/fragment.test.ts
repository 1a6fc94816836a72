// Invariant: what is shown is what bash reads, and an edit changes no byte outside its own line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Evaluator, type Variable } from "../../src/engine/settings/evaluate.ts";
import { fragmentBytes, setValue, unsetValue } from "../../src/engine/settings/fragment-edit.ts";
import { parseFragment, type Fragment } from "../../src/engine/settings/fragment.ts";

const folder = join(import.meta.dirname, "../fixtures/fragments");
const names = readdirSync(folder).filter((name) => name.endsWith(".fragment"));
const scratch = mkdtempSync(join(tmpdir(), "smartbuild-fragment-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

function fixture(name: string): Fragment {
  return parseFragment(join(folder, name), readFileSync(join(folder, name)));
}

function parse(text: string): Fragment {
  return parseFragment("fragment", Buffer.from(text));
}

function variablesOf(fragment: Fragment): Map<string, Variable> {
  const evaluator = new Evaluator(() => "missing");
  evaluator.read(fragment);
  return evaluator.variables();
}

/** Each variable as bash has it after sourcing these bytes; NUL-separated on the way. */
function bashValues(bytes: Uint8Array, variables: readonly string[]): Map<string, string> {
  const file = join(scratch, "sourced");
  writeFileSync(file, bytes);
  const script =
    'file=$1; shift; names=("$@"); source "$file" >/dev/null 2>&1; for n in "${names[@]}"; do printf "%s\\0" "${!n}"; done';
  const output = execFileSync("bash", ["-c", script, "bash", file, ...variables], {
    cwd: scratch,
    env: { PATH: process.env["PATH"], HOME: scratch },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const values = output.split("\0");
  return new Map(variables.map((name, index) => [name, values[index] ?? ""]));
}

/** Known and other variables of each fixture, so that "known" cannot quietly shrink. */
const expected: Readonly<Record<string, { known: string; unsure?: string }>> = {
  "01-sample.fragment": {
    known:
      "PUBLISHER RELEASE_VER SUNW_SPRO12_URL GCC44_URL GET_ILLUMOS GET_ILLUMOS_EXTRA ILLUMOS_ADJUNCT_TARBALL_URL OVERLAYS",
  },
  "02-quotes.fragment": {
    known: "PLAIN SINGLE DOUBLE MIXED EMPTY EMPTY_QUOTED ANSI LOCALE DOLLAR HASH ESCAPED EQUALS",
  },
  "03-continuation.fragment": {
    known: "OVERLAYS GET_ILLUMOS PUBLISHER RELEASE_VER HAVE_PKG ROOTCMD",
  },
  "04-substitution.fragment": {
    known: "PUBLISHER",
    unsure: "HERE COUNT BACK NESTED DOC RELEASE_VER ARITH",
  },
  "05-here-documents.fragment": { known: "PUBLISHER RELEASE_VER OVERLAYS", unsure: "PICKED" },
  "06-source.fragment": { known: "PUBLISHER RELEASE_VER OVERLAYS" },
  "07-crlf.fragment": { known: "PUBLISHER RELEASE_VER OVERLAYS HAVE_PKG ROOTCMD" },
  "08-no-final-newline.fragment": { known: "PUBLISHER OVERLAYS" },
  "09-duplicates.fragment": { known: "OVERLAYS PUBLISHER RELEASE_VER" },
  "10-exports.fragment": {
    known: "PUBLISHER RELEASE_VER OVERLAYS GCC44_URL SUNW_SPRO12_URL QUOTED_BRACES",
    unsure: "ROOTCMD NUMBER UPPER BRACES",
  },
  "11-arrays.fragment": { known: "LIST MULTI OVERLAYS", unsure: "SPARSE ELEMENT PATTERN SPLIT" },
  "12-functions.fragment": { known: "PUBLISHER OVERLAYS", unsure: "RELEASE_VER" },
  "13-conditions.fragment": {
    known: "OVERLAYS SUNW_SPRO12_URL",
    unsure: "PUBLISHER RELEASE_VER name LAST ROOTCMD GCC44_URL HAVE_PKG GET_ILLUMOS",
  },
  "14-references.fragment": {
    known: "BASE GCC44_URL SUNW_SPRO12_URL SINGLE OVERLAYS CHAIN QUOTED_TILDE",
    unsure: "FROM_ENVIRONMENT DEFAULTED TILDE",
  },
  "15-append.fragment": { known: "OVERLAYS FRESH", unsure: "PUBLISHER" },
  "16-bytes.fragment": { known: "PUBLISHER OVERLAYS", unsure: "RELEASE_VER" },
  "17-code-changes.fragment": {
    known: "OVERLAYS",
    unsure: "PUBLISHER RELEASE_VER ROOTCMD NEVER_SET JOBS",
  },
  "18-early-return.fragment": { known: "PUBLISHER OVERLAYS" },
  "19-subshells.fragment": {
    known: "PUBLISHER OVERLAYS GCC44_URL SUNW_SPRO12_URL",
    unsure: "HAVE_PKG",
  },
  "20-odd-layout.fragment": { known: "PUBLISHER RELEASE_VER OVERLAYS" },
  "21-eval.fragment": { known: "OVERLAYS", unsure: "PUBLISHER" },
  "22-trailing-continuation.fragment": { known: "PUBLISHER" },
  "23-multi-line-quotes.fragment": { known: "NOTE PUBLISHER OVERLAYS" },
  "24-backslash-at-end.fragment": { known: "PUBLISHER" },
};

const newValues = [
  "plain",
  "two words",
  'it\'s $HOME `x` "q" \\ #!',
  "",
  "a\nb\tc\r",
  "smörgås ~ * {a,b}",
];

/** The lines of `before` that `edited` does not share with it, from either end. */
function changedLines(before: string, edited: string): { from: number; lines: string[] } {
  const old = before.split("\n");
  const fresh = edited.split("\n");
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old.at(-1 - tail) === fresh.at(-1 - tail)
  )
    tail += 1;
  return { from: head + 1, lines: old.slice(head, old.length - tail) };
}

test("every fixture is expected to hold something", () => {
  assert.deepEqual(Object.keys(expected).sort(), [...names].sort());
});

for (const name of names) {
  describe(name, () => {
    const fragment = fixture(name);
    const variables = variablesOf(fragment);
    const known = [...variables.values()].filter((variable) => variable.known);

    test("tokens joined are the file", () => {
      const joined = fragment.tokens.map((token) => token.text).join("");
      assert.ok(Buffer.from(joined, "latin1").equals(readFileSync(join(folder, name))));
      assert.ok(fragmentBytes(fragment).equals(readFileSync(join(folder, name))));
    });

    test("knows what it should, and no more", () => {
      const split = (text = ""): string[] =>
        text
          .split(" ")
          .filter((word) => word !== "")
          .sort();
      assert.deepEqual(known.map((variable) => variable.name).sort(), split(expected[name]?.known));
      const unsure = [...variables.values()].filter((variable) => !variable.known);
      assert.deepEqual(
        unsure.map((variable) => variable.name).sort(),
        split(expected[name]?.unsure),
      );
      assert.deepEqual(fragment.problems, []);
    });

    test("bash agrees with every known value", () => {
      const values = bashValues(
        fragmentBytes(fragment),
        known.map((variable) => variable.name),
      );
      for (const variable of known)
        assert.equal(values.get(variable.name), variable.value, variable.name);
    });

    test("an edit changes only its own line, and bash reads the new value", () => {
      for (const [index, { name: variable }] of known.entries()) {
        const value = newValues[index % newValues.length] ?? "";
        const edited = setValue(fragment, variable, value);
        assert.ok(edited.ok, `${variable}: ${edited.ok ? "" : edited.failure.message}`);
        const own = fragment.statements.findLast(
          (statement) =>
            statement.kind === "assignment" &&
            statement.name === variable &&
            statement.certainty === "always",
        );
        assert.ok(own?.kind === "assignment");
        const { from, lines } = changedLines(fragment.text, edited.value.text);
        assert.ok(lines.length === 0 || from >= own.line, `${variable} changed line ${from}`);
        const ownLines = own.source.split("\n").length;
        assert.ok(lines.length <= ownLines, `${variable} changed ${lines.length} lines`);
        // Byte for byte outside the right-hand side, which the line number alone would not show.
        const tail = fragment.text.slice(own.valueStart + own.source.length);
        assert.ok(edited.value.text.startsWith(fragment.text.slice(0, own.start)));
        assert.ok(edited.value.text.endsWith(tail));
        assert.equal(
          bashValues(fragmentBytes(edited.value), [variable]).get(variable),
          value,
          variable,
        );
      }
    });

    test("a name that nothing sets is added at the end", () => {
      const value = "new 'value'";
      const edited = setValue(fragment, "BRAND_NEW", value);
      if (name === "18-early-return.fragment") {
        assert.equal(edited.ok, false, "a line behind return is never read");
        return;
      }
      assert.ok(edited.ok);
      assert.ok(edited.value.text.startsWith(fragment.text));
      assert.equal(bashValues(fragmentBytes(edited.value), ["BRAND_NEW"]).get("BRAND_NEW"), value);
    });

    test("unset leaves a fragment that bash reads, without the value", () => {
      for (const { name: variable } of known) {
        const edited = unsetValue(fragment, variable);
        assert.ok(edited.ok);
        assert.deepEqual(edited.value.problems, []);
        assert.equal(
          bashValues(fragmentBytes(edited.value), [variable]).get(variable),
          "",
          variable,
        );
        const others = known.filter(
          (other) => other.name !== variable && !other.source.includes(variable),
        );
        const values = bashValues(
          fragmentBytes(edited.value),
          others.map((other) => other.name),
        );
        for (const other of others) {
          if (!/\$/.test(other.source))
            assert.equal(values.get(other.name), other.value, other.name);
        }
      }
    });
  });
}

describe("editing", () => {
  test("keeps the quotes that were there where they can hold the value", () => {
    const edit = (text: string, value: string): string => {
      const edited = setValue(parse(text), "A", value);
      assert.ok(edited.ok);
      return edited.value.text;
    };
    assert.equal(edit('A="x"  # why\n', "y z"), 'A="y z"  # why\n');
    assert.equal(edit("A='x'\n", "y z"), "A='y z'\n");
    assert.equal(edit("A=x\n", "y"), "A=y\n");
    assert.equal(edit("A=x\n", "y z"), 'A="y z"\n');
    assert.equal(edit('A="x"\n', "$HOME"), "A='$HOME'\n");
    assert.equal(edit("A=a\nA+=b; B=c\n", "z"), "A=a\nA=z; B=c\n");
  });

  test("adds a line behind code that would otherwise decide", () => {
    const edited = setValue(parse("A=1\nif true; then\n  A=2\nfi\n"), "A", "3");
    assert.ok(edited.ok);
    assert.equal(edited.value.text, "A=1\nif true; then\n  A=2\nfi\nA=3\n");
  });

  test("unset keeps comments and neighbours", () => {
    const unset = (text: string): string => {
      const edited = unsetValue(parse(text), "A");
      assert.ok(edited.ok);
      return edited.value.text;
    };
    assert.equal(unset("x\nA=1\ny\n"), "x\ny\n");
    assert.equal(unset("A=1 # why\n"), "# why\n");
    assert.equal(unset("export A=1 B=2\n"), "export B=2\n");
    assert.equal(unset("A=1 B=2\n"), "B=2\n");
    assert.equal(unset("export A=1\r\nB=2\r\n"), "B=2\r\n");
    assert.equal(unset("A=1; B=2\nA=3"), "B=2\n");
    assert.equal(unset("A=1 && B=2\n"), ": && B=2\n");
  });

  test("refuses what bash cannot hold or read", () => {
    const broken = parse('A=1\nB="open\nC=3\n');
    const refused = setValue(broken, "A", "2");
    assert.ok(!refused.ok);
    assert.equal(refused.failure.kind, "bad-input");
    assert.match(refused.failure.message, /fragment:2: a double quote is opened and never closed/);
    assert.equal(setValue(parse(""), "A", "nul\0").ok, false);
    assert.equal(setValue(parse(""), "A-B", "x").ok, false);
    const unclosed = setValue(parse("cat <<EOF\nA=1\n"), "A", "2");
    assert.equal(unclosed.ok, false, "the added line would be part of the here-document");
  });
});

describe("problems", () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ["A=1\nB='x\n\n", 2, /single quote/],
    ['A=1\n\nB="$(echo "x)"\n', 3, /never closed/],
    ["A=$(\necho\n", 1, /\$\( is opened and never closed/],
    ["if true; then\nA=1\n", 1, /block that starts with if is never closed/],
    ["A=1\nfi\n", 2, /fi closes nothing/],
    ["A=(1\n2\n", 1, /\( is opened/],
  ];
  for (const [text, line, message] of cases) {
    test(JSON.stringify(text), () => {
      const { problems, tokens } = parse(text);
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.line, line);
      assert.match(problems[0].message, message);
      assert.equal(tokens.map((token) => token.text).join(""), text);
    });
  }
});
