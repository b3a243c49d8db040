import type { Broker, Kafka } from 'kafkajs'
import { FluxError } from '../../../errors.ts'
import { openCluster } from '../cluster.ts'
import { toBusError } from '../errors.ts'

/** A request that kafkajs does not know, encoded. */
export interface RawRequest {
  readonly apiKey: number
  readonly apiVersion: number
  readonly apiName: string
  /** What follows the header (version 1); a flexible version's header ends with a byte more, which begins it. */
  readonly body: Buffer
}

interface Pool {
  send(request: {
    request: Omit<RawRequest, 'body'> & { encode(): Promise<{ buf: Buffer; buffer: Buffer }> }
    response: { decode(bytes: Buffer): Promise<{ bytes: Buffer }>; parse(data: unknown): unknown }
  }): Promise<unknown>
}

/** kafkajs's types leave out the connections of a broker. */
const hasPool = (broker: Broker): broker is Broker & { connectionPool: Pool } =>
  'connectionPool' in broker

const send = async (broker: Broker, { body, ...head }: RawRequest): Promise<Buffer> => {
  if (!hasPool(broker)) throw new FluxError('bug', 'kafkajs has no connection pool in its broker')
  let answer = Buffer.alloc(0)
  await broker.connectionPool.send({
    request: { ...head, encode: () => Promise.resolve({ buf: body, buffer: body }) },
    response: {
      decode: (bytes) => {
        answer = Buffer.from(bytes)
        return Promise.resolve({ bytes })
      },
      parse: () => undefined,
    },
  })
  return answer
}

/** Sends one request to the controller, on a connection of its own. Throws what the bus throws. */
export const sendToController = async (
  kafka: Kafka,
  request: RawRequest,
  doing: string,
): Promise<Buffer> => {
  const cluster = openCluster(kafka)
  try {
    await cluster.connect()
    await cluster.refreshMetadata()
    return await send(await cluster.findControllerBroker(), request)
  } catch (error) {
    throw toBusError(error, doing)
  } finally {
    await cluster.disconnect().catch(() => undefined)
  }
}

const denied = new Set([29, 30, 31])
/** Not here or not now: no controller, another one, too slow. */
const passing = new Set([7, 14, 15, 41])

/** Throws what an error code of an answer stands for: `denied`, `bus_unavailable` (retryable) or `refused`. */
export const assertTaken = (code: number, message: string | null, doing: string): void => {
  if (code === 0) return
  // What the broker says to this holds its own objects, printed.
  if (denied.has(code)) throw new FluxError('denied', `${doing}: not authorized`)
  const text = `${doing}: ${message ?? 'no reason given'} (error ${code})`
  if (passing.has(code)) throw new FluxError('bus_unavailable', text, { retryable: true })
  throw new FluxError('refused', text)
}
