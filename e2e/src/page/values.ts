import type { Page } from 'playwright-core'

/** Takes note of when the prices came that a page is sent live, from its next navigation on: ms of `performance.now()`. */
export const timeValues = (page: Page): readonly number[] => {
  const times: number[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const begin = String(payload.slice(0, 20))
      if (begin.startsWith('42["crypto.ticker"')) times.push(performance.now())
    })
  })
  return times
}
