// Invariant: does what the live stage does up to the finished root tar, and no more.
// Usage: place-child.ts WORKSPACE ARCHIVE; prints one line of JSON: {maxRssKib, entries, bytes}.
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageLog } from "../../src/engine/image/image-log.ts";
import { md5Manifest } from "../../src/engine/image/md5-manifest.ts";
import { readOwners } from "../../src/engine/image/owners.ts";
import { place } from "../../src/engine/image/place.ts";
import { planImage } from "../../src/engine/image/plan.ts";
import { TarWriter } from "../../src/engine/image/tar-writer.ts";
import { aggregate, readManifests } from "../../src/engine/manifest/aggregate.ts";
import { toBytes } from "../../src/engine/manifest/byte-text.ts";
import { sortManifest } from "../../src/engine/manifest/sort.ts";

const [root = "", archive = ""] = process.argv.slice(2);
const sources = readManifests(join(root, "manifest.d"));
const owners = readOwners(root, "modern");
if (!sources.ok || !owners.ok) throw new Error(`${root} is no generated workspace`);
const file = openSync(archive, "w");
const placed = await place({
  plan: planImage(sortManifest(aggregate(sources.value), "modern")),
  searchDirs: [join(root, "proto")],
  owners: owners.value,
  contents: new Map(),
  writer: new TarWriter(file, archive, 0),
  // As in a build, the log goes into a file.
  log: new ImageLog(process.stderr),
  signal: new AbortController().signal,
});
closeSync(file);
writeFileSync(`${archive}.manifest`, toBytes(md5Manifest(placed.sums)));
const { failures, entries, bytes } = placed;
if (failures.length > 0) throw new Error(`${failures.length} entries failed`);
console.log(JSON.stringify({ maxRssKib: process.resourceUsage().maxRSS, entries, bytes }));
