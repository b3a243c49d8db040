import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { FluxError } from '../../errors.ts'
import { toBusError } from './errors.ts'

/** An error of the protocol, as kafkajs makes it from an error code. */
const protocol = (type: string) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable: true }))
/** A wrapper that says "do not retry", whatever is in it. */
const wrapped = (cause: Error) => Object.assign(new KafkaJSNonRetriableError(cause), { cause })

describe('toBusError', () => {
  it.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', 'topic_missing', true],
    ['TOPIC_AUTHORIZATION_FAILED', 'denied', true],
    ['GROUP_AUTHORIZATION_FAILED', 'denied', true],
    ['SASL_AUTHENTICATION_FAILED', 'denied', true],
    ['MESSAGE_TOO_LARGE', 'refused', false],
    ['NOT_ENOUGH_REPLICAS', 'bus_unavailable', true],
  ])('judges %s by its type, however it is wrapped', (type, code, retryable) => {
    const exceeded = new KafkaJSNumberOfRetriesExceeded(protocol(type), {
      retryCount: 3,
      retryTime: 100,
    })
    for (const error of [protocol(type), wrapped(protocol(type)), exceeded]) {
      expect(toBusError(error, 'sending')).toMatchObject({ code, retryable, cause: error })
    }
  })

  it('takes a lost connection for the broker being away, also when kafkajs says not to retry', () => {
    const lost = new KafkaJSConnectionError('connect ECONNREFUSED', { code: 'ECONNREFUSED' })
    const error = toBusError(wrapped(lost), 'sending to a')
    expect(error).toMatchObject({ code: 'bus_unavailable', retryable: true })
    expect(error.message).toBe('sending to a: connect ECONNREFUSED')
  })

  it('says what a group without a coordinator may mean', () => {
    const error = Object.assign(new Error('Failed to find group coordinator'), {
      name: 'KafkaJSGroupCoordinatorNotFound',
    })
    expect(toBusError(error, 'x')).toMatchObject({ code: 'bus_unavailable', retryable: true })
    expect(toBusError(error, 'x').message).toMatch(/no right to read the group/)
  })

  it('passes errors of our own through, and survives what is no error', () => {
    const own = new FluxError('bus_closed', 'closed')
    expect(toBusError(own, 'x')).toBe(own)
    expect(toBusError('text', 'x')).toMatchObject({ code: 'bus_unavailable' })
    const loop = new Error('loop')
    loop.cause = loop
    expect(toBusError(loop, 'x').code).toBe('bus_unavailable')
  })
})
