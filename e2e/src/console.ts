import type { ConsoleMessage, Page } from 'playwright-core'

/** Puts into `complaints` what a page says on its console as an error, unless it is expected, and every uncaught error. */
export const listenTo = (
  page: Page,
  complaints: string[],
  isExpected: (message: ConsoleMessage) => boolean,
): void => {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error' || isExpected(message)) return
    complaints.push(`${message.text()} (${message.location().url})`)
  })
}

/** The browser tells of a connection that breaks by itself. */
export const isBrokenSocket = (message: ConsoleMessage): boolean =>
  /WebSocket connection/.test(message.text())

/** What could not be loaded from another site than `origin`: the pictures of news, whose hosts do not exist where tests run. */
export const isForeignPicture = (message: ConsoleMessage, origin: string): boolean =>
  /Failed to load resource/.test(message.text()) &&
  new URL(message.location().url, origin).origin !== new URL(origin).origin
