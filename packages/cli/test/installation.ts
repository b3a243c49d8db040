import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaUsers, topics } from '@flux/contracts'
import {
  type Bus,
  createKafkaBus,
  createLog,
  createMetrics,
  kafkaSecurity,
  kafkaSettings,
  loadConfig,
  systemClock,
} from '@flux/runtime'
import { createChildren, startKafka } from '@flux/scripts/servers'
import { testHost } from '@flux/testkit'
import { runCli } from '../src/cli.ts'
import { kafkaSetup } from '../src/kafka-setup/kafka-setup.ts'

/** What the setup file holds, before it is written. */
export interface SetupFile {
  topics: { name: string; partitions: number; delivery: string; config: Record<string, string> }[]
  users: { name: string; passwordFile: string; acls: unknown[] }[]
}

const adminPassword = 'admin-secret'

/** A broker as an installation has it, and the files that a chart would mount. */
export const startInstallation = async () => {
  const children = await createChildren('flux-cli-')
  const admin = { username: 'flux-admin', password: adminPassword }
  const kafka = await startKafka({ children, secured: { admin } })
  const folder = await mkdtemp(join(tmpdir(), 'flux-cli-'))
  const file = (name: string) => join(folder, name)
  const passwordFile = (user: string) => file(`${user}.password`)
  const setPassword = (user: string, password: string) => writeFile(passwordFile(user), password)
  for (const { name } of kafkaUsers) await setPassword(`flux-${name}`, `${name}-secret`)
  await setPassword(admin.username, adminPassword)
  await writeFile(file('ca.crt'), kafka.secured?.ca ?? '')

  const setupFile = (): SetupFile => ({
    topics: topics.map(({ topic, config, ...rest }) => ({
      name: topic,
      ...rest,
      config: { ...config },
    })),
    users: kafkaUsers.map(({ name, acls }) => ({
      name: `flux-${name}`,
      passwordFile: passwordFile(`flux-${name}`),
      acls: [...acls],
    })),
  })
  const envOf = (user: string) => ({
    KAFKA_BROKERS: kafka.secured?.brokers,
    KAFKA_CA_FILE: file('ca.crt'),
    KAFKA_USERNAME: user,
    KAFKA_PASSWORD_FILE: passwordFile(user),
  })

  /** Starts the subcommand with this file. */
  const startSetup = async (
    wanted: SetupFile = setupFile(),
    env: Readonly<Record<string, string | undefined>> = {},
  ) => {
    const path = file(`${crypto.randomUUID()}.json`)
    await writeFile(path, JSON.stringify(wanted))
    const host = testHost({
      argv: ['kafka-setup'],
      env: { ...envOf(admin.username), KAFKA_SETUP_FILE: path, ...env },
    })
    return { host, done: runCli([kafkaSetup], host) }
  }
  const setUp = async (...args: Parameters<typeof startSetup>) => {
    const { host, done } = await startSetup(...args)
    await done
    const last = host.logged().at(-1)
    return { exit: host.exits()[0], said: host.complained(), logged: host.logged(), last }
  }

  const buses: Bus[] = []
  /** A bus as the process of this user has it, with its log. */
  const busOf = (user: string) => {
    const env = envOf(user)
    const lines: Record<string, unknown>[] = []
    const log = createLog(
      { name: user, level: 'debug' },
      { write: (line) => void lines.push(JSON.parse(line)) },
    )
    const bus = createKafkaBus({
      brokers: [kafka.secured?.brokers ?? ''],
      clientId: user,
      ...{ log, metrics: createMetrics(), clock: systemClock },
      ...kafkaSecurity(loadConfig(kafkaSettings, env), env),
    })
    buses.push(bus)
    const said = (message: string) => lines.filter(({ msg }) => msg === message)
    return { bus, said, lines }
  }
  const close = async () => {
    await Promise.all(buses.map((bus) => bus.close()))
    await children.close()
    await rm(folder, { recursive: true })
  }
  return { kafka, admin, setPassword, passwordFile, setupFile, startSetup, setUp, busOf, close }
}

/** What `startInstallation` makes. */
export type Installation = Awaited<ReturnType<typeof startInstallation>>
