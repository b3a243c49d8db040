import { type Clock, canSignIn, FluxError, type KafkaAdmin, type Log } from '@flux/runtime'
import { planRules } from './plan-rules.ts'
import { planTopics } from './plan-topics.ts'
import type { Wanted, WantedTopic, WantedUser } from './wanted.ts'

/** What the changes are made with. */
export interface ApplyOptions {
  readonly admin: KafkaAdmin
  readonly log: Log
  readonly clock: Clock
  /** The cluster, without a user. */
  readonly cluster: Parameters<typeof canSignIn>[0]
  readonly signal: AbortSignal
}

const settleMs = 10_000
const lookMs = 50

/** A broker learns of a change a moment after the controller has taken it: done is what is seen to be so. */
const settled = async (
  what: string,
  isSo: () => Promise<boolean>,
  { clock, signal }: ApplyOptions,
): Promise<void> => {
  const giveUpAt = clock.monotonic() + settleMs
  while (!(await isSo())) {
    if (clock.monotonic() >= giveUpAt) {
      const text = `${what} took no effect within ${settleMs} ms`
      throw new FluxError('bus_unavailable', text, { retryable: true })
    }
    await clock.sleep(lookMs, signal)
  }
}

const applyTopics = async (wanted: readonly WantedTopic[], options: ApplyOptions) => {
  const { admin, log, signal } = options
  const plan = planTopics(wanted, await admin.topics(wanted.map(({ topic }) => topic)))
  if (plan.refusals.length > 0) throw new FluxError('refused', plan.refusals.join('; '))
  for (const warning of plan.warnings) log.warn({}, warning)
  await admin.createTopics(plan.create)
  for (const { topic, partitions } of plan.create) log.info({ topic, partitions }, 'topic created')
  for (const { topic, partitions } of plan.grow) {
    signal.throwIfAborted()
    await admin.growTopic(topic, partitions)
    log.info({ topic, partitions }, 'partitions added')
  }
  for (const { topic, config } of plan.configure) {
    signal.throwIfAborted()
    await admin.configureTopic(topic, config)
    log.info({ topic, config }, 'topic configured')
  }
  return plan.create.length + plan.grow.length + plan.configure.length
}

/** Tried by signing in: what the broker keeps of a password cannot be compared. */
const applyPassword = async (user: WantedUser, options: ApplyOptions) => {
  const { admin, log, cluster } = options
  const credentials = { username: user.name, password: user.password }
  const isSo = () => canSignIn(cluster, credentials)
  if (await isSo()) return 0
  await admin.setPassword(credentials)
  await settled(`the password of ${user.name}`, isSo, options)
  log.info({ user: user.name }, 'password set')
  return 1
}

const applyRules = async (user: WantedUser, options: ApplyOptions) => {
  const { admin, log } = options
  const plan = async () => planRules(user, await admin.rules(user.name))
  const { add, remove } = await plan()
  const [added, removed] = [add.length, remove.length]
  if (added + removed === 0) return 0
  // In this order: nobody loses for a moment what it goes on to have.
  await admin.addRules(add)
  await admin.removeRules(remove)
  const isSo = async () => {
    const left = await plan()
    return left.add.length + left.remove.length === 0
  }
  await settled(`the access of ${user.name}`, isSo, options)
  log.info({ user: user.name, added, removed }, 'access changed')
  return added + removed
}

/**
 * Makes the cluster what is wanted and returns the number of changes; 0 when it was so already. Throws what the bus
 * throws, and `refused` before anything is changed when a topic cannot become what is wanted.
 */
export const apply = async (wanted: Wanted, options: ApplyOptions): Promise<number> => {
  let changes = await applyTopics(wanted.topics, options)
  for (const user of wanted.users) {
    options.signal.throwIfAborted()
    changes += await applyPassword(user, options)
    changes += await applyRules(user, options)
  }
  return changes
}
