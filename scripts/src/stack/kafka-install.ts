import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from './children.ts'
import { createChildren } from './children.ts'
import { StackError } from './error.ts'
import { cacheFolder, installOnce, run } from './install.ts'
import type { Java } from './java.ts'
import { freePort } from './ports.ts'
import { tcpOpen, until } from './wait.ts'

const here = (name: string) => fileURLToPath(new URL(`./kafka/${name}`, import.meta.url))

/** Maven's project file; its dependencies are what is installed. */
export const pomFile = here('pom.xml')

const logSettings = here('log4j2.properties')

const versionIn = (pom: string): string =>
  /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1] ?? 'unknown'

const hashOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 8)

/** Version of the broker. */
export const kafkaVersion = versionIn(readFileSync(pomFile, 'utf8'))

/** What the settings file's placeholders stand for. */
export interface BrokerSettings {
  readonly data: string
  readonly port: number
  readonly controllerPort: number
  /** Address that clients' listener is bound to. */
  readonly bind: string
}

/** The broker's settings file, filled in. */
export const brokerProperties = (settings: BrokerSettings): string => {
  const values = new Map(Object.entries(settings))
  const template = readFileSync(here('server.properties'), 'utf8')
  return template.replace(/\$\{(\w+)\}/g, (_, name) => String(values.get(name)))
}

/** An installed broker: what it takes to run it. */
export interface KafkaInstall {
  readonly java: Java
  readonly jars: string
  /** Holds `template/` (a formatted data folder) and `classes.jsa` (class data to share). */
  readonly prepared: string
}

// The class path must be the same, in the same order, when the archive is made and when it is used.
const classPath = async (jars: string): Promise<string> =>
  (await readdir(jars))
    .sort()
    .map((jar) => join(jars, jar))
    .join(':')

const javaCommand = async (
  install: Pick<KafkaInstall, 'java' | 'jars'>,
  options: readonly string[],
  main: readonly string[],
): Promise<Command> => ({
  command: install.java.command,
  args: [
    '-Xms128m',
    '-Xmx384m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Dlog4j2.configurationFile=${logSettings}`,
    '-Xlog:cds=off',
    '-Xlog:cds+dynamic=off',
    ...options,
    '-cp',
    await classPath(install.jars),
    ...main,
  ],
})

/** The command that runs an installed broker with this settings file. */
export const brokerCommand = (install: KafkaInstall, properties: string): Promise<Command> =>
  javaCommand(
    install,
    [`-XX:SharedArchiveFile=${join(install.prepared, 'classes.jsa')}`, '-Xshare:auto'],
    ['kafka.Kafka', properties],
  )

/** The command of Kafka's own tool for data folders. */
export const storageTool = (
  install: Pick<KafkaInstall, 'java' | 'jars'>,
  options: readonly string[],
): Promise<Command> => javaCommand(install, [], ['kafka.tools.StorageTool', ...options])

const copyJars = async (folder: string): Promise<void> => {
  const options = ['-DincludeScope=runtime', `-DoutputDirectory=${folder}`]
  await run('mvn', ['-q', '-B', '-f', pomFile, 'dependency:copy-dependencies', ...options])
}

const format = async (base: Pick<KafkaInstall, 'java' | 'jars'>, folder: string) => {
  const [data, properties] = [join(folder, 'template'), join(folder, 'format.properties')]
  const ports = { port: await freePort(), controllerPort: await freePort() }
  await writeFile(properties, brokerProperties({ data, bind: '127.0.0.1', ...ports }))
  const options = ['format', '-t', newClusterId(), '-c', properties]
  const { command, args } = await storageTool(base, options)
  await run(command, args)
  return { properties, data, ...ports }
}

/** One throw-away run that writes down which classes a broker loads, in their loaded form. */
const archiveClasses = async (base: Pick<KafkaInstall, 'java' | 'jars'>, folder: string) => {
  const children = await createChildren('flux-install-')
  try {
    const trial = await format(base, children.folder)
    const archive = `-XX:ArchiveClassesAtExit=${join(folder, 'classes.jsa')}`
    const command = await javaCommand(base, [archive], ['kafka.Kafka', trial.properties])
    const broker = await children.spawn('install', command)
    await until(() => tcpOpen(trial.port), { what: 'the first start', deadlineMs: 60_000 })
    await broker.stop(60_000)
  } finally {
    await children.close()
  }
}

/** An id as Kafka makes them: 16 random bytes, never one that a command line takes for an option. */
export const newClusterId = (bytes: () => Buffer = () => randomBytes(16)): string => {
  const id = bytes().toString('base64url')
  return id.startsWith('-') ? newClusterId(bytes) : id
}

/**
 * Installs the broker for this Java under the cache folder, once: later calls find it.
 * Throws StackError when Maven fails.
 */
export const installKafka = async (java: Java, env: NodeJS.ProcessEnv): Promise<KafkaInstall> => {
  const cache = cacheFolder(env)
  const pom = await readFile(pomFile, 'utf8')
  const jars = await installOnce(join(cache, `kafka-${kafkaVersion}-${hashOf(pom)}`), copyJars)
  const settings = await readFile(here('server.properties'), 'utf8')
  const key = `kafka-${kafkaVersion}-${java.build}-${hashOf(pom, settings, jars)}`
  const prepared = await installOnce(join(cache, key), async (folder) => {
    await format({ java, jars }, folder)
    await archiveClasses({ java, jars }, folder)
  })
  return { java, jars, prepared }
}

/** The cluster id written in a data folder. Throws when it was never formatted. */
export const clusterIdOf = async (data: string): Promise<string> => {
  const meta = await readFile(join(data, 'meta.properties'), 'utf8')
  const id = /^cluster\.id=(.+)$/m.exec(meta)?.[1]
  if (!id) throw new StackError('not_formatted', `${data} holds no cluster id`)
  return id
}

/** Makes an empty data folder with a cluster id of its own, if there is none: whole or not at all. */
export const formatData = async (install: KafkaInstall, data: string): Promise<void> => {
  if (await clusterIdOf(data).catch(() => undefined)) return
  const fresh = `${data}.new`
  await rm(fresh, { recursive: true, force: true })
  await cp(join(install.prepared, 'template'), fresh, { recursive: true })
  const meta = await readFile(join(fresh, 'meta.properties'), 'utf8')
  // Two folders with one id would make the positions of one look valid in the other.
  const own = meta
    .replace(/^directory\.id=.*\n?/m, '')
    .replace(/^cluster\.id=.*$/m, `cluster.id=${newClusterId()}`)
  await writeFile(join(fresh, 'meta.properties'), own)
  await rm(data, { recursive: true, force: true })
  await rename(fresh, data)
}
