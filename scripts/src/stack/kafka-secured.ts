import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './install.ts'
import {
  brokerProperties,
  clusterIdOf,
  type KafkaInstall,
  newClusterId,
  storageTool,
} from './kafka-install.ts'

/** A listener as installations have it: TLS, SCRAM-SHA-512, and nobody may do what no rule allows. */
export interface SecuredOptions {
  /** May do everything; its password is written when the data folder is made. */
  readonly admin: { readonly username: string; readonly password: string }
}

/** Where the files of a secured broker lie and what it listens on. */
export interface SecuredSettings extends SecuredOptions {
  readonly port: number
  /** PEM with the broker's key, its certificate and the authority's. */
  readonly keystore: string
}

const days = '2'
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes an authority and a broker's certificate for this machine, with the openssl command. */
export const makeCertificates = async (folder: string) => {
  await mkdir(folder, { recursive: true })
  const file = (name: string) => join(folder, name)
  const [ca, caKey, cert, key] = [file('ca.crt'), file('ca.key'), file('tls.crt'), file('tls.key')]
  const names = file('names')
  await writeFile(names, 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  const authority = ['-x509', '-days', days, '-subj', '/CN=flux-development']
  await run('openssl', ['req', ...newKey, ...authority, '-keyout', caKey, '-out', ca])
  const request = file('tls.csr')
  await run('openssl', ['req', ...newKey, '-subj', '/CN=kafka', '-keyout', key, '-out', request])
  const signer = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', days]
  await run('openssl', [
    ...['x509', '-req', '-in', request, ...signer, '-extfile', names, '-out', cert],
  ])
  const keystore = file('broker.pem')
  const parts = await Promise.all([key, cert, ca].map((path) => readFile(path, 'utf8')))
  await writeFile(keystore, parts.join(''), { mode: 0o600 })
  return { ca: await readFile(ca, 'utf8'), keystore }
}

const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'

/** What stands behind the ordinary settings of a broker; of a line that is there twice the later one counts. */
export const securedProperties = (
  base: Parameters<typeof brokerProperties>[0],
  secured: SecuredSettings,
): string => {
  const [plain, own] = [`PLAINTEXT://127.0.0.1:${base.port}`, `127.0.0.1:${secured.port}`]
  const prefix = 'listener.name.secured'
  return `${brokerProperties(base)}
listeners=${plain},CONTROLLER://127.0.0.1:${base.controllerPort},SECURED://${own}
advertised.listeners=${plain},SECURED://${own}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL
${prefix}.sasl.enabled.mechanisms=SCRAM-SHA-512
${prefix}.scram-sha-512.sasl.jaas.config=${scram}
${prefix}.ssl.keystore.type=PEM
${prefix}.ssl.keystore.location=${secured.keystore}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
# The broker itself has no name on its own listeners, which are closed to everybody else.
super.users=User:ANONYMOUS;User:${secured.admin.username}
`
}

/** Makes a data folder that knows its administrator, if there is none. The settings file has to be written before. */
export const formatSecured = async (
  install: KafkaInstall,
  paths: { readonly data: string; readonly properties: string },
  { admin }: SecuredOptions,
): Promise<void> => {
  const { data, properties } = paths
  if (await clusterIdOf(data).catch(() => undefined)) return
  await rm(data, { recursive: true, force: true })
  const user = `SCRAM-SHA-512=[name=${admin.username},password=${admin.password}]`
  const options = ['-t', newClusterId(), '-c', properties, '--add-scram', user]
  const { command, args } = await storageTool(install, ['format', ...options])
  await run(command, args)
}
