// Invariant: a change of a fragment is given only when, once written, the setting is what was asked
// for; else the place that decides is named.
import { fail, ok, type Result } from "../result.ts";
import type { NewContents } from "./draft.ts";
import type { Field } from "./field.ts";
import { fragmentBytes, setValue, unsetValue } from "./fragment-edit.ts";
import { parseFragment } from "./fragment.ts";
import { placeText } from "./place-text.ts";
import type { FieldSource } from "./setting-fields.ts";
import { readSettings, type Drafts } from "./settings.ts";

/**
 * Gives a setting a value in the file that decides, or, where that has no effect, in the one that
 * is read last. `drafts`: what is not written yet. Failure: `bad-input`, something else decides.
 */
export function setInFragment(
  field: Field,
  value: string,
  { place, env, bytes, settings }: FieldSource,
  drafts: Drafts,
): Result<NewContents> {
  const target = field.target ?? "";
  const isPrivate = field.kind === "secret";
  const last = settings.fragments.at(-1)?.path ?? target;
  let refused = fail("bad-input", `${field.id} is set nowhere that can be changed.`);
  for (const path of new Set([target, last])) {
    if (path === place.paths.defaultConfigureBuild) continue;
    const edited = setValue(parseFragment(path, bytes(path) ?? Buffer.alloc(0)), field.id, value);
    if (!edited.ok) {
      refused = edited;
      continue;
    }
    const after = fragmentBytes(edited.value);
    const found = readSettings(place, env, new Map(drafts).set(path, after)).get(field.id);
    if (found?.known === true && found.value === value) return ok({ path, after, isPrivate });
    const by = found?.shadowed.at(-1) ?? found;
    const where = by === undefined ? "code" : placeText(place.root, by);
    refused = fail("bad-input", `${where} decides ${field.id} all the same; change it there.`);
  }
  return refused;
}

/** Takes the assignments out of every fragment of the user's. Failure: `bad-input`, as above. */
export function unsetInFragments(
  field: Field,
  { place, env, settings }: FieldSource,
  drafts: Drafts,
): Result<readonly NewContents[]> {
  const written = new Map(drafts);
  const changed: NewContents[] = [];
  for (const fragment of settings.fragments) {
    if (fragment.path === place.paths.defaultConfigureBuild) continue;
    const edited = unsetValue(fragment, field.id);
    if (!edited.ok) return edited;
    if (edited.value.text === fragment.text) continue;
    const after = fragmentBytes(edited.value);
    changed.push({ path: fragment.path, after, isPrivate: false });
    written.set(fragment.path, after);
  }
  const left = readSettings(place, env, written).get(field.id);
  const { defaultConfigureBuild, buildEnv } = place.paths;
  if (changed.length === 0 && left?.file === "environment")
    return fail("bad-input", `The environment sets ${field.id}; unset it there, or set another.`);
  if (changed.length === 0 && left?.file === buildEnv)
    return fail("bad-input", `Only the last run of configure set ${field.id}; no file does.`);
  const outside = [defaultConfigureBuild, "environment", buildEnv];
  if (changed.length === 0 || (left !== undefined && !outside.includes(left.file))) {
    const where = placeText(place.root, left ?? { file: field.target ?? "", line: 0 });
    return fail("bad-input", `Code at ${where} sets ${field.id}; change it there.`);
  }
  return ok(changed);
}
