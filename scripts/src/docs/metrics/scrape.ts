import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createChildren } from '../../stack/children.ts'
import { createPart } from '../../stack/part.ts'
import { freePort } from '../../stack/ports.ts'
import { type Env, sandboxEnv, serviceNames, sharedBffEnv } from '../../stack/processes.ts'
import { httpOk } from '../../stack/wait.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

/** A process that exposes metrics, and the text of them right after its start. */
export interface Scraped {
  readonly name: string
  readonly text: string
}

/** Nothing listens there: what a process exposes at its start must not depend on anybody else. */
const nowhere = '127.0.0.1:1'

const ownEnv = (name: string): Env => {
  if (name === 'bff') return sharedBffEnv()
  const service = serviceNames.find((short) => `${short}-service` === name)
  return service ? sandboxEnv(service, `http://${nowhere}`) : {}
}

/** Folders of the processes, in the order of the documents. */
const folders = (): readonly string[] => [
  'bff',
  ...readdirSync(`${repository}services`)
    .toSorted()
    .map((name) => `services/${name}`),
  'sandbox',
]

/**
 * Starts every process of the repository as it is, without servers, and reads its metrics. Throws StackError when one
 * does not start.
 */
export const scrapeAll = async (): Promise<readonly Scraped[]> => {
  const children = await createChildren()
  const scrape = async (folder: string): Promise<Scraped> => {
    const name = folder.split('/').at(-1) ?? folder
    const internalPort = await freePort()
    const url = `http://127.0.0.1:${internalPort}`
    const env = {
      ...{ INTERNAL_PORT: String(internalPort), PORT: '0', LOG_LEVEL: 'error', REPLICA: name },
      ...{ KAFKA_BROKERS: nowhere, VALKEY_URL: `redis://${nowhere}` },
      ...ownEnv(name),
    }
    const cwd = `${repository}${folder}`
    const command = () => ({ command: process.execPath, args: ['src/main.ts'], cwd, env })
    await createPart(children, { name, command, ready: () => httpOk(`${url}/startupz`) }).start()
    return { name, text: await (await fetch(`${url}/metrics`)).text() }
  }
  try {
    return await Promise.all(folders().map(scrape))
  } finally {
    await children.close()
  }
}
