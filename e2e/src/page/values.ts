import type { Page } from 'playwright-core'

/** Counts the prices that a page is sent live, from its next navigation on. */
export const countValues = (page: Page): (() => number) => {
  let count = 0
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (String(payload.slice(0, 20)).startsWith('42["crypto.ticker"')) count += 1
    })
  })
  return () => count
}
