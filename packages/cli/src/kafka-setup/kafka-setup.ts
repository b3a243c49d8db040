import {
  type ConfigOf,
  canSignIn,
  createKafkaAdmin,
  FluxError,
  integer,
  kafkaSecurity,
  kafkaSettings,
  messageOf,
  setting,
} from '@flux/runtime'
import * as z from 'zod'
import { subcommand, type Work } from '../subcommand.ts'
import { apply } from './apply.ts'
import { readWanted, type Wanted } from './wanted.ts'

const settings = {
  ...kafkaSettings,
  kafkaPreviousPassword: setting('KAFKA_PREVIOUS_PASSWORD', z.string().optional(), {
    help: 'password of KAFKA_USERNAME until now; tried when KAFKA_PASSWORD is refused, which is set then',
    secret: true,
  }),
  setup: setting('KAFKA_SETUP', z.string(), {
    help: 'JSON with the topics, users and access rules that are wanted',
  }),
  setupMs: setting('KAFKA_SETUP_TIMEOUT_MS', integer(1_000, 3_600_000), {
    help: 'milliseconds to wait for Kafka',
    default: '300000',
  }),
} as const

type SetupWork = Work<ConfigOf<typeof settings>>

const pauseMs = 1_000

/** Where the cluster is, and who we are there. */
const clusterOf = ({ config, env, log }: SetupWork) => {
  const { sasl, ...security } = kafkaSecurity(config, env)
  const cluster = { brokers: config.kafkaBrokers, clientId: 'kafka-setup', log, ...security }
  return { cluster, credentials: sasl?.() }
}

const refused = (username: string) =>
  new FluxError(
    'denied',
    `Kafka refuses ${username}: KAFKA_PASSWORD is not its password; set KAFKA_PREVIOUS_PASSWORD_FILE to the one it had`,
  )

/** Replaces a password of our own that the cluster does not know yet. */
const renewOwnPassword = async (work: SetupWork): Promise<void> => {
  const { cluster, credentials } = clusterOf(work)
  if (!credentials || (await canSignIn(cluster, credentials))) return
  const { username } = credentials
  const password = work.config.kafkaPreviousPassword
  if (password === undefined || !(await canSignIn(cluster, { username, password }))) {
    throw refused(username)
  }
  const admin = createKafkaAdmin({ ...cluster, sasl: () => ({ username, password }) })
  try {
    await admin.setPassword(credentials)
  } finally {
    await admin.close()
  }
  work.log.info({ user: username }, 'own password replaced')
}

const setUp = async (wanted: Wanted, work: SetupWork): Promise<number> => {
  await renewOwnPassword(work)
  const { cluster, credentials } = clusterOf(work)
  const admin = createKafkaAdmin({ ...cluster, ...(credentials && { sasl: () => credentials }) })
  const { log, clock, signal } = work
  try {
    return await apply(wanted, { admin, cluster, log, clock, signal })
  } finally {
    await admin.close()
  }
}

/** Begins again until it is done: every step finds out for itself what is left to do. */
const persistently = async (
  { log, clock, signal, config }: SetupWork,
  attempt: () => Promise<number>,
): Promise<number> => {
  const giveUpAt = clock.monotonic() + config.setupMs
  for (let attempts = 1; ; attempts += 1) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      // Nobody else gives this user what it lacks: it is the one who gives.
      const passing = error instanceof FluxError && error.retryable && error.code !== 'denied'
      if (!passing || clock.monotonic() >= giveUpAt) throw error
      if (attempts === 1) log.info({ reason: messageOf(error) }, 'waiting for Kafka')
    }
    await clock.sleep(pauseMs, signal)
  }
}

/** Makes a Kafka cluster what the contracts need: topics, users with their passwords, access rules. Idempotent. */
export const kafkaSetup = subcommand({
  name: 'kafka-setup',
  summary:
    'creates topics, users and access rules that are missing, and removes rules nobody needs',
  settings,
  work: async (work) => {
    const wanted = readWanted(work.config.setup)
    const changes = await persistently(work, () => setUp(wanted, work))
    const counts = { topics: wanted.topics.length, users: wanted.users.length, changes }
    work.log.info(counts, changes === 0 ? 'Kafka was set up already' : 'Kafka is set up')
  },
})
