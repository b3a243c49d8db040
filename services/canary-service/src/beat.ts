/** Time between two canaries in milliseconds. */
export const beatMs = 1_000

/**
 * When the next canary is due, in monotonic milliseconds: always whole beats after `due`, however late or early a timer
 * was, so that the canaries do not drift. Beats that have passed unused are left out.
 */
export const nextBeat = (due: number, now: number): number =>
  due + beatMs * Math.max(1, Math.ceil((now - due) / beatMs))
