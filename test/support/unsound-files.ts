// Invariant: each file has at least one fault that an audit finds both by the manifest and in the image,
// and none that keeps the image from being made.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tinyElf, type TinyElf } from "./tiny-elf.ts";

/** Where they are; checks of a tree want manual pages for what is in usr/bin. */
const folder = "usr/lib/unsound";

/** Puts unsound files into the proto area of a demo tree and its own manifest. */
export function addUnsoundFiles(root: string): void {
  const lines = [`d ${folder} 0755 root bin`];
  const put = (path: string, bytes: string | Buffer, mode = "0555"): void => {
    const at = join(root, "proto", path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, bytes);
    lines.push(`f ${path} ${mode} root bin`);
  };
  const object = (name: string, about: Omit<TinyElf, "class">, mode?: string): void => {
    put(`${folder}/${name}`, tinyElf({ class: 64, ...about }), mode);
  };
  const folders = "/opt/local/lib:/home/me/lib:rel:/usr/none:/tmp:";
  object("folders", { rpath: folders, needed: ["libnone.so.1", "rel/libx.so"] });
  object("build", { runpath: `${root}/proto/usr/lib` });
  object("linker", { interpreter: "/lib/ld-none.so.1" });
  object("setuid", { runpath: "$ORIGIN/../x" }, "04555");
  object("filter", { filter: "libfiltee.so.1" });
  put(`${folder}/narrow`, tinyElf({ class: 32, needed: ["libc.so.1"] }));
  put(`${folder}/script`, "#!/usr/bin/env nosuchperl\n");
  put(`${folder}/method`, "#!/usr/bin/nosuchpython\n");
  put(`${folder}/my.conf`, "x\n", "0644");
  put("etc/unsound-open", "x\n", "0666");
  lines.push(`s ${folder}/dangling=nowhere`, `s ${folder}/out=../../../../etc/passwd`);
  lines.push(`s ${folder}/one=two`, `s ${folder}/two=one`);
  appendFileSync(join(root, "src/manifest"), `${lines.join("\n")}\n`);
}
