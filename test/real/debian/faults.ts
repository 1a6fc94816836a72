// Invariant: every kind of finding that a manifest and a proto area can have is planted at least once,
// where the seed says.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { writeDelivered } from "../../../src/engine/image/shipped/delivered-list.ts";
import type { Planting } from "./planting.ts";

/** Plants all faults. */
export function plantFaults(planting: Planting): void {
  // Those first that have to do with the most objects.
  interpreters(planting);
  leftOutLibraries(planting);
  versions(planting);
  otherMachines(planting);
  runPaths(planting);
  addedNeeds(planting);
  links(planting);
  leaks(planting);
  modes(planting);
  orphans(planting);
}

function runPaths(planting: Planting): void {
  const { root } = planting;
  const folders: readonly (readonly [kind: string, folder: string])[] = [
    ...([
      ["build", `${root}/proto/usr/lib`],
      ["host", "/opt/local/lib"],
    ] as const),
    ...([
      ["home", "/export/home/build/lib"],
      ["relative", "../lib"],
      ["empty", ""],
    ] as const),
    ...([
      ["undelivered", "/usr/nowhere/lib"],
      ["writable", "/tmp"],
    ] as const),
    ...([
      ["relative", "${ORIGIN}/../lib"],
      ["undelivered", "/usr/lib/$PLATFORM"],
    ] as const),
  ];
  const programs = [...planting.choose(2 * folders.length, planting.programs())];
  for (const [index, [kind, folder]] of [...folders, ...folders].entries()) {
    const path = programs[index] ?? "";
    // The first round as RPATH, the second one as RUNPATH, behind a folder that is sound.
    const form = index < folders.length ? ["--force-rpath"] : [];
    planting.patchelf(path, ...form, "--set-rpath", `/usr/lib:${folder}`);
    planting.expect(`rpath-${kind}`, path, folder);
    if (kind === "build") planting.expect("path-of-build", path, root);
    if (kind === "host") planting.expect("path-of-host", path, "/opt/local/");
  }
  const setuid = [...planting.entries.values()].filter(({ mode }) => /^[4-7]/.test(mode));
  const owned = setuid.map(({ path }) => path).filter((path) => planting.objects.has(path));
  for (const path of planting.choose(2, owned)) {
    planting.patchelf(path, "--set-rpath", "$ORIGIN/../lib/systemd");
    planting.expect("rpath-secure", path, "$ORIGIN/../lib/systemd");
  }
}

function addedNeeds(planting: Planting): void {
  const [one = "", two = "", three = "", four = "", five = ""] = planting.choose(
    5,
    planting.programs(),
  );
  for (const path of [one, two]) {
    planting.patchelf(path, "--add-needed", "libnobodyhas.so.7");
    planting.expect("library-missing", path, "libnobodyhas.so.7");
  }
  planting.patchelf(three, "--add-needed", "lib/libbelow.so.1");
  planting.expect("library-relative", three, "lib/libbelow.so.1");
  planting.expect("library-missing", three, "lib/libbelow.so.1");
  planting.patchelf(four, "--no-default-lib");
  for (const name of planting.objects.get(four)?.needed ?? []) {
    planting.expect("library-missing", four, name);
  }
  const folder = "usr/lib/x86_64-linux-gnu";
  const hostOnly = existsSync(`/${folder}`)
    ? readdirSync(`/${folder}`).filter(
        (name) => /\.so\.\d+$/.test(name) && !existsSync(join(planting.proto, folder, name)),
      )
    : [];
  const [name] = hostOnly.length === 0 ? [] : planting.choose(1, hostOnly);
  if (name === undefined) return;
  planting.patchelf(five, "--add-needed", name);
  planting.expect("library-host", five, name);
}

