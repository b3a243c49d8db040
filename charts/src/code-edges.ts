import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from '@flux/scripts/install'
import { type ServiceName, sandboxEnv, serviceNames } from '@flux/scripts/processes'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** A setting as a process describes it. */
interface SettingRow {
  readonly env: string
  readonly default: string | null
  readonly required: boolean
}

/** A process of ours and what can be set for it, as it says itself. */
export interface Described {
  /** The component that the charts call it. */
  readonly name: string
  readonly settings: readonly SettingRow[]
}

const describe = async (folder: string): Promise<Described> => {
  const options = { cwd: `${repository}${folder}` }
  const printed = await run(process.execPath, ['src/main.ts', '--describe-config'], options)
  return { name: folder.split('/').at(-1) ?? folder, settings: JSON.parse(printed) }
}

/** Every long-running process of ours with its settings. Throws StackError where one does not tell. */
export const describeProcesses = (): Promise<readonly Described[]> => {
  const services = readdirSync(`${repository}services`).map((name) => `services/${name}`)
  return Promise.all(['bff', 'sandbox', ...services.toSorted()].map(describe))
}

/** Where the providers of a render are. */
export type Providers = 'internet' | 'sandbox' | 'proxy'

const providerPorts: Readonly<Record<Providers, readonly string[]>> = {
  internet: ['internet:443'],
  sandbox: ['sandbox:4000'],
  proxy: ['proxy:3128', 'proxy:3129'],
}

const isAddress = ({ default: value }: SettingRow): boolean => /^(https|wss):/.test(value ?? '')

const isService = (name: string): name is ServiceName =>
  serviceNames.some((service) => service === name)

/** The variables that lead a component to the sandbox, by the stack that runs without a cluster. */
export const sandboxVariables = (
  component: string,
  url: string,
): Readonly<Record<string, string | undefined>> => {
  const service = component.replace(/-service$/, '')
  return isService(service) ? sandboxEnv(service, url) : {}
}

const dnsPorts = ['dns:53', 'dns:53/udp']

/** Connections that a process opens, judged by its settings: an address that can be set is an edge. */
export const edgesOf = ({ name, settings }: Described, providers: Providers): readonly string[] => {
  const has = (env: string) => settings.some((row) => row.env === env)
  const targets = [
    ...(has('KAFKA_BROKERS') ? ['kafka:9093'] : []),
    ...(has('VALKEY_URL') ? ['valkey:6379'] : []),
    ...(settings.some(isAddress) ? providerPorts[providers] : []),
  ]
  return withNames(name, targets)
}

/** Edges from one component, with the look-ups of names that they need. */
export const withNames = (name: string, targets: readonly string[]): readonly string[] =>
  (targets.length > 0 ? [...targets, ...dnsPorts] : []).map((target) => `${name} -> ${target}`)
