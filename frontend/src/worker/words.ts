/** What a page says to a worker: tell your build's version on the port, or take over now. */
export const workerWords = { version: 'version', activate: 'activate' } as const
