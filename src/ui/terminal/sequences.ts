// Invariant: the only escape sequences that the console writes by itself; each that changes a mode
// has its counterpart here.

/** No line ever goes on in the next row, whatever a terminal thinks of its width. */
export const wrapOff = "\x1b[?7l";
export const wrapOn = "\x1b[?7h";
export const clearScreen = "\x1b[H\x1b[2J";
/** Back to the normal screen. */
export const leaveScreen = "\x1b[?1049l";

/** Reports of presses and of the wheel (1000), in the form that has no limits (1006). */
export const mouseOn = "\x1b[?1000h\x1b[?1006h";
export const mouseOff = "\x1b[?1006l\x1b[?1000l";

/** Leaves a terminal usable after a crash: modes, cursor, colours, primary screen. */
export const restore = `\x1b[0m${wrapOn}${mouseOff}\x1b[?25h\x1b[?2004l${leaveScreen}`;
