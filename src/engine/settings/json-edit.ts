// Invariant: one member of the outermost object changes; every other byte of the text is kept.

interface Member {
  readonly name: string;
  /** Where its name begins, and where its value begins and ends. */
  readonly start: number;
  readonly value: number;
  readonly end: number;
  /** Where the comma after it ends; undefined for the last one. */
  readonly comma: number | undefined;
}

/** The members of the outermost object of a text that JSON.parse takes. */
function membersOf(text: string): Member[] {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)];
  const members: Member[] = [];
  let depth = 0;
  let begun: { name: string; start: number; value?: number } | undefined;
  let before = 0;
  for (const { 0: token, index } of tokens) {
    if (depth === 1 && (token === "," || token === "}") && begun?.value !== undefined) {
      const comma = token === "," ? index + 1 : undefined;
      members.push({ ...begun, value: begun.value, end: before, comma });
      begun = undefined;
    } else if (depth === 1 && begun === undefined && token.startsWith('"')) {
      begun = { name: token.slice(1, -1), start: index };
    } else if (depth === 1 && token !== ":" && begun !== undefined) begun.value ??= index;
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    before = index + token.length;
  }
  return members;
}

/**
 * A JSON text with a member of its object given another value (JSON, too); undefined takes the member
 * away. An empty text becomes an object. Of a name that stands there twice the last one counts, and
 * all go.
 */
export function editMember(text: string, name: string, value: string | undefined): string {
  const members = membersOf(text);
  const old = members.findLast((member) => member.name === name);
  if (value === undefined) {
    if (old === undefined) return text;
    return editMember(without(text, members, old), name, undefined);
  }
  if (old !== undefined) return text.slice(0, old.value) + value + text.slice(old.end);
  const last = members.at(-1);
  if (last === undefined) return `{\n  "${name}": ${value}\n}\n`;
  const lead = /\n[ \t]*$/.exec(text.slice(0, last.start))?.[0] ?? " ";
  return `${text.slice(0, last.end)},${lead}"${name}": ${value}${text.slice(last.end)}`;
}

function without(text: string, members: readonly Member[], old: Member): string {
  if (old.comma !== undefined) {
    const rest = text.slice(old.comma);
    return text.slice(0, old.start) + rest.replace(/^\s+/, "");
  }
  const earlier = members[members.indexOf(old) - 1];
  return text.slice(0, earlier?.end ?? old.start) + text.slice(old.end);
}
