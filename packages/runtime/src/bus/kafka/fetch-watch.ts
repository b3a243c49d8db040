import type { Consumer } from 'kafkajs'

/**
 * Calls `onFetch` after every fetch that the broker answered. kafkajs's FETCH event alone is no proof: it comes also
 * after a lost connection, for an empty result.
 */
export const watchFetches = (consumer: Consumer, onFetch: () => void): void => {
  let answered = false
  consumer.on(consumer.events.REQUEST, ({ payload }) => {
    if (payload.apiName === 'Fetch') answered = true
  })
  consumer.on(consumer.events.FETCH, () => {
    if (!answered) return
    answered = false
    onFetch()
  })
}
