// Invariant: the bytes that `find . -type f | LC_ALL=C sort | xargs md5sum` prints in the image.
import type { ByteText } from "../manifest/byte-text.ts";
import { compareBytes } from "../manifest/byte-text.ts";

/**
 * The md5 manifest of an image: `MD5  ./path` a line, in byte order of the paths. `sums`: MD5
 * (hex) by path of every regular file. A backslash in a name is doubled and marked as md5sum does.
 */
export function md5Manifest(sums: ReadonlyMap<ByteText, string>): ByteText {
  return [...sums]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([path, sum]) =>
      path.includes("\\")
        ? `\\${sum}  ./${path.replaceAll("\\", "\\\\")}\n`
        : `${sum}  ./${path}\n`,
    )
    .join("");
}
