import { parser } from '@prometheus-io/lezer-promql'

const conditions = ['Gtr', 'Gte', 'Lss', 'Lte', 'Eql', 'Neq', 'EqlSingle', 'And', 'Unless', 'Or']

/**
 * An expression without one of its conditions, for each of them: comparisons, and what stands behind `and`, `unless`
 * and `or`.
 */
export const weakened = (expr: string): readonly string[] => {
  const found: string[] = []
  parser.parse(expr).iterate({
    enter: ({ name, from, to, node }) => {
      const { firstChild: left } = node
      if (name !== 'BinaryExpr' || !left?.nextSibling) return
      if (!conditions.includes(left.nextSibling.name)) return
      found.push(expr.slice(0, from) + expr.slice(left.from, left.to) + expr.slice(to))
    },
  })
  return found
}