function leftOutLibraries(planting: Planting): void {
  for (let count = 0; count < 3; count++) {
    const { path, users } = chooseLibrary(planting, 15);
    planting.leaveOut(path);
    for (const [user, name] of users) planting.expect("library-undelivered", user, name);
  }
  for (let count = 0; count < 3; count++) {
    const { path, users } = chooseLibrary(planting, 15);
    planting.remove(path);
    for (const [user, name] of users) {
      const onHost = existsSync(`/usr/lib/x86_64-linux-gnu/${name}`);
      planting.expect(onHost ? "library-host" : "library-missing", user, name);
    }
  }
}

/** A library that nothing was done to, nor to what needs it; from then on that stays so. */
function chooseLibrary(planting: Planting, most: number) {
  const libraries = planting.libraries(most);
  const [path = ""] = planting.choose(1, libraries.keys());
  const users = libraries.get(path) ?? [];
  planting.touch(users.map(([user]) => user));
  return { path, users };
}

function otherMachines(planting: Planting): void {
  const { path: library, users } = chooseLibrary(planting, 10);
  const [program = ""] = planting.choose(1, planting.programs());
  for (const [user, name] of users) planting.expect("library-class", user, name);
  for (const path of [library, program]) {
    planting.setMachine(path);
    for (const name of planting.objects.get(path)?.needed ?? []) {
      planting.expect("library-class", path, name);
    }
  }
  const linker = planting.objects.get(program)?.interpreter ?? "";
  planting.expect("interpreter-class", program, linker);
}

function versions(planting: Planting): void {
  const libraries = planting.libraries(30);
  const needing = (path: string, version: string): readonly (readonly [string, string])[] =>
    (libraries.get(path) ?? []).filter(([user, name]) =>
      planting.objects.get(user)?.versionsNeeded.includes(`${name} ${version}`),
    );
  const used = new Map(
    [...libraries.keys()].map((path) => {
      const defined = planting.objects.get(path)?.versionsDefined ?? [];
      return [path, defined.filter((version) => needing(path, version).length > 0)];
    }),
  );
  const useful = [...used].filter(([, some]) => some.length > 0).map(([path]) => path);
  for (const path of planting.choose(2, useful)) {
    planting.touch((libraries.get(path) ?? []).map(([user]) => user));
    const version = planting.random.pick([...(used.get(path) ?? [])].sort());
    planting.replaceText(path, version, version.replace(/.$/, "~"));
    for (const [user, name] of needing(path, version)) {
      planting.expect("library-version", user, `${name} ${version}`);
    }
  }
}

function interpreters(planting: Planting): void {
  const [left = ""] = planting.choose(1, ["usr/bin/bash", "usr/bin/python3.11"]);
  planting.leaveOut(left);
  for (const [script, line] of planting.scripts) {
    const [program = "", argument = ""] = line.split(/\s+/);
    const asked =
      planting.endOf(program) === left
        ? program
        : program.endsWith("/env") && planting.endOf(`usr/bin/${argument}`) === left
          ? argument
          : undefined;
    if (asked === undefined) continue;
    planting.expect("interpreter-missing", script, asked);
    planting.touch([script]);
  }
  for (const path of planting.choose(2, planting.programs())) {
    planting.patchelf(path, "--set-interpreter", "/lib64/ld-nobody.so.9");
    planting.expect("interpreter-missing", path, "/lib64/ld-nobody.so.9");
  }
  const lines = [
    ...([
      ["/usr/bin/nosuchawk -f", "/usr/bin/nosuchawk"],
      ["/usr/bin/env nosuchruby", "nosuchruby"],
    ] as const),
    ...([["/usr/bin/env -S nosuchnode -x", "nosuchnode"]] as const),
  ];
  for (const [index, [line, asked]] of lines.entries()) {
    const path = `usr/bin/planted-script-${index}`;
    planting.install(path, `#!${line}\n`, "0755");
    planting.expect("interpreter-missing", path, asked);
  }
}

