// Invariant: the lines of tools/build_live stand here in the forms that both layouts really use.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, it } from "node:test";
import { readTreeSizes } from "../../src/engine/image/image-sizes.ts";

const root = mkdtempSync(join(tmpdir(), "sizes-"));
after(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

it("has nothing to say of a script that is not there or names no sizes", () => {
  assert.match(readTreeSizes(root, "classic").remarks[0] ?? "", /cannot be read/);
  write("tools/build_live", "echo\n");
  assert.deepEqual(readTreeSizes(root, "classic"), { root: {}, usr: {}, remarks: [] });
});

it("reads the sizes and densities of a classic tree", () => {
  const newfs = (density: number, device: string) =>
    `    newfs -o space -m 0 -i ${density} -b 4096 \${${device}} < /dev/null 2> /dev/null\n`;
  const text = `RSIZE=1000\nUSIZE=2000\n${newfs(50000, "lofidev")}${newfs(14000, "lofiusrdev")}`;
  write("tools/build_live", text);
  const { root: rootSize, usr } = readTreeSizes(root, "classic");
  assert.deepEqual(rootSize, { kib: 1000, density: 50000 });
  assert.deepEqual(usr, { kib: 2000, density: 14000 });
});

it("reads those of a modern tree, with the room that a DEBUG kernel gets", () => {
  write(
    "tools/build_live",
    `bi_root_size=350000
	bi_root_size=$(( bi_root_size + 3000))
bi_create_ramdisk "$bi_root_size" "$bi_file_root"
bi_create_ufs 12248 "$bi_lofi_root" "$bi_mnt_root" "/"
bi_create_ramdisk 448000 "$bi_file_usr"
bi_create_ufs 14000 "$bi_lofi_usr" "$bi_mnt_usr" "/usr"
`,
  );
  const expected = { root: { kib: 350000, density: 12248 }, usr: { kib: 448000, density: 14000 } };
  assert.deepEqual(readTreeSizes(root, "modern"), { ...expected, remarks: [] });
  write("proto/kernel/amd64/genunix", "\0DEBUG enabled\0");
  const debug = readTreeSizes(root, "modern");
  assert.equal(debug.root.kib, 353000);
  assert.match(debug.remarks[0] ?? "", /3000 KiB more/);
});
