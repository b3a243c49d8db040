import type { KafkaAcl } from '@flux/contracts'
import type { AccessRule } from '@flux/runtime'

/** What is to be done to the access rules of a user. */
export interface RulePlan {
  readonly add: readonly AccessRule[]
  /** Rules that nobody wants any more. */
  readonly remove: readonly AccessRule[]
}

const rulesFor = (user: string, acls: readonly KafkaAcl[]): AccessRule[] =>
  acls.flatMap(({ resource, operations }) =>
    operations.map((operation) => ({
      ...{ user, ...resource, operation },
      permission: 'Allow',
      host: '*',
    })),
  )

const keyOf = (rule: AccessRule): string =>
  JSON.stringify([
    ...[rule.user, rule.type, rule.name, rule.patternType],
    ...[rule.operation, rule.permission, rule.host],
  ])

/** Compares the access that a user shall have with the rules that were found for it. */
export const planRules = (
  user: { readonly name: string; readonly acls: readonly KafkaAcl[] },
  found: readonly AccessRule[],
): RulePlan => {
  const wanted = new Map(rulesFor(user.name, user.acls).map((rule) => [keyOf(rule), rule]))
  const there = new Set(found.map(keyOf))
  return {
    add: [...wanted].filter(([key]) => !there.has(key)).map(([, rule]) => rule),
    remove: found.filter((rule) => !wanted.has(keyOf(rule))),
  }
}