function links(planting: Planting): void {
  const { manifest } = planting;
  const link = (path: string, target: string, ...kinds: readonly string[]): void => {
    manifest.set(path, `s ${path}=${target}`);
    for (const kind of kinds) planting.expect(kind, path, target);
  };
  link("usr/share/planted-dangling", "nowhere/at/all", "link-dangling");
  link("usr/lib/planted-dangling", "/usr/lib/nowhere", "link-dangling");
  link("usr/share/planted-one", "planted-two", "link-loop");
  link("usr/share/planted-two", "planted-one", "link-loop");
  link("usr/share/planted-self", "planted-self", "link-loop");
  link("usr/share/planted-outside", "../../../../etc/passwd", "link-outside");
  // Targets of links that nothing else is made of.
  const targets = [...planting.ends].flatMap(([path, end]) =>
    end !== undefined && /^usr\/share\/(?:man|doc)\//.test(end) && path !== end ? [end] : [],
  );
  const files = targets.filter((path) => planting.entries.get(path)?.type === "f");
  for (const path of planting.choose(3, new Set(files))) planting.leaveOut(path);
  const plain = planting.programs();
  for (const [index, path] of planting.choose(2, plain).entries()) {
    const name = `etc/planted-hard-${index}`;
    manifest.set(name, `h ${name}=${path}`);
    planting.expect("hard-link-across", name, path);
  }
}

function leaks(planting: Planting): void {
  const { root } = planting;
  const texts = [...planting.entries.values()]
    .filter(({ path, links: names }) => /^etc\/.*\.conf$/.test(path) && names === 1)
    .map(({ path }) => path);
  const [text = "", host = ""] = planting.choose(2, texts);
  planting.append(text, `# made in ${root}/projects\n`);
  planting.expect("path-of-build", text, root);
  planting.append(host, "# PATH=/opt/local/bin\n");
  planting.expect("path-of-host", host, "/opt/local/");
  const [binary = "", other = ""] = planting.choose(2, planting.programs());
  planting.append(binary, `\0${root}\0`);
  planting.expect("path-of-build", binary, root);
  // Another folder, whose name begins alike.
  planting.append(other, `\0${root}2/src\0`);
}

function modes(planting: Planting): void {
  const plain = [...planting.entries.values()].filter(
    ({ path, type, links: names }) =>
      type === "f" && names === 1 && /^usr\/share\/(?:perl|doc)\/.*[^f]$/.test(path),
  );
  for (const path of planting.choose(
    2,
    plain.map(({ path: name }) => name),
  )) {
    planting.setMode(path, "0666");
    planting.expect("world-writable", path, "0666");
  }
  planting.setMode("usr/share/doc", "0777");
  planting.expect("world-writable", "usr/share/doc", "0777");
  planting.install("usr/lib/planted.conf", "a=1\n", "0644");
  planting.expect("writable-in-usr", "usr/lib/planted.conf", "0644");
  const setuid = [...planting.entries.values()].filter(
    ({ type, mode }) => type === "f" && /^[2-7]/.test(mode),
  );
  const [one = "", two = "", changed = ""] = planting.random.shuffle(
    setuid.map(({ path }) => path),
  );
  const shipped = setuid.flatMap(({ path, mode, user, group }) => {
    const owner = `${user}:${group}`;
    if ([one, two, changed].includes(path))
      planting.expect("runs-as-other", path, `0${mode} ${owner}`);
    const before = path === changed ? 0o6755 : parseInt(mode, 8);
    return path === one || path === two
      ? []
      : [{ path, type: "f" as const, mode: before, user, group }];
  });
  const folder = join(planting.root, "log/smartbuild/0001-20260101T000000Z");
  mkdirSync(folder, { recursive: true });
  writeDelivered(folder, shipped);
}

function orphans(planting: Planting): void {
  planting.install("usr/include/planted.h", "\n");
  planting.install("usr/lib/planted/libplanted.a", "!<arch>\n");
  planting.install("usr/planted/file", "\n");
  for (const path of ["usr/bin/planted-gone", "etc/planted-gone"]) {
    planting.manifest.set(path, `f ${path} 0644 root root`);
    planting.expect("entry-uninstalled", path);
  }
}
