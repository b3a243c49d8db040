/** How long a group waits for a silent member before it gives its partitions away, in milliseconds. */
export const sessionTimeoutMs = 6000

/** How old the last proof of membership may be for the fence to stay open, in milliseconds. */
export const fenceMs = sessionTimeoutMs / 2

/** Waits before a record whose handler failed comes again. */
export const redelivery = { baseMs: 200, maxMs: 5000 } as const
