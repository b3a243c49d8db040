import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Children } from './children.ts'
import { createPart, type Part } from './part.ts'
import { choosePort, freePort } from './ports.ts'
import { httpOk } from './wait.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** Environment variables of a process; `undefined` takes one away. */
export type Env = Readonly<Record<string, string | undefined>>

/** Where the data comes from and goes through. */
export interface Backbone {
  readonly brokers: string
  readonly valkeyUrl: string
}

interface ProcessSpec {
  readonly name: string
  /** Workspace folder whose `src/main.ts` is run. */
  readonly folder: string
  readonly env: Env
  /** Public port, where the process has one. */
  readonly port?: number
}

const createProcess = async (children: Children, spec: ProcessSpec): Promise<Part> => {
  const internalPort = await freePort()
  const internalUrl = `http://127.0.0.1:${internalPort}`
  return createPart(children, {
    name: spec.name,
    internalUrl,
    ...(spec.port && { url: `http://127.0.0.1:${spec.port}` }),
    command: () => ({
      command: process.execPath,
      args: ['src/main.ts'],
      cwd: `${repository}${spec.folder}`,
      env: {
        NODE_ENV: 'production',
        REPLICA: spec.name,
        INTERNAL_PORT: String(internalPort),
        ...(spec.port && { PORT: String(spec.port) }),
        ...spec.env,
      },
    }),
    ready: () => httpOk(`${internalUrl}/readyz`),
  })
}

/** The providers' stand-in. */
export const createSandbox = async (
  children: Children,
  options: { readonly port: number | undefined; readonly env: Env },
): Promise<Part> =>
  createProcess(children, {
    name: 'sandbox',
    folder: 'sandbox',
    port: await choosePort(options.port, 'sandbox', 'SANDBOX_PORT'),
    env: { HOST: '127.0.0.1', ...options.env },
  })

/** The domain services, each in a folder of its own under `services`. */
export const serviceNames = ['weather', 'crypto', 'stock', 'news', 'canary'] as const

/** A domain service. */
export type ServiceName = (typeof serviceNames)[number]

/** Points a service at the sandbox instead of its real providers; the keys are what the sandbox takes. */
export const sandboxEnv = (service: ServiceName, sandboxUrl: string): Env => {
  const socketUrl = sandboxUrl.replace(/^http/, 'ws')
  const own: Readonly<Record<ServiceName, Env>> = {
    weather: {
      OPEN_METEO_URL: `${sandboxUrl}/open-meteo`,
      OPEN_METEO_AIR_QUALITY_URL: `${sandboxUrl}/open-meteo`,
      OPENWEATHERMAP_URL: `${sandboxUrl}/openweathermap`,
    },
    crypto: {
      COINBASE_WS_URL: `${socketUrl}/coinbase/ws`,
      COINBASE_REST_URL: `${sandboxUrl}/coinbase`,
      COINGECKO_URL: `${sandboxUrl}/coingecko/api/v3`,
    },
    stock: {
      FINNHUB_URL: `${sandboxUrl}/finnhub/api/v1`,
      FINNHUB_WS_URL: `${socketUrl}/finnhub/ws`,
      FINNHUB_API_KEY: 'sandbox',
      STOCK_STREAM: 'true',
    },
    news: { NEWSDATA_URL: `${sandboxUrl}/newsdata/api/1`, NEWSDATA_API_KEY: 'sandbox' },
    canary: {},
  }
  return service === 'canary' ? {} : { ...own[service], SIMULATED: 'true' }
}

const backboneEnv = ({ brokers, valkeyUrl }: Backbone): Env => ({
  KAFKA_BROKERS: brokers,
  VALKEY_URL: valkeyUrl,
})

/** One replica of a domain service. */
export const createService = (
  children: Children,
  service: ServiceName,
  options: { readonly number: number; readonly backbone: Backbone; readonly env: Env },
): Promise<Part> =>
  createProcess(children, {
    name: `${service}-service-${options.number}`,
    folder: `services/${service}-service`,
    env: { ...backboneEnv(options.backbone), ...options.env },
  })

/** What all replicas of the BFF share: keys of guest tokens as old as the stack, and trust in the edge. */
export const sharedBffEnv = (): Env => ({
  SESSION_KEYS: `stack:${randomBytes(32).toString('base64url')}`,
  TRUSTED_PROXIES: '127.0.0.1/32',
})

/** One replica of the BFF. */
export const createBff = async (
  children: Children,
  name: string,
  options: { readonly backbone: Backbone; readonly env: Env },
): Promise<Part> =>
  createProcess(children, {
    name,
    folder: 'bff',
    port: await freePort(),
    env: { ...backboneEnv(options.backbone), ...options.env },
  })

const edgeEntry = ({ url = '', internalUrl = '' }: Part): string =>
  `${new URL(url).host} ${internalUrl}`

/** The ingress in front of the BFF replicas, which also serves the built page. */
export const createEdge = (
  children: Children,
  options: {
    readonly port: number
    readonly page: string | undefined
    readonly replicas: readonly Part[]
  },
): Part => {
  const url = `http://localhost:${options.port}`
  return createPart(children, {
    name: 'edge',
    url,
    command: () => ({
      command: process.execPath,
      args: [fileURLToPath(new URL('./edge/main.ts', import.meta.url))],
      env: {
        PORT: String(options.port),
        EDGE_ROOT: options.page ?? `${repository}frontend/dist`,
        EDGE_REPLICAS: options.replicas.map(edgeEntry).join(','),
      },
    }),
    ready: () => httpOk(`${url}/edge/livez`),
  })
}
