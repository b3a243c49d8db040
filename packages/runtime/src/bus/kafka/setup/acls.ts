import type { AclEntry, Admin } from 'kafkajs'

/** One access rule of one user, in Kafka's own words; `user` is the principal without its `User:`. */
export interface AccessRule {
  readonly user: string
  readonly type: string
  readonly name: string
  readonly patternType: string
  readonly operation: string
  readonly permission: string
  readonly host: string
}

/** Names by number, as the protocol numbers them. */
const resources = ['?', '?', 'topic', 'group', 'cluster', 'transactionalId', 'delegationToken']
const patterns = ['?', '?', '?', 'literal', 'prefix']
const permissions = ['?', '?', 'Deny', 'Allow']
const operations = [
  ...['?', '?', 'All', 'Read', 'Write', 'Create', 'Delete', 'Alter', 'Describe'],
  ...['ClusterAction', 'DescribeConfigs', 'AlterConfigs', 'IdempotentWrite'],
]

/** kafkajs does not export its own numbers to ES modules. */
const whichever = 1

const principalPrefix = 'User:'

const entryOf = (rule: AccessRule): AclEntry => ({
  principal: `${principalPrefix}${rule.user}`,
  host: rule.host,
  resourceType: resources.indexOf(rule.type),
  resourceName: rule.name,
  resourcePatternType: patterns.indexOf(rule.patternType),
  operation: operations.indexOf(rule.operation),
  permissionType: permissions.indexOf(rule.permission),
})

/** All rules of a user. */
export const rulesOf = async (admin: Admin, user: string): Promise<AccessRule[]> => {
  const found = await admin.describeAcls({
    principal: `${principalPrefix}${user}`,
    resourceType: whichever,
    resourcePatternType: whichever,
    operation: whichever,
    permissionType: whichever,
  })
  return found.resources.flatMap((resource) =>
    resource.acls.map((acl) => ({
      user,
      type: resources[resource.resourceType] ?? '?',
      name: resource.resourceName,
      patternType: patterns[resource.resourcePatternType] ?? '?',
      operation: operations[acl.operation] ?? '?',
      permission: permissions[acl.permissionType] ?? '?',
      host: acl.host,
    })),
  )
}

/** Adds rules; those that are there already stay as they are. */
export const addRules = async (admin: Admin, rules: readonly AccessRule[]): Promise<void> => {
  if (rules.length > 0) await admin.createAcls({ acl: rules.map(entryOf) })
}

/** Removes exactly these rules. */
export const removeRules = async (admin: Admin, rules: readonly AccessRule[]): Promise<void> => {
  if (rules.length > 0) await admin.deleteAcls({ filters: rules.map(entryOf) })
}
