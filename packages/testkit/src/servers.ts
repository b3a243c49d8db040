import {
  createChildren,
  type Kafka,
  startKafka,
  startValkey,
  type Valkey,
} from '@flux/scripts/servers'

/** What a test's own server has beside the server's own methods. */
export interface OwnServer {
  /** Ends the server and removes its data. */
  close(): Promise<void>
}

// Never an external server: these exist to be killed, paused and emptied.
const withoutExternal = () => ({
  ...process.env,
  FLUX_KAFKA_BROKERS: undefined,
  FLUX_VALKEY_URL: undefined,
})

/**
 * A broker of the test's own to kill, pause, wipe and start again; ready when this resolves.
 * Nothing of it is left when the test process ends, however it ends. Throws StackError.
 */
export const testKafka = async (options: { port?: number } = {}): Promise<Kafka & OwnServer> => {
  const children = await createChildren('flux-test-')
  try {
    const kafka = await startKafka({ children, env: withoutExternal(), ...options })
    return Object.assign(kafka, { close: children.close })
  } catch (error) {
    await children.close()
    throw error
  }
}

/** A Valkey of the test's own, as `testKafka`. */
export const testValkey = async (options: { port?: number } = {}): Promise<Valkey & OwnServer> => {
  const children = await createChildren('flux-test-')
  try {
    const valkey = await startValkey({ children, env: withoutExternal(), ...options })
    return Object.assign(valkey, { close: children.close })
  } catch (error) {
    await children.close()
    throw error
  }
}
