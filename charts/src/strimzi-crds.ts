import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, installOnce, run } from '@flux/scripts/install'
import { parse } from 'yaml'
import type { JsonMap } from './json.ts'

// Version of the operator whose definitions the charts are checked against.
const strimziVersion = '1.2.0'

const models = 'io.strimzi.api.kafka.model'

const classes = {
  kafka: `${models}.kafka.Kafka`,
  kafkanodepool: `${models}.nodepool.KafkaNodePool`,
  kafkatopic: `${models}.topic.KafkaTopic`,
  kafkauser: `${models}.user.KafkaUser`,
}

const dependency = (artifact: string): string =>
  `<dependency><groupId>io.strimzi</groupId><artifactId>${artifact}</artifactId><version>${strimziVersion}</version></dependency>`

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>flux</groupId><artifactId>strimzi-crds</artifactId><version>1</version>
<dependencies>${dependency('api')}${dependency('crd-generator')}</dependencies>
</project>
`

const installedJavas = (env: NodeJS.ProcessEnv): readonly string[] => {
  const home = env['JAVA_HOME']
  const jvms = '/usr/lib/jvm'
  const folders = home ? [home] : []
  try {
    folders.push(...readdirSync(jvms).map((name) => join(jvms, name)))
  } catch {
    // Other systems keep their Javas elsewhere; JAVA_HOME and the PATH remain.
  }
  return [...folders.map((folder) => join(folder, 'bin', 'java')), 'java']
}

// The generator's classes are compiled for Java 21.
const findJava = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  for (const command of installedJavas(env)) {
    const printed = await run(command, ['-version']).catch(() => '')
    if (Number(/version "(\d+)/.exec(printed)?.[1] ?? 0) >= 21) return command
  }
  return undefined
}

const generate = async (java: string, folder: string) => {
  await writeFile(join(folder, 'pom.xml'), pom)
  const lib = join(folder, 'lib')
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${lib}`]
  await run('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...copy])
  const wanted = Object.entries(classes).map(
    ([name, model]) => `${model}=${join(folder, `${name}.yaml`)}`,
  )
  const main = ['-cp', `${lib}/*`, 'io.strimzi.crdgenerator.CrdGenerator', '--yaml']
  await run(java, [...main, ...wanted])
}

/**
 * Strimzi's custom resource definitions, made from its published API classes by its own generator, once
 * per machine; `undefined` where there is no Java of 21 or newer. Throws StackError where Maven fails.
 */
export const strimziDefinitions = async (
  env: NodeJS.ProcessEnv,
): Promise<readonly JsonMap[] | undefined> => {
  const java = await findJava(env)
  if (!java) return undefined
  const target = join(cacheFolder(env), `strimzi-crds-${strimziVersion}`)
  const folder = await installOnce(target, (part) => generate(java, part))
  const files = Object.keys(classes).map((name) => readFile(join(folder, `${name}.yaml`), 'utf8'))
  return (await Promise.all(files)).map((file) => parse(file))
}
