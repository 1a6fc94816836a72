// Invariant: pure; a mark holds nothing secret.
import type { Field } from "./field.ts";

/** Tells two states of a field apart; of a secret only whether it is set, and where. */
export function mark({ shown, isDefault, value, origin }: Field): string {
  return JSON.stringify([shown, isDefault, value, origin?.file]);
}

/** Whether a field is a shell variable of the fragments. */
export function isFragmentField({ setting, section }: Field): boolean {
  return setting === undefined ? section === "Other variables" : setting.from.includes("fragment");
}
